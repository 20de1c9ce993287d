// The text of scenes: as seen from the front, parsed back, and what is said about text that is no scene.

import { describe, expect, it } from "vitest";
import { parseProgram } from "../../../src/domains/blocks/parse";
import { printProgram, typeName } from "../../../src/domains/blocks/print";
import { distinctPrograms, sampleProgram } from "../../../src/domains/blocks/prior";
import { countBlocks, gridSideOf, heightOf, placesOf } from "../../../src/domains/blocks/program";
import { Rng } from "../../../src/engine/rng/rng";

const rng = new Rng(1).fork("programs");

describe.each([
  [1, 5],
  [2, 5],
  [2, 20],
  [3, 2],
])("a grid of side %i with %i types", (gridSide, numTypes) => {
  const options = { grid: gridSide, types: numTypes };

  it("prints and parses back every program", () => {
    const program = new Int32Array(placesOf(gridSide));
    for (let n = 0; n < 300; n++) {
      sampleProgram(program, 0, gridSide, numTypes, rng);
      const parsed = parseProgram(printProgram(program), options);
      expect(parsed).toEqual({ ok: true, program });
    }
  });

  it("prints different programs differently", () => {
    const programs = distinctPrograms(20, gridSide, numTypes, rng);
    const places = placesOf(gridSide);
    const count = programs.length / places;
    const texts = Array.from({ length: count }, (_, i) =>
      printProgram(programs.subarray(i * places, (i + 1) * places)),
    );
    expect(new Set(texts).size).toBe(count);
  });
});

it("prints what the front camera sees: the nearest row first, the highest column on the left", () => {
  const program = Int32Array.of(
    ...[0, 0, 0], // front, column 0: right in the picture
    ...[3, 2, 0], // front, column 1: left in the picture
    ...[1, 2, 3], // back right
    ...[1, 0, 0], // back left
  );
  expect(printProgram(program)).toBe("CB - / A ABC");
  expect(gridSideOf(program)).toBe(2);
  expect(countBlocks(program, 2)).toBe(6);
  expect([0, 3, 6, 9].map((from) => heightOf(program, from))).toEqual([0, 2, 3, 1]);
});

it("names types by letters", () => {
  expect([0, 4, 19].map(typeName)).toEqual(["A", "E", "T"]);
});

it("reads small letters, rows on lines of their own and other signs for empty cells", () => {
  const wanted = parseProgram("CB - / A ABC");
  for (const text of ["cb - / a abc", "CB .\nA ABC", "  CB   0/A ABC ", "CB -\n / A ABC", "CB -\r\nA ABC\r\n"]) {
    expect(parseProgram(text), text).toEqual(wanted);
  }
});

const TYPES = "is no type: allowed are A to E bottom to top, or - for an empty cell.";
const CELLS = "allowed: 2, from the picture's left to its right, with spaces between them.";

it.each([
  ["", 2, "The scene is empty; write - for a cell without blocks."],
  ["A B", 2, "The scene has 1 row of cells; allowed: 2, front to back, with / between them."],
  ["A / B", 1, "The scene has 2 rows of cells; allowed: 1, a single tower."],
  ["A B C / - -", 2, `Row 1 has 3 cells; ${CELLS}`],
  ["A B /", 2, `Row 2 has 0 cells; ${CELLS}`],
  ["A B / - aXz", 2, `Row 2, cell 2 is "aXz"; its character 2, "X", ${TYPES}`],
  ["A- - / - -", 2, `Row 1, cell 1 is "A-"; its character 2, "-", ${TYPES}`],
  ["ABCA", 1, 'Row 1, cell 1 is "ABCA"; it has 4 blocks, at most 3 stand on one another.'],
  ["ß", 1, `Row 1, cell 1 is "ß"; its character 1, "ß", ${TYPES}`],
])("says what is wrong with %j", (text, grid, message) => {
  expect(parseProgram(text, { grid, types: 5 })).toEqual({ ok: false, message });
});

it("never throws, whatever is typed", () => {
  const signs = Array.from("AbE- ./\n0\t9é🙂");
  for (let n = 0; n < 2000; n++) {
    const text = Array.from({ length: rng.int(14) }, () => signs[rng.int(signs.length)]!).join("");
    const parsed = parseProgram(text, { grid: 1 + rng.int(3), types: 5 });
    if (!parsed.ok) expect(parsed.message).toMatch(/^[A-Z].*\.$/s);
    else expect(parseProgram(printProgram(parsed.program), { grid: gridSideOf(parsed.program) })).toEqual(parsed);
  }
});
