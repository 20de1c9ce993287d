// The real data sets through the project's own readers: counts, labels, ink, and the baselines of the specification.

import { unzipSync } from "fflate";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { readPng } from "../../../src/domains/strokes/data/formats/png";
import { importImages } from "../../../src/domains/strokes/data/importing";
import { packImages, unpackImages } from "../../../src/domains/strokes/data/packed";
import type { ImageSet } from "../../../src/domains/strokes/images";
import { hasPublishedData, publishedFiles, whySkipped } from "../../helpers/publishedData";
import { inkShare } from "../../helpers/strokes";

const PIXELS = 784;

async function imported(name: string, paths: readonly string[], threshold?: number): Promise<ImageSet> {
  const files = publishedFiles(...paths);
  const result = await importImages({ name, files, ...(threshold === undefined ? {} : { threshold }) });
  if (!result.ok) throw new Error(result.message);
  return result.imported.set;
}

/** Bits a binary event of probability p takes. */
const entropy = (p: number) => (p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p));

/** Ink, and bits per pixel under one rate for all pixels and under one rate each, of the pictures in `rows`. */
function baselines({ pixels }: ImageSet, rows: readonly number[]) {
  const rates = new Float64Array(PIXELS);
  for (const row of rows) for (let i = 0; i < PIXELS; i++) rates[i]! += pixels[row * PIXELS + i]! / rows.length;
  const ink = rates.reduce((sum, rate) => sum + rate, 0) / PIXELS;
  return { ink, constant: entropy(ink), each: rates.reduce((sum, rate) => sum + entropy(rate), 0) / PIXELS };
}

if (!hasPublishedData) console.warn(`published data sets${whySkipped}`);

describe.skipIf(!hasPublishedData)(`published data sets${whySkipped}`, () => {
  const small = "omniglot/images_background_small1.zip";

  it("Omniglot: 2,720 drawings of 5 alphabets, 136 characters by 20 people", async () => {
    const set = await imported("omniglot", [small]);
    expect(set.alphabetNames).toEqual(["Balinese", "Early Aramaic", "Greek", "Korean", "Latin"]);
    expect(set.alphabets).toHaveLength(2720);
    const characters = Array.from(set.alphabets, (alphabet, n) => `${alphabet}/${set.characters[n]}`);
    expect(new Set(characters).size).toBe(136);
    expect([Math.min(...set.drawers), Math.max(...set.drawers)]).toEqual([0, 19]);
    const read = unpackImages(packImages(set, { title: "", owner: "", licence: "", source: "", threshold: 0.2 }), "it");
    if (!read.ok) throw new Error(read.message);
    expect(Buffer.from(read.value.set.pixels).equals(Buffer.from(set.pixels))).toBe(true);
    expect({ ...read.value.set, pixels: 0 }).toEqual({ ...set, pixels: 0 });
  });

  it("Omniglot's PNG files are read as pngjs reads them", () => {
    const [file] = publishedFiles(small);
    const entries = Object.entries(unzipSync(file!.bytes)).filter(([name]) => name.endsWith(".png"));
    for (const [name, bytes] of entries.filter((_, n) => n % 50 === 0)) {
      const { data } = PNG.sync.read(Buffer.from(bytes));
      const { values } = readPng(bytes, name, 200);
      expect(Array.from(values)).toEqual(Array.from({ length: 105 * 105 }, (_, i) => data[4 * i]));
    }
  });

  // 400 drawings evenly from all; the specification does not say which 400 it measured. Measured here: 10.9 %, 0.498,
  // 0.382 and 9.7 %, 0.458, 0.356.
  it.each([
    [0.2, 0.11, 0.5, 0.381],
    [0.3, 0.097, 0.459, 0.355],
  ])(
    "400 Omniglot drawings at threshold %f have the baselines of the specification",
    async (threshold, ink, constant, each) => {
      const set = await imported("omniglot", [small], threshold);
      const rows = Array.from({ length: 400 }, (_, i) => Math.floor((i * 2720) / 400));
      const found = baselines(set, rows);
      expect(Math.abs(found.ink - ink)).toBeLessThan(0.0015);
      expect(Math.abs(found.constant - constant)).toBeLessThan(0.003);
      expect(Math.abs(found.each - each)).toBeLessThan(0.003);
    },
  );

  it("Omniglot's one-shot runs are another archive, and the reader says so", async () => {
    const result = await importImages({ name: "omniglot", files: publishedFiles("omniglot/one_shot_runs.zip") });
    expect(result.ok ? "taken" : result.message).toMatch(/none at alphabet\/characterNN\/file_DD\.png/);
  });

  it.each([
    ["mnist", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], 0.132],
    ["kmnist", ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"], 0.184],
  ])("%s: 8,000 pictures of 10 classes", async (name, names, ink) => {
    const set = await imported(name, [`${name}/images-idx3-ubyte.gz`, `${name}/labels-idx1-ubyte.gz`]);
    expect(set.alphabets).toHaveLength(8000);
    expect(set.alphabetNames).toEqual(names);
    expect(Math.abs(inkShare(set.pixels) - ink)).toBeLessThan(0.001);
    if (name === "mnist") expect(Array.from(set.alphabets.slice(0, 8))).toEqual([7, 2, 1, 0, 4, 1, 4, 9]);
  });

  it("Quick, Draw: 800 doodles of each of three classes", async () => {
    const set = await imported(
      "quickdraw",
      ["cats", "rainbows", "trains"].map((name) => `quickdraw/${name}.npy`),
    );
    expect(set.alphabetNames).toEqual(["cats", "rainbows", "trains"]);
    expect(set.alphabets.filter((alphabet) => alphabet === 1)).toHaveLength(800);
    expect(Math.abs(inkShare(set.pixels) - 0.168)).toBeLessThan(0.001);
  });
});
