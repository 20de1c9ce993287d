// The strokes model: the first token's rule everywhere, scores and gradients as wholes, dreams, and the variant that is told
// the alphabet. Kernels have tests of their own.

import { afterAll, describe, expect, it } from "vitest";
import { everyRow, NUM_ALPHABETS, SIDE } from "../../../src/domains/strokes/images";
import { isDown, strokeOf } from "../../../src/domains/strokes/program";
import { encoderSpec } from "../../../src/domains/strokes/recognition";
import { randomProgram } from "../../../src/domains/strokes/vary";
import { planNetwork } from "../../../src/engine/kernels/network/plan";
import type { Programs, Term } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";
import { buildStrokes, firstRows, packedPrograms, rowsOf, type StrokesRun } from "../../helpers/strokesRuns";

const built: StrokesRun[] = [];
const build = async (...given: Parameters<typeof buildStrokes>): Promise<StrokesRun> => {
  const run = await buildStrokes(...given);
  built.push(run);
  return run;
};
afterAll(() => {
  for (const { instance } of built) instance.dispose();
});

const uniform = (count: number, seed: number, strokes = 8): Int32Array[] => {
  const rng = new Rng(seed);
  return Array.from({ length: count }, () => randomProgram(strokes, rng));
};

describe("sizes", () => {
  it("has the paper's 350 338 weights in phi and 1 482 in the prior, less their second gate biases, and its 562", async () => {
    const { model } = await build({ size: "paper", transforms: "40", strokes: 64 });
    const sizes = Object.fromEntries(model.blocks.map(({ name, size }) => [name, size]));
    expect(sizes["theta.strokes"]).toBe(562);
    // The paper's library adds two rows of 4 H gate biases; here their sum is one row.
    expect(sizes["theta.prior"]! + 4 * 4).toBe(1482);
    expect(sizes["phi.encoder"]! + sizes["phi.writer"]! + 4 * 64).toBe(350338);
  });

  it.each([
    ["paper", [64, 128, 128, 64]],
    ["small", [16, 32, 32, 16]],
  ] as const)("reads 28 by 28 pixels down to one embedding, %s", (_, channels) => {
    const { layers } = planNetwork(encoderSpec({ channels }));
    expect(layers.map(({ output }) => output[0])).toEqual([30, 14, 14, 6, 4, 2, 1]);
    expect(layers.at(-1)!.output).toEqual([1, 1, channels[3]]);
  });
});

describe("the first token moves the pen without drawing", () => {
  const firsts = (programs: Programs) => rowsOf(programs).map((row) => isDown(row[0]!));

  it("in first memories, proposals, dreams and changes", async () => {
    const run = await build({ conditional: true });
    const batch = firstRows(run, 6);
    const rng = new Rng(3);
    const first = await run.model.firstPrograms(batch, 20, rng.fork("first"));
    const { programs } = await run.model.propose(batch, 50, rng.fork("propose"));
    const dreams = await run.model.dream(100, rng.fork("dream"));
    let varied = first.programs;
    for (const found of [first.programs, programs, dreams.programs]) {
      expect(firsts(found).some((isOn) => isOn)).toBe(false);
      expect(rowsOf(found).some((row) => row.slice(1).some(isDown))).toBe(true);
      expect(found.values.every((token) => token >= 0 && strokeOf(token) < 8)).toBe(true);
    }
    for (let round = 0; round < 3; round++) {
      varied = await run.model.vary(batch, varied, rng.fork("vary").fork(round));
      expect(firsts(varied).some((isOn) => isOn)).toBe(false);
    }
  });
});

describe("first memories", () => {
  it("hold M different uniform programs for every character", async () => {
    const run = await build();
    const { programs, present } = await run.model.firstPrograms(firstRows(run, 5), 50, new Rng(1));
    expect(present.every((one) => one === 1)).toBe(true);
    const rows = rowsOf(programs);
    for (let b = 0; b < 5; b++) {
      expect(new Set(rows.filter((_, i) => i % 5 === b).map((row) => row.join())).size).toBe(50);
    }
    const tokens = rows.flatMap((row) => Array.from(row));
    // 2 500 tokens over 8 strokes: 312.5 each, standard deviation 16.5.
    for (let s = 0; s < 8; s++) {
      const count = tokens.filter((token) => strokeOf(token) === s).length;
      expect(Math.abs(count - 312.5)).toBeLessThan(66);
    }
  });
});

