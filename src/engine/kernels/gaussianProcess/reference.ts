// The oracle: the same likelihood in eager tfjs with dense matrices, a Cholesky factorisation of stock operations and
// tfjs' autodiff. Never the hot path. Tests and benchmarks hand in tfjs themselves. Source: HMWS specification, 7 and 8.

import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { laneOf, requireLanes } from "./calls";
import { ATOM_PARAMETERS } from "./covariance";
import { type GaussianProcessSpec, type KernelLanes, OP, type SeriesRows } from "./gaussianProcess";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/**
 * [N] log N(x; 0, A) as tfjs operations on the parameters, for tfjs to differentiate.
 *
 * @param parameters [N * mostAtoms * 3]
 */
export function eagerLogLikelihood(
  tf: Tfjs,
  spec: GaussianProcessSpec,
  parameters: Tensor1D,
  series: SeriesRows,
  lanes: KernelLanes,
): Tensor1D {
  const { points } = spec;
  const rows = tf.tensor2d(Float32Array.from(series), [series.length / points, points]);
  const x: Tensor2D = tf.gather(rows, tf.tensor1d(lanes.rows, "int32"));
  const lags = tf.abs(tf.sub(tf.expandDims(tf.range(0, points), 1), tf.expandDims(tf.range(0, points), 0)));
  const distances: Tensor2D = tf.mul(lags, spec.spacing);
  const matrices = Array.from(lanes.rows, (_, n) => matrixOf(tf, spec, distances, parameters, lanes, n));
  const a: Tensor3D = tf.stack(matrices) as Tensor3D; // N matrices.
  return logDensities(tf, a, x);
}

/** Log likelihoods of lanes, and the gradient of their sum by the parameters [N, mostAtoms, 3]. */
export async function eagerGradient(
  tf: Tfjs,
  spec: GaussianProcessSpec,
  series: SeriesRows,
  lanes: KernelLanes,
): Promise<{ readonly logLikelihood: Float32Array; readonly gradient: Float32Array }> {
  requireLanes(spec, series, lanes);
  let values: Tensor1D | null = null;
  const sum = (parameters: Tensor): Scalar => {
    // One argument of rank 1 comes in.
    values = tf.keep(eagerLogLikelihood(tf, spec, parameters as Tensor1D, series, lanes));
    return tf.sum(values);
  };
  const gradient = tf.tidy(() => tf.grad(sum)(tf.tensor1d(Float32Array.from(lanes.parameters))));
  const kept = requireTensor(values);
  const [logLikelihood, slopes] = await Promise.all([kept.data(), gradient.data()]);
  kept.dispose();
  gradient.dispose();
  // Both are float32 tensors.
  return { logLikelihood: logLikelihood as Float32Array, gradient: slopes as Float32Array };
}

function requireTensor(tensor: Tensor1D | null): Tensor1D {
  if (tensor === null) throw new RangeError("the sum was not evaluated");
  return tensor;
}

/** A of lane n, [points, points]. */
function matrixOf(
  tf: Tfjs,
  spec: GaussianProcessSpec,
  distances: Tensor2D,
  parameters: Tensor1D,
  lanes: KernelLanes,
  n: number,
): Tensor2D {
  const stack: Tensor2D[] = [];
  const { ops } = laneOf(spec, lanes, n);
  let row = n * spec.mostAtoms * ATOM_PARAMETERS;
  for (const op of ops) {
    if (op === OP.end) break;
    if (op === OP.times || op === OP.plus) {
      const [first, second] = stack.splice(-2);
      if (!first || !second) throw new RangeError(`ops of lane ${n} are no expression`);
      stack.push(op === OP.plus ? tf.add(first, second) : tf.mul(first, second));
      continue;
    }
    const [variance, lengthSquared, period] = [0, 1, 2].map((i) => tf.slice(parameters, row + i, 1));
    stack.push(tf.mul(shapeOf(tf, op, distances, lengthSquared!, period!), variance!));
    row += ATOM_PARAMETERS;
  }
  const eye = tf.eye(spec.points);
  const noisy = tf.add(stack[0]!, tf.mul(eye, spec.noise));
  return tf.add(noisy, tf.mul(eye, tf.mul(tf.add(noisy, 1), spec.jitter)));
}

function shapeOf(tf: Tfjs, op: number, distances: Tensor2D, lengthSquared: Tensor, period: Tensor): Tensor2D {
  if (op === OP.whiteNoise) return tf.eye(distances.shape[0]);
  if (op === OP.constant) return tf.onesLike(distances);
  if (op === OP.squaredExponential) return tf.exp(tf.div(tf.mul(tf.square(distances), -0.5), lengthSquared));
  const sine = tf.sin(tf.mul(tf.div(distances, period), Math.PI));
  return tf.exp(tf.div(tf.mul(tf.square(sine), -2), lengthSquared));
}

/** Right-looking Cholesky on all matrices at once, with the forward substitution of x in the same loop. */
function logDensities(tf: Tfjs, matrices: Tensor3D, x: Tensor2D): Tensor1D {
  const [count, points] = matrices.shape;
  let left = matrices;
  let rest = x;
  let total: Tensor = tf.fill([count, 1], -0.5 * points * Math.log(2 * Math.PI));
  for (let k = 0; k < points; k++) {
    const size = points - k;
    const pivot = tf.sqrt(tf.slice(left, [0, 0, 0], [count, 1, 1]));
    const z = tf.div(tf.slice(rest, [0, 0], [count, 1]), tf.reshape(pivot, [count, 1]));
    total = tf.sub(total, tf.add(tf.mul(tf.square(z), 0.5), tf.log(tf.reshape(pivot, [count, 1]))));
    if (size === 1) break;
    const below: Tensor3D = tf.div(tf.slice(left, [0, 1, 0], [count, size - 1, 1]), pivot);
    const outer = tf.mul(below, tf.reshape(below, [count, 1, size - 1]));
    left = tf.sub(tf.slice(left, [0, 1, 1], [count, size - 1, size - 1]), outer);
    const column: Tensor2D = tf.reshape(below, [count, size - 1]);
    rest = tf.sub(tf.slice(rest, [0, 1], [count, size - 1]), tf.mul(column, z));
  }
  return tf.reshape(total, [count]);
}
