// Cells of a person's own columns: what is dropped and why, and which are learned from.

import { describe, expect, it } from "vitest";
import { prepareTable, UPLOAD_DEFAULTS } from "../../../src/domains/strings/upload/fromUpload";
import { notesOf, shortened, summaryOf, symbolName } from "../../../src/domains/strings/upload/report";
import type { Table } from "../../../src/domains/strings/upload/table";
import { conceptOf } from "../../../src/domains/strings/upload/toConcept";
import { columnOf, tableOf } from "../../helpers/stringsUpload";

describe("cleaning", () => {
  it("gives every cell a verdict and every dropped cell a reason in words", () => {
    const cells = [
      " INV-1 ",
      "INV\u20132",
      "",
      "INV-1",
      "x".repeat(25),
      "caf\u00E9",
      "\u201Cok\u201D",
      "INV-3\u00A0",
      "e\u0301",
    ];
    const column = columnOf(cells);
    expect(column.usable).toEqual(["INV-1", "INV-2", '"ok"', "INV-3"]);
    const notes = notesOf(column, 2, ["empty", "duplicate", "long", "outside"]);
    expect(notes.map(({ row, verdict, reason }) => [row, verdict, reason])).toEqual([
      [4, "empty", "is empty"],
      [5, "duplicate", "is the same as in row 2"],
      [6, "long", "has 25 symbols; at most 24 are allowed"],
      [7, "outside", 'has "é" (U+00E9), which is none of the 96 symbols that programs write'],
      [10, "outside", 'has "é" (U+00E9), which is none of the 96 symbols that programs write'],
    ]);
    expect(summaryOf(column)).toBe(
      "4 distinct usable cells of 9: 1 duplicate, 1 empty, 1 longer than 24 symbols, 2 with a symbol that programs do not write.",
    );
    expect(notesOf(column, 1, ["changed"]).map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'is used as "INV-1"'],
      [2, 'is used as "INV-2"'],
      [7, 'is used as ""ok""'],
      [8, 'is used as "INV-3"'],
    ]);
  });

  it("keeps outer spaces and typographic marks when the switches are off", () => {
    expect(columnOf([" a ", "b"], { trims: false }).usable).toEqual([" a ", "b"]);
    const typographic = columnOf(["a\u2013b"], { plainMarks: false });
    expect(notesOf(typographic, 1, ["outside"])[0]?.reason).toMatch(/has "\u2013" \(U\+2013\)/);
  });

  it("keeps 24 symbols and tabs inside, drops 25", () => {
    expect(columnOf(["x".repeat(24), "a\tb"]).usable).toEqual(["x".repeat(24), "a\tb"]);
    expect(columnOf(["x".repeat(25)]).counts.long).toBe(1);
  });

  it.each([
    ["numbers", ["1", "2.5", "3", "1,200", "-5"]],
    ["words", ["elephant", "giraffe", "antelope", "cat", "panther"]],
    ["names", ["Anna", "Bert", "Clara Smith", "Doris", "Emil"]],
  ])("leaves out a column of %s only when the paper's filters are on", (kind, cells) => {
    const table: Table = { ...tableOf("a\nb"), columns: [{ name: "c", number: 1, cells }] };
    const [off] = prepareTable(table, UPLOAD_DEFAULTS);
    const [on] = prepareTable(table, { ...UPLOAD_DEFAULTS, paperFilters: true });
    expect(off?.concept).not.toBeNull();
    expect(on).toMatchObject({
      concept: null,
      why: `Column "c" holds ${kind} only, which the paper's filters leave out.`,
    });
  });

  it("names what cannot be seen by its code point", () => {
    expect(["a\nb", "a\u0007", "\uD800", "\u4E2D", "😀"].map(symbolName)).toEqual([
      "a line break (U+000A)",
      "an invisible symbol (U+0007)",
      "an invisible symbol (U+D800)",
      '"中" (U+4E2D)',
      '"😀" (U+1F600)',
    ]);
    expect(shortened(`a\u0000${"b".repeat(10_000)}`)).toBe(`a\uFFFD${"b".repeat(21)}…`);
  });
});

describe("concepts of columns", () => {
  const cells = Array.from({ length: 40 }, (_, i) => `INV-${i}`);

  it("learn from five and hold out five, drawn with the seed, without overlap", () => {
    const column = columnOf(cells);
    const concept = conceptOf(column, 1);
    expect([concept.strings.length, concept.heldOut.length]).toEqual([5, 5]);
    expect(new Set([...concept.strings, ...concept.heldOut]).size).toBe(10);
    expect(conceptOf(column, 1)).toEqual(concept);
    expect(conceptOf(column, 2)).not.toEqual(concept);
  });

  it("learn from all of five in their order, and hold out what is left of seven", () => {
    expect(conceptOf(columnOf(cells.slice(0, 5)), 9)).toMatchObject({ strings: cells.slice(0, 5), heldOut: [] });
    expect(conceptOf(columnOf(cells.slice(0, 7)), 9).heldOut.length).toBe(2);
  });
});
