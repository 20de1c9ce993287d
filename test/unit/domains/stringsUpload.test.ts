// A person's own columns: what is read, how it is decided, what is dropped and why. Nothing throws, everything is said.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLEAN_DEFAULTS, type CleanSettings, cleanColumn } from "../../../src/domains/strings/upload/clean";
import { fromUpload, prepareTable, UPLOAD_DEFAULTS } from "../../../src/domains/strings/upload/fromUpload";
import { readTable } from "../../../src/domains/strings/upload/readTable";
import { notesOf, shortened, summaryOf, symbolName } from "../../../src/domains/strings/upload/report";
import { LIMITS, READ_DEFAULTS, type ReadSettings, type Table } from "../../../src/domains/strings/upload/table";
import { conceptOf } from "../../../src/domains/strings/upload/toConcept";

function tableOf(text: string, name = "", settings: Partial<ReadSettings> = {}): Table {
  const read = readTable(text, name, { ...READ_DEFAULTS, ...settings });
  if (!read.ok) throw new Error(read.message);
  return read.table;
}

function columnOf(cells: readonly string[], settings: Partial<CleanSettings> = {}) {
  return cleanColumn({ name: "code", number: 1, cells }, { ...CLEAN_DEFAULTS, ...settings });
}

const upload = (text: string, name = "x.csv", column?: string) =>
  fromUpload({ kind: "text", name, text, ...(column === undefined ? {} : { column }) });

