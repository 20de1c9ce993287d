// The strings model: what is scored once, gradients against finite differences, first programs, the simple grammar.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateStrings } from "../../../src/domains/strings/evaluate";
import { PHI_LAYOUT } from "../../../src/domains/strings/evaluator";
import { EvaluatorBlock } from "../../../src/domains/strings/evaluatorBlock";
import { GenerativeModel } from "../../../src/domains/strings/generative";
import { programGrammar } from "../../../src/domains/strings/grammar";
import { lanesOf } from "../../../src/domains/strings/lanes";
import { StringsModel } from "../../../src/domains/strings/model";
import { ConceptSet } from "../../../src/domains/strings/observations";
import { printProgram } from "../../../src/domains/strings/print";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import { initialLogits } from "../../../src/domains/strings/scoring/numbers";
import { simpleProgram, universalPrograms } from "../../../src/domains/strings/simpleGrammar";
import { CLOSE, END, FIRST_CLASS, leafOf, OPEN, OR, SIGMA, STAR } from "../../../src/domains/strings/tokens";
import type { DomainInstance } from "../../../src/engine/domain";
import { createProgramMemory } from "../../../src/engine/memory/createMemory";
import { concatPrograms, type Programs } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";
import { estimateLogPx } from "../../../src/engine/run/evaluation";
import { buildStrings, firstConcepts, programsOf } from "../../helpers/strings";

let instance: DomainInstance<ConceptSet>;
let model: StringsModel;
beforeAll(async () => {
  instance = await buildStrings();
  model = instance.model as StringsModel; // built by the domain itself
});
afterAll(() => instance.dispose());

describe("scores", () => {
  it("are those of each program alone, repeated or not", async () => {
    const batch = firstConcepts(instance, 2);
    const programs = programsOf([
      [".+", ".*"],
      ["\\d+", ".*"],
      [".+", ".+"],
      [".+", "a"],
    ]);
    const { logPrior, logLikelihood } = await model.score(batch, programs);
    const logQ = await model.logQ(batch, programs);
    const evaluator = createEvaluator();
    for (let i = 0; i < 8; i++) {
      const program = programs.values.slice(i * 30, (i + 1) * 30);
      const own = batch.observations.strings[i % 2]!;
      const strings = encodeStrings(own);
      expect(logLikelihood[i]).toBeCloseTo(evaluator.logProb(program, strings, 0, own.length), 9);
      const single: Programs = { values: program, numParticles: 1, batchSize: 1, length: 30 };
      const alone = { observations: batch.observations, ids: Int32Array.of(i % 2) };
      expect(logPrior[i]).toBeCloseTo((await model.score(alone, single)).logPrior[0]!, 9);
      expect(logQ[i]).toBeCloseTo((await model.logQ(alone, single))[0]!, 9);
    }
    expect(logLikelihood[7]).toBe(-Infinity);
    expect(Number.isFinite(logPrior[7])).toBe(true);
    expect(lanesOf(programs, false).lanes.groups.length).toBe(4);
    expect(lanesOf(programs, true).lanes.groups.length).toBe(5);
  });

  it("of a program with a literal outside the alphabet: the networks cannot write it, the evaluator reads it", async () => {
    const batch = firstConcepts(instance, 1);
    const programs = programsOf([["\u00e9|.+"]]);
    const { logPrior, logLikelihood } = await model.score(batch, programs);
    expect(logPrior[0]).toBe(-Infinity);
    expect(await model.logQ(batch, programs)).toEqual(Float64Array.of(-Infinity));
    expect(logLikelihood[0]).toBeGreaterThan(-Infinity);
  });

  it("of possible programs leave out the others' priors, and nothing else", async () => {
    const batch = firstConcepts(instance, 2);
    const programs = programsOf([
      [".+", "a"],
      ["b", ".*"],
    ]);
    const all = await model.score(batch, programs);
    const possible = await model.scorePossible(batch, programs);
    expect(possible.logLikelihood).toEqual(all.logLikelihood);
    expect([...possible.logPrior]).toEqual([all.logPrior[0], 0, 0, all.logPrior[3]]);
  });
});

