// Large and strange files of a person: no exception, no hang, a reason for every rejected cell.

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { prepareTable, UPLOAD_DEFAULTS } from "../../../src/domains/strings/upload/fromUpload";
import { readJsonColumns } from "../../../src/domains/strings/upload/jsonColumns";
import { readTable } from "../../../src/domains/strings/upload/readTable";
import { notesOf } from "../../../src/domains/strings/upload/report";
import { LIMITS } from "../../../src/domains/strings/upload/table";
import { tableOf, upload } from "../../helpers/stringsUpload";

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

  it("reads records that all have keys of their own: no row of cells for every key", () => {
    const records = Array.from({ length: 3000 }, (_, i) => ({ [`k${i}`]: `v${i}`, code: `A-${i}` }));
    const read = readJsonColumns(JSON.stringify(records));
    if (!read.ok) throw new Error(read.message);
    expect(read.columns).toHaveLength(3001);
    const cells = read.columns.reduce((sum, { cells: own }) => sum + own.length, 0);
    expect(cells).toBeLessThanOrEqual(LIMITS.columns * records.length);
    const table = tableOf(JSON.stringify(records));
    expect(table.columns[1]).toMatchObject({ name: "code", cells: records.map(({ code }) => code) });
    expect(table.notices[0]).toMatch(/There are 3,001 columns; the first 200 are used/);
    const before = process.cpuUsage();
    expect(upload(JSON.stringify(Array.from({ length: 60_000 }, (_, i) => ({ [`k${i}`]: "x" }))))).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringMatching(/cells, which is too much/) }],
    });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  it("says that JSON breaks off without reading every line by itself", () => {
    const parse = vi.spyOn(JSON, "parse");
    const text = `[\n${'"a",\n'.repeat(1000)}`;
    expect(readTable(text, "x.json")).toMatchObject({ ok: false, message: expect.stringMatching(/not valid JSON/) });
    expect(parse.mock.calls.length).toBeLessThan(5);
    parse.mockRestore();
  });

  it("states the limits when the text or the table is too large", () => {
    const message = /Up to 5 MB of text, 200 columns, 50,000 rows and 1,000,000 cells are read/;
    expect(readTable("x".repeat(LIMITS.bytes + 1), "")).toMatchObject({ ok: false, message });
    expect(readTable(`${"a,".repeat(199)}a\n`.repeat(6000), "x.csv")).toMatchObject({ ok: false, message });
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
