// Random covariances and series for the tests of Gaussian processes, and the bound that float32 is held to.

import {
  type GaussianProcessSpec,
  type KernelLanes,
  OP,
} from "../../src/engine/kernels/gaussianProcess/gaussianProcess";
import { type Covariance, sampleSeries } from "../../src/engine/kernels/gaussianProcess/posterior";
import { Rng } from "../../src/engine/rng/rng";
import { lanesOf, timeseriesFile } from "./gaussianProcess";

/** Narrow: 0.5 (periods 0.2, 0.5, 1, 1.5) plus or minus half the range. Wide: scales and periods over two decades. */
export type Parameters = { readonly range: number } | "wide";

const PERIODS = [0.2, 0.5, 1, 1.5] as const;
const WIDE_PERIODS = [
  [0.1, 0.2],
  [0.2, 0.5],
  [0.5, 1],
  [1, 4],
] as const;

/** A random expression of `atoms` base kernels: operands and operators in random order, all six operations. */
export function randomCovariance(
  spec: GaussianProcessSpec,
  atoms: number,
  parameters: Parameters,
  rng: Rng,
): Covariance {
  const ops = new Uint8Array(spec.mostOps).fill(OP.end);
  const rows = new Float64Array(spec.mostAtoms * 3);
  let placed = 0;
  let depth = 0;
  for (let at = 0; placed < atoms || depth > 1; at++) {
    const isAtom = placed < atoms && (depth < 2 || rng.uniform() < 0.5);
    ops[at] = isAtom ? rng.int(4) : OP.times + rng.int(2);
    if (isAtom) rows.set(randomAtom(parameters, rng), 3 * placed++);
    depth += isAtom ? 1 : -1;
  }
  return { ops, parameters: rows };
}

function randomAtom(parameters: Parameters, rng: Rng): [number, number, number] {
  const symbol = rng.int(4);
  if (parameters === "wide") {
    const [low, high] = WIDE_PERIODS[symbol]!;
    const softplus = () => Math.log1p(Math.exp(rng.normal()));
    return [softplus() + 0.01, softplus() + 0.1, low + (high - low) * rng.uniform()];
  }
  const around = (centre: number) => centre + parameters.range * (rng.uniform() - 0.5);
  return [around(0.5), around(0.5), around(PERIODS[symbol]!)];
}

/** `count` lanes of every length in turn, a third each narrow, of range 0.2 and wide, with four series. */
export function randomLanes(
  spec: GaussianProcessSpec,
  count: number,
  seed: number,
): { readonly lanes: KernelLanes; readonly series: Float32Array } {
  const rng = new Rng(seed);
  const ranges: readonly Parameters[] = [{ range: 0.02 }, { range: 0.2 }, "wide"];
  const covariances = Array.from({ length: count }, (_, n) =>
    randomCovariance(spec, 1 + (n % spec.mostAtoms), ranges[n % 3]!, rng),
  );
  return {
    lanes: lanesOf(
      covariances,
      Int32Array.from({ length: count }, () => rng.int(4)),
    ),
    series: series(spec, rng),
  };
}

/** [4, n] the file's signal, white noise, a wave with a trend, and a draw from squared exponential plus white noise. */
function series(spec: GaussianProcessSpec, rng: Rng): Float32Array {
  const { points } = spec;
  const ops = new Uint8Array(spec.mostOps).fill(OP.end);
  ops.set([OP.squaredExponential, OP.whiteNoise, OP.plus]);
  const parameters = new Float64Array(spec.mostAtoms * 3);
  parameters.set([0.5, 0.5, 0, 0.1, 0, 0]);
  const drawn = sampleSeries(
    { ops, parameters },
    spec,
    Float64Array.from({ length: points }, () => rng.normal()),
  );
  return Float32Array.from({ length: 4 * points }, (_, at) => {
    const i = at % points;
    if (at < points) return timeseriesFile.signal[i % timeseriesFile.signal.length]!;
    if (at < 2 * points) return rng.normal();
    if (at < 3 * points) return Math.sin(i / 5) + i / points + 0.1 * rng.normal();
    return drawn?.[i] ?? Number.NaN;
  });
}

/** The file's float32 tolerance around a log likelihood. */
export function float32Tolerance(logLikelihood: number): number {
  const { loglik_abs_f32 = 0, loglik_rel_f32 = 0 } = timeseriesFile.tolerance;
  return loglik_abs_f32 + loglik_rel_f32 * Math.abs(logLikelihood);
}

/** Largest entry of a lane's gradient, and the largest difference of two lanes' gradients. */
export function compareGradients(some: Float64Array, exact: Float64Array): { most: number; difference: number } {
  let most = 0;
  let difference = 0;
  for (const [i, value] of exact.entries()) {
    most = Math.max(most, Math.abs(value));
    // Not Math.max: a NaN must count.
    const apart = Math.abs(some[i]! - value);
    if (!(apart <= difference)) difference = apart;
  }
  return { most, difference };
}
