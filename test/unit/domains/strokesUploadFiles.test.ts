// Files as a person's data: several pictures, archives and data files, what is kept of them, and what cannot be used.

import { describe, expect, it } from "vitest";
import { importImages } from "../../../src/domains/strokes/data/importing";
import { strokes } from "../../../src/domains/strokes/index";
import {
  PICTURE_DEFAULTS,
  type PictureSettings,
  preparePicture,
} from "../../../src/domains/strokes/upload/preparePicture";
import { userDataOf, userPictures } from "../../../src/domains/strokes/upload/userPictures";
import type { FileInput } from "../../../src/engine/domain";
import { LabError } from "../../../src/engine/errors";
import { Rng } from "../../../src/engine/rng/rng";
import { idxBytes, npyBytes, npyHeader, omniglotZip } from "../../helpers/dataFiles";
import { drawings, pictureOf } from "../../helpers/strokes";

describe("files as a person's data", () => {
  const [drawing] = drawings(1);
  const image = (name: string): FileInput => ({ kind: "image", name, ...pictureOf(drawing!, 105) });
  const seen = () => {
    const read = preparePicture(pictureOf(drawing!, 105), PICTURE_DEFAULTS);
    return read.ok ? read.pixels : null;
  };
  const white: FileInput = { kind: "image", name: "white.png", ...pictureOf(new Uint8Array(900), 30) };
  const fromFiles = (...inputs: FileInput[]) => strokes.fromFiles!(inputs, {});

  it("become plain data that survive JSON and are read back", () => {
    const result = strokes.fromUpload({ kind: "image", name: "a.png", ...pictureOf(drawing!, 105) }, {});
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const [own] = userPictures(JSON.parse(JSON.stringify(result.userData)) as typeof result.userData);
    expect(own?.pixels).toEqual(seen());
    expect(own?.note).toMatch(/^Dark ink on light, centred, 18 cells large, \d+ % ink at a threshold of 2\d %\.$/);
  });

  it.each([
    ["nothing", null],
    ["no list", { pictures: 3 }],
    ["an empty list", { pictures: [] }],
    ["a picture that is none", { pictures: [null] }],
    ["too few digits", { pictures: [{ pixels: "00", note: "" }] }],
    ["other letters", { pictures: [{ pixels: "g".repeat(196), note: "" }] }],
    ["numbers beyond 1", { pictures: [{ pixels: new Uint8Array(784).fill(2), note: "" }] }],
  ])("are checked when they are read back: %s", (_, payload) => {
    expect(() => userPictures({ name: "a.png", payload })).toThrow(LabError);
    expect(() => userPictures({ name: "a.png", payload })).toThrow(/^a\.png cannot be used: /);
  });

  it("may be several pictures and texts together, each an observation under its file's name", async () => {
    const text = "01110000\n".repeat(8);
    const result = await fromFiles(image("a.png"), image("b.png"), { kind: "text", name: "c.txt", text });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    expect(result.numObservations).toBe(3);
    expect(result.userData.name).toBe("3 files");
    expect(userPictures(result.userData).map(({ name }) => name)).toEqual(["a.png", "b.png", "c.txt"]);
  });

  it("name the file that cannot be used and offer the others", async () => {
    const result = await fromFiles(image("a.png"), white);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ message: "white.png: The picture is all one colour; it needs ink on paper." }],
      rest: { numObservations: 1, name: "the other picture" },
    });
  });

  it("may be archives and data files, whose pictures are those of the importers", async () => {
    const zip = omniglotZip(12);
    const result = await fromFiles({ kind: "bytes", ...zip });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const imported = await importImages({ name: "omniglot", files: [zip] });
    if (!imported.ok) throw new Error(imported.message);
    const { pixels } = imported.imported.set;
    const own = userPictures(result.userData);
    expect(own).toHaveLength(12);
    for (const [n, one] of own.entries()) expect(one.pixels).toEqual(pixels.slice(n * 784, (n + 1) * 784));
    expect(own[3]?.name).toMatch(/^images_background\/Alphabet_1\/character02\/03_\d+\.png$/);

    const grey = Uint8Array.from({ length: 2 * 784 }, (_, i) => (i % 7 === 0 ? 255 : 10));
    for (const bytes of [idxBytes([2, 28, 28], grey), npyBytes(npyHeader(2), grey)]) {
      const read = await fromFiles({ kind: "bytes", name: "x", bytes });
      expect(read).toMatchObject({ ok: true, numObservations: 2 });
    }
  });

  it("of very many pictures are cut, with a note", async () => {
    const grey = Uint8Array.from({ length: 2100 * 784 }, (_, i) => (i % 7 === 0 ? 255 : 10));
    const read = await fromFiles({ kind: "bytes", name: "x", bytes: idxBytes([2100, 28, 28], grey) });
    expect(read).toMatchObject({ ok: true, numObservations: 2000 });
    expect(read.notes).toEqual(["There are more than 2000 pictures; the first 2000 are used."]);
  });

  it.each<[string, FileInput, RegExp]>([
    [
      "an unknown kind",
      { kind: "bytes", name: "x.bin", bytes: new Uint8Array(40).fill(7) },
      /^x\.bin is no picture, zip/,
    ],
    ["labels", { kind: "bytes", name: "x", bytes: idxBytes([2], [1, 2]) }, /holds labels only/],
    [
      "a blank row",
      { kind: "bytes", name: "x", bytes: idxBytes([1, 28, 28], new Uint8Array(784)) },
      /picture 1 is all one/,
    ],
    ["text", { kind: "text", name: "x.txt", text: "hello" }, /"h" is not allowed; rows of 0 and 1/],
    ["ragged text", { kind: "text", name: "x.txt", text: "01\n0" }, /It has 1 cells, the rows above have 2/],
    ["little text", { kind: "text", name: "x.txt", text: "01\n10" }, /2 rows and 2 columns; at least 8/],
    ["no text", { kind: "text", name: "x.txt", text: "\n\n" }, /The text is empty/],
  ])("with %s have their sentence", async (_, input, sentence) => {
    const result = await fromFiles(input);
    expect(result.ok ? "taken" : result.problems[0]?.message).toMatch(sentence);
  });

  it("never make it throw or hang, whatever the pixels", () => {
    const rng = new Rng(9);
    for (let n = 0; n < 120; n++) {
      const [width, height] = [1 + rng.int(60), 1 + rng.int(60)];
      const levels = 1 + rng.int(255);
      const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, () => rng.int(levels));
      const settings: PictureSettings = {
        centre: rng.int(2) === 0,
        size: rng.int(29),
        threshold: rng.int(2) === 0 ? null : 0.01 + 0.98 * rng.uniform(),
        invert: [null, true, false][rng.int(3)]!,
      };
      const result = preparePicture({ width, height, rgba }, settings);
      if (result.ok) expect(result.pixels.every((bit) => bit <= 1) && result.pixels.length === 784).toBe(true);
      else expect(result.problem).toMatch(/^(is|has|cannot) .*\.$/);
      strokes.fromUpload({ kind: "image", name: "x", width, height, rgba }, {});
    }
  });

  it("round through user data", () => {
    const bits = Uint8Array.from({ length: 784 }, (_, i) => Number(i % 3 === 0));
    expect(userPictures(userDataOf("x", [{ pixels: bits, note: "n", name: "m" }]))).toEqual([
      { pixels: bits, note: "n", name: "m" },
    ]);
  });
});
