// Files of published data sets: what is in them comes out, and every kind of damage has its sentence.

import { gzipSync, zipSync } from "fflate";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import type { DataFile } from "../../../src/domains/strokes/data/drawings";
import { attempt } from "../../../src/domains/strokes/data/formats/damage";
import { readPng } from "../../../src/domains/strokes/data/formats/png";
import { zipEntries } from "../../../src/domains/strokes/data/formats/zip";
import { makeHandwriting } from "../../../src/domains/strokes/data/handwriting";
import { importImages } from "../../../src/domains/strokes/data/importing";
import {
  idxBytes,
  imported,
  npyBytes,
  npyHeader,
  omniglotZip,
  packedIdx,
  pngOfBits,
  randomBytes,
  refusal,
} from "../../helpers/dataFiles";

const PIXELS = 784;

describe("PNG pictures", () => {
  /** Grey as pngjs reads it, on white. */
  function reference(bytes: Uint8Array): number[] {
    const { data } = PNG.sync.read(Buffer.from(bytes));
    return Array.from({ length: data.length / 4 }, (_, i) => {
      const [r, g, b, a] = data.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number]; // RGBA
      const grey = 0.299 * r + 0.587 * g + 0.114 * b;
      return (grey * a + 255 * (255 - a)) / 255;
    });
  }

  it.each([
    ["grey", 0],
    ["colour", 2],
    ["grey with alpha", 4],
    ["colour with alpha", 6],
  ] as const)("of kind %s are read as pngjs reads them, with every filter", (_, colorType) => {
    for (const filterType of [0, 1, 2, 3, 4]) {
      const png = new PNG({ width: 13, height: 9 });
      png.data = Buffer.from(randomBytes(13 * 9 * 4, 7));
      const inputHasAlpha = true;
      const bytes = new Uint8Array(PNG.sync.write(png, { colorType, filterType, inputHasAlpha }));
      const { values, width, height } = readPng(bytes, "it", 100);
      expect([width, height]).toEqual([13, 9]);
      for (const [i, grey] of reference(bytes).entries()) {
        expect(Math.abs(values[i]! - grey), `${filterType}, ${i}`).toBeLessThan(1.01);
      }
    }
  });

  it.each([
    ["cut off", (png: Uint8Array) => png.subarray(0, png.length - 20), /^It is cut off after \d+ bytes\.$/],
    ["a byte changed", (png: Uint8Array) => png.with(45, png[45]! ^ 1), /checksum of its part at byte 33 does not fit/],
    ["not a PNG", (png: Uint8Array) => png.with(1, 0), /^It is not a PNG picture\.$/],
    ["too large", () => pngOfBits(new Uint8Array(150 * 150), 150), /is 150 by 150 pixels; allowed: 1 to 100/],
  ])("%s have their sentence", (_, change, sentence) => {
    const result = attempt(() => readPng(change(pngOfBits(randomBytes(50 * 50, 1), 50)), "It", 100));
    expect(result.ok ? "read" : result.message).toMatch(sentence);
  });
});