describe.each([0, 0.05])("gradients, noise floor %s", (noise) => {
  it("of theta are those of finite differences: evaluator and prior", async () => {
    const built = await buildStrings({ noise });
    const own = built.model as StringsModel; // built by the domain itself
    const batch = firstConcepts(built, 2);
    const programs = programsOf([
      [".+", ".*(\\w|.)?"],
      [".?.*", ".+"],
    ]);
    const coefficient = Float64Array.of(0.7, 0.4, 0, -0.3);
    const term = { target: "theta" as const, batch, programs, coefficient };
    const valueAt = async () => {
      const { logPrior, logLikelihood } = await own.score(batch, programs);
      return coefficient.reduce((sum, c, i) => sum + (c / 2) * (logPrior[i]! + logLikelihood[i]!), 0);
    };
    for (const block of own.blocks) block.zeroGradient();
    expect((await own.accumulate([term]))[0]).toBeCloseTo(await valueAt(), 9);
    for (const block of own.blocks.slice(0, 2)) {
      const before = await block.read();
      // The cast: on the cpu backend every block is a PlainBlock with its gradient at hand.
      const gradient = (block as unknown as { gradient: Float64Array }).gradient.slice();
      const largest = [...gradient.keys()].sort((a, b) => Math.abs(gradient[b]!) - Math.abs(gradient[a]!));
      for (const i of largest.slice(0, 12)) {
        const at = async (h: number) => {
          const values = Float64Array.from(before.values);
          values[i] = values[i]! + h;
          await block.write({ ...before, values });
          return valueAt();
        };
        const slope = ((await at(1e-5)) - (await at(-1e-5))) / 2e-5;
        expect(gradient[i]).toBeCloseTo(-slope, 5);
      }
      await block.write(before);
    }
    built.dispose();
  });
});

describe("terms", () => {
  it("of phi have the mean of coefficient times log q as their value, repeated programs or not", async () => {
    const batch = firstConcepts(instance, 2);
    const programs = concatPrograms(programsOf([[".+", ".+"]]), programsOf([[".+", "\\d"]]));
    const coefficient = Float64Array.of(0.5, 1, -0.2, 0);
    const logQ = await model.logQ(batch, programs);
    const [value] = await model.accumulate([{ target: "phi", batch, programs, coefficient }]);
    expect(value).toBeCloseTo((0.3 * logQ[0]! + logQ[1]!) / 2, 9);
  });
});

describe("the evaluator's block", () => {
  it("keeps operators within their bounds and freezes uniform classes", () => {
    const block = new EvaluatorBlock(new Float64Array(108), true);
    block.descend(new Float64Array(108).fill(1));
    for (let time = 1; time <= 30; time++) block.adam(1, time);
    expect([...block.values.subarray(0, 4)]).toEqual([9.2, 9.2, 9.2, 9.2]);
    expect(block.values.subarray(4).every((value) => value === 0)).toBe(true);
  });
});

describe("first programs", () => {
  it("begin as the specification lists them, are all different and make every string", async () => {
    const programs = universalPrograms(60);
    expect(programs.slice(0, 7).map(printProgram)).toEqual([".+", ".*", ".*.?", ".?.+", ".+.?", ".?.*", ".*.*"]);
    expect(new Set(programs.map(printProgram)).size).toBe(60);
    const rng = new Rng(1);
    const texts = Array.from({ length: 24 }, (_, n) =>
      Array.from({ length: n + 1 }, () => SIGMA[rng.int(SIGMA.length)]!).join(""),
    );
    const strings = encodeStrings(texts);
    const evaluator = createEvaluator();
    for (const program of programs) {
      expect(evaluator.logProb(program, strings, 0, texts.length), printProgram(program)).toBeGreaterThan(-Infinity);
    }
  });
});

describe("the simple grammar", () => {
  it("writes programs that the mask allows, in the shares of the specification", () => {
    const { next, tokens } = programGrammar();
    const rng = new Rng(7);
    const count = { programs: 3000, atoms: 0, classes: 0, punctuation: 0, groups: 0, ors: 0, elements: 0 };
    for (let n = 0; n < count.programs; n++) {
      let state = 0;
      for (const token of simpleProgram(rng.fork(n))) {
        state = next[state * tokens + token]!;
        expect(state).toBeGreaterThanOrEqual(0);
        if (token === END) break;
        if (token < STAR) count.atoms++;
        if (token >= FIRST_CLASS && token < STAR) count.classes++;
        if (token < FIRST_CLASS && leafOf(token) === "p") count.punctuation++;
        if (token === OPEN) count.groups++;
        if (token === OR) count.ors++;
        if (token < STAR || token === CLOSE) count.elements++;
      }
    }
    expect(count.classes / count.atoms).toBeCloseTo(0.6, 1);
    expect(count.punctuation / (count.atoms - count.classes)).toBeCloseTo(0.4, 1);
    // Five elements a program on average, of which 5 % are groups of 2.5 atoms; programs that are too long are redrawn.
    expect(count.groups / count.programs).toBeGreaterThan(0.18);
    expect(count.groups / count.programs).toBeLessThan(0.28);
    expect(count.ors / count.elements).toBeGreaterThan(0.015);
    expect(count.ors / count.elements).toBeLessThan(0.035);
  });

  it("makes pairs whose program explains its strings", async () => {
    const pairs = await model.simplePairs(20, new Rng(3));
    const { logLikelihood } = await model.score(pairs.batch, pairs.programs);
    expect(logLikelihood.every((value) => value > -Infinity)).toBe(true);
    expect(pairs.batch.observations.strings.every((own) => own.length === 5)).toBe(true);
  });
});

