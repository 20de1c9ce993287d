// Sections of timeseries.json about strings and parameters: kernels (tokens, postfix, constrained, gradients on raw
// parameters), ill_formed, params_logprob's slots. The rest: timeseries.test.ts, timeseriesPcfg.test.ts.

import { describe, expect, it } from "vitest";
import { readExpression } from "../../src/domains/timeseries/grammar/expression";
import { SYNTAX_MASK, walkMask } from "../../src/domains/timeseries/grammar/syntaxMask";
import { PARAMETER, PERIODS, SLOTS, toParameters, toRawGradient } from "../../src/domains/timeseries/parameters";
import { ILL_FORMED_LOG_LIKELIHOOD, LENGTH_PENALTY, SERIES_PROCESS } from "../../src/domains/timeseries/process";
import {
  CONTINUOUS_LENGTH,
  MOST_SYMBOLS,
  NUM_POINTS,
  NUM_SLOTS,
  SPACING,
  SYMBOLS,
} from "../../src/domains/timeseries/program";
import { CpuGaussianProcess } from "../../src/engine/kernels/gaussianProcess/cpu";
import { OP } from "../../src/engine/kernels/gaussianProcess/gaussianProcess";
import { fileKernels, type KernelVector, packed, timeseriesFile, tokensOf } from "../helpers/timeseriesVectors";

const LETTERS_OF_OP: Record<number, string> = {
  [OP.whiteNoise]: "W",
  [OP.squaredExponential]: "R",
  [OP.constant]: "C",
  [OP.times]: "*",
  [OP.plus]: "+",
};

/** [80] z_c of a kernel of the file. */
function continuousOf({ raw_params }: { raw_params: number[][] }): Float64Array {
  const continuous = new Float64Array(CONTINUOUS_LENGTH);
  for (const [i, row] of raw_params.entries()) continuous.set(row, i * NUM_SLOTS);
  return continuous;
}

/** The file lists an atom's numbers by slot: variance, period, squared length. */
const inFileOrder = ([variance, lengthSquared, period]: readonly number[]): (number | undefined)[] => [
  variance,
  period,
  lengthSquared,
];

it("has the vocabulary, the grid and the constants of the file", () => {
  const { grid, constants } = timeseriesFile;
  if (grid) expect(NUM_POINTS).toBe(grid.n);
  if (grid) expect(SPACING).toBeCloseTo(grid.dx, 15);
  const ours = { noise_variance: SERIES_PROCESS.noise, jitter: SERIES_PROCESS.jitter };
  const costs = { length_penalty_per_symbol: LENGTH_PENALTY, ill_formed_loglik: ILL_FORMED_LOG_LIKELIHOOD };
  expect({ ...ours, ...costs, ...constants }).toEqual({ ...constants, ...ours, ...costs });
  for (const [letter, symbol] of Object.entries(timeseriesFile.vocabulary ?? {})) expect(SYMBOLS[symbol]).toBe(letter);
  for (const [name, period] of Object.entries(timeseriesFile.constants?.centres?.period ?? {})) {
    expect(PERIODS[Number(name) - 1]).toBe(period);
  }
});

