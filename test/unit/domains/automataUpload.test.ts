import { describe, expect, it } from "vitest";
import { growFrom } from "../../../src/domains/automata/extrapolate";
import { generatePicture } from "../../../src/domains/automata/generate";
import { rowsOfGrid } from "../../../src/domains/automata/grid";
import { automata } from "../../../src/domains/automata/index";
import type { AutomataPayload } from "../../../src/domains/automata/upload";
import type { RawInput, UploadResult } from "../../../src/engine/domain";
import { Rng } from "../../../src/engine/rng/rng";
import { automataOptions, buildAutomata, firstRows, paint } from "../../helpers/automata";

const options = automataOptions({ height: 8, width: 8 });
const text = (value: string): RawInput => ({ kind: "text", name: "mine.json", text: value });
const image = (rows: readonly string[], scale: number): RawInput => ({
  kind: "image",
  name: "mine.png",
  ...paint(rows, scale),
});

const drawn = (rule: number, height: number, width: number) => {
  const settings = { height, width, neighbours: 3, boundary: "zero", epsilon: 0, interestingOnly: true } as const;
  return rowsOfGrid(generatePicture(settings, rule, new Rng(2)).grid);
};
const square = drawn(1, 8, 8);

function pictureOf(result: UploadResult) {
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(" "));
  // fromUpload of automata always makes this payload.
  const picture = (result.userData.payload as AutomataPayload).pictures[0];
  if (!picture) throw new Error("no picture");
  return { picture, rows: rowsOfGrid(picture) };
}

function problemsOf(result: UploadResult) {
  expect(result.ok).toBe(false);
  return result.ok ? [] : result.problems;
}

describe("bitmaps as text", () => {
  it.each([
    ["rows as strings", JSON.stringify(square)],
    ["rows as arrays", JSON.stringify(square.map((row) => [...row].map(Number)))],
    ["a record", JSON.stringify({ rows: square })],
    ["plain lines", `${square.join("\n")}\n`],
  ])("are read as %s", (_, written) => {
    const result = automata.fromUpload(text(written), options);
    const { picture, rows } = pictureOf(result);
    expect(rows).toEqual(square);
    expect(picture.boundary).toBe("zero");
    expect(result).toMatchObject({ ok: true, numObservations: 1, userData: { name: "mine.json" } });
  });

  it("keep the boundary that they state, and may be several", () => {
    const several = JSON.stringify([{ rows: square, boundary: "wrap" }, { rows: square }]);
    const result = automata.fromUpload(text(several), options);
    expect(pictureOf(result).picture.boundary).toBe("wrap");
    expect(result).toMatchObject({ ok: true, numObservations: 2 });
  });

  it("are cut to the run's size, and the note says so", () => {
    const { picture, rows } = pictureOf(automata.fromUpload(text(JSON.stringify(drawn(1, 10, 12))), options));
    expect(rows).toEqual(
      drawn(1, 10, 12)
        .slice(0, 8)
        .map((row) => row.slice(0, 8)),
    );
    expect(picture.note).toBe("The first 8 rows and 8 columns of 10 rows and 12 columns are used.");
  });

  it("name the row and column of a wrong character", () => {
    const wrong = square.map((row, y) => (y === 2 ? `${row.slice(0, 4)}x${row.slice(5)}` : row));
    expect(problemsOf(automata.fromUpload(text(JSON.stringify(wrong)), options))).toEqual([
      { row: 3, column: 5, message: 'Row 3, column 5 is "x"; allowed: 0 and 1.' },
    ]);
  });

  it.each([
    ["an empty file", "", /empty/],
    ["broken JSON", '["01', /not valid JSON/],
    ["something else", "hello", /Row 1, column 1 is "h"/],
    ["a number", "{}", /no rows/],
    ["unequal rows", '["0101","01"]', /Row 2 has 2 cells, but row 1 has 4/],
    ["a row that is none", '["0101", 7]', /Row 2 is not a row/],
    ["a digit out of range", "[[0,1],[2,1]]", /Row 2, column 1 is "2"/],
    ["a wrong boundary", '{"rows":["01","10"],"boundary":"torus"}', /boundary is "torus"; allowed: zero, wrap/],
    ["too few rows", JSON.stringify(square.slice(0, 5)), /5 rows and 8 columns; this run needs at least 8 rows and 8/],
    ["one colour", JSON.stringify(square.map(() => "00000000")), /all one colour/],
    ["far too large", JSON.stringify(["0".repeat(5000)]), /too large; at most 4096/],
    ["a wrong picture of several", '[{"rows":["0"]},{"rows":["2"]}]', /In picture 2: Row 1, column 1/],
  ])("refuse %s with a sentence", (_, written, message) => {
    const problems = problemsOf(automata.fromUpload(text(written), options));
    expect(problems.map((problem) => problem.message).join(" ")).toMatch(message);
    for (const problem of problems) expect(problem.message).toMatch(/[.]$/);
  });

  it("report twenty wrong cells at most", () => {
    const problems = problemsOf(automata.fromUpload(text(JSON.stringify(square.map(() => "abcdefgh"))), options));
    expect(problems.length).toBe(20);
  });
});

