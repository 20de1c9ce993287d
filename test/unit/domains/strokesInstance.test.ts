// A strokes run's data, its facts, what it measures and what the page may ask.

import { afterAll, describe, expect, it } from "vitest";
import { bitsPerPixel, pixelRates } from "../../../src/domains/strokes/baselines";
import { hiddenBank } from "../../../src/domains/strokes/data/bank12";
import { packImages } from "../../../src/domains/strokes/data/packed";
import { makeDataset, splitRows } from "../../../src/domains/strokes/dataset";
import type { StrokesData, StrokesPicture } from "../../../src/domains/strokes/facts";
import { everyRow, type ImageSet, SIDE } from "../../../src/domains/strokes/images";
import { strokes } from "../../../src/domains/strokes/index";
import { settingsOf } from "../../../src/domains/strokes/options";
import { isDown, strokeOf } from "../../../src/domains/strokes/program";
import { logSumExp } from "../../../src/engine/dists/logs";
import { type OptionValues, requireOptions } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { createRun } from "../../../src/engine/run/createRun";
import { loadParameters, readModel, writeModel } from "../../../src/engine/run/modelFile";
import type { Run } from "../../../src/engine/run/run";
import { captureState } from "../../../src/engine/run/state";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { buildStrokes, type StrokesRun, TINY } from "../../helpers/strokesRuns";

const AREA = SIDE * SIDE;
const built: StrokesRun[] = [];
afterAll(() => {
  for (const { instance } of built) instance.dispose();
});
const build = async (...given: Parameters<typeof buildStrokes>): Promise<StrokesRun> => {
  const run = await buildStrokes(...given);
  built.push(run);
  return run;
};

async function open(options: OptionValues): Promise<Run> {
  const all = { ...TINY, evaluationImages: 4, evaluationSamples: 5, backend: "cpu", ...options };
  return (await createRun({ spec: strokes, options: all, userData: null, checkpoint: null, readAsset: readPublicFile }))
    .run;
}

/** A made-up set: 4 alphabets of 50 pictures, drawers 0 to 9 in turn, picture n marked by n in its first bits. */
function madeUp(hasDrawers: boolean): ImageSet {
  const count = 200;
  const pixels = new Uint8Array(count * AREA);
  for (let n = 0; n < count; n++) for (let bit = 0; bit < 8; bit++) pixels[n * AREA + bit] = (n >> bit) & 1;
  const numbers = Int32Array.from({ length: count }, (_, n) => n);
  return {
    name: "omniglot",
    pixels,
    alphabets: numbers.map((n) => Math.floor(n / 50)),
    alphabetNames: ["A", "B", "C", "D"],
    characters: numbers.map((n) => Math.floor((n % 50) / 10)),
    drawers: numbers.map((n) => (hasDrawers ? n % 10 : -1)),
  };
}

const marks = (pixels: Uint8Array): number[] =>
  Array.from({ length: pixels.length / AREA }, (_, n) =>
    pixels.subarray(n * AREA, n * AREA + 8).reduce((sum, one, bit) => sum + (one << bit), 0),
  );

