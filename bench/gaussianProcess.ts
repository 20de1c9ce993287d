// Gaussian processes at 128 points: log likelihoods and gradients of 250 lanes (a training step's) on the best wasm build
// and in plain TypeScript, beside eager tfjs with dense matrices and autodiff on its own wasm backend, and beside a dense
// float64 Cholesky factorisation in plain TypeScript. Kernels are evaluated in every measurement.

import { createRequire } from "node:module";
import type { BackendName } from "../src/engine/backend";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { laneOf } from "../src/engine/kernels/gaussianProcess/calls";
import { covarianceColumn, noisyDiagonal } from "../src/engine/kernels/gaussianProcess/covariance";
import { createGaussianProcess } from "../src/engine/kernels/gaussianProcess/createGaussianProcess";
import { type KernelLanes, OP } from "../src/engine/kernels/gaussianProcess/gaussianProcess";
import { eagerGradient, eagerLogLikelihood } from "../src/engine/kernels/gaussianProcess/reference";
import { Rng } from "../src/engine/rng/rng";
import { type BenchResult, benchResult, measureRate } from "./result";

type Tfjs = typeof import("@tensorflow/tfjs-core");

const POINTS = 128;
const SPEC = { points: POINTS, spacing: 4 / 127, noise: 0.02, jitter: 1e-3, mostAtoms: 5, mostOps: 9 };
const LANES = 250;
const EAGER_LANES = 5;
const RUNS = 5;

/** Expressions of one to five base kernels, 2.5 on average. */
const EXPRESSIONS: readonly (readonly (keyof typeof OP)[])[] = [
  ["squaredExponential"],
  ["periodic", "constant", "plus"],
  ["squaredExponential", "periodic", "times", "whiteNoise", "plus"],
  ["periodic", "squaredExponential", "times"],
  ["periodic"],
  ["squaredExponential", "periodic", "constant", "plus", "times", "periodic", "whiteNoise", "plus", "times"],
];

export async function benchGaussianProcess(): Promise<readonly BenchResult[]> {
  enableRelaxedSimd();
  const tf: Tfjs = createRequire(import.meta.url)("@tensorflow/tfjs");
  createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  const { lanes, series } = prepared(LANES);
  const few = prepared(EAGER_LANES).lanes;
  const eager = async () => {
    const parameters = tf.tensor1d(Float32Array.from(few.parameters));
    const values = tf.tidy(() => eagerLogLikelihood(tf, SPEC, parameters, series, few));
    await values.data();
    for (const tensor of [parameters, values]) tensor.dispose();
  };
  const eagerRate = await measureRate(eager, EAGER_LANES, { runs: 3 });
  const slopes = () => eagerGradient(tf, SPEC, series, few);
  const slopeRate = await measureRate(slopes, EAGER_LANES, { runs: 3 });
  const denseRate = await measureRate(() => denseLogLikelihoods(series, few), EAGER_LANES, { runs: RUNS });
  const results: BenchResult[] = [];
  for (const backend of ["wasm", "cpu"] as const satisfies readonly BackendName[]) {
    const process = await createGaussianProcess(SPEC, backend);
    const rate = await measureRate(() => process.logLikelihood(series, lanes), LANES, { runs: RUNS });
    const gradient = await measureRate(() => process.gradient(series, lanes), LANES, { runs: RUNS });
    const name = `gaussianProcess.${backend}`;
    results.push(benchResult(`${name}.likelihood.eager`, "likelihoods", rate, eagerRate, RUNS));
    results.push(benchResult(`${name}.likelihood.dense`, "likelihoods", rate, denseRate, RUNS));
    results.push(benchResult(`${name}.gradient.eager`, "gradients", gradient, slopeRate, RUNS));
  }
  return results;
}

/** Lanes over the expressions in turn, parameters of the narrow range, ten series of white noise. */
function prepared(count: number): { readonly lanes: KernelLanes; readonly series: Float32Array } {
  const rng = new Rng(1);
  const { mostOps, mostAtoms } = SPEC;
  const ops = new Uint8Array(count * mostOps).fill(OP.end);
  for (let n = 0; n < count; n++) {
    ops.set(
      EXPRESSIONS[n % EXPRESSIONS.length]!.map((name) => OP[name]),
      n * mostOps,
    );
  }
  const parameters = Float64Array.from({ length: count * mostAtoms * 3 }, () => 0.5 + 0.02 * (rng.uniform() - 0.5));
  const rows = Int32Array.from({ length: count }, (_, n) => n % 10);
  return { lanes: { ops, parameters, rows }, series: Float32Array.from({ length: 10 * POINTS }, () => rng.normal()) };
}

/** By Cholesky's factor of the whole matrix, row by row, in float64. */
function denseLogLikelihoods(series: Float32Array, lanes: KernelLanes): Float64Array {
  const factor = new Float64Array(POINTS * POINTS);
  const solved = new Float64Array(POINTS);
  return Float64Array.from(lanes.rows, (row, n) => {
    const { ops, parameters } = laneOf(SPEC, lanes, n);
    const column = covarianceColumn(ops, parameters, SPEC, POINTS);
    column[0] = noisyDiagonal(column[0]!, SPEC);
    let value = -0.5 * POINTS * Math.log(2 * Math.PI);
    for (let i = 0; i < POINTS; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = column[i - j]!;
        for (let k = 0; k < j; k++) sum -= factor[i * POINTS + k]! * factor[j * POINTS + k]!;
        factor[i * POINTS + j] = i === j ? Math.sqrt(sum) : sum / factor[j * POINTS + j]!;
      }
      let rest = series[row * POINTS + i]!;
      for (let k = 0; k < i; k++) rest -= factor[i * POINTS + k]! * solved[k]!;
      solved[i] = rest / factor[i * POINTS + i]!;
      value -= Math.log(factor[i * POINTS + i]!) + 0.5 * solved[i]! ** 2;
    }
    return value;
  });
}