describe("respelling", () => {
  const proposals = { programs: programsOf([["(a)b"], ["(a|b)c"]]), logQ: Float64Array.of(-1, -2) };

  it("drops brackets that change nothing where the option asks for it", async () => {
    const merging = new StringsModel(model.generative, model.recogniser, {
      strings: 5,
      mergeEquivalent: true,
      firstMemory: "universal",
    });
    const batch = firstConcepts(instance, 1);
    const { programs, logQ } = await merging.respell(batch, proposals);
    expect(programs.values).toEqual(programsOf([["ab"], ["(a|b)c"]]).values);
    expect(logQ).toEqual(await model.logQ(batch, programs));
    expect(await model.respell(batch, proposals)).toBe(proposals);
  });
});

describe("a concept that no sample explains", () => {
  it("stands on .* with its density in the mixture of draws", async () => {
    const samples = 3;
    const batch = firstConcepts(instance, 2);
    const none = programsOf(Array.from({ length: samples }, () => ["a", "a"]));
    const estimated = {
      exactLogPx: () => null,
      lastResort: model.lastResort.bind(model),
      model: {
        propose: async () => ({ programs: none, logQ: new Float64Array(2 * samples).fill(-5) }),
        score: model.score.bind(model),
        logQ: model.logQ.bind(model),
      },
    };
    const { logPx, isRescued, ess } = await estimateLogPx(estimated, batch, { samples, rng: new Rng(1) });
    const anything = programsOf([[".*", ".*"]]);
    const { logPrior, logLikelihood } = await model.score(batch, anything);
    const logQ = await model.logQ(batch, anything);
    for (let b = 0; b < 2; b++) {
      // The draws: `samples` from q and one `.*`, so `.*` has density (samples q + 1) / (samples + 1).
      const density = (samples * Math.exp(logQ[b]!) + 1) / (samples + 1);
      expect(logPx[b]).toBeCloseTo(logPrior[b]! + logLikelihood[b]! - Math.log(density) - Math.log(samples + 1), 9);
    }
    expect([...isRescued, ...ess]).toEqual([1, 1, 1, 1]);
  });
});

describe("the prediction of held-out strings", () => {
  it("stands on .* even where its weight is below what a double holds", async () => {
    const block = new EvaluatorBlock(initialLogits(), false);
    // `*` almost always stops: .* pays 9.2 nats for every symbol, and 120 symbols are far more than 745 nats.
    block.values[PHI_LAYOUT.starStop] = 9.2;
    const generative = new GenerativeModel(model.generative.prior, block, createEvaluator(), 0);
    const own = new StringsModel(generative, model.recogniser, {
      strings: 5,
      mergeEquivalent: false,
      firstMemory: "universal",
    });
    const letters = "a".repeat(24);
    const train = new ConceptSet([""], [Array.from({ length: 5 }, () => letters)]);
    const heldOut = new ConceptSet([""], [["b"]]);
    const memory = createProgramMemory(1, 1, 30);
    const programs = programsOf([[letters]]);
    const one = Int32Array.of(1);
    memory.commit({ ids: Int32Array.of(0), programs, counts: one, bornAt: one, logJoint: Float64Array.of(-1) });
    const dataset = { concepts: [], train, heldOut, userRow: -1 };
    const input = { model: own, dataset, memory, rng: new Rng(1), samples: 2, concepts: 1, particles: 2 };
    const { nllPredictive } = await evaluateStrings(input);
    const both = concatPrograms(programs, programsOf([[".*"]]));
    const scores = await own.score({ observations: train, ids: Int32Array.of(0) }, both);
    const [best, anything] = scores.logPrior.map((prior, i) => prior + scores.logLikelihood[i]!);
    expect(best! - anything!).toBeGreaterThan(745);
    const made = generative.logLikelihood({ observations: heldOut, ids: Int32Array.of(0) }, programsOf([[".*"]]))[0]!;
    expect(nllPredictive).toBeCloseTo(best! - anything! - made, 6);
  });
});
