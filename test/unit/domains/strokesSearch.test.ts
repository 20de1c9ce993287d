// The local search for characters: patches against the exact renderer, the light prior against the network, changes of
// programs, and whether it finds what made a picture.

import { beforeAll, describe, expect, it } from "vitest";
import { readAsset } from "../../../src/cli/assets";
import { hiddenBank, makeBank12 } from "../../../src/domains/strokes/data/bank12";
import { SIDE } from "../../../src/domains/strokes/images";
import { strokes } from "../../../src/domains/strokes/index";
import { NUM_TOKENS } from "../../../src/domains/strokes/program";
import { EDIT_KINDS } from "../../../src/domains/strokes/search/edits";
import { type Pen, penOf } from "../../../src/domains/strokes/search/pen";
import { PenPrior } from "../../../src/domains/strokes/search/penPrior";
import { Sketch } from "../../../src/domains/strokes/search/sketch";
import { StrokeSearch } from "../../../src/domains/strokes/search/strokeSearch";
import { plainTarget, pulledBack } from "../../../src/domains/strokes/search/target";
import { randomProgram } from "../../../src/domains/strokes/vary";
import { canvasLogits, startPoints } from "../../../src/engine/kernels/strokes/arcs";
import { initialRaw } from "../../../src/engine/kernels/strokes/bank";
import { logLikelihoodOf, logLikelihoodPerTransform } from "../../../src/engine/kernels/strokes/warp";
import type { ScoredProgram } from "../../../src/engine/localSearch";
import type { Programs } from "../../../src/engine/model";
import { createFactorSequence } from "../../../src/engine/nn/createFactorSequence";
import type { FactorSequenceSpec } from "../../../src/engine/nn/factorSequence";
import { Rng } from "../../../src/engine/rng/rng";
import { createRun } from "../../../src/engine/run/createRun";

const STROKES = 12;
const RENDERER = { name: "search", strokes: STROKES, tokens: NUM_TOKENS, transforms: 0, height: SIDE, width: SIDE };
const PRIOR: FactorSequenceSpec = {
  name: "search prior",
  factors: [STROKES, 2],
  steps: NUM_TOKENS,
  hidden: 4,
  context: 0,
  forced: [{ step: 0, factor: 1, value: 0 }],
};
const bank = hiddenBank();
const data = makeBank12({ seed: 7, count: 12, split: "train" });
const pictureOf = (n: number) => data.set.pixels.subarray(n * SIDE * SIDE, (n + 1) * SIDE * SIDE);
const programOf = (n: number) => data.programs.slice(n * NUM_TOKENS, (n + 1) * NUM_TOKENS);
let pen: Pen;

beforeAll(async () => {
  const prior = await createFactorSequence(PRIOR, "cpu", new Rng(1), "theta.prior");
  pen = penOf(bank, new PenPrior(PRIOR, (await prior.block.read()).values, -1));
});

describe("patches", () => {
  it("make the renderer's canvas where strokes start on quarters of a pixel", () => {
    // Moves of whole quarters: the centre is 13.5 pixels from the edges.
    const quarter = (value: number) => Math.round(value * 4 * (SIDE - 1)) / (4 * (SIDE - 1));
    const even = { ...bank, dx: bank.dx.map(quarter), dy: bank.dy.map(quarter) };
    const own = penOf(even, pen.prior);
    const sketch = new Sketch();
    for (let n = 0; n < 6; n++) {
      sketch.draw(programOf(n), own.patches, own.moves, plainTarget(pictureOf(n)));
      const exact = canvasLogits(even, programOf(n), SIDE, SIDE);
      for (const [i, logit] of exact.entries()) expect(Math.abs(sketch.logit[i]! - logit)).toBeLessThan(0.031);
    }
  });

  it("come within five nats of log p(x | z) anywhere", () => {
    const sketch = new Sketch();
    for (let n = 0; n < 12; n++) {
      const fit = sketch.draw(programOf(n), pen.patches, pen.moves, plainTarget(pictureOf(n)));
      const exact = logLikelihoodOf(RENDERER, bank, programOf(n), pictureOf(n));
      expect(Math.abs(fit - exact)).toBeLessThan(5);
    }
  });

  it("gain what laying them down gains", () => {
    const target = plainTarget(pictureOf(0));
    const sketch = new Sketch();
    sketch.clear(pen.patches);
    // The last one hangs over the edge of the canvas.
    for (const [stroke, column, row] of [
      [0, 5, 6],
      [6, 8, 9],
      [3, 24, 2],
      [5, -2, 25],
    ] as const) {
      const before = sketch.fit(target);
      const gain = sketch.gain(pen.patches.patch(stroke, 6), column, row, target);
      sketch.lay(pen.patches.patch(stroke, 6), column, row);
      expect(sketch.fit(target) - before).toBeCloseTo(gain, 2);
    }
  });
});

