// The time-series model as the engine sees it: what is drawn, what is scored, what a memory starts with, what is dreamt.

import { describe, expect, it } from "vitest";
import { readExpressions } from "../../../src/domains/timeseries/grammar/expression";
import { everyRow, SeriesSet } from "../../../src/domains/timeseries/observations";
import { printProgram } from "../../../src/domains/timeseries/print";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS } from "../../../src/domains/timeseries/program";
import { logSumExp } from "../../../src/engine/dists/logs";
import type { Programs } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";
import { buildSeries, programsOf, seriesRows } from "../../helpers/timeseries";

const printedOf = ({ values }: Programs): string[] =>
  Array.from({ length: values.length / MOST_SYMBOLS }, (_, i) =>
    printProgram(values.subarray(i * MOST_SYMBOLS, (i + 1) * MOST_SYMBOLS)),
  );

/** Largest difference of two lists. */
const farthest = (first: ArrayLike<number>, second: ArrayLike<number>): number =>
  Array.from(first).reduce((most, value, i) => Math.max(most, Math.abs(value - second[i]!)), 0);

const MODES = [{}, { slots: "all", syntaxMask: false }, { scheme: "wide" }];

describe.each(MODES)("with %o", (options) => {
  it("gives what it draws the density that it says", async () => {
    const run = await buildSeries(options);
    const batch = seriesRows(run, 3);
    const { programs, logQ } = await run.model.propose(batch, 20, new Rng(1));
    // Single precision between the networks.
    expect(farthest(await run.model.logQ(batch, programs), logQ)).toBeLessThan(1e-4);
    const discrete = await run.model.hybrid.proposeDiscrete(batch, 20, new Rng(2));
    expect(farthest(await run.model.logQ(batch, discrete.programs), discrete.logQ)).toBeLessThan(1e-4);
    const drawn = await run.model.hybrid.drawContinuous(batch, discrete.programs, 2, new Rng(3));
    const both = await run.model.logQ(batch, drawn.programs);
    const sum = drawn.logQ.map((value, i) => value + discrete.logQ[i % discrete.logQ.length]!);
    expect(farthest(both, sum)).toBeLessThan(1e-4);
  });

  it("draws the same on wasm, and scores it alike", async () => {
    const [cpu, wasm] = [await buildSeries(options), await buildSeries(options, "wasm")];
    const batches = [seriesRows(cpu, 3), seriesRows(wasm, 3)] as const;
    const first = await cpu.model.propose(batches[0], 10, new Rng(1));
    const second = await wasm.model.propose(batches[1], 10, new Rng(1));
    expect(printedOf(second.programs)).toEqual(printedOf(first.programs));
    expect(farthest(second.programs.continuous!, first.programs.continuous!)).toBeLessThan(1e-4);
    expect(farthest(second.logQ, first.logQ)).toBeLessThan(1e-3);
    const scores = [
      await cpu.model.score(batches[0], first.programs),
      await wasm.model.score(batches[1], first.programs),
    ] as const;
    expect(farthest(scores[1].logPrior, scores[0].logPrior)).toBeLessThan(1e-3);
    // The reference file's own bound for single precision.
    for (const [i, value] of scores[0].logLikelihood.entries()) {
      expect(Math.abs(scores[1].logLikelihood[i]! - value)).toBeLessThan(0.02 + 1e-4 * Math.abs(value));
    }
  });
});

it("draws strings as often as their density says", async () => {
  const run = await buildSeries();
  const batch = seriesRows(run, 1);
  const count = 4000;
  const { programs, logQ } = await run.model.hybrid.proposeDiscrete(batch, count, new Rng(4));
  const times = new Map<string, { number: number; p: number }>();
  for (const [i, printed] of printedOf(programs).entries()) {
    const known = times.get(printed) ?? { number: 0, p: Math.exp(logQ[i]!) };
    times.set(printed, { ...known, number: known.number + 1 });
  }
  const common = [...times.values()].filter(({ p }) => p > 0.002);
  expect(common.length).toBeGreaterThan(7);
  for (const { number, p } of common) {
    // Four standard errors of a share.
    expect(Math.abs(number / count - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / count));
  }
});

