// The cuboid renderer in WGSL (Chromium's software adapter, float32) held to the float64 one and to scenes.json at its
// float32 tolerances. Not measured here: a real graphics card, its speed, other drivers' exp and sqrt.

import { afterEach, describe, expect, it, vi } from "vitest";
import { LabError } from "../../../src/engine/errors";
import { CpuCuboids } from "../../../src/engine/kernels/cuboids/cpu";
import { createCuboidRenderer } from "../../../src/engine/kernels/cuboids/createCuboidRenderer";
import {
  BOX_NUMBERS,
  type CuboidLanes,
  type CuboidRenderer,
  type CuboidRendererSpec,
} from "../../../src/engine/kernels/cuboids/cuboidRenderer";
import { createWebgpuCuboids, WebgpuCuboids } from "../../../src/engine/kernels/cuboids/webgpu";
import { openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import { Rng } from "../../../src/engine/rng/rng";
import { cuboidLaws, FLOAT32, largestDifference } from "../../helpers/cuboidLaws";
import { boxNumbers, cameraOf, orderVectors, pictureOf, sceneVectors, specOf } from "../../helpers/cuboidVectors";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

const FRONT = { elevation: 0.1, azimuth: 0 };
const LEFT = { elevation: 30, azimuth: -40 };
/** Few lengths of lists: each takes the software adapter seconds to compile. */
const TWELVE = 12;

function specWith(side: number, boxes: number, view = FRONT, softness = 0.5): CuboidRendererSpec {
  const shades = [0.5, 0.63, 0.5, 0.93, 0.73, 0.4] as const;
  return { name: "test", side, boxes, camera: cameraOf(view), shades, softness, background: 0.9 };
}

/** [N, n, 9] boxes anywhere before the camera, in any order; every third is absent where there are many. */
function randomBoxes({ boxes }: CuboidRendererSpec, lanes: number, seed: number): Float64Array {
  const rng = new Rng(seed);
  const numbers = new Float64Array(lanes * boxes * BOX_NUMBERS);
  for (let i = 0; i < lanes * boxes; i++) {
    if (boxes > 3 && i % 3 === 2) continue;
    const centre = [2.6 * rng.uniform() - 1.5, 1.8 * rng.uniform() - 1.5, 2 * rng.uniform() - 0.5];
    const rest = Array.from({ length: 6 }, (_, k) => (k < 3 ? 0.2 + 0.6 * rng.uniform() : rng.uniform()));
    numbers.set([...centre, ...rest], i * BOX_NUMBERS);
  }
  return numbers;
}

/** [G, R, R, 3] noise. */
function randomImages({ side }: CuboidRendererSpec, rows: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: rows * side * side * 3 }, () => rng.uniform());
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Pictures, squared errors and gradients of a renderer on the device against the float64 one. */
async function expectSame(gpu: CuboidRenderer, lanes: CuboidLanes, images: Float32Array, coefficient: Float64Array) {
  const cpu = new CpuCuboids(gpu.spec);
  expect(largestDifference(await gpu.render(lanes.boxes), cpu.draw(lanes.boxes))).toBeLessThan(5e-5);
  const [errors, exactErrors] = [await gpu.squaredError(lanes, images), await cpu.squaredError(lanes, images)];
  for (const [n, value] of exactErrors.entries()) expect(Math.abs(errors[n]! / value - 1)).toBeLessThan(2e-6);
  const [ours, exact] = [
    await gpu.gradient(lanes, images, coefficient),
    await cpu.gradient(lanes, images, coefficient),
  ];
  // Beyond 12 sigma the device sees nothing of a box (the specification's cut), the float64 renderer beyond 40.
  expect(largestDifference(ours.gradient, exact.gradient)).toBeLessThan(5e-4 * largest(exact.gradient));
  for (const [n, value] of exact.squaredError.entries()) {
    expect(Math.abs(ours.squaredError[n]! - value)).toBeLessThanOrEqual(2e-6 * value);
  }
  return { ours, exact };
}

