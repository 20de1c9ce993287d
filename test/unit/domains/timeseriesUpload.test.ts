// A person's numbers -> 128 standardised points: every layout is read, every bad cell is named with row and column, and
// what was done is said in words.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromUpload } from "../../../src/domains/timeseries/upload/fromUpload";
import { type SeriesPayload, userDataOf, userSeries } from "../../../src/domains/timeseries/upload/ownSeries";

function upload(text: string, name = "", column?: string) {
  return fromUpload({ kind: "text", name, text, ...(column === undefined ? {} : { column }) });
}

function good(text: string, name = "", column?: string): SeriesPayload & { notes: readonly string[] } {
  const result = upload(text, name, column);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { ...userSeries(result.userData), notes: result.notes ?? [] };
}

function problems(text: string, name = "") {
  const result = upload(text, name);
  if (result.ok) throw new Error(`accepted: ${result.notes?.join(" ")}`);
  return result;
}

/** The values of a series turned back into a person's own units. */
function own({ series }: SeriesPayload, index = 0): readonly number[] {
  const { values, scale } = series[index]!;
  return values.map((value) => scale.mean + scale.deviation * value);
}

const wave = (count: number, at = 0) =>
  Array.from({ length: count }, (_, i) => Math.round(1e4 * Math.sin(0.3 * (i + at))) / 100);
const VALUES = wave(140);
const lines = (rows: readonly (readonly (string | number)[])[], separator = ",") =>
  rows.map((row) => row.join(separator)).join("\n");

describe("layouts", () => {
  const comma = VALUES.map((value) => String(value).replace(".", ","));
  it.each([
    ["one column", VALUES.join("\n"), ""],
    ["one line with commas", VALUES.join(","), "a.csv"],
    ["one line with commas and spaces", VALUES.join(", "), ""],
    ["one line with a comma at its end", `${VALUES.join(",")},\n`, ""],
    ["one line with spaces", VALUES.join(" "), ""],
    ["one line with tabs", VALUES.join("\t"), ""],
    ["one line with semicolons and decimal commas", comma.join(";"), ""],
    ["one line with spaces and decimal commas", comma.join(" "), ""],
    ["one column with decimal commas", comma.join("\n"), "a.csv"],
    ["one column under a heading", `price\n${VALUES.join("\n")}`, "a.csv"],
    ["one line behind a name", `price,${VALUES.join(",")}`, "a.csv"],
    ["Windows line ends and a byte order mark", `\uFEFF${VALUES.join("\r\n")}\r\n\r\n`, ""],
    ["comments above", `# made by hand\n# on a Monday\n${VALUES.join("\n")}`, ""],
    ["every second line blank", VALUES.join("\n\n"), ""],
    ["quoted cells", VALUES.map((value) => `"${value}"`).join("\n"), "a.csv"],
    ["a list of JSON", JSON.stringify(VALUES), "a.json"],
    ["an object of JSON lists", JSON.stringify({ price: VALUES }), ""],
    ["JSON lines", VALUES.map((price) => JSON.stringify({ price })).join("\n"), ""],
    ["a table with a column of words", lines(VALUES.map((value, i) => [i % 2 ? "shop" : "mill", value])), "a.csv"],
    ["a table with rows counted", lines(VALUES.map((value, i) => [i, value])), ""],
    [
      "tabs and a heading",
      `t\tv\n${lines(
        VALUES.map((value, i) => [i, value]),
        "\t",
      )}`,
      "",
    ],
    ["typographic minus signs", VALUES.map((value) => String(value).replace("-", "\u2212")).join("\n"), ""],
    ["exponents", VALUES.map((value) => value.toExponential()).join("\n"), ""],
  ])("reads %s", (_, text, name) => {
    const read = good(text, name);
    expect(read.series).toHaveLength(1);
    const { values, scale } = read.series[0]!;
    // 140 values: 4 in 5 are learned from, the rest is kept back.
    expect(read.notes.join(" ")).toContain("The first 112 of 140 values are learned from, read off straight lines");
    expect(own(read)[0]).toBeCloseTo(VALUES[0]!, 9);
    expect(own(read)[127]).toBeCloseTo(VALUES[111]!, 9);
    expect(scale.future.length).toBe(32); // 28 rows of 111/127 of a row each
    expect(mean(values)).toBeCloseTo(0, 12);
    expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 12);
  });

  it("makes every column a series, and every line where lines are longer", () => {
    const columns = lines(
      Array.from({ length: 40 }, (_, i) => [wave(40)[i]!, wave(40, 9)[i]!, wave(40, 5)[i]!]),
      ";",
    );
    expect(good(`a;b;c\n${columns}`).series.map(({ scale }) => scale.name)).toEqual(["a", "b", "c"]);
    const across = good(lines([wave(40), wave(40, 9)]));
    expect(across.series.map(({ scale }) => scale.name)).toEqual(["line 1", "line 2"]);
    expect(own(across, 1)[0]).toBeCloseTo(wave(1, 9)[0]!, 9);
  });

  it("takes one column by heading or number", () => {
    const text = `t,a,b\n${lines(Array.from({ length: 40 }, (_, i) => [i, wave(40)[i]!, wave(40, 9)[i]!]))}`;
    expect(good(text, "", "b").series[0]?.scale.name).toBe("b");
    expect(good(text, "", "2").series[0]?.scale.name).toBe("a");
    expect(upload(text, "", "t")).toMatchObject({
      problems: [{ message: 'Column "t" holds the times; allowed: 2 (a), 3 (b).' }],
    });
    expect(upload(text, "", "z")).toMatchObject({
      problems: [{ message: 'There is no column "z"; allowed: 2 (a), 3 (b).' }],
    });
  });

  it("uses at most twelve series and says so", () => {
    const row = (i: number) => Array.from({ length: 15 }, (_, c) => wave(30, c)[i]!);
    const read = good(lines(Array.from({ length: 30 }, (_, i) => row(i))));
    expect(read.series).toHaveLength(12);
    expect(read.notes.join(" ")).toContain("There are 15 series; the first 12 are used");
  });
});

