// The oracle: the same renderer in eager tfjs with its autodiff, on any tfjs backend that has the kernels. Never the hot
// path. Tests and benchmarks hand in tfjs themselves. Source: MWS specification, sections 3.2 to 3.4.

import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { DOT, FLOOR } from "./arcs";
import { bankLayout } from "./bank";
import type { StrokeLanes, StrokeRendererSpec } from "./renderer";
import { LEAST_PROBABILITY } from "./warp";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/** [N] log p(x | z) of each lane as tfjs operations on the raw parameters [rawSize], for tfjs to differentiate. */
export function eagerLogLikelihood(
  tf: Tfjs,
  spec: StrokeRendererSpec,
  raw: Tensor1D,
  lanes: StrokeLanes,
  images: Uint8Array,
): Tensor1D {
  const count = lanes.groups.length;
  const size = spec.height * spec.width;
  const rows = tf.tensor2d(Float32Array.from(images), [images.length / size, size]);
  const x: Tensor2D = tf.gather(rows, tf.tensor1d(lanes.groups, "int32"));
  const odds = inkOdds(tf, spec, raw, lanes);
  const floored = tf.add(odds, FLOOR);
  if (spec.transforms === 0) {
    const scores = tf.sub(tf.mul(x, tf.log(floored)), tf.log(tf.add(floored, 1)));
    return tf.sum(scores, 1);
  }
  const probabilities: Tensor2D = tf.div(floored, tf.add(floored, 1));
  const seen = warped(tf, spec, raw, probabilities);
  const p = tf.clipByValue(seen, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
  const ink = tf.expandDims(x, 1);
  const logs = tf.add(tf.mul(ink, tf.log(p)), tf.mul(tf.sub(1, ink), tf.log(tf.sub(1, p))));
  const each: Tensor2D = tf.reshape(tf.sum(logs, 2), [count, spec.transforms]);
  return tf.sub(tf.logSumExp(each, 1), Math.log(spec.transforms));
}

/**
 * Log likelihoods of lanes, and the gradient of minus sum_n coefficient[n] * log p(x_n | z_n) by the raw parameters.
 *
 * @param raw [rawSize]
 */
export async function eagerGradient(
  tf: Tfjs,
  spec: StrokeRendererSpec,
  raw: ArrayLike<number>,
  lanes: StrokeLanes,
  images: Uint8Array,
  coefficient: Float64Array,
): Promise<{ readonly values: Float32Array; readonly gradient: Float32Array }> {
  const tensors = tf.tidy(() => {
    let values: Tensor1D | null = null;
    const loss = (numbers: Tensor) => {
      // One argument of rank 1 comes in.
      values = tf.keep(eagerLogLikelihood(tf, spec, numbers as Tensor1D, lanes, images));
      return tf.neg(tf.sum(tf.mul(values, tf.tensor1d(Float32Array.from(coefficient)))));
    };
    const gradient = tf.grad(loss)(tf.tensor1d(Float32Array.from(raw)));
    return { gradient, values: requireTensor(values) };
  });
  const [values, gradient] = await Promise.all([tensors.values.data(), tensors.gradient.data()]);
  tensors.values.dispose();
  tensors.gradient.dispose();
  // Both are float32 tensors.
  return { values: values as Float32Array, gradient: gradient as Float32Array };
}

function requireTensor(tensor: Tensor1D | null): Tensor1D {
  if (tensor === null) throw new RangeError("the loss was not evaluated");
  return tensor;
}

/** exp(ink) of every pixel [N, height * width]; 0 for programs without a stroke that has the pen down. */
function inkOdds(tf: Tfjs, spec: StrokeRendererSpec, raw: Tensor1D, lanes: StrokeLanes): Tensor2D {
  const { tokens: length, height, width } = spec;
  const count = lanes.groups.length;
  const at = bankLayout(spec);
  const part = (from: number, size: number): Tensor1D => tf.slice(raw, from, size);
  const ids = tf.tensor2d(
    lanes.tokens.map((token) => token >> 1),
    [count, length],
    "int32",
  );
  const down: Tensor2D = tf.tensor2d(
    lanes.tokens.map((token) => token & 1),
    [count, length],
  );
  // A product with ones: tfjs' wasm backend has no gradient of a gather.
  const chosen = tf.reshape(oneHot(tf, ids, spec.strokes), [count * length, spec.strokes]);
  const ofStroke = (values: Tensor): Tensor3D =>
    tf.reshape(tf.matMul(chosen, tf.reshape(values, [spec.strokes, 1])), [count, length, 1]);
  const chords: Tensor2D = tf.mul(tf.tanh(tf.reshape(part(0, at.theta), [spec.strokes, 2])), 0.66);
  const turn = tf.mul(tf.sub(tf.sigmoid(tf.mul(part(at.theta, spec.strokes), 10)), 0.5), 0.99 * Math.PI);
  const [dx, dy] = [0, 1].map((axis) => ofStroke(tf.reshape(tf.slice(chords, [0, axis], [-1, 1]), [spec.strokes])));
  const arcs = { dx: dx!, dy: dy!, sine: ofStroke(tf.sin(turn)), cosine: ofStroke(tf.cos(turn)) };
  const square = squaredDistances(tf, arcs, height, width);
  const sharpness = ofStroke(part(at.sharpness, spec.strokes));
  const reach = ofStroke(tf.mul(tf.sigmoid(part(at.width, spec.strokes)), 0.1));
  const exponents = tf.mul(tf.square(sharpness), tf.sub(tf.square(reach), square));
  // The gradient goes to the first of the largest: tfjs' own max would give it to all that tie.
  const drawn = tf.add(exponents, tf.mul(tf.sub(tf.expandDims(down, 2), 1), 1e9));
  const winners = oneHot(tf, detached(tf, tf.argMax(drawn, 1)), length);
  const largest = tf.sum(tf.mul(exponents, tf.transpose(winners, [0, 2, 1])), 1);
  const ink = tf.add(tf.mul(tf.exp(tf.minimum(largest, 0)), tf.softplus(part(at.scale, 1))), part(at.bias, 1));
  return tf.mul(tf.exp(ink), tf.max(down, 1, true));
}

/** The same numbers as a constant: tfjs has no gradient for choices, which are piecewise constant. */
function detached<Kind extends Tensor>(tf: Tfjs, values: Kind): Kind {
  // A tensor of the same shape has the same rank.
  return tf.tensor(values.dataSync(), values.shape, values.dtype) as Kind;
}

/** Ones along a new last axis. tfjs' own oneHot gives zeros in float32 on its wasm backend (4.22). */
function oneHot(tf: Tfjs, ids: Tensor, count: number): Tensor {
  return tf.cast(tf.equal(tf.expandDims(ids, -1), tf.range(0, count, 1, "int32")), "float32");
}

type Arcs = { readonly dx: Tensor3D; readonly dy: Tensor3D; readonly sine: Tensor3D; readonly cosine: Tensor3D };

/** [N, A, height * width] */
function squaredDistances(tf: Tfjs, { dx, dy, sine, cosine }: Arcs, height: number, width: number): Tensor3D {
  const size = height * width;
  const pixel = Array.from({ length: size }, (_, i) => i);
  const px = tf.tensor3d(
    pixel.map((i) => (i % width) / Math.max(1, width - 1)),
    [1, 1, size],
  );
  const py = tf.tensor3d(
    pixel.map((i) => 1 - Math.floor(i / width) / Math.max(1, height - 1)),
    [1, 1, size],
  );
  // A product with ones above the diagonal: the gradient of tfjs' cumsum has the wrong shape along inner axes.
  const [count, length] = dx.shape;
  const isEarlier = Array.from({ length: length * length }, (_, i) => (Math.floor(i / length) < i % length ? 1 : 0));
  const sums = (step: Tensor) => tf.matMul(tf.reshape(step, [count, length]), tf.tensor2d(isEarlier, [length, length]));
  const start = (step: Tensor3D): Tensor3D => tf.add(tf.reshape(sums(step), [count, length, 1]), 0.5);
  const [vx, vy] = [tf.sub(px, start(dx)), tf.sub(py, start(dy))];
  const [wx, wy] = [tf.sub(vx, dx), tf.sub(vy, dy)];
  const square = tf.add(tf.square(dx), tf.square(dy));
  const cross = tf.sub(tf.mul(vx, dy), tf.mul(vy, dx));
  const along = tf.add(tf.mul(vx, dx), tf.mul(vy, dy));
  const side = tf.mul(sine, cross);
  const before = tf.greaterEqual(tf.mul(cosine, along), side);
  const after = tf.greaterEqual(tf.mul(cosine, tf.sub(square, along)), side);
  const hasSector = tf.greaterEqual(square, DOT * DOT);
  const isInside = detached(tf, tf.logicalAnd(tf.logicalAnd(before, after), hasSector));
  const dots = tf.add(tf.mul(vx, wx), tf.mul(vy, wy));
  const numerator = tf.sub(tf.mul(sine, dots), tf.mul(cosine, cross));
  const qx = tf.sub(tf.mul(sine, tf.sub(vx, tf.mul(dx, 0.5))), tf.mul(tf.mul(cosine, dy), 0.5));
  const qy = tf.add(tf.mul(sine, tf.sub(vy, tf.mul(dy, 0.5))), tf.mul(tf.mul(cosine, dx), 0.5));
  const root = (value: Tensor) => tf.sqrt(tf.maximum(value, 1e-30));
  const below = tf.add(root(tf.add(tf.square(qx), tf.square(qy))), tf.mul(root(square), 0.5));
  const ends: Tensor3D = tf.minimum(tf.add(tf.square(vx), tf.square(vy)), tf.add(tf.square(wx), tf.square(wy)));
  const distance: Tensor3D = tf.div(numerator, below);
  return tf.where<Tensor3D>(isInside, tf.square(distance), ends);
}

/**
 * [N, T, height * width]: probabilities read under every transform, bilinear, 0 outside. The weight of a pixel is a hat
 * function of its distance in columns times one in rows, so that two products do the reading, without gathers.
 */
function warped(tf: Tfjs, spec: StrokeRendererSpec, raw: Tensor1D, probabilities: Tensor2D): Tensor3D {
  const { height, width, transforms } = spec;
  const size = height * width;
  const count = probabilities.shape[0];
  const [across, along] = [Math.max(1, width - 1) / 2, Math.max(1, height - 1) / 2];
  const pixels = Array.from({ length: size }, (_, i) => [i % width, Math.floor(i / width)] as const);
  const centred = tf.tensor2d(pixels.map(([column, row]) => [column / across - 1, row / along - 1, 1]));
  const maps = tf.reshape(tf.slice(raw, bankLayout(spec).transforms, 6 * transforms), [2 * transforms, 3]);
  const read = tf.reshape(tf.matMul(maps, centred, false, true), [transforms, 2, size]);
  // [T * size, places]
  const hats = (axis: number, half: number, places: number): Tensor2D => {
    const position = tf.mul(tf.add(tf.slice(read, [0, axis, 0], [-1, 1, -1]), 1), half);
    const apart = tf.sub(tf.reshape(position, [transforms * size, 1]), tf.range(0, places));
    return tf.relu(tf.sub(1, tf.abs(apart)));
  };
  const rows = tf.reshape(probabilities, [count * height, width]);
  const byRow = tf.reshape(tf.matMul(hats(0, across, width), rows, false, true), [-1, count, height]);
  const seen = tf.sum(tf.mul(byRow, tf.expandDims(hats(1, along, height), 1)), 2);
  return tf.reshape(tf.transpose(seen, [1, 0]), [count, transforms, size]);
}