describe("scores", () => {
  it("do not depend on the company: alone, twice, in another order", async () => {
    for (const backend of ["cpu", "wasm"] as const) {
      const run = await build({ transforms: "8", conditional: true }, backend);
      const batch = firstRows(run, 3);
      const rows = uniform(6, 7);
      const { logPrior, logLikelihood } = await run.model.score(batch, packedPrograms(rows, 3));
      const twice = [rows[0]!, rows[1]!, rows[2]!, rows[0]!, rows[4]!, rows[2]!];
      const again = await run.model.score(batch, packedPrograms(twice, 3));
      const logQ = await run.model.logQ(batch, packedPrograms(rows, 3));
      for (const b of [0, 1, 2]) {
        const one = { observations: batch.observations, ids: batch.ids.slice(b, b + 1) };
        const own = packedPrograms([rows[b]!], 1);
        const alone = await run.model.score(one, own);
        expect(alone.logPrior[0]).toBeCloseTo(logPrior[b]!, 5);
        expect(alone.logLikelihood[0]).toBeCloseTo(logLikelihood[b]!, 4);
        expect((await run.model.logQ(one, own))[0]).toBeCloseTo(logQ[b]!, 4);
        expect([again.logPrior[b], again.logLikelihood[b]]).toEqual([logPrior[b], logLikelihood[b]]);
      }
      expect(again.logLikelihood[3]).toBe(again.logLikelihood[0]);
      expect(again.logPrior[5]).toBe(again.logPrior[2]);
    }
  });

  it("change with where the pen goes while it is up, and not with what comes after the last stroke that draws", async () => {
    const run = await build();
    const batch = firstRows(run, 1);
    const drawn = [0, 3, 5, 2, 4, 6, 8, 10, 12, 14];
    const moved = [2, ...drawn.slice(1)];
    const ended = [...drawn.slice(0, 9), 0];
    const { logLikelihood } = await run.model.score(batch, packedPrograms([drawn, moved, ended], 1));
    expect(logLikelihood[1]).not.toBe(logLikelihood[0]);
    expect(logLikelihood[2]).toBe(logLikelihood[0]);
  });

  it("agree between wasm and float64", async () => {
    const options = { transforms: "8", conditional: true, size: "small", strokes: 16 };
    const [cpu, wasm] = [await build(options, "cpu"), await build(options, "wasm")];
    const programs = packedPrograms(uniform(12, 11, 16), 4);
    const [batch, same] = [firstRows(cpu, 4), firstRows(wasm, 4)];
    const [exact, fast] = [await cpu.model.score(batch, programs), await wasm.model.score(same, programs)];
    const [q, fastQ] = [await cpu.model.logQ(batch, programs), await wasm.model.logQ(same, programs)];
    for (const i of q.keys()) {
      // The renderer's tolerance (specification 4.2), and float32 sums of ten steps.
      expect(Math.abs(fast.logLikelihood[i]! - exact.logLikelihood[i]!)).toBeLessThan(1e-2);
      expect(Math.abs(fast.logPrior[i]! - exact.logPrior[i]!)).toBeLessThan(1e-3);
      expect(Math.abs(fastQ[i]! - q[i]!)).toBeLessThan(1e-3);
    }
    const draw = async ({ model }: StrokesRun) => (await model.dream(5, new Rng(4))).programs.values;
    expect(await draw(wasm)).toEqual(await draw(cpu));
  });
});

describe("terms", () => {
  const objective = async (run: StrokesRun, terms: readonly Term<ReturnType<typeof everyRow>["observations"]>[]) => {
    for (const block of run.model.blocks) block.zeroGradient();
    return (await run.model.accumulate(terms)).reduce((sum, value) => sum + value, 0);
  };

  it.each([
    ["with alphabets and transforms", { conditional: true, transforms: "8" }],
    ["without", { conditional: false, transforms: "1" }],
  ])("have the gradient of their value, %s", async (_, options) => {
    const run = await build(options);
    const { model } = run;
    const batch = firstRows(run, 3);
    const programs = packedPrograms(uniform(6, 21), 3);
    const dreams = await model.dream(2, new Rng(2));
    const coefficient = Float64Array.of(0.7, 0, 0.4, 0.3, 1, -0.6);
    const terms: Term<(typeof batch)["observations"]>[] = [
      { target: "theta", batch, programs, coefficient },
      { target: "phi", batch, programs, coefficient },
      { target: "phi", batch: dreams.batch, programs: dreams.programs, coefficient: Float64Array.of(1, 0.5) },
    ];
    const rng = new Rng(9);
    // Fresh strokes are equally sharp and wide: where one begins at the other's end, their ink ties, and has no slope.
    const ink = model.generative.renderer.block;
    const fresh = await ink.read();
    await ink.write({ ...fresh, values: Float64Array.from(fresh.values, (v) => v + 0.01 * rng.normal()) });
    for (const block of model.blocks) {
      const state = await block.read();
      const { values } = state;
      const direction = Float64Array.from(values, () => rng.normal());
      const length = Math.hypot(...direction);
      // Embeddings are float32 on every backend: a longer step, lest their last digit be the difference.
      const isRounded = block.name === "phi.encoder";
      const step = isRounded ? 1e-3 : 1e-6;
      const at = async (sign: number) => {
        await block.write({
          ...state,
          values: Float64Array.from(values, (v, i) => v + (sign * step * direction[i]!) / length),
        });
        return objective(run, terms);
      };
      const slope = ((await at(1)) - (await at(-1))) / (2 * step);
      await block.write(state);
      await objective(run, terms);
      // Adam's first step from zero moments reveals the gradient: its first moment is a tenth of it.
      await block.write({ ...state, moment1: new Float64Array(block.size), moment2: new Float64Array(block.size) });
      block.adam(0, 1);
      const { moment1 } = await block.read();
      const ascent = -Array.from(moment1).reduce((sum, m, i) => sum + (10 * m * direction[i]!) / length, 0);
      expect(Math.abs(ascent - slope), `${block.name}: ${ascent} against ${slope}`).toBeLessThan(
        (isRounded ? 3e-4 : 1e-4) * Math.max(1, Math.abs(slope)),
      );
      await block.write(state);
    }
  });

  it("are worth the weighted mean of the scores", async () => {
    const run = await build({ transforms: "8" });
    const batch = firstRows(run, 3);
    const programs = packedPrograms(uniform(6, 22), 3);
    const coefficient = Float64Array.of(0.5, 0.25, 0, 1, -0.5, 2);
    const { logPrior, logLikelihood } = await run.model.score(batch, programs);
    const logQ = await run.model.logQ(batch, programs);
    const [theta, phi] = await run.model.accumulate([
      { target: "theta", batch, programs, coefficient },
      { target: "phi", batch, programs, coefficient },
    ]);
    const mean = (values: Float64Array) => values.reduce((sum, value, i) => sum + (coefficient[i]! * value) / 3, 0);
    expect(theta).toBeCloseTo(mean(logPrior.map((value, i) => value + logLikelihood[i]!)), 8);
    expect(phi).toBeCloseTo(mean(logQ), 8);
  });
});