describe("a picture pulled back", () => {
  it("is the picture under the identity", () => {
    const { ink, weight } = pulledBack(pictureOf(0), [1, 0, 0, 0, 1, 0], 0);
    expect([...ink]).toEqual([...pictureOf(0)]);
    expect(weight.every((value) => value === 1)).toBe(true);
  });

  it("scores programs as the transform does, from below", () => {
    const transforms = Float64Array.of(1, 0, 4 / (SIDE - 1), 0, 1, 0, 1.02, 0.05, 0.01, -0.03, 0.98, 0);
    const own = { ...bank, transforms };
    const sketch = new Sketch();
    const exact = logLikelihoodPerTransform({ ...RENDERER, transforms: 2 }, own, programOf(1), pictureOf(1));
    const fits = [0, 1].map((t) =>
      sketch.draw(programOf(1), pen.patches, pen.moves, pulledBack(pictureOf(1), transforms, t)),
    );
    // Two whole pixels to the side: pixels from outside the canvas cost next to nothing, the rest is exact.
    expect(Math.abs(fits[0]! - exact[0]!)).toBeLessThan(3);
    expect(fits[1]!).toBeLessThan(exact[1]! + 1);
    expect(fits[1]!).toBeGreaterThan(exact[1]! - 60);
  });
});

describe("the light prior", () => {
  it.each([
    ["without a context", 0, -1],
    ["with an alphabet", 5, 3],
  ])("is the network's %s", async (_, context, row) => {
    const spec = { ...PRIOR, context };
    const network = await createFactorSequence(spec, "cpu", new Rng(4), "theta.prior");
    const light = new PenPrior(spec, (await network.block.read()).values, row);
    const rng = new Rng(2);
    for (let i = 0; i < 5; i++) {
      const program = randomProgram(STROKES, rng);
      const tokens = Int32Array.from([...program].flatMap((token) => [token >> 1, token & 1]));
      const told = context > 0 ? Float32Array.from({ length: context }, (__, c) => (c === row ? 1 : 0)) : null;
      const [exact] = await network.logProb(told, { tokens, groups: Int32Array.of(0) });
      expect(light.logProb(program)).toBeCloseTo(exact!, 4);
    }
  });

  it("says the same of a program whatever it was asked before, also of one that begins alike", () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => Math.sin(7 * i));
    const [asked, rng] = [new PenPrior(PRIOR, values, -1), new Rng(3)];
    let program = randomProgram(STROKES, rng);
    for (let i = 0; i < 40; i++) {
      const kind = EDIT_KINDS[i % EDIT_KINDS.length]!;
      const changed = kind.make(program, rng.int(kind.count(STROKES)), pen.moves) ?? program;
      for (const each of [changed, program]) {
        expect(asked.logProb(each)).toBe(new PenPrior(PRIOR, values, -1).logProb(each));
      }
      program = changed;
    }
  });
});

describe("changes of a program", () => {
  const program = Int32Array.from([4, 7, 2, 9, 11, 0, 6, 13, 1, 8]);
  const ends = (tokens: Int32Array) => [...startPoints(bank, tokens)].slice(-2);
  const all = (name: string) => {
    const kind = EDIT_KINDS.find((each) => each.name === name)!;
    return Array.from({ length: kind.count(STROKES) }, (_, i) => kind.make(program, i, pen.moves)).filter(
      (made) => made !== null,
    );
  };

  it.each(EDIT_KINDS.map(({ name }) => [name]))("%s: canonical, in range, never the same program", (name) => {
    const made = all(name);
    expect(made.length).toBeGreaterThan(4);
    for (const each of made) {
      expect(each).toHaveLength(NUM_TOKENS);
      expect(each[0]! & 1).toBe(0);
      expect(each.every((token) => token >= 0 && token < 2 * STROKES)).toBe(true);
      expect(each.join()).not.toBe(program.join());
    }
  });

  it("replace every token by every other", () => {
    const made = new Set(all("replace a token").map((each) => each.join()));
    expect(made.size).toBe(STROKES - 1 + (NUM_TOKENS - 1) * (2 * STROKES - 1));
  });

  it("leave the end of the drawing where it is when tokens swap", () => {
    for (const each of all("swap two tokens")) {
      for (const [i, value] of ends(each).entries()) expect(value).toBeCloseTo(ends(program)[i]!, 9);
    }
  });

  it("make up for another token by the nearest move there is", () => {
    const shift = (made: Int32Array) => Math.hypot(...ends(made).map((value, i) => value - ends(program)[i]!));
    const mean = (made: readonly Int32Array[]) => made.reduce((sum, each) => sum + shift(each), 0) / made.length;
    expect(mean(all("replace a token and make up for it"))).toBeLessThan(0.6 * mean(all("replace a token")));
  });
});