describe("numbers", () => {
  const thousand = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const big = Array.from({ length: 40 }, (_, i) => 900 + 150 * (i % 7));
  it("reads thousands set apart where that is the only way", () => {
    expect(own(good(`v\n${big.map((value) => `"${thousand(value)}.5"`).join("\n")}`, "a.csv"))[0]).toBeCloseTo(
      900.5,
      9,
    );
    const many = big.map((value) => thousand(1000 * value)).join("\n");
    expect(own(good(many))[0]).toBeCloseTo(900_000, 6);
    expect(own(good(big.map((value) => `${thousand(1000 * value).replace(/,/g, ".")},5`).join("\n")))[0]).toBeCloseTo(
      900_000.5,
      6,
    );
    expect(own(good(big.map((value) => thousand(1000 * value).replace(/,/g, "'")).join("\n")))[0]).toBeCloseTo(
      900_000,
      6,
    );
  });

  it("asks where commas can be either", () => {
    const text = `v\n${big.map((value) => thousand(value + 1000)).join("\n")}`;
    expect(problems(text, "a.txt")).toMatchObject({
      problems: [
        {
          row: 2,
          column: 1,
          message: expect.stringContaining('"1,900" can be a decimal number or one with thousands'),
        },
        {},
      ],
    });
  });

  it("bridges gaps by straight lines and says how many", () => {
    const cells = ["", "NA", ...wave(30).map(String)];
    for (const [i, gap] of ["", "n/a", "null", "-"].entries()) cells[10 + 3 * i] = gap;
    const read = good(`a,b\n${cells.map((cell, i) => `${cell},${i * i}`).join("\n")}`, "", "a");
    expect(read.notes).toContain("4 gaps are bridged by a straight line.");
    const { scale } = read.series[0]!;
    expect(scale.first).toBe(3);
    // Row 11 is a gap: the line from row 10 to row 12 holds there, and at the points of the grid beside it.
    const [low, high] = [Number(cells[9]), Number(cells[11])];
    const near = Math.floor((11 - scale.first) / scale.step);
    for (const index of [near, near + 1]) {
      const row = scale.first + scale.step * index;
      expect(own(read)[index]).toBeCloseTo(low + ((row - 10) / 2) * (high - low), 9);
    }
  });
});