describe("reading", () => {
  it.each([
    [
      "plain lines",
      "",
      "$4,050\n$4,000\n$340\n$102\n$1,200",
      "lines",
      [["$4,050", "$4,000", "$340", "$102", "$1,200"]],
    ],
    [
      "dates with a comma",
      "",
      "Jul 10, 2012\nNov 16, 2004\nNov 1, 2000",
      "lines",
      [["Jul 10, 2012", "Nov 16, 2004", "Nov 1, 2000"]],
    ],
    ["lists of letters", "", "B,J,U\nB,D,E\nA\nA,B,J,U\nB,E", "lines", [["B,J,U", "B,D,E", "A", "A,B,J,U", "B,E"]]],
    [
      "CSV",
      "a.csv",
      "a1,10%\nb2,7%\nc3,1%",
      "comma",
      [
        ["a1", "b2", "c3"],
        ["10%", "7%", "1%"],
      ],
    ],
    [
      "TSV, CRLF",
      "",
      "a1\t10%\r\nb2\t7%\r\n",
      "tab",
      [
        ["a1", "b2"],
        ["10%", "7%"],
      ],
    ],
    [
      "semicolons, byte-order mark",
      "",
      "\uFEFFa1;1,5\nb2;2,5",
      "semicolon",
      [
        ["a1", "b2"],
        ["1,5", "2,5"],
      ],
    ],
    [
      "quoted fields",
      "",
      '"1,5","a ""b"""\n"2,5","c"',
      "comma",
      [
        ["1,5", "2,5"],
        ['a "b"', "c"],
      ],
    ],
    ["one quoted column", "", '"$4,050"\n"$340"\n"$1,200"', "comma", [["$4,050", "$340", "$1,200"]]],
    ["old line ends", "", "a1\rb2\rc3", "lines", [["a1", "b2", "c3"]]],
    ["a JSON list", "", '["a1", 5, null, {"x":1}]', "json", [["a1", "5", "", '{"x":1}']]],
    ["JSON lists", "x.json", '{"id": ["a1"], "n": [1, 2]}', "json", [["a1"], ["1", "2"]]],
    [
      "JSON records",
      "",
      '[{"id": "a1"}, {"id": "b2", "n": 3}]',
      "json",
      [
        ["a1", "b2"],
        ["", "3"],
      ],
    ],
    ["a concept of the lab", "", '{"name": "ids", "strings": ["a1"], "heldOut": ["b2"]}', "json", [["a1", "b2"]]],
  ])("takes %s", (_what, name, text, layout, columns) => {
    const table = tableOf(text, name, { header: "no" });
    expect(table.layout).toBe(layout);
    expect(table.columns.map(({ cells }) => cells)).toEqual(columns);
    expect(table.decisions.every((sentence) => /^[A-Z"].*\.$/.test(sentence))).toBe(true);
  });

  it("reads in another layout when asked to, the same text", () => {
    const text = "B,J\nB,D\nA,C";
    expect(tableOf(text).columns.length).toBe(2);
    expect(tableOf(text, "", { layout: "lines" }).columns.map(({ cells }) => cells)).toEqual([["B,J", "B,D", "A,C"]]);
    expect(tableOf('["a"]', "", { layout: "lines" }).columns[0]?.cells).toEqual(['["a"]']);
  });

  it.each([
    ["a heading over codes", "sku,price\nA-1,$5\nA-2,$17", "x.csv", true],
    ["a heading over words, other shape", "Colour\nred\nblue", "x.csv", true],
    ["no heading: the first row is like the others", "A-7,$1\nA-1,$5\nA-2,$17", "x.csv", false],
    ["a heading over codes, one of which is a word", "sku\nA-1\nA-2\nA-3\nA-4\nA-5\nA-6\nlost", "x.csv", true],
    ["a label over pasted codes", "invoice\nINV-1\nINV-2\nINV-31", "", true],
    ["pasted categories, the first of which is odd", "F3\nM\nMB\nMC", "", false],
    ["pasted words", "indus\nmidwous\nmidwus", "", false],
    ["a single letter over lists of letters", "A\nB,D,E\nA,B,J,U\nB,E", "", false],
    ["a value that occurs again", "none\n5 kg\nnone\n6 kg", "", false],
  ])("decides about a heading: %s", (_what, text, name, hasHeader) => {
    const table = tableOf(text, name);
    expect([table.hasHeader, table.firstRow]).toEqual([hasHeader, hasHeader ? 2 : 1]);
    const other = tableOf(text, name, { header: hasHeader ? "no" : "yes" });
    expect(other.hasHeader).toBe(!hasHeader);
  });

  it("says what is wrong with JSON, with an open quotation mark, and with nothing at all", () => {
    expect(readTable('{"a": [', "x.json")).toMatchObject({ ok: false, message: /not valid JSON/ });
    expect(readTable('{"a": 5}', "x.json")).toMatchObject({ ok: false, message: /no list of texts; allowed/ });
    expect(readTable(" \n \n", "")).toMatchObject({ ok: false, message: /no text/ });
    const table = tableOf('5" pipe,a1\n"open,b2\n7" pipe,c3', "x.csv", { header: "no" });
    expect(table.notices).toEqual([expect.stringMatching(/Row 2 opens a quotation mark that never closes/)]);
    expect(table.columns[0]?.cells).toEqual(['5" pipe', '"open', '7" pipe']);
  });
});

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
    expect(columnOf(["a\u2013b"], { plainMarks: false }).counts.outside).toBe(1);
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

describe("fromUpload", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => `A-${i},note ${i % 3}`).join("\n");

  it("gives a concept for every usable column and says which are left out", () => {
    const result = upload(`sku,kind\n${rows(8)}`);
    expect(result).toMatchObject({ ok: true, numObservations: 1 });
    if (!result.ok) return;
    expect(result.notes).toEqual([
      'Column "kind" has 3 distinct usable cells of 8: 5 duplicate; at least 5 are needed. For example row 5 is the same as in row 2; row 6 is the same as in row 3; row 7 is the same as in row 4.',
    ]);
    expect(result.userData.payload).toMatchObject({ kind: "strings", concepts: [{ name: "sku", pattern: null }] });
  });

  it("names row, column and value of bad cells and offers the rest", () => {
    const result = upload(`sku\nA-1\nA-2\nA-\u00FC\nA-4\nA-5\nA-6\n${"x".repeat(300)}`);
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { row: 4, column: 1, message: '"A-ü" has "ü" (U+00FC), which is none of the 96 symbols that programs write.' },
        { row: 8, column: 1, message: `"${"x".repeat(23)}…" has over 192 symbols; at most 24 are allowed.` },
      ],
      rest: { numObservations: 1, name: "the other 5 cells" },
    });
  });

  it("takes one column by name or number, and lists the columns otherwise", () => {
    const text = "sku,price\nA-1,$5\nA-2,$6\nA-3,$7\nA-4,$8\nA-5,$9";
    for (const wanted of ["price", "2"]) {
      const result = upload(text, "x.csv", wanted);
      expect(result.ok && result.userData.payload).toMatchObject({
        concepts: [{ name: "price", strings: ["$5", "$6", "$7", "$8", "$9"] }],
      });
    }
    expect(upload(text, "x.csv", "weight")).toMatchObject({
      ok: false,
      problems: [{ message: 'There is no column "weight"; allowed: 1 (sku), 2 (price).' }],
    });
  });

  it("sums up many bad cells", () => {
    const result = upload(`${rows(9)}\n${Array.from({ length: 50 }, (_, i) => `\u4E2D${i},x`).join("\n")}`);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problems.length).toBe(20);
    expect(result.problems.at(-1)?.message).toBe("31 more cells are too long or have such symbols.");
  });

  it("refuses pictures and short lists in one sentence", () => {
    const picture = fromUpload({ kind: "image", name: "x.png", width: 1, height: 1, rgba: new Uint8Array(4) });
    expect(picture).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/one string a line/) }] });
    expect(upload("a1\nb2\nc3", "")).toMatchObject({
      ok: false,
      problems: [{ message: "The text has 3 distinct usable cells of 3; at least 5 are needed." }],
    });
  });
});