describe("imported sets", () => {
  const settings = { images: 0, perAlphabet: 0, alphabets: 0, dataSeed: 1 };

  it("hold out other drawers' pictures of the same alphabets, which take turns", () => {
    const set = madeUp(true);
    const { train, heldOut } = splitRows(set, { ...settings, images: 41 }, 100);
    expect(train.length).toBe(41);
    expect(heldOut.length).toBe(11);
    expect(Array.from(train.slice(0, 8), (row) => set.alphabets[row])).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    const drawers = new Set(Array.from(train, (row) => set.drawers[row]));
    for (const row of heldOut) expect(drawers.has(set.drawers[row]!)).toBe(false);
    expect(new Set([...train, ...heldOut]).size).toBe(52);
  });

  it("take the first n of each alphabet, the first alphabets only, another choice for another data seed", () => {
    const set = madeUp(false);
    const few = splitRows(set, { ...settings, perAlphabet: 10, alphabets: 3 }, 500);
    const counts = [0, 1, 2, 3].map((a) => few.train.filter((row) => set.alphabets[row] === a).length);
    expect(counts).toEqual([10, 10, 10, 0]);
    expect(few.heldOut.every((row) => set.alphabets[row]! < 3)).toBe(true);
    const all = splitRows(set, settings, 500);
    expect(new Set([...few.train].map((row) => [...all.train].indexOf(row) >= 0))).toEqual(new Set([true]));
    const other = splitRows(set, { ...settings, perAlphabet: 10, alphabets: 3, dataSeed: 2 }, 500);
    expect(other.train).not.toEqual(few.train);
    expect([...other.train].sort()).not.toEqual([...few.train].sort());
  });

  it("are read from their file; a person is told where none is", async () => {
    const origin = { title: "Omniglot", owner: "o", licence: "l", source: "s", threshold: 0.3 };
    const file = packImages(madeUp(true), origin);
    const options = requireOptions(strokes.options, { dataset: "omniglot", images: 20 });
    const readAsset = async (path: string) => {
      expect(path).toBe("datasets/omniglot.images");
      return file;
    };
    const { train, heldOut, alphabetNames } = await makeDataset(settingsOf(options), { readAsset, userData: null });
    expect([train.count, heldOut.count]).toEqual([20, 5]);
    expect(alphabetNames).toEqual(["A", "B", "C", "D"]);
    for (const [n, mark] of marks(train.pixels).entries()) expect(Math.floor(mark / 50)).toBe(train.alphabets[n]);
    const missing = { readAsset: readPublicFile, userData: null };
    await expect(makeDataset({ ...settingsOf(options), dataset: "kmnist" }, missing)).rejects.toMatchObject({
      code: "file",
    });
  });
});

describe("built-in sets", () => {
  it("grow without changing, and hold out the same characters by other hands", async () => {
    const [few, more] = [await build({ images: 15 }), await build({ images: 30 })];
    expect(more.instance.train.pixels.subarray(0, 15 * AREA)).toEqual(few.instance.train.pixels);
    expect(few.instance.facts).toMatchObject({ name: "handwriting", numTrain: 15, numHeldOut: 5, userRow: -1 });
    const known = new Set(everyPicture(more.instance.train.pixels));
    for (const picture of everyPicture(more.instance.heldOut.pixels)) expect(known.has(picture)).toBe(false);
  });

  it("bring the hidden bank where there is one", async () => {
    const { instance } = await build({ dataset: "bank12", strokes: 12 });
    const data = instance.facts.data as StrokesData; // the domain's own record
    expect(data.trueBank?.length).toBe(60);
    expect(data.trueBank!.subarray(0, 5)[0]).toBeCloseTo(hiddenBank().dx[0]!, 6);
    expect((await build()).instance.facts.data).toMatchObject({ trueBank: null, transforms: 0, strokes: 8 });
  });

  it("give two lines to beat: the bits of one rate, and of one rate a pixel", async () => {
    const { instance } = await build({ images: 40 });
    const { references, data } = instance.facts;
    const { constantRate, pixelRates: rates } = data as StrokesData; // the domain's own record
    expect(rates).toBeCloseTo(pixelRates(instance.train), 12);
    expect(constantRate).toBeGreaterThan(rates);
    expect(references.map(({ metric }) => metric)).toEqual([
      "memoryBits",
      "memoryBits",
      "bitsPerPixel",
      "bitsPerPixel",
    ]);
    expect(references[0]!.value).toBe(rates);
  });
});

function everyPicture(pixels: Uint8Array): string[] {
  return Array.from({ length: pixels.length / AREA }, (_, n) => pixels.subarray(n * AREA, (n + 1) * AREA).join(""));
}

describe("a person's own pictures", () => {
  it("come last, and say so", async () => {
    const pixels = Uint8Array.from({ length: AREA }, (_, i) => i % 2);
    const payload = { pictures: [{ pixels, note: "cut out" }] };
    const { instance } = await build({}, "cpu", { name: "mine", payload });
    expect(instance.facts.userRow).toBe(12);
    expect(instance.train.count).toBe(13);
    expect(instance.train.pixels.subarray(12 * AREA)).toEqual(pixels);
    expect((instance.facts.data as StrokesData).note).toBe("cut out"); // the domain's own record
    // The lines to beat are those of the data, not of the person's picture.
    expect(instance.facts.references).toEqual((await build()).instance.facts.references);
  });

  it.each([
    [null],
    [{ pictures: [] }],
    [{ pictures: [{ pixels: [1] }] }],
    [{ pictures: [{ pixels: new Uint8Array(AREA).fill(2) }] }],
  ])("are refused where they are malformed: %j", async (payload) => {
    await expect(buildStrokes({}, "cpu", { name: "mine", payload })).rejects.toMatchObject({ code: "file" });
  });
});