describe("bad input", () => {
  it("names each bad cell with row and column, and offers the rest", () => {
    const cells = VALUES.map(String);
    cells[4] = "twelve";
    cells[7] = "NaN";
    cells[9] = "-Infinity";
    cells[11] = "5 kg";
    cells[13] = "1e99";
    const result = problems(`price\n${cells.join("\n")}`, "a.csv");
    expect(result.problems).toEqual([
      { row: 6, column: 1, message: '"twelve" is not a number.' },
      { row: 9, column: 1, message: '"NaN" is not a number; leave the cell empty or write NA for a gap.' },
      { row: 11, column: 1, message: '"-Infinity" is infinite; only finite numbers are allowed.' },
      { row: 13, column: 1, message: '"5 kg" has a unit; only the number is allowed.' },
      { row: 15, column: 1, message: '"1e99" is too large; at most 1e+30 is allowed.' },
    ]);
    expect(result.rest?.name).toBe("the other 135 values");
    expect(userSeries(result.rest!.userData).series).toHaveLength(1);
  });

  it("names cells by row and column where series stand in lines", () => {
    const cells = VALUES.map(String);
    cells[4] = "x";
    expect(problems(cells.join(",")).problems).toEqual([{ row: 1, column: 5, message: '"x" is not a number.' }]);
  });

  it.each([
    ["a constant series", Array(40).fill(7).join("\n"), "one and the same value, 7, in rows 1 to 40 of column 1"],
    [
      "a constant beginning",
      [...Array(130).fill(7), ...wave(40)].join("\n"),
      "The first 128 of 170 values have one and the same value",
    ],
    ["a short series", wave(15).join("\n"), "Column 1 has 15 usable values; at least 16 are needed."],
    [
      "a long series",
      Array.from({ length: 100_001 }, (_, i) => i % 9).join("\n"),
      "100,001 values; at most 100,000 are allowed",
    ],
    [
      "words",
      "some words\nabout nothing\nat all\n",
      "holds few numbers: 0 of 3 cells; the first other one is in row 1",
    ],
    ["no text", " \n", "There is no text"],
    ["a binary file", "1\n2\u00003", "U+0000"],
    ["broken JSON", "[1, 2", "not valid JSON"],
    ["JSON without numbers", '{"a": 1}', "holds no list of numbers"],
  ])("explains %s", (_, text, message) => {
    expect(
      problems(text)
        .problems.map((each) => each.message)
        .join(" "),
    ).toContain(message);
  });

  it("leaves out a column without numbers only where another has some", () => {
    const both = good(lines(wave(40).map((value, i) => [`shop ${i}`, value])), "a.csv");
    expect(both.notes.join(" ")).toContain("Column 1 holds few numbers: 0 of 40 cells");
  });

  it("lists twenty problems at most and counts the others", () => {
    const cells = VALUES.map((value, i) => (i % 3 === 1 ? "bad" : String(value)));
    const { problems: listed } = problems(`v\n${cells.join("\n")}`);
    expect(listed).toHaveLength(20);
    expect(listed.at(-1)?.message).toBe("28 more cells cannot be used.");
  });

  it("refuses a payload that is none", () => {
    expect(() => userSeries({ name: "x", payload: { series: [] } })).toThrow("it holds no series");
    expect(() => userSeries({ name: "x", payload: { series: [{ values: [1, 2], scale: {} }] } })).toThrow(
      "128 numbers",
    );
    const bad = { values: Array(128).fill(0), scale: { mean: 0, deviation: 0 } };
    expect(() => userSeries({ name: "x", payload: { series: [bad] } })).toThrow("scaled");
  });
});

describe("any text", () => {
  it("never throws, and what it gives is finite, standardised and fits through JSON", () => {
    const cell = fc.oneof(
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String),
      fc.constantFrom("", "NA", "x", "1,5", "2024-01-02"),
      fc.string(),
    );
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          table.map((rows) => lines(rows)),
          table.map((rows) => lines(rows, "\t")),
        ),
        (text) => {
          const result = upload(text);
          if (!result.ok) {
            expect(result.problems.length).toBeGreaterThan(0);
            return;
          }
          const { series, note } = userSeries(JSON.parse(JSON.stringify(result.userData)));
          expect(userDataOf("", series, note).payload).toEqual(result.userData.payload);
          for (const { values } of series) expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 6);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