describe("Omniglot archives", () => {
  it("give alphabets, characters and drawers, and the generator's own bits", async () => {
    const { set, origin } = (await imported("omniglot", omniglotZip(40))).imported;
    const expected = makeHandwriting({ seed: 3, count: 40, split: "train", alphabets: 2 });
    expect(set.alphabetNames).toEqual(["Alphabet 0", "Alphabet 1"]);
    expect(set.pixels).toEqual(expected.pixels);
    expect(set.characters).toEqual(expected.characters);
    expect(set.drawers).toEqual(expected.drawers);
    expect(origin).toMatchObject({ licence: "MIT", owner: "Brenden Lake", threshold: 0.2 });
  });

  it("count a drawing once that is in two archives, and say so", async () => {
    const { imported: found, notes } = await imported("omniglot", omniglotZip(10), omniglotZip(12, "small.zip"));
    expect(found.set.alphabets).toHaveLength(12);
    expect(notes).toEqual(["10 drawings were in two of the files and are kept once."]);
  });

  it.each<[string, (zip: Uint8Array) => Uint8Array, RegExp]>([
    ["cut off", (zip) => zip.subarray(0, zip.length / 2), /archive is cut off or damaged: the list of its files/],
    [
      "without its middle",
      (zip) =>
        zip
          .slice(zip.length / 2)
          .with(0, 0x50)
          .with(1, 0x4b)
          .with(2, 3),
      /archive is damaged: entry 1 of its list cannot be read/,
    ],
    ["damaged inside an entry", (zip) => zip.with(150, zip[150]! ^ 255), /^Entry .* is damaged/],
    ["with other files", () => zipSync({ "a/b.txt": new Uint8Array(3) }), /holds 1 files, none at alphabet\/character/],
    ["that are empty", () => zipSync({}), /holds 0 files/],
    ["with broken pictures", () => zipSync({ "A/character01/1_01.png": new Uint8Array(30) }), /is not a PNG picture/],
    ["that are something else", () => new Uint8Array(500), /is no zip archive; Omniglot takes images_background\.zip/],
  ])("%s have their sentence", async (_, change, sentence) => {
    const { bytes } = omniglotZip(6);
    expect(await refusal("omniglot", { name: "it.zip", bytes: change(bytes) })).toMatch(sentence);
  });

  it("that are bombs are refused before they are unpacked", async () => {
    const bomb = zipSync({ "A/character01/1_01.png": new Uint8Array(400_000) }, { level: 0 });
    const view = new DataView(bomb.buffer);
    view.setUint32(bomb.indexOf(0x50, bomb.length - 100) + 24, 300_000_000, true);
    expect(zipEntries(bomb, 1e9)[0]?.size).toBe(300_000_000);
    const memory = process.memoryUsage().arrayBuffers;
    expect(await refusal("omniglot", { name: "it.zip", bytes: bomb })).toMatch(/unpacks to more than 268\.4 MB/);
    expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(50_000_000);
  });

  it("that lie about an entry's size are refused", async () => {
    const bytes = zipSync({ "A/character01/1_01.png": new Uint8Array(100_000) });
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 30 < bytes.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 50, true);
    }
    expect(zipEntries(bytes, 1e6)[0]?.size).toBe(50);
    expect(await refusal("omniglot", { name: "it.zip", bytes })).toMatch(/is damaged or cut off/);
  });
});

describe("IDX files", () => {
  const values = randomBytes(5 * PIXELS, 3);
  const images = { name: "t10k-images-idx3-ubyte.gz", bytes: packedIdx([5, 28, 28], values) };
  const labels = { name: "t10k-labels-idx1-ubyte.gz", bytes: packedIdx([5], [3, 0, 3, 9, 1]) };

  it("give ink at half and classes in the order of their labels, packed or plain", async () => {
    const plain = { name: "t10k-images-idx3-ubyte", bytes: idxBytes([5, 28, 28], values) };
    for (const file of [images, plain]) {
      const { set } = (await imported("mnist", file, labels)).imported;
      expect(set.pixels).toEqual(Uint8Array.from(values, (value) => (value >= 127.5 ? 1 : 0)));
      expect(set.alphabetNames).toEqual(["0", "1", "3", "9"]);
      expect(Array.from(set.alphabets)).toEqual([2, 0, 2, 3, 1]);
    }
    expect((await imported("kmnist", images, labels)).imported.set.alphabetNames).toEqual(["o", "ki", "tsu", "wo"]);
    expect((await imported("mnist", images)).imported.set.alphabetNames).toEqual(["unknown"]);
  });

  it("of other sizes are reduced by area", async () => {
    const large = { name: "images", bytes: idxBytes([1, 56, 56], new Uint8Array(56 * 56).fill(255, 0, 56 * 28)) };
    const { set } = (await imported("mnist", large)).imported;
    expect(set.pixels).toEqual(new Uint8Array(PIXELS).fill(1, 0, 28 * 14));
  });

  it.each<[string, DataFile[], RegExp]>([
    ["wrong magic", [{ name: "x", bytes: randomBytes(900, 1).with(0, 5) }], /^x is no IDX file: it begins with 05 /],
    ["floats", [{ name: "x", bytes: idxBytes([1], [0]).with(2, 13) }], /numbers of type 13; allowed: type 8/],
    [
      "two dimensions",
      [{ name: "x", bytes: idxBytes([2, 2], [1, 2, 3, 4]) }],
      /has 2 dimensions; allowed: 1 for labels/,
    ],
    ["a header cut off", [{ name: "x", bytes: idxBytes([5, 28, 28], values).subarray(0, 9) }], /inside its header/],
    [
      "pictures cut off",
      [{ name: "x", bytes: idxBytes([5, 28, 28], values).subarray(0, 1000) }],
      /announces 5 x 28 x 28/,
    ],
    [
      "bytes too many",
      [{ name: "x", bytes: idxBytes([1, 28, 28], values) }],
      /announces 1 x 28 x 28 bytes but holds 3920/,
    ],
    ["no pictures", [{ name: "x", bytes: idxBytes([0, 28, 28], []) }], /holds 0 drawings; allowed: 1 to/],
    ["no pixels", [{ name: "x", bytes: idxBytes([3, 0, 28], []) }], /pictures of 28 by 0; allowed/],
    ["labels alone", [labels], /holds labels only; choose the file of pictures/],
    [
      "labels of another file",
      [images, { ...labels, bytes: idxBytes([2], [1, 2]) }],
      /holds 2 labels, but .* 5 pictures/,
    ],
    ["gzip cut off", [{ ...images, bytes: images.bytes.subarray(0, 2000) }], /is damaged|cut off/],
    ["gzip changed", [{ ...images, bytes: images.bytes.with(900, images.bytes[900]! ^ 4) }], /damaged/],
    ["text", [{ name: "x", bytes: new TextEncoder().encode("hello there, no IDX at all") }], /is no IDX file/],
    ["nothing", [{ name: "x", bytes: new Uint8Array() }], /is cut off after 0 bytes/],
  ])("with %s have their sentence", async (_, files, sentence) => {
    expect(await refusal("mnist", ...files)).toMatch(sentence);
  });

  it("that are gzip bombs are refused", async () => {
    const bomb = gzipSync(randomBytes(400_000, 2), { level: 0 });
    new DataView(bomb.buffer).setUint32(bomb.length - 4, 300_000_000, true);
    expect(await refusal("mnist", { name: "x.gz", bytes: bomb })).toMatch(
      /unpacks to 300 MB; allowed: up to 268\.4 MB/,
    );
  });
});

