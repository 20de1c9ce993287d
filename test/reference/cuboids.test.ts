// Every field of scenes.json that concerns pictures of boxes (scenes specification, section 12): plain TypeScript at the
// digits that the file prints, the wasm builds at the file's float32 tolerances.

import { describe, expect, it } from "vitest";
import { availableBuilds } from "../../src/engine/kernels/assembly/module";
import { enableRelaxedSimd } from "../../src/engine/kernels/assembly/relaxedSimdInNode";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import {
  type CuboidRenderer,
  type CuboidRendererSpec,
  FADE_DISTANCE,
} from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { createWasmCuboids } from "../../src/engine/kernels/cuboids/wasm";
import { FLOAT32, largestDifference } from "../helpers/cuboidLaws";
import { hardPicture } from "../helpers/cuboids";
import {
  boxNumbers,
  cameraOf,
  orderVectors,
  pictureOf,
  type SceneVector,
  scenesFile,
  sceneVectors,
  specOf,
} from "../helpers/cuboidVectors";

enableRelaxedSimd();

type Backend = {
  readonly name: string;
  readonly build: (spec: CuboidRendererSpec) => Promise<CuboidRenderer>;
  /** Of a picture's values; relative, of log likelihoods; of gradients, relative to the largest entry of an array. */
  readonly picture: number;
  readonly logLikelihood: number;
  readonly gradient: number;
};

/**
 * Pictures have 4 digits in the file and are kept in float32. The rest has 6 digits or more, but boxes are printed to 5e-8,
 * and targets are float32: a gradient of 100 moves by 1e-5 with them, a log likelihood of 1000 by 1e-4.
 */
const exactly = { picture: 5.1e-5, logLikelihood: 1e-7, gradient: 1e-6 };
const DIGITS = 5.1e-7;
const single = { picture: FLOAT32.picture, logLikelihood: FLOAT32.error, gradient: FLOAT32.gradient };
const backends: readonly Backend[] = [
  { name: "cpu", build: async (spec) => new CpuCuboids(spec), ...exactly },
  ...(await availableBuilds()).map((build) => ({
    name: `wasm, ${build}`,
    build: (spec: CuboidRendererSpec) => createWasmCuboids(spec, build),
    ...single,
  })),
];

function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

function near(values: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(largestDifference(values, expected)).toBeLessThanOrEqual(tolerance);
}

