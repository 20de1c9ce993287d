// The cuboid renderers against eager tfjs with autodiff: an implementation that shares no derivative with them.

import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { createCuboidRenderer } from "../../../src/engine/kernels/cuboids/createCuboidRenderer";
import { eagerGradient, eagerPictures } from "../../../src/engine/kernels/cuboids/reference";
import { Rng } from "../../../src/engine/rng/rng";
import { FLOAT32, largestDifference } from "../../helpers/cuboidLaws";
import { CAMERAS, cuboidSpec, randomImages, randomScenes } from "../../helpers/cuboids";
import "../../helpers/tfjsReference";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const views = Object.keys(CAMERAS).flatMap((view) => (["cpu", "wasm"] as const).map((backend) => ({ view, backend })));

it.each(views)("agrees with tfjs on $backend from the camera $view", async ({ view, backend }) => {
  const spec = cuboidSpec(16, 6, CAMERAS[view]!);
  const rng = new Rng(31);
  const [boxes, images] = [randomScenes(rng, spec, 5), randomImages(rng, spec, 2)];
  const lanes = { boxes, groups: Int32Array.of(0, 1, 0, 1, 0) };
  const coefficient = Float64Array.of(1, 0.5, 2, 1, 0.1);
  const expected = await eagerGradient(tf, spec, lanes, images, coefficient);
  const renderer = await createCuboidRenderer(spec, backend);
  const { squaredError, gradient } = await renderer.gradient(lanes, images, coefficient);
  const drawn = tf.tidy(() => eagerPictures(tf, spec, tf.tensor3d(Float32Array.from(boxes), [5, 6, 9]), boxes));
  expect(largestDifference(await renderer.render(boxes), await drawn.data())).toBeLessThan(FLOAT32.picture);
  drawn.dispose();
  for (const [n, error] of expected.squaredError.entries()) {
    expect(Math.abs(squaredError[n]! - error), `lane ${n}`).toBeLessThan(FLOAT32.error * error);
    const lane = (values: ArrayLike<number>) => Float64Array.from(values).subarray(54 * n, 54 * n + 54);
    const most = Math.max(...lane(expected.gradient).map(Math.abs));
    expect(largestDifference(lane(gradient), lane(expected.gradient)), `gradient of lane ${n}`).toBeLessThan(
      FLOAT32.gradient * most,
    );
  }
});

it("leaves no tensor behind", async () => {
  const spec = cuboidSpec(8, 3);
  const rng = new Rng(32);
  const lanes = { boxes: randomScenes(rng, spec, 2), groups: new Int32Array(2) };
  const before = tf.memory().numTensors;
  await eagerGradient(tf, spec, lanes, randomImages(rng, spec, 1), Float64Array.of(1, 1));
  expect(tf.memory().numTensors).toBe(before);
});