it("draws the same whatever else is drawn beside it", async () => {
  const run = await buildSeries();
  const batch = seriesRows(run, 3);
  const many = await run.model.propose(batch, 8, new Rng(5));
  const few = await run.model.propose(batch, 3, new Rng(5));
  expect(printedOf(few.programs)).toEqual(printedOf(many.programs).slice(0, 9));
  expect(farthest(few.programs.continuous!, many.programs.continuous!)).toBe(0);
});

describe("scores", () => {
  const texts = ["SE * PER2", "WN", "C + SE", "WN + WN", "PER1", "SE"];

  it("of a string alone are the same in any company", async () => {
    const run = await buildSeries({}, "wasm");
    const batch = seriesRows(run, 3);
    const all = await run.model.score(batch, programsOf(texts, 3));
    for (const [i, text] of texts.entries()) {
      const alone = await run.model.score(seriesRows(run, 1, i % 3), programsOf([text], 1));
      expect(alone.logPrior[0]).toBe(all.logPrior[i]);
      expect(alone.logLikelihood[0]).toBe(all.logLikelihood[i]);
    }
  });

  it("of a string alone estimate, without bias, what many draws say", async () => {
    const run = await buildSeries();
    const [rows, count] = [12, 400];
    const batch = seriesRows(run, rows);
    const strings = programsOf(new Array<string>(rows).fill("WN"), rows);
    const { logLikelihood } = await run.model.score(batch, strings);
    const { programs, logQ } = await run.model.hybrid.drawContinuous(batch, strings, count, new Rng(6));
    const many = await run.model.score(batch, programs);
    const logWeight = logQ.map(
      (value, i) => many.logPrior[i]! - many.logPriorDiscrete![i]! + many.logLikelihood[i]! - value,
    );
    let [sum, variance] = [0, 0];
    for (let b = 0; b < rows; b++) {
      const mean = logSumExp(logWeight, b, count, rows) - Math.log(count);
      sum += Math.exp(logLikelihood[b]! - mean);
      for (let k = 0; k < count; k++) variance += (Math.exp(logWeight[k * rows + b]! - mean) - 1) ** 2 / count;
    }
    // Ten draws behind each score: four standard errors of the mean ratio.
    expect(Math.abs(sum / rows - 1)).toBeLessThan((4 * Math.sqrt(variance / 10)) / rows);
    expect(Math.sqrt(variance / 10) / rows).toBeLessThan(0.2);
  });

  it("leave out places that nobody reads, and change no other", async () => {
    const run = await buildSeries();
    const batch = seriesRows(run, 3);
    const strings = programsOf(texts, 3);
    const present = Uint8Array.of(1, 0, 1, 1, 1, 0);
    const drawn = await run.model.hybrid.drawContinuous(batch, strings, 2, new Rng(7), present);
    const whole = await run.model.hybrid.drawContinuous(batch, strings, 2, new Rng(7));
    const twice = Uint8Array.from([...present, ...present]);
    const scores = await run.model.score(batch, drawn.programs, twice);
    const others = await run.model.score(batch, whole.programs);
    for (const [i, isPresent] of twice.entries()) {
      const row = (programs: Programs) =>
        programs.continuous!.subarray(i * CONTINUOUS_LENGTH, (i + 1) * CONTINUOUS_LENGTH);
      expect(drawn.logQ[i]).toBe(isPresent ? whole.logQ[i] : Number.NEGATIVE_INFINITY);
      expect(Array.from(row(drawn.programs))).toEqual(
        isPresent ? Array.from(row(whole.programs)) : new Array(CONTINUOUS_LENGTH).fill(0),
      );
      if (isPresent) expect(scores.logLikelihood[i]).toBe(others.logLikelihood[i]);
      if (isPresent) expect(scores.logPrior[i]).toBe(others.logPrior[i]);
    }
  });

  it("take ten nats off for each symbol, and a million for what is no expression", async () => {
    const [with10, without] = [await buildSeries({ syntaxMask: false }), await buildSeries({ lengthPenalty: 0 })];
    const programs = programsOf(["SE * PER2", "WN", "SE +"], 3);
    const drawn = await with10.model.hybrid.drawContinuous(seriesRows(with10, 3), programs, 1, new Rng(8));
    const penalised = await with10.model.score(seriesRows(with10, 3), drawn.programs);
    const plain = await without.model.score(seriesRows(without, 3), drawn.programs);
    expect(plain.logLikelihood[0]! - penalised.logLikelihood[0]!).toBeCloseTo(30, 9);
    expect(plain.logLikelihood[1]! - penalised.logLikelihood[1]!).toBeCloseTo(10, 9);
    expect(penalised.logLikelihood[2]).toBe(-1e6);
    // The mask gives no probability to such a string.
    expect(plain.logPriorDiscrete![2]).toBe(Number.NEGATIVE_INFINITY);
    expect(penalised.logPriorDiscrete![2]).toBeGreaterThan(-100);
  });
});

