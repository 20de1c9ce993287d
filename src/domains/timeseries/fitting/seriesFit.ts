// An expression with parameters as everything that is drawn of it: curve, forecast with samples, and what each addend
// contributes. Float64, once per series on show. Source: HMWS specification, sections 8 and 12.

import { posteriorMeans, predictAhead } from "../../../engine/kernels/gaussianProcess/posterior";
import type { Rng } from "../../../engine/rng/rng";
import { fittedAddends } from "../explain";
import type { OwnScale, SeriesFit } from "../facts";
import { readExpression } from "../grammar/expression";
import { SERIES_PROCESS } from "../process";
import { NUM_POINTS } from "../program";

export type FitRequest = {
  /** [10] packed, and its share of the weights. */
  readonly program: ArrayLike<number>;
  readonly weight: number;
  /** [MOST_ATOMS, 3] variance, squared length scale, period. */
  readonly parameters: Float64Array;
  /** log p(x | z) of these parameters without the length penalty, nats. */
  readonly logLikelihood: number;
  /** [NUM_POINTS] */
  readonly values: ArrayLike<number>;
  /** Units of a person's own series, for the words; null for others. */
  readonly scale: OwnScale | null;
  /** Fixes the samples. */
  readonly rng: Rng;
};

/** Sample curves of a forecast. */
const SAMPLES = 3;

/** Null for an ill-formed program, or where the covariance is not positive definite. */
export function seriesFit(request: FitRequest): SeriesFit | null {
  const { program, weight, parameters, logLikelihood, values, scale, rng } = request;
  const { ops, isWellFormed } = readExpression(program);
  if (!isWellFormed) return null;
  const whole = { ops, parameters };
  const normals = Float64Array.from({ length: SAMPLES * NUM_POINTS }, () => rng.normal());
  const ahead = predictAhead(whole, SERIES_PROCESS, values, NUM_POINTS, "consistent", normals);
  const addends = fittedAddends(program, parameters, scale);
  const curves = posteriorMeans(whole, [whole, ...addends], SERIES_PROCESS, values, 2 * NUM_POINTS);
  if (!ahead || !curves) return null;
  const [all = new Float64Array(0), ...parts] = curves;
  return {
    program: Int32Array.from(program),
    weight,
    parameters: Float32Array.from(parameters),
    logLikelihood,
    smooth: Float32Array.from(all.subarray(0, NUM_POINTS)),
    mean: Float32Array.from(ahead.mean),
    deviation: Float32Array.from(ahead.variance, Math.sqrt),
    samples: Float32Array.from(ahead.samples),
    components: addends.map(({ printed, words }, i) => ({ printed, words, curve: Float32Array.from(parts[i] ?? []) })),
  };
}