describe.skipIf(missing !== null)("cuboids on webgpu", { timeout: 120_000 }, () => {
  afterEach(() => vi.restoreAllMocks());

  cuboidLaws((spec) => createWebgpuCuboids(spec), FLOAT32, [32, 64, 128, 30], 4);

  it.each([
    { side: 64, boxes: 27, view: LEFT, softness: 0.5 },
    { side: 37, boxes: 1, view: FRONT, softness: 0.35 },
    { side: 7, boxes: TWELVE, view: LEFT, softness: 2 },
    { side: 45, boxes: 27, view: FRONT, softness: 4 },
  ])("has the float64 numbers: $side pixels, $boxes boxes", async ({ side, boxes, view, softness }) => {
    const spec = specWith(side, boxes, view, softness);
    const lanes = { boxes: randomBoxes(spec, 4, side), groups: Int32Array.of(1, 0, 1, 2) };
    const gpu = await createCuboidRenderer(spec, "webgpu");
    expect(gpu).toBeInstanceOf(WebgpuCuboids);
    const { ours, exact } = await expectSame(
      gpu,
      lanes,
      randomImages(spec, 3, side),
      Float64Array.of(0.7, 0, -2, 1e-3),
    );
    // No coefficient, no gradient; an absent box has none either.
    for (const [i, value] of exact.gradient.entries()) if (value === 0) expect(ours.gradient[i]).toBe(0);
    expect(ours.squaredError[1]).toBe(0);
    gpu.dispose();
  });

  it("fades faces in: tops just below the eye and just above it", async () => {
    const spec = specWith(32, TWELVE);
    const [, height] = spec.camera.eye;
    const boxes = new Float64Array(TWELVE * BOX_NUMBERS);
    boxes.set([0.2, height - 0.02 - 0.25, 0, 0.5, 0.5, 0.5, 0.8, 0.2, 0.1]);
    boxes.set([-0.6, height + 0.01 - 0.25, 0.4, 0.5, 0.5, 0.5, 0.1, 0.6, 0.3], 2 * BOX_NUMBERS);
    const gpu = await createWebgpuCuboids(spec);
    await expectSame(gpu, { boxes, groups: new Int32Array(1) }, randomImages(spec, 1, 5), Float64Array.of(1));
    gpu.dispose();
  });

  it("gives the same numbers in passes, reads once a call, and leaves no array behind", async () => {
    const spec = specWith(32, TWELVE);
    const boxes = randomBoxes(spec, 7, 4);
    const images = randomImages(spec, 4, 4);
    const lanes = { boxes, groups: Int32Array.of(3, 0, 0, 1, 2, 3, 1) };
    const coefficient = Float64Array.of(1, 2, 0, 0.3, 0, -1, 1);
    const whole = await createWebgpuCuboids(spec);
    // Two pictures at a time, and as many lanes of gradients as fit there.
    const cut = await createWebgpuCuboids(spec, 2 * 3 * 32 * 32);
    const session = await openWebgpu();
    const arrays = session.countArrays();
    const reads = vi.spyOn(session, "read");
    expect(await cut.squaredError(lanes, images)).toEqual(await whole.squaredError(lanes, images));
    expect(reads).toHaveBeenCalledTimes(2);
    expect(await cut.gradient(lanes, images, coefficient)).toEqual(await whole.gradient(lanes, images, coefficient));
    expect(reads).toHaveBeenCalledTimes(4);
    const pictures = await whole.render(boxes);
    expect(reads).toHaveBeenCalledTimes(5);
    expect(await cut.render(boxes)).toEqual(pictures);
    reads.mockClear();
    const none = { boxes: new Float64Array(0), groups: new Int32Array(0) };
    expect(await whole.render(none.boxes)).toHaveLength(0);
    expect(await whole.squaredError(none, images)).toHaveLength(0);
    expect((await whole.gradient(lanes, images, new Float64Array(7))).gradient.every((value) => value === 0)).toBe(
      true,
    );
    expect(reads).not.toHaveBeenCalled();
    expect(session.countArrays()).toBe(arrays);
    for (const renderer of [whole, cut]) renderer.dispose();
    expect(session.countArrays()).toBe(arrays - 2);
    await expect(whole.render(boxes)).rejects.toThrow(/dispose/);
  });

  it("refuses more boxes than a workgroup has room for", async () => {
    await expect(createCuboidRenderer(specWith(32, 40), "webgpu")).rejects.toThrow(LabError);
  });
});