describe.each([...fileKernels])("kernel $expression", (kernel: KernelVector) => {
  const expression = readExpression(packed(kernel.expression));
  const continuous = continuousOf(kernel);
  const scheme = { kind: "narrow", range: kernel.param_range } as const;

  it("has the stated tokens, postfix form and base kernels", () => {
    expect(expression.isWellFormed).toBe(true);
    expect([...expression.symbols]).toEqual(kernel.tokens);
    let atom = 0;
    const postfix = [...expression.ops].filter((op) => op !== OP.end);
    const letters = postfix.map((op) => {
      if (op === OP.times || op === OP.plus) return LETTERS_OF_OP[op];
      const letter = SYMBOLS[expression.atoms[atom++]!]!;
      return op === OP.periodic ? letter : LETTERS_OF_OP[op];
    });
    if (kernel.postfix !== undefined) expect(letters.join("")).toBe(kernel.postfix);
    if (kernel.num_base_kernels !== undefined) expect(expression.numAtoms).toBe(kernel.num_base_kernels);
  });

  it("passes the syntax mask", () => {
    expect(walkMask(packed(kernel.expression), 0, new Int16Array(MOST_SYMBOLS + 1))).toBe(true);
    expect(SYNTAX_MASK.allowed[SYNTAX_MASK.start]! & (1 << kernel.tokens[0]!)).not.toBe(0);
  });

  it("has the stated parameters", () => {
    const parameters = toParameters(continuous, [expression], scheme);
    for (const [i, [, numbers]] of (kernel.constrained ?? []).entries()) {
      const ours = inFileOrder([...parameters.subarray(3 * i, 3 * i + 3)]).filter((number) => number !== 0);
      expect(ours.length).toBe(numbers.length);
      for (const [j, number] of numbers.entries()) expect(ours[j]!).toBeCloseTo(number, 11);
    }
  });

  it("takes a gradient on parameters back to the raw numbers", () => {
    if (!kernel.grad_constrained || !kernel.grad_raw_used_slots) return;
    const gradient = new Float64Array(15);
    for (const [i, numbers] of kernel.grad_constrained.entries()) {
      const slots = SLOTS[expression.atoms[i]!]!;
      const order = [PARAMETER.variance, PARAMETER.period, PARAMETER.lengthSquared].filter((p) => slots[p]! >= 0);
      for (const [j, value] of numbers.entries()) gradient[3 * i + order[j]!] = value;
    }
    expectRaw(toRawGradient(gradient, continuous, [expression], scheme), kernel.grad_raw_used_slots);
  });

  it("has the stated gradient of the log likelihood with respect to the raw numbers", async () => {
    const { signal } = timeseriesFile;
    if (!signal || !kernel.grad_raw_used_slots) return;
    const parameters = toParameters(continuous, [expression], scheme);
    const lanes = { ops: expression.ops, parameters, rows: new Int32Array(1) };
    const { gradient } = await new CpuGaussianProcess(SERIES_PROCESS).gradient(Float64Array.from(signal), lanes);
    expectRaw(toRawGradient(gradient, continuous, [expression], scheme), kernel.grad_raw_used_slots);
  });

  /** The stated entries, and nothing anywhere else. */
  function expectRaw(raw: Float64Array, stated: readonly [number, number, number][]): void {
    const tolerance = timeseriesFile.tolerance?.["grad_rel_f64"] ?? 1e-6;
    const largest = Math.max(...stated.map(([, , value]) => Math.abs(value)));
    for (const [atom, slot, value] of stated) {
      expect(Math.abs(raw[atom * NUM_SLOTS + slot]! - value)).toBeLessThan(tolerance * largest);
      raw[atom * NUM_SLOTS + slot] = 0;
    }
    expect(raw.every((value) => value === 0)).toBe(true);
  }
});

it.each(timeseriesFile.ill_formed ?? [])('"%s" is no expression', (text) => {
  const expression = readExpression(packed(text));
  expect(expression.isWellFormed).toBe(false);
  expect([...expression.symbols]).toEqual(tokensOf(text));
  expect(expression.ops.every((op) => op === OP.end)).toBe(true);
  expect(walkMask(packed(text), 0, new Int16Array(MOST_SYMBOLS + 1))).toBe(false);
});

describe.each(timeseriesFile.params_logprob ?? [])("log probability of $expression's parameters", (vector) => {
  it("sums over the used slots, or over all", () => {
    const { used, numAtoms } = readExpression(packed(vector.expression));
    let [all, some] = [0, 0];
    for (const [i, row] of vector.z.entries()) {
      for (const [slot, z] of row.entries()) {
        const logStd = vector.log_std[i]![slot]!;
        const log =
          -0.5 * ((z - vector.mean[i]![slot]!) / Math.exp(logStd)) ** 2 - logStd - 0.5 * Math.log(2 * Math.PI);
        all += log;
        some += used[i * NUM_SLOTS + slot]! * log;
      }
    }
    expect(vector.z.length).toBe(numAtoms);
    if (vector.logp_all_slots !== undefined) expect(all).toBeCloseTo(vector.logp_all_slots, 8);
    if (vector.logp_used_slots_only !== undefined) expect(some).toBeCloseTo(vector.logp_used_slots_only, 8);
  });
});
