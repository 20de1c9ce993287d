// Time series: log p(x) under the grammar by enumeration, and the list of expressions it goes through.

import { expect, it } from "vitest";
import { ceilings } from "../../../src/domains/timeseries/ceiling";
import { makeSeries } from "../../../src/domains/timeseries/data/makeSeries";
import { enumerateExpressions } from "../../../src/domains/timeseries/enumerate";
import { programNumber, readExpression } from "../../../src/domains/timeseries/grammar/expression";
import { isSameKernel } from "../../../src/domains/timeseries/kernelKey";
import { NARROW, toParameters } from "../../../src/domains/timeseries/parameters";
import { LENGTHS, logProbabilityGivenLength, logStringProbability } from "../../../src/domains/timeseries/pcfg";
import { SERIES_PROCESS } from "../../../src/domains/timeseries/process";
import { CONTINUOUS_LENGTH, lengthOf, MOST_SYMBOLS, NUM_POINTS } from "../../../src/domains/timeseries/program";
import { logSumExp } from "../../../src/engine/dists/logs";
import { CpuGaussianProcess } from "../../../src/engine/kernels/gaussianProcess/cpu";

const COUNT = 3;
const { values } = makeSeries({ dataset: "compositional", count: COUNT, seed: 4, split: "train", scheme: NARROW });

it("goes through every expression once: their probabilities sum to those of their lengths", () => {
  const all = enumerateExpressions(5);
  expect(new Set(all.map((program) => programNumber(program))).size).toBe(all.length);
  for (const length of [1, 3, 5]) {
    const logs = all.filter((program) => lengthOf(program) === length).map((program) => logStringProbability(program));
    expect(Math.exp(logSumExp(logs))).toBeCloseTo(LENGTHS[length]!, 12);
  }
});

it.each([
  [10, 1],
  [0, 3],
])(
  "is the sum over strings, which it takes kernel by kernel (penalty %i, at least %i symbols)",
  async (lengthPenalty, leastSymbols) => {
    const process = new CpuGaussianProcess(SERIES_PROCESS);
    const { logPx: found } = await ceilings(values, { mostSymbols: 3, lengthPenalty, leastSymbols });
    for (let row = 0; row < COUNT; row++) {
      const terms: number[] = [];
      for (const program of enumerateExpressions(3)) {
        const expression = readExpression(program);
        const parameters = toParameters(new Float64Array(CONTINUOUS_LENGTH), [expression], NARROW);
        const lanes = { ops: expression.ops, parameters, rows: Int32Array.of(row) };
        const [log] = await process.logLikelihood(values, lanes);
        terms.push(log! + logProbabilityGivenLength(program, leastSymbols) - lengthPenalty * lengthOf(program));
      }
      expect(Math.abs(found[row]! - logSumExp(terms))).toBeLessThan(1e-8);
    }
  },
);

it("rises with longer strings and falls with the penalty", async () => {
  const first = values.subarray(0, NUM_POINTS);
  const level = async (mostSymbols: number, lengthPenalty: number, leastSymbols = 1) =>
    (await ceilings(first, { mostSymbols, lengthPenalty, leastSymbols })).logPx[0]!;
  expect(await level(3, 10)).toBeGreaterThan(await level(1, 10));
  expect(await level(3, 0)).toBeGreaterThan(await level(3, 10));
  expect(await level(1, 0)).toBeCloseTo((await level(1, 10)) + 10, 9);
  expect(await level(1, 0, 3)).toBe(Number.NEGATIVE_INFINITY);
});

it("names the kernel with most mass: the one that made a typical series", async () => {
  const made = makeSeries({ dataset: "pcfg", count: 12, seed: 1, split: "train", scheme: NARROW });
  const { best } = await ceilings(made.values, { mostSymbols: 3, lengthPenalty: 10, leastSymbols: 1 });
  const truths = best.map((_, n) => made.programs.subarray(n * MOST_SYMBOLS, (n + 1) * MOST_SYMBOLS));
  expect(best.filter((program, n) => isSameKernel(program, truths[n]!)).length).toBeGreaterThanOrEqual(8);
});
