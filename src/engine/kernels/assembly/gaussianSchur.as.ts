// Gaussian processes, part 2: Schur's algorithm on two Toeplitz matrices side by side, without its square roots: u at
// step k is column k of Cholesky's factor times its pivot's root, and u_k the pivot itself. Float64; a lane that is not
// positive definite ends in NaN, infinity or a negative pivot and never meets the others. Source: HMWS specification, 8.

import { fma, Gaussian, gaussianBackward, gaussianColumns, interleave } from "./gaussianColumn.as";

/** Writes the pivots and the squares of the whitened series of both lanes. */
export function gaussianLikelihood(job: Gaussian): void {
  start(job);
  const end = <usize>job.points << 4;
  for (let k: usize = 0; k < end; k += 16) step(job, k, end);
}

/** The same, and each atom's sums over the lags (gaussianColumn.as.ts). */
export function gaussianGradient(job: Gaussian): void {
  start(job);
  const bytes = <usize>job.padded << 4, end = <usize>job.points << 4;
  memory.fill(job.weights, 0, bytes);
  memory.fill(job.predictor, 0, bytes);
  v128.store(job.predictor, f64x2.splat(1));
  for (let k: usize = 0; k < end; k += 16) {
    addWeights(job, k, v128.load(job.rest + k));
    const reflection = step(job, k, end);
    if (k + 16 < end) extendPredictor(job.predictor, k + 16, reflection);
  }
  addDiagonals(job, end);
  for (let lane: usize = 0; lane < 2; lane++) gaussianBackward(job, lane);
}

function start(job: Gaussian): void {
  const row = <usize>job.padded << 3;
  gaussianColumns(job);
  memory.copy(job.u, job.v, row << 1);
  v128.store(job.v, f64x2.splat(0));
  interleave(job.series, job.series + row, job.rest, job.padded);
}

/** Step k (in bytes): whitens one value of the series and moves both generators on. Gives the reflection coefficient. */
function step(job: Gaussian, k: usize, end: usize): v128 {
  const pivot = v128.load(job.u + k), value = v128.load(job.rest + k);
  const inverse = f64x2.div(f64x2.splat(1), pivot);
  const z = f64x2.mul(value, inverse);
  v128.store(job.pivots + k, pivot);
  v128.store(job.squares + k, f64x2.mul(value, z));
  const next = k + 16;
  if (next == end) return inverse;
  const reflection = f64x2.mul(v128.load(job.v + next), inverse);
  const minusZ = f64x2.neg(z), minus = f64x2.neg(reflection);
  let shifted = pivot;
  for (let i = next; i < end; i += 16) {
    const u = v128.load(job.u + i), v = v128.load(job.v + i);
    v128.store(job.rest + i, fma(u, minusZ, v128.load(job.rest + i)));
    v128.store(job.u + i, fma(v, minus, shifted));
    v128.store(job.v + i, fma(shifted, minus, v));
    shifted = u;
  }
  return reflection;
}

/** A^-1 x += (rest_k / pivot) reverse(predictor_0..k). */
function addWeights(job: Gaussian, k: usize, value: v128): void {
  const z = f64x2.div(value, v128.load(job.u + k));
  for (let i: usize = 0; i <= k; i += 16) {
    const at = job.weights + i;
    v128.store(at, fma(z, v128.load(job.predictor + k - i), v128.load(at)));
  }
}

/** a_1..k -= reflection * reverse(a_0..k-1), in place from both ends at once. */
function extendPredictor(a: usize, k: usize, reflection: v128): void {
  const minus = f64x2.neg(reflection);
  for (let i: usize = 0, j = k; i <= j; i += 16, j -= 16) {
    const low = v128.load(a + i), high = v128.load(a + j);
    v128.store(a + i, fma(minus, high, low));
    v128.store(a + j, fma(minus, low, high));
  }
}

/**
 * G_m = sum_i w_i w_i+m - (1 / g_0) sum_i (n - m - 2 i) g_i g_i+m with g = predictor / last pivot; G_0 takes half and the
 * jitter's share of the diagonal.
 */
function addDiagonals(job: Gaussian, end: usize): void {
  // 1 / g_0 times two factors 1 / pivot leaves 1 / pivot, because predictor_0 is 1.
  const scale = f64x2.div(f64x2.splat(-1), v128.load(job.pivots + end - 16)), two = f64x2.splat(2);
  const weights = job.weights, predictor = job.predictor;
  for (let m: usize = 0; m < end; m += 16) {
    let sum = f64x2.splat(0), trace = sum;
    let factor = f64x2.splat(<f64>((end - m) >> 4));
    for (let i = m; i < end; i += 16) {
      const before = i - m;
      sum = fma(v128.load(weights + before), v128.load(weights + i), sum);
      trace = fma(f64x2.mul(factor, v128.load(predictor + before)), v128.load(predictor + i), trace);
      factor = f64x2.sub(factor, two);
    }
    v128.store(job.byLag + m, fma(scale, trace, sum));
  }
  const half = f64x2.splat((<f64>1 + job.jitter) * <f64>0.5);
  v128.store(job.byLag, f64x2.mul(half, v128.load(job.byLag)));
}