/** The raw parameters that mean the hidden bank, as a block's state. */
function rawOfHiddenBank() {
  const raw = initialRaw({ strokes: STROKES, transforms: 0 }, new Rng(1));
  for (let s = 0; s < STROKES; s++) {
    raw[2 * s] = Math.atanh(bank.dx[s]! / 0.66);
    raw[2 * s + 1] = Math.atanh(bank.dy[s]! / 0.66);
    const share = bank.theta[s]! / (0.99 * Math.PI) + 0.5;
    raw[2 * STROKES + s] = Math.log(share / (1 - share)) / 10;
    raw[3 * STROKES + s] = bank.sharpness[s]!;
    raw[4 * STROKES + s] = Math.log(bank.width[s]! / (0.1 - bank.width[s]!));
  }
  raw[5 * STROKES] = Math.log(Math.expm1(bank.scale));
  raw[5 * STROKES + 1] = bank.bias;
  return { values: raw, moment1: new Float64Array(raw.length), moment2: new Float64Array(raw.length) };
}

/** Asks and tells as the engine does. @returns the best joint after every asking */
async function searched(n: number, asks: number): Promise<{ best: number[]; given: string[] }> {
  const picture = pictureOf(n);
  const search = new StrokeSearch({ picture, pen: async () => pen, transforms: async () => [], rng: new Rng(n) });
  await search.prepare();
  const best: number[] = [];
  const given: string[] = [];
  for (let k = 0; k < asks; k++) {
    const programs = search.ask(32);
    given.push(...programs.map((each) => each.join()));
    const scored = programs.map((each) => scoredOn(picture, each));
    search.tell(scored);
    best.push(Math.max(best.at(-1) ?? -Infinity, ...scored.map((each) => each.logPrior + each.logLikelihood)));
  }
  return { best, given };
}

function scoredOn(picture: Uint8Array, program: Int32Array): ScoredProgram {
  const logLikelihood = logLikelihoodOf(RENDERER, bank, program, picture);
  return { program, logPrior: pen.prior.logProb(program), logLikelihood };
}

describe("the search", () => {
  it("says nothing before it is prepared", () => {
    const picture = pictureOf(0);
    const search = new StrokeSearch({ picture, pen: async () => pen, transforms: async () => [], rng: new Rng(1) });
    expect(search.ask(5)).toEqual([]);
  });

  it("leaves the first asking to the network, whose proposals are then on show at once", async () => {
    const search = new StrokeSearch({
      picture: pictureOf(0),
      pen: async () => pen,
      transforms: async () => [],
      rng: new Rng(1),
    });
    await search.prepare();
    expect(search.ask(5)).toEqual([]);
    expect(search.ask(5).length).toBeGreaterThan(0);
  });

  it("finds programs as good as those that made the pictures, given their bank", { timeout: 120_000 }, async () => {
    const gaps: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { best } = await searched(n, 40);
      const own = scoredOn(pictureOf(n), programOf(n));
      gaps.push(own.logPrior + own.logLikelihood - best.at(-1)!);
    }
    // Measured after 40 askings: three find a better one, the others are 6 and 15 nats below; a random one is some 400 below.
    expect(gaps.filter((gap) => gap < 1).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...gaps)).toBeLessThan(20);
  });

  it("gives no program twice, and the same ones again", { timeout: 120_000 }, async () => {
    const [first, second] = [await searched(3, 8), await searched(3, 8)];
    expect(new Set(first.given).size).toBe(first.given.length);
    expect(second.given).toEqual(first.given);
  });
});

describe("variations while a model learns", () => {
  it("write ends anew from the picture, the same ones from the same dice", async () => {
    const settings = { dataset: "bank12", strokes: STROKES, transforms: "1", images: 20, size: "tiny", backend: "cpu" };
    const given = { spec: strokes, options: settings, userData: null, checkpoint: null, readAsset };
    const { core } = (await createRun(given)).run;
    const { model, train } = core.parts.instance;
    await model.blocks.find(({ name }) => name === "theta.strokes")!.write(rawOfHiddenBank());
    const batch = { observations: train, ids: Int32Array.from({ length: 20 }, (_, i) => i) };
    const first = await model.firstPrograms(batch, 5, new Rng(1));
    const varied = await model.vary!(batch, first.programs, new Rng(2));
    expect((await model.vary!(batch, first.programs, new Rng(2))).values).toEqual(varied.values);
    const mean = async (programs: Programs) => {
      const { logLikelihood } = await model.score(batch, programs);
      return logLikelihood.reduce((sum, value) => sum + value, 0) / logLikelihood.length;
    };
    // Three of four are written from the picture, after a prefix of any length. Measured: -423 before, -299 after.
    expect(await mean(varied)).toBeGreaterThan((await mean(first.programs)) + 100);
    core.dispose();
  });
});