describe("what is measured", () => {
  it("is the memory's bound and the held-out bound in bits per pixel", async () => {
    const run = await open({ iterations: 12, evaluateEvery: 6 });
    await run.advance("free");
    const { metrics } = run.core.history.at(-1)!;
    expect(metrics.bitsPerPixel).toBeCloseTo(bitsPerPixel(metrics.logPx!), 12);
    expect(metrics).toMatchObject({ samples: 5, logPxEss: expect.any(Number), logPxStderr: expect.any(Number) });
    const { rows, memorySize } = run.core.parts.memory!;
    const bounds = Array.from(rows.counts, (count, n) => logSumExp(rows.logJoint, n * memorySize, count));
    expect(rows.counts.every((count) => count > 0)).toBe(true);
    const mean = bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length;
    expect(metrics.memoryBits).toBeCloseTo(bitsPerPixel(mean), 12);
    run.core.dispose();
  });
});

describe("pretraining", () => {
  it("moves phi alone; a run that starts from its file takes the bank with it", async () => {
    const before = await open({ algorithm: "pretraining", seed: 2, iterations: 8 });
    const blocksOf = (run: Run) => run.core.parts.instance.model.blocks;
    const parametersOf = (run: Run) =>
      Promise.all(
        blocksOf(run).map(async (block) => ({ group: block.group, values: Array.from((await block.read()).values) })),
      );
    const first = await parametersOf(before);
    await before.advance("free");
    const trained = await parametersOf(before);
    for (const [i, { group, values }] of trained.entries()) {
      if (group === "theta") expect(values).toEqual(first[i]!.values);
      else expect(values).not.toEqual(first[i]!.values);
    }
    const file = writeModel(await captureState(before.core));
    const other = await open({ seed: 9 });
    await loadParameters(blocksOf(other), readModel(file));
    for (const [i, { values }] of (await parametersOf(other)).entries()) {
      for (const [j, value] of values.entries()) expect(value).toBeCloseTo(trained[i]!.values[j]!, 5);
    }
    before.core.dispose();
    other.core.dispose();
  });
});

describe("what the page gets", () => {
  it("is the bank, the best programs and how often they use each stroke", async () => {
    const run = await open({ iterations: 6 });
    await run.advance("free");
    const { instance, memory } = run.core.parts;
    // The cast: the domain's own record.
    const picture = (await instance.picture({ selected: 3, memory, step: 6, rng: new Rng(1) })) as StrokesPicture;
    expect(picture).toMatchObject({ kind: "strokes", step: 6, selected: 3, source: "memory" });
    expect([picture.bank.length, picture.affine.length, picture.programs.length]).toEqual([40, 0, 120]);
    const down = Array.from(picture.programs).filter(isDown);
    for (const [s, share] of picture.usage.entries()) {
      expect(share).toBeCloseTo(down.filter((token) => strokeOf(token) === s).length / down.length, 6);
    }
    expect(strokes.tools.bankOf(picture).dx[2]).toBeCloseTo(picture.bank[10]!, 6);
    const without = (await instance.picture({ selected: 3, memory: null, step: 6, rng: new Rng(1) })) as StrokesPicture;
    expect(without.source).toBe("recogniser");
    expect(without.hasProgram.reduce((sum, one) => sum + one, 0)).toBe(4);
    run.core.dispose();
  });

  it("describes characters as rows of digits, and imagines more of them", async () => {
    const { instance } = await build({ conditional: true });
    const batch = everyRow(instance.train);
    const { rows, alphabet } = instance.describeObservation(batch, 1) as { rows: string[]; alphabet: string };
    expect(rows.join("")).toBe(instance.train.pixels.subarray(AREA, 2 * AREA).join(""));
    expect(alphabet).toBe("Alphabet 2");
    const programs = (await instance.model.dream(3, new Rng(1))).programs;
    const made = await instance.imagine(programs, new Rng(2), 1);
    expect(Array.from(made.observations.alphabets)).toEqual([1, 1, 1]);
  });
});