describe("strings", () => {
  it("are expressions with the mask, and not all without it", async () => {
    for (const syntaxMask of [true, false]) {
      const { model } = await buildSeries({ syntaxMask });
      const { values } = await model.generative.sampleStrings(3000, new Rng(9));
      const expressions = readExpressions(values);
      const wellFormed = expressions.filter((expression) => expression.isWellFormed);
      if (syntaxMask) {
        expect(wellFormed).toHaveLength(3000);
        for (const { length } of expressions) expect(length % 2).toBe(1);
      } else expect(wellFormed.length).toBeLessThan(2000);
    }
  });

  it("of a first memory are different ones", async () => {
    const run = await buildSeries();
    const { programs, present } = await run.model.firstPrograms(seriesRows(run, 3), 30, new Rng(10));
    expect(present.every((one) => one === 1)).toBe(true);
    const printed = printedOf(programs);
    for (let b = 0; b < 3; b++) expect(new Set(printed.filter((_, i) => i % 3 === b)).size).toBe(30);
  });

  it("vary by one change, and have one spelling where that is asked for", async () => {
    const run = await buildSeries({ mergeEquivalent: true });
    const batch = seriesRows(run, 1);
    const programs = programsOf(["(SE)", "C + SE", "WN * (SE + C)"], 1);
    const varied = printedOf(run.model.vary(batch, programs, new Rng(11)));
    for (const [i, text] of ["(SE)", "C + SE", "WN * (SE + C)"].entries()) expect(varied[i]).not.toBe(text);
    const merged = await run.model.respell(batch, { programs, logQ: new Float64Array(3) });
    expect(printedOf(merged.programs)).toEqual(["SE", "SE + C", "WN * (SE + C)"]);
    expect(farthest(merged.logQ, await run.model.logQ(batch, merged.programs))).toBe(0);
    const proposed = await run.model.hybrid.proposeDiscrete(batch, 200, new Rng(12));
    const again = await run.model.respell(batch, proposed);
    expect(printedOf(again.programs)).toEqual(printedOf(proposed.programs));
  });
});

describe("dreams", () => {
  it("are series of their programs, the same for the same seed", async () => {
    const { model } = await buildSeries();
    const [first, second] = [await model.dream(6, new Rng(13)), await model.dream(6, new Rng(13))];
    expect(first.batch.observations.values).toEqual(second.batch.observations.values);
    expect(first.programs).toEqual(second.programs);
    expect(first.programs.continuous).toHaveLength(6 * CONTINUOUS_LENGTH);
    const { logLikelihood } = await model.score(first.batch, first.programs);
    const other = everyRow(new SeriesSet(first.batch.observations.values.map((value) => 3 * value)));
    const worse = await model.score(other, first.programs);
    for (const [i, log] of logLikelihood.entries()) expect(log).toBeGreaterThan(worse.logLikelihood[i]!);
  });

  it("of strings that are no expression are flat", async () => {
    const { model } = await buildSeries({ syntaxMask: false });
    const programs = await model.generative.withParameters(programsOf(["SE +", "SE"], 2), new Rng(14));
    const { values } = model.generative.sampleSeries(programs, new Rng(15));
    const deviation = (from: number) => Math.hypot(...values.subarray(from, from + 128)) / Math.sqrt(128);
    expect(deviation(0)).toBeGreaterThan(0.025);
    expect(deviation(0)).toBeLessThan(0.04);
    expect(deviation(128)).toBeGreaterThan(0.1);
  });

  it("of pretraining have strings of the data's grammar", async () => {
    const { model } = await buildSeries({ dataset: "compositional", syntaxMask: false });
    const { programs } = await model.simplePairs(40, new Rng(16));
    for (const expression of readExpressions(programs.values)) {
      expect(expression.isWellFormed).toBe(true);
      expect(expression.length).toBeGreaterThanOrEqual(3);
    }
  });
});