describe("dreams", () => {
  it("are better explained by their own program than by another, and are the same numbers for the same stream", async () => {
    const run = await build({ transforms: "8" });
    const programs = packedPrograms(uniform(2, 31), 2);
    const many = packedPrograms(
      Array.from({ length: 400 }, (_, i) => rowsOf(programs)[i % 2]!),
      400,
    );
    const { observations } = await run.instance.imagine(many, new Rng(5), 0);
    for (const p of [0, 1]) {
      // The mean log likelihood of a program's own pictures is minus its entropy: higher than another program's.
      const own = Array.from({ length: 50 }, (_, i) => 2 * i + p);
      const batch = { observations, ids: Int32Array.from(own) };
      const score = async (row: Int32Array) =>
        (
          await run.model.score(
            batch,
            packedPrograms(
              own.map(() => row),
              own.length,
            ),
          )
        ).logLikelihood.reduce((a, b) => a + b);
      expect(await score(rowsOf(programs)[p]!)).toBeGreaterThan(await score(rowsOf(programs)[1 - p]!));
    }
    const [one, two] = [await run.model.dream(6, new Rng(5)), await run.model.dream(6, new Rng(5))];
    expect(two).toEqual(one);
    expect((await run.model.dream(6, new Rng(6))).programs.values).not.toEqual(one.programs.values);
    expect(one.batch.observations.pixels.length).toBe(6 * SIDE * SIDE);
  });

  it("come from the alphabets of the data, evenly, and only those", async () => {
    const run = await build({ conditional: true, images: 40, alphabets: 3 });
    const { alphabets } = (await run.model.dream(600, new Rng(2))).batch.observations;
    for (const a of [0, 1, 2]) {
      // 200 expected, standard deviation 11.5
      expect(Math.abs(alphabets.filter((alphabet) => alphabet === a).length - 200)).toBeLessThan(46);
    }
    expect(alphabets.every((alphabet) => alphabet < 3)).toBe(true);
  });
});

describe("the alphabet", () => {
  it("is an input of prior and writer where the option says so, and of neither else", async () => {
    const programs = packedPrograms(uniform(4, 41), 4);
    for (const conditional of [true, false]) {
      const run = await build({ conditional });
      const { pixels } = run.instance.train;
      const as = (alphabet: number) =>
        everyRow({ count: 4, pixels: pixels.slice(0, 4 * SIDE * SIDE), alphabets: new Int32Array(4).fill(alphabet) });
      const [first, second] = [as(0), as(NUM_ALPHABETS - 1)];
      const [a, b] = [await run.model.score(first, programs), await run.model.score(second, programs)];
      const [p, q] = [await run.model.logQ(first, programs), await run.model.logQ(second, programs)];
      expect(a.logLikelihood).toEqual(b.logLikelihood);
      for (const i of [0, 1, 2, 3]) {
        expect(a.logPrior[i] !== b.logPrior[i]).toBe(conditional);
        expect(p[i] !== q[i]).toBe(conditional);
      }
    }
  });
});
