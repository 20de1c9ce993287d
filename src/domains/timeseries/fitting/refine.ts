// Parameters of an expression fitted to one series: Adam on the raw numbers with the analytic gradient of the likelihood,
// from the best of several starts. Float64, on the page or anywhere: 128 points take a third of a millisecond a step.
// Source: HMWS specification, sections 8 and 12 ("refine").

import {
  backwardColumn,
  ColumnTape,
  covarianceColumn,
  forwardColumn,
  noisyDiagonal,
} from "../../../engine/kernels/gaussianProcess/covariance";
import { type DensityGradient, logDensity, logDensityGradient } from "../../../engine/kernels/gaussianProcess/schur";
import { readExpression } from "../grammar/expression";
import { type ParameterScheme, toParameters, toRawGradient } from "../parameters";
import { SERIES_PROCESS } from "../process";
import { CONTINUOUS_LENGTH, NUM_POINTS } from "../program";
import { startsOf } from "./starts";

/** A fit under way. Plain data: `refineOn` gives the next one. */
export type Refinement = {
  /** [10] packed */
  readonly program: Int32Array;
  readonly scheme: ParameterScheme;
  /** The best raw parameters so far, [CONTINUOUS_LENGTH], and their log p(x | z), nats, without the length penalty. */
  readonly raw: Float64Array;
  readonly logLikelihood: number;
  /** Steps made. */
  readonly steps: number;
  readonly adam: { readonly at: Float64Array; readonly first: Float64Array; readonly second: Float64Array };
};

/** Adam's first step in raw numbers, a half of it after COOLING steps, a third after twice as many; raw numbers stay within the bound, where every map to parameters has become flat. */
const RATE = 0.15;
const COOLING = 50;
const BOUND = 8;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * The start of a fit: the best of the centre and other periods; with `given` raw numbers, those. Null for an ill-formed
 * program, or where no start has a positive definite covariance.
 *
 * @param values [NUM_POINTS]
 */
export function startRefining(
  program: ArrayLike<number>,
  values: ArrayLike<number>,
  scheme: ParameterScheme,
  given: Float64Array | null = null,
): Refinement | null {
  const packed = Int32Array.from(program);
  const expression = readExpression(packed);
  if (!expression.isWellFormed) return null;
  let best: Refinement | null = null;
  for (const raw of given ? [given] : startsOf(expression.atoms, scheme)) {
    const logLikelihood = seriesLogLikelihood(packed, raw, values, scheme);
    if (!(logLikelihood > (best?.logLikelihood ?? Number.NEGATIVE_INFINITY))) continue;
    const empty = () => new Float64Array(CONTINUOUS_LENGTH);
    const adam = { at: raw.slice(), first: empty(), second: empty() };
    best = { program: packed, scheme, raw, logLikelihood, steps: 0, adam };
  }
  return best;
}

/** log p(x | z_d, z_c) without the length penalty, nats; -Infinity where the covariance is not positive definite. */
export function seriesLogLikelihood(
  program: ArrayLike<number>,
  raw: ArrayLike<number>,
  values: ArrayLike<number>,
  scheme: ParameterScheme,
): number {
  const expression = readExpression(program);
  const column = covarianceColumn(expression.ops, toParameters(raw, [expression], scheme), SERIES_PROCESS, NUM_POINTS);
  column[0] = noisyDiagonal(column[0] ?? Number.NaN, SERIES_PROCESS);
  return Number.isNaN(column[0]) ? Number.NEGATIVE_INFINITY : logDensity(column, values);
}

/** `steps` more steps of Adam. The best point met is kept: a step too far never makes a fit worse. */
export function refineOn(before: Refinement, values: ArrayLike<number>, steps: number): Refinement {
  const expression = readExpression(before.program);
  const tape = new ColumnTape(SERIES_PROCESS, NUM_POINTS);
  const empty = () => new Float64Array(NUM_POINTS);
  const density: DensityGradient = { byLag: empty(), inverseColumn: empty(), weights: empty() };
  const at = before.adam.at.slice();
  const first = before.adam.first.slice();
  const second = before.adam.second.slice();
  let { raw, logLikelihood } = before;
  for (let step = before.steps + 1; step <= before.steps + steps; step++) {
    const parameters = toParameters(at, [expression], before.scheme);
    forwardColumn(tape, expression.ops, parameters);
    const column = tape.column.slice();
    column[0] = noisyDiagonal(column[0] ?? Number.NaN, SERIES_PROCESS);
    const value = logDensityGradient(column, values, density);
    if (value > logLikelihood) [raw, logLikelihood] = [at.slice(), value];
    if (value === Number.NEGATIVE_INFINITY) at.set(raw);
    else {
      const gradient = new Float64Array(parameters.length);
      // The jitter on the diagonal grows with the variance.
      density.byLag[0] = (density.byLag[0] ?? 0) * (1 + SERIES_PROCESS.jitter);
      backwardColumn(tape, expression.ops, parameters, density.byLag, gradient);
      ascend(at, toRawGradient(gradient, at, [expression], before.scheme), first, second, step);
    }
  }
  const last = seriesLogLikelihood(before.program, at, values, before.scheme);
  if (last > logLikelihood) [raw, logLikelihood] = [at.slice(), last];
  return { ...before, raw, logLikelihood, steps: before.steps + steps, adam: { at, first, second } };
}

/** One step of Adam upwards. */
function ascend(
  at: Float64Array,
  gradient: Float64Array,
  first: Float64Array,
  second: Float64Array,
  step: number,
): void {
  for (const [i, slope] of gradient.entries()) {
    if (slope === 0) continue;
    const m = BETA1 * (first[i] ?? 0) + (1 - BETA1) * slope;
    const v = BETA2 * (second[i] ?? 0) + (1 - BETA2) * slope * slope;
    first[i] = m;
    second[i] = v;
    const rate = RATE / (1 + step / COOLING);
    const move = (rate * m) / (1 - BETA1 ** step) / (Math.sqrt(v / (1 - BETA2 ** step)) + EPSILON);
    at[i] = Math.max(-BOUND, Math.min(BOUND, (at[i] ?? 0) + move));
  }
}