/** The target of the gradient check: [R, R, 3]. */
function wavyTarget(side: number): Float64Array {
  return Float64Array.from({ length: side * side * 3 }, (_, at) => {
    const [c, j, i] = [at % 3, Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
    return 0.5 + 0.5 * Math.sin(0.3 * c + 0.7 * i + 1.1 * j);
  });
}

/** The picture that every scene of the file is scored under. */
function observationOf(first: SceneVector): Float32Array {
  const target = wavyTarget(first.R);
  return Float32Array.from(pictureOf(first.image ?? []), (value, at) => value + 0.2 * (target[at]! - 0.5));
}

it("is a file of scenes with the renderer's constants", () => {
  given(scenesFile.about, (about) => expect(about).toMatch(/scene/i));
  given(scenesFile.constants?.nu0, (nu0) => expect(nu0).toBe(FADE_DISTANCE));
});

it("has the test's cameras", () => {
  for (const camera of scenesFile.cameras ?? []) {
    const exact = cameraOf(camera);
    for (const name of ["eye", "forward", "right", "up"] as const) {
      given(camera[name], (vector) => near(exact[name], vector, 1e-8));
    }
  }
});

const numbered = sceneVectors.map((scene, at) => ({ at, scene }));

describe.each(numbered)("scene $at in float64", ({ scene }) => {
  const boxes = boxNumbers(scene.boxes_front_to_back);
  const spec = specOf(scene, scene.boxes_front_to_back.length);

  it("has the stated silhouette", () => {
    given(scene.silhouette, (rows) => near(new CpuCuboids(spec).silhouette(boxes), rows.flat(), exactly.picture));
  });

  it("is as far from a hard picture as stated, and closer with sharper edges", () => {
    given(scene.rms_to_supersampled_hard, (expected) => {
      const hard = hardPicture(spec, boxes, 8);
      const distance = (softness: number) => {
        const picture = new CpuCuboids({ ...spec, softness }).draw(boxes);
        const square = picture.reduce((sum, value, at) => sum + (value - (hard[at] ?? 0)) ** 2, 0);
        return Math.sqrt(square / picture.length);
      };
      expect(Math.abs(distance(spec.softness) - expected)).toBeLessThanOrEqual(exactly.picture);
      expect(distance(spec.softness / 2)).toBeLessThan(0.8 * expected);
    });
  });
});

describe.each(backends)("$name", ({ build, ...bounds }) => {
  it.each(numbered)("scene $at has the stated picture, here and at other sizes", async ({ scene }) => {
    const boxes = boxNumbers(scene.boxes_front_to_back);
    const draw = async (side: number) => (await build(specOf(scene, boxes.length / 9, side))).render(boxes);
    if (scene.image) near(await draw(scene.R), pictureOf(scene.image), bounds.picture);
    for (const [name, expected] of Object.entries(scene.channel_means_at ?? {})) {
      const picture = await draw(Number(name));
      const sums = [0, 1, 2].map((k) => picture.reduce((sum, value, at) => sum + (at % 3 === k ? value : 0), 0));
      const means = sums.map((sum) => sum / Number(name) ** 2);
      near(means, expected, bounds.picture === exactly.picture ? DIGITS : bounds.picture);
    }
  });

  it.each(numbered)("scene $at has the stated gradient by its boxes", async ({ scene }) => {
    const boxes = boxNumbers(scene.boxes_front_to_back);
    const renderer = await build(specOf(scene, boxes.length / 9));
    const target = Float32Array.from(wavyTarget(scene.R));
    const lanes = { boxes, groups: Int32Array.of(0) };
    const { squaredError, gradient } = await renderer.gradient(lanes, target, Float64Array.of(1));
    const check = scene.gradient_check;
    given(check?.loss_value, (loss) => near(squaredError, [loss], bounds.logLikelihood * loss + 5.1e-6));
    for (const [part, expected] of [check?.d_centre, check?.d_size, check?.d_color].entries()) {
      given(expected, (rows) => {
        const values = rows.flatMap((_, box) => [...gradient.subarray(9 * box + 3 * part, 9 * box + 3 * part + 3)]);
        near(values, rows.flat(), bounds.gradient * Math.max(...rows.flat().map(Math.abs)) + 5.1e-6);
      });
    }
  });

  it.each(numbered)("scene $at gives the common observation the stated likelihood", async ({ scene }) => {
    const boxes = boxNumbers(scene.boxes_front_to_back);
    const renderer = await build(specOf(scene, boxes.length / 9));
    const lanes = { boxes, groups: Int32Array.of(0) };
    const first = sceneVectors[0]!;
    if (!first.image) return;
    const [error] = await renderer.squaredError(lanes, observationOf(first));
    for (const [name, expected] of Object.entries(scene.log_likelihood_by_noise_sd ?? {})) {
      const constant = 3 * scene.R ** 2 * (Math.log(Number(name)) + 0.5 * Math.log(2 * Math.PI));
      const value = -constant - (error ?? Number.NaN) / (2 * Number(name) ** 2);
      near([value], [expected], bounds.logLikelihood * Math.abs(expected) + 5.1e-6);
    }
  });

  it.each(orderVectors.map((vector, at) => ({ at, vector })))(
    "order $at gives the stated picture",
    async ({ vector }) => {
      const boxes = boxNumbers(vector.order_front_to_back.map((i) => vector.boxes[i]!));
      const renderer = await build(specOf(vector, vector.boxes.length));
      if (vector.image) near(await renderer.render(boxes), pictureOf(vector.image), bounds.picture);
    },
  );
});