/** Boxes of a section, and absent ones up to twelve. */
function twelve(boxes: Float64Array): Float64Array {
  const all = new Float64Array(Math.max(TWELVE * BOX_NUMBERS, boxes.length));
  all.set(boxes);
  return all;
}

describe.skipIf(missing !== null)("cuboids on webgpu, reference file", { timeout: 120_000 }, () => {
  const IMAGE = 3e-4;
  const GRADIENT = 2e-3;
  const LIKELIHOOD = 1e-4;

  it("has the stated pictures, gradients and likelihoods", async () => {
    for (const scene of sceneVectors) {
      const boxes = twelve(boxNumbers(scene.boxes_front_to_back));
      const spec = specOf(scene, boxes.length / BOX_NUMBERS);
      const { side } = spec;
      const gpu = await createWebgpuCuboids(spec);
      const lanes = { boxes, groups: Int32Array.of(0) };
      if (scene.image) expect(largestDifference(pictureOf(scene.image), await gpu.render(boxes))).toBeLessThan(IMAGE);
      const target = Float32Array.from({ length: side * side * 3 }, (_, at) => {
        const [c, j, i] = [at % 3, Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
        return 0.5 + 0.5 * Math.sin(0.3 * c + 0.7 * i + 1.1 * j);
      });
      const check = scene.gradient_check;
      const { squaredError, gradient } = await gpu.gradient(lanes, target, Float64Array.of(1));
      if (check?.loss_value) expect(Math.abs(squaredError[0]! / check.loss_value - 1)).toBeLessThan(LIKELIHOOD);
      for (const [part, rows] of [check?.d_centre, check?.d_size, check?.d_color].entries()) {
        const expected = rows?.flat() ?? [];
        const values = expected.map((_, i) => gradient[Math.floor(i / 3) * BOX_NUMBERS + 3 * part + (i % 3)]!);
        const most = Math.max(...expected.map(Math.abs));
        for (const [i, value] of expected.entries()) {
          expect(Math.abs(values[i]! - value)).toBeLessThanOrEqual(GRADIENT * most);
        }
      }
      const first = sceneVectors[0]?.image;
      if (first && scene.log_likelihood_by_noise_sd) {
        const picture = pictureOf(first);
        const observation = target.map((value, i) => picture[i]! + 0.2 * (value - 0.5));
        const [error] = await gpu.squaredError(lanes, observation);
        for (const [noise, expected] of Object.entries(scene.log_likelihood_by_noise_sd)) {
          const variance = Number(noise) ** 2;
          const value = -error! / 2 / variance - (observation.length / 2) * Math.log(2 * Math.PI * variance);
          expect(Math.abs(value / expected - 1)).toBeLessThan(LIKELIHOOD);
        }
      }
      gpu.dispose();
    }
  });

  it("has the stated pictures of boxes in order", async () => {
    for (const vector of orderVectors) {
      const boxes = twelve(boxNumbers(vector.order_front_to_back.map((i) => vector.boxes[i]!)));
      const gpu = await createWebgpuCuboids(specOf(vector, boxes.length / BOX_NUMBERS));
      if (vector.image) expect(largestDifference(pictureOf(vector.image), await gpu.render(boxes))).toBeLessThan(IMAGE);
      gpu.dispose();
    }
  });
});
