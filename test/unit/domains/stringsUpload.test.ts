// A person's own columns: what is read, how it is decided, and what a run gets of it.

import { describe, expect, it } from "vitest";
import { fromUpload } from "../../../src/domains/strings/upload/fromUpload";
import { readTable } from "../../../src/domains/strings/upload/readTable";
import { tableOf, upload } from "../../helpers/stringsUpload";

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
    [
      "thousands in a file without quotation marks",
      "m.csv",
      "$4,050\n$4,000\n$1,340",
      "lines",
      [["$4,050", "$4,000", "$1,340"]],
    ],
    ["rows of different length in a .csv file", "m.csv", "a,b,c\nd\ne,f", "lines", [["a,b,c", "d", "e,f"]]],
    [
      "an empty last column",
      "m.csv",
      "a1,5,\nb2,6,",
      "comma",
      [
        ["a1", "b2"],
        ["5", "6"],
      ],
    ],
    ["JSON lines", "x.jsonl", '{"id": "a1"}\n{"id": "b2"}\n', "json", [["a1", "b2"]]],
    [
      "dreams of the terminal",
      "",
      '{"v":1,"kind":"sample","observation":{"name":"","strings":["a1"]}}\n{"observation":{"strings":["b2"]}}',
      "json",
      [["a1"], ["b2"]],
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
    ["a heading of one letter among others", "year,n\n2001,1\n2002,2", "x.csv", true],
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
    const commas = readTable(",,\n,,\n", "x.csv", { layout: "comma", header: "no" });
    expect(commas).toMatchObject({ ok: false, message: /no text in any column/ });
    expect(readTable(" \n \n", "")).toMatchObject({ ok: false, message: /no text/ });
    const table = tableOf('5" pipe,a1\n"open,b2\n7" pipe,c3', "x.csv", { header: "no" });
    expect(table.notices).toEqual([expect.stringMatching(/Row 2 opens a quotation mark that never closes/)]);
    expect(table.columns[0]?.cells).toEqual(['5" pipe', '"open', '7" pipe']);
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