describe("pictures", () => {
  it.each([1, 3, 10])("drawn with cells of %d pixels are read cell by cell", (scale) => {
    const { picture, rows } = pictureOf(automata.fromUpload(image(square, scale), options));
    expect(rows).toEqual(square);
    expect(picture.note).toBe("Each cell is used as drawn; time runs right in the file.");
  });

  it.each([22, 30, 45, 62, 106, 110, 124, 137])(
    "of rule %d, grown round an edge and cut, keep their direction",
    (rule) => {
      const run = automataOptions({ height: 32, width: 32 });
      for (let seed = 1; seed <= 5; seed++) {
        const rng = new Rng(seed);
        const first = Uint8Array.from({ length: 40 }, () => rng.int(2));
        const rows = rowsOfGrid(growFrom(first, 40, { rule, neighbours: 3, boundary: "wrap" }, 0.01, rng));
        const { picture } = pictureOf(automata.fromUpload(image(rows, 3), run));
        expect(picture.note).toContain("time runs right");
      }
    },
  );

  it("that grow down, as Wolfram draws them, are turned and keep his rule number", () => {
    const rows = drawn(3, 24, 24);
    const wide = automataOptions({ height: 24, width: 24 });
    const turned = Array.from({ length: 24 }, (_, x) => rows.map((row) => row[x]).join(""));
    const read = pictureOf(automata.fromUpload(image(turned, 2), wide));
    expect(read.rows).toEqual(rows);
    expect(read.picture.note).toContain("time runs down");
  });

  it("with soft greys are resized and split by Otsu's threshold", () => {
    const rgba = new Uint8ClampedArray(4 * 40 * 20).fill(255);
    for (let i = 0; i < 800; i++) rgba.fill(40 + 9 * (i % 20), 4 * i, 4 * i + 3);
    const { picture } = pictureOf(
      automata.fromUpload({ kind: "image", name: "soft.png", width: 40, height: 20, rgba }, options),
    );
    expect([picture.height, picture.width]).toEqual([8, 8]);
    expect(picture.note).toMatch(/Resized to .* split at grey \d+; time runs \w+ in the file/);
  });

  it.each([
    ["too small", image(square.slice(0, 6), 1), /8 by 6 pixels, which is too small; this run needs at least 8 by 8/],
    ["too few cells", image(square.slice(0, 6), 9), /8 by 6 cells, which is too small/],
    [
      "one colour",
      image(
        square.map(() => "00000000"),
        2,
      ),
      /all one colour/,
    ],
    ["unreadable", { kind: "image", name: "bad.png", width: 4, height: 4, rgba: new Uint8Array(3) }, /cannot be read/],
    ["nothing", { kind: "image", name: "no.png", width: 0, height: 0, rgba: new Uint8Array() }, /cannot be read/],
    [
      "too large",
      { kind: "image", name: "big.png", width: 20_000, height: 1, rgba: new Uint8Array(80_000) },
      /20000 by 1 pixels, which is too large; at most 10000/,
    ],
  ] as [string, RawInput, RegExp][])("that are %s are refused with a sentence", (_, input, message) => {
    expect(problemsOf(automata.fromUpload(input, options)).map((problem) => problem.message)).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it("under impossible options are refused, not thrown", () => {
    const result = automata.fromUpload(image(square, 1), { ...options, dataset: "nothing" });
    expect(problemsOf(result)[0]?.message).toContain('dataset is "nothing"');
  });
});

describe("a person's picture in a run", () => {
  it("is the last training picture, with its own boundary and no known rule", async () => {
    const small = { images: 5, height: 8, width: 8 };
    const result = automata.fromUpload(text(JSON.stringify(square)), automataOptions(small));
    if (!result.ok) throw new Error("refused");
    const instance = await buildAutomata(small, { userData: result.userData });
    expect(instance.facts).toMatchObject({ numTrain: 6, userRow: 5 });
    expect(instance.facts.data).toMatchObject({ isKnown: Uint8Array.of(1, 1, 1, 1, 1, 0) });
    expect([...instance.train.isWrapped]).toEqual([1, 1, 1, 1, 1, 0]);
    expect(instance.describeObservation(firstRows(instance, 6), 5)).toMatchObject({ rows: square, boundary: "zero" });
    const plain = await buildAutomata(small);
    expect(plain.train.pixels).toEqual(instance.train.pixels.subarray(0, plain.train.pixels.length));
    instance.dispose();
    plain.dispose();
  });

  it("of another size or shape is refused when the run is built", async () => {
    const result = automata.fromUpload(text(JSON.stringify(square)), options);
    if (!result.ok) throw new Error("refused");
    await expect(buildAutomata({}, { userData: result.userData })).rejects.toThrow(/cut to 8 by 8 cells.*16 by 16/);
    const broken = { name: "mine", payload: { pictures: [{ height: 16, width: 16, pixels: [2], boundary: "zero" }] } };
    await expect(buildAutomata({}, { userData: broken })).rejects.toThrow(/not 0 and 1/);
    await expect(buildAutomata({}, { userData: { name: "mine", payload: 3 } })).rejects.toThrow(/no pictures/);
  });
});
