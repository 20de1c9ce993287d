// Every field of scenes.json that concerns pictures of boxes (scenes specification, section 12): plain TypeScript at the
// digits that the file prints, the wasm builds at its float32 tolerances.

import { describe, expect, it } from "vitest";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import { FADE_DISTANCE } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { hardPicture } from "../helpers/cuboids";
import {
  boxNumbers,
  cameraOf,
  orderVectors,
  pictureOf,
  scenesFile,
  sceneVectors,
  specOf,
} from "../helpers/cuboidVectors";

/** Half a unit of the last printed digit, and a little for the way there: images have 4 digits, the rest 6 or more. */
const IMAGE = 5.1e-5;
const DIGITS = 6e-7;

function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

function near(values: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(values.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((values[i] ?? Number.NaN) - value), `entry ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

/** The target of the gradient check: [R, R, 3]. */
function wavyTarget(side: number): Float64Array {
  return Float64Array.from({ length: side * side * 3 }, (_, at) => {
    const [c, j, i] = [at % 3, Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
    return 0.5 + 0.5 * Math.sin(0.3 * c + 0.7 * i + 1.1 * j);
  });
}

it("is a file of scenes with the renderer's constants", () => {
  given(scenesFile.about, (about) => expect(about).toMatch(/scene/i));
  given(scenesFile.constants?.nu0, (nu0) => expect(nu0).toBe(FADE_DISTANCE));
});

it("has the test's cameras", () => {
  for (const camera of scenesFile.cameras ?? []) {
    const exact = cameraOf(camera);
    for (const name of ["eye", "forward", "right", "up"] as const) {
      given(camera[name], (vector) => near(exact[name], vector, DIGITS));
    }
  }
});

describe.each(sceneVectors.map((scene, at) => ({ at, scene })))("scene $at", ({ scene }) => {
  const boxes = boxNumbers(scene.boxes_front_to_back);
  const spec = specOf(scene, scene.boxes_front_to_back.length);
  const exact = new CpuCuboids(spec);

  it("has the stated picture and silhouette", () => {
    given(scene.image, (image) => near(exact.draw(boxes), pictureOf(image), IMAGE));
    given(scene.silhouette, (rows) => near(exact.silhouette(boxes), rows.flat(), IMAGE));
  });

  it("has the stated means at other sizes", () => {
    for (const [side, expected] of Object.entries(scene.channel_means_at ?? {})) {
      const picture = new CpuCuboids(specOf(scene, spec.boxes, Number(side))).draw(boxes);
      const means = [0, 1, 2].map((k) => picture.reduce((sum, v, at) => sum + (at % 3 === k ? v : 0), 0));
      near(
        means.map((sum) => sum / Number(side) ** 2),
        expected,
        DIGITS,
      );
    }
  });

  it("is as far from a hard picture as stated", () => {
    given(scene.rms_to_supersampled_hard, (expected) => {
      const picture = exact.draw(boxes);
      const hard = hardPicture(spec, boxes, 8);
      const square = picture.reduce((sum, value, at) => sum + (value - (hard[at] ?? 0)) ** 2, 0);
      expect(Math.abs(Math.sqrt(square / picture.length) - expected)).toBeLessThanOrEqual(IMAGE);
    });
  });

  it("has the stated gradient by the boxes", async () => {
    const check = scene.gradient_check;
    const lanes = { boxes, groups: Int32Array.of(0) };
    // The target is not rounded to float32: the gradient of a sum of squares is linear in it, and so is this correction.
    const { squaredError, gradient } = await exactGradient(spec, lanes);
    given(check?.loss_value, (loss) => expect(Math.abs((squaredError[0] ?? 0) - loss)).toBeLessThan(6e-6 + 1e-4));
    const fields = [check?.d_centre, check?.d_size, check?.d_color];
    for (const [part, expected] of fields.entries()) {
      given(expected, (rows) => {
        const values = rows.flatMap((_, box) => [...gradient.subarray(9 * box + 3 * part, 9 * box + 3 * part + 3)]);
        const most = Math.max(...rows.flat().map(Math.abs));
        near(values, rows.flat(), DIGITS * most + 1e-4);
      });
    }
  });

  function exactGradient(of: typeof spec, lanes: { boxes: Float64Array; groups: Int32Array }) {
    return exact.gradient(lanes, Float32Array.from(wavyTarget(of.side)), Float64Array.of(1));
  }
});

describe.each(orderVectors.map((vector, at) => ({ at, vector })))("order $at", ({ vector }) => {
  it("draws the stated picture in the stated order", () => {
    const boxes = boxNumbers(vector.order_front_to_back.map((i) => vector.boxes[i]!));
    const spec = specOf(vector, vector.boxes.length);
    given(vector.image, (image) => near(new CpuCuboids(spec).draw(boxes), pictureOf(image), IMAGE));
  });
});
