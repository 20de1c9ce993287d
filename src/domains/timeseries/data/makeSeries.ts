// Series of the grammar: a string, raw parameters from N(0, 1), and a draw from its covariance plus the jitter. The
// observation noise of 0.02 is not in them. Source: HMWS specification, section 10.

import { sampleSeries } from "../../../engine/kernels/gaussianProcess/posterior";
import { Rng } from "../../../engine/rng/rng";
import { readExpression } from "../grammar/expression";
import { type ParameterScheme, toParameters } from "../parameters";
import { drawProgram } from "../pcfg";
import { SERIES_PROCESS } from "../process";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS, NUM_POINTS } from "../program";
import { DATASETS } from "./datasets";

export type MadeSeries = {
  readonly count: number;
  /** [count, NUM_POINTS], as drawn: not standardised. */
  readonly values: Float32Array;
  /** [count, MOST_SYMBOLS] the strings that made them. */
  readonly programs: Int32Array;
  /** [count, CONTINUOUS_LENGTH] their raw parameters; 0 in unused slots. */
  readonly continuous: Float64Array;
};

export type SeriesRecipe = {
  /** Key of DATASETS. */
  readonly dataset: string;
  readonly count: number;
  readonly seed: number;
  /** Learning and testing series come from different streams of the seed. */
  readonly split: "train" | "heldOut";
  readonly scheme: ParameterScheme;
};

/**
 * The first `count` series of a data set. Series i depends on data set, seed, split, i and scheme alone; its string and raw
 * parameters not even on the scheme.
 */
export function makeSeries({ dataset, count, seed, split, scheme }: SeriesRecipe): MadeSeries {
  const { leastSymbols } = DATASETS[dataset]!;
  const stream = new Rng(seed).fork("data").fork(dataset).fork(split);
  const made = {
    count,
    values: new Float32Array(count * NUM_POINTS),
    programs: new Int32Array(count * MOST_SYMBOLS),
    continuous: new Float64Array(count * CONTINUOUS_LENGTH),
  };
  for (let i = 0; i < count; i++) {
    const one = drawSeries(stream.fork(i), leastSymbols, scheme);
    made.values.set(one.values, i * NUM_POINTS);
    made.programs.set(one.program, i * MOST_SYMBOLS);
    made.continuous.set(one.continuous, i * CONTINUOUS_LENGTH);
  }
  return made;
}

function drawSeries(rng: Rng, leastSymbols: number, scheme: ParameterScheme) {
  for (let attempt = 0; ; attempt++) {
    const stream = rng.fork(attempt);
    const program = drawProgram(stream.fork("expression"), leastSymbols);
    const expression = readExpression(program);
    const raw = stream.fork("parameters");
    const continuous = Float64Array.from(expression.used, (isUsed) => isUsed * raw.normal());
    const parameters = toParameters(continuous, [expression], scheme);
    const noise = stream.fork("noise");
    const normals = Float64Array.from({ length: NUM_POINTS }, () => noise.normal());
    // Null only where rounding makes a covariance not positive definite: then the next string takes the place.
    const values = sampleSeries({ ops: expression.ops, parameters }, SERIES_PROCESS, normals);
    if (values) return { program, continuous, values };
  }
}