describe("Quick, Draw files", () => {
  const values = randomBytes(4 * PIXELS, 5);
  const file = (header: string, bytes = values, name = "cat.npy") => ({ name, bytes: npyBytes(header, bytes) });

  it("give one class a file, named after it", async () => {
    const two = file(npyHeader(2), values.subarray(0, 2 * PIXELS), "sub/tree.npy");
    const { set } = (await imported("quickdraw", file(npyHeader(4)), two)).imported;
    expect(set.alphabetNames).toEqual(["cat", "tree"]);
    expect(Array.from(set.alphabets)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(set.pixels.subarray(0, 4 * PIXELS)).toEqual(Uint8Array.from(values, (value) => (value >= 127.5 ? 1 : 0)));
  });

  it("may be the first part of a longer file where that is what was fetched", async () => {
    const part = file(npyHeader(123_202), values.subarray(0, 3 * PIXELS + 100));
    const result = await importImages({ name: "quickdraw", files: [part], areFirstParts: true });
    expect(result.ok && result.imported.set.alphabets.length).toBe(3);
    expect(await refusal("quickdraw", part)).toMatch(/announces 123202 x 784 bytes but holds 2452/);
  });

  it.each<[string, DataFile, RegExp]>([
    ["floats", file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 784), }"), /type <f4; allowed: uint8/],
    [
      "Fortran order",
      file("{'descr': '|u1', 'fortran_order': True, 'shape': (4, 784), }"),
      /Fortran order; allowed: C/,
    ],
    [
      "one dimension",
      file("{'descr': '|u1', 'fortran_order': False, 'shape': (784,), }"),
      /the shape \(784,\); allowed/,
    ],
    ["other rows", file(npyHeader(3136, 1)), /rows of 1; allowed: 784/],
    ["no shape", file("{'descr': '|u1', 'fortran_order': False, }"), /header does not say the shape/],
    ["rows cut off", file(npyHeader(4), values.subarray(0, 2000)), /announces 4 x 784 bytes but holds 2000/],
    ["a header cut off", { name: "x", bytes: npyBytes(npyHeader(4), values).subarray(0, 60) }, /inside its header/],
    ["another version", { name: "x", bytes: npyBytes(npyHeader(4), values).with(6, 9) }, /format version 9; allowed/],
    ["something else", { name: "x", bytes: values }, /is no \.npy file; Quick, Draw takes/],
  ])("with %s have their sentence", async (_, wrong, sentence) => {
    expect(await refusal("quickdraw", wrong)).toMatch(sentence);
  });
});
