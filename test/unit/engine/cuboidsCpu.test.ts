// The float64 cuboid renderer: laws of every backend, derivatives against finite differences, cameras that see one, two or
// three faces, and fits of a cube to pictures (scenes specification, 5.8).

import { describe, expect, it } from "vitest";
import { CpuCuboids } from "../../../src/engine/kernels/cuboids/cpu";
import type { Camera, CuboidRendererSpec } from "../../../src/engine/kernels/cuboids/cuboidRenderer";
import { createWasmCuboids } from "../../../src/engine/kernels/cuboids/wasm";
import { Rng } from "../../../src/engine/rng/rng";
import { fitCube } from "../../helpers/cuboidFit";
import { cuboidLaws } from "../../helpers/cuboidLaws";
import { CAMERAS, cuboidSpec, hardPicture, randomImages, randomScenes } from "../../helpers/cuboids";

cuboidLaws(async (spec) => new CpuCuboids(spec), { picture: 0, error: 0, gradient: 0 }, [32], 2);

/** Largest difference between the gradient and central differences, relative to the lane's largest entry. */
async function slopeError(spec: CuboidRendererSpec, boxes: Float64Array, images: Float32Array): Promise<number> {
  const renderer = new CpuCuboids(spec);
  const groups = new Int32Array(1);
  const { gradient } = await renderer.gradient({ boxes, groups }, images, Float64Array.of(1));
  const most = Math.max(...gradient.map(Math.abs));
  let worst = 0;
  for (const [at, value] of gradient.entries()) {
    if (boxes[at - (at % 9) + 3] === 0) continue;
    const ends: number[] = [];
    for (const step of [-1e-6, 1e-6]) {
      const moved = boxes.slice();
      moved[at] = moved[at]! + step;
      ends.push((await renderer.squaredError({ boxes: moved, groups }, images))[0]!);
    }
    worst = Math.max(worst, Math.abs((ends[1]! - ends[0]!) / 2e-6 - value) / most);
  }
  return worst;
}

describe("has the derivative as its gradient", () => {
  it.each(Object.entries(CAMERAS))("from the camera %s", async (_, camera) => {
    const spec = cuboidSpec(24, 6, camera);
    const rng = new Rng(41);
    for (let scene = 0; scene < 4; scene++) {
      const [boxes, images] = [randomScenes(rng, spec, 1), randomImages(rng, spec, 1)];
      expect(await slopeError(spec, boxes, images), `scene ${scene}`).toBeLessThan(1e-5);
    }
  });

  const eye = [0.1, 0.2, -3] as const;
  const straight: Camera = { ...CAMERAS["front"]!, eye, forward: [0, 0, 1], up: [0, 1, 0] };
  it.each([
    ["one face", [0.12, 0.15, 0]],
    ["two faces", [0.12, -0.4, 0]],
    ["three faces", [0.6, -0.4, 0]],
    ["a top that fades in", [0.12, -0.02, 0]],
    ["a top and a side that fade in", [-0.13, -0.035, 0]],
  ])("where a box shows %s", async (_, centre) => {
    const spec = { ...cuboidSpec(24, 1, straight), softness: 0.6 };
    const boxes = Float64Array.of(...centre, 0.4, 0.4, 0.6, 0.8, 0.3, 0.1);
    expect(await slopeError(spec, boxes, randomImages(new Rng(42), spec, 1))).toBeLessThan(1e-5);
  });

  it("fades a top in without a step, from below the eye to above it", () => {
    const spec = cuboidSpec(32, 1, straight);
    const renderer = new CpuCuboids(spec);
    const picture = (top: number) => renderer.draw(Float64Array.of(0.1, top - 0.2, 0, 0.4, 0.4, 0.6, 1, 1, 1));
    let before = picture(0.1);
    for (let top = 0.102; top < 0.3; top += 0.002) {
      const now = picture(top);
      expect(now.reduce((most, value, at) => Math.max(most, Math.abs(value - before[at]!)), 0)).toBeLessThan(0.05);
      before = now;
    }
  });
});

it("tends to the hard picture as edges sharpen, at every size", () => {
  const rng = new Rng(43);
  for (const side of [32, 64, 128]) {
    const spec = cuboidSpec(side);
    const boxes = randomScenes(rng, spec, 1);
    const hard = hardPicture(spec, boxes, 4);
    const distances = [1, 0.5, 0.25].map((softness) => {
      const picture = new CpuCuboids({ ...spec, softness }).draw(boxes);
      return Math.sqrt(picture.reduce((sum, value, at) => sum + (value - hard[at]!) ** 2, 0) / picture.length);
    });
    expect(distances[1]).toBeLessThan(0.75 * distances[0]!);
    expect(distances[2]).toBeLessThan(0.75 * distances[1]!);
  }
});

describe("fits a cube to a picture by its gradient", () => {
  const truth = { centre: [-0.4, -0.9, 0.3], size: 0.45, color: [0.8, 0.25, 0.3] } as const;
  const build = async (spec: CuboidRendererSpec) => createWasmCuboids(spec);

  it.each([1, 2, 3])("drawn by itself at 64 pixels, start %i", async (seed) => {
    const early = await fitCube(build, cuboidSpec(64, 1), truth, "soft", seed);
    expect(early.position).toBeLessThan(0.002);
    expect(early.size).toBeLessThan(0.02);
    // Colours far from the truth hold the size back for a while.
    const late = await fitCube(build, cuboidSpec(64, 1), truth, "soft", seed, 600);
    expect(Math.max(late.position, late.size)).toBeLessThan(0.002);
  });

  it.each([64, 128])("drawn hard at %i pixels", async (side) => {
    const found = await fitCube(build, cuboidSpec(side, 1), truth, "hard", 4);
    expect(found.position).toBeLessThan(0.01);
    expect(found.size).toBeLessThan(0.02);
  });
});