describe("large and strange input", () => {
  it("reads 10,000 rows, cells of 10 kB and 1,000 columns within a few seconds of processor time", () => {
    const before = process.cpuUsage();
    const tall = upload(Array.from({ length: 10_000 }, (_, i) => `ID-${i};${i % 7};x${i}`).join("\n"));
    expect(tall).toMatchObject({ ok: true, numObservations: 3 });
    const huge = upload(
      Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? `k${i}` : "\u00E9".repeat(10_000))).join("\n"),
    );
    expect(huge).toMatchObject({ ok: false, rest: { name: "the other 200 cells" } });
    const wide = upload(
      Array.from({ length: 20 }, (_, r) => Array.from({ length: 1000 }, (_, c) => `r${r}c${c}`).join(",")).join("\n"),
    );
    expect(wide).toMatchObject({ ok: true, numObservations: LIMITS.columns });
    expect(wide.ok && wide.notes?.[0]).toMatch(/There are 1,000 columns; the first 200 are used/);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  it("states the limits when the text or the table is too large", () => {
    const message = /Up to 5 MB of text, 200 columns, 50,000 rows and 1,000,000 cells are read/;
    expect(readTable("x".repeat(LIMITS.bytes + 1), "")).toMatchObject({ ok: false, message });
    expect(readTable(`a${",".repeat(199)}\n`.repeat(6000), "x.csv")).toMatchObject({ ok: false, message });
    expect(tableOf("a\n".repeat(60_000), "", { header: "no" }).notices[0]).toMatch(message);
  });

  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      ",",
      ";",
      "\t",
      '"',
      '""',
      "\n",
      "\r\n",
      "\r",
      "\uFEFF",
      "\u0000",
      "\uD83D",
      "\uDE00",
      "e\u0301",
      "\u00A0",
      "[",
      '{"a":',
      "]",
    ),
    fc.string({ maxLength: 6 }),
  );

  it("never throws, whatever the text, and accounts for every cell", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.constantFrom("", "x.csv", "x.json", "x.tsv"),
        (parts, name) => {
          const text = parts.join("");
          const read = readTable(text, name);
          if (!read.ok) expect(read.message).toMatch(/\.$/);
          else for (const each of prepareTable(read.table, UPLOAD_DEFAULTS)) checkColumn(each, read.table.firstRow);
          const result = upload(text, name);
          if (!result.ok) expect(result.problems.every(({ message }) => message.length < 400)).toBe(true);
        },
      ),
      { numRuns: 400, seed: 4 },
    );
  });

  function checkColumn({ column, concept, why }: ReturnType<typeof prepareTable>[number], firstRow: number): void {
    const all = notesOf(column, firstRow, ["kept", "changed", "empty", "duplicate", "long", "outside"]);
    expect(all.length).toBe(column.source.cells.length);
    for (const note of all) expect(note.reason).toMatch(/^(is|has) /);
    expect(column.usable.filter((cell) => !/^[\t -~]{1,24}$/.test(cell))).toEqual([]);
    expect(new Set(column.usable).size).toBe(column.usable.length);
    expect(concept === null).toBe(why !== null);
    if (concept)
      expect([...concept.strings, ...concept.heldOut].every((cell) => column.usable.includes(cell))).toBe(true);
  }
});
