// People's own points: what is accepted, and what is refused with row and column.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusters } from "../../../src/domains/clusters/index";
import { buildClusters } from "../../helpers/clusters";

const PAIRS = [
  [0, 0.5],
  [1, -2],
  [0.25, 1e-3],
  [3, 4],
  [-1, -1],
  [0, 0],
  [2, 2],
];
const upload = (text: string) => clusters.fromUpload({ kind: "text", name: "own.csv", text }, {});
const rows = (separator: string) => PAIRS.map((pair) => pair.join(separator)).join("\n");
const withRow = (row: number, text: string) =>
  PAIRS.map((pair, i) => (i === row - 1 ? text : pair.join(","))).join("\n");
const problems = (text: string) => {
  const result = upload(text);
  return result.ok ? [] : result.problems;
};

describe("accepted", () => {
  it.each([
    ["commas", rows(",")],
    ["semicolons", rows(";")],
    ["tabs", rows("\t")],
    ["spaces", rows("  ")],
    ["commas and spaces, Windows line ends", rows(", ").replaceAll("\n", "\r\n")],
    ["a heading row and blank lines", `x,y\n\n${rows(",")}\n\n`],
    ["JSON pairs", JSON.stringify(PAIRS)],
    ["JSON under points", JSON.stringify({ points: PAIRS })],
    ["JSON under sets", JSON.stringify({ sets: [PAIRS] })],
  ])("%s", (_, text) => {
    expect(upload(text)).toEqual({
      ok: true,
      userData: { name: "own.csv", payload: { sets: [PAIRS.flat()] } },
      numObservations: 1,
    });
  });

  it("several sets in JSON, which become the last training rows", async () => {
    const result = upload(JSON.stringify([PAIRS, [...PAIRS].reverse()]));
    expect(result.ok && result.numObservations).toBe(2);
    if (!result.ok) return;
    const instance = await buildClusters({}, result.userData);
    expect(instance.facts.numTrain).toBe(102);
    expect(instance.facts.userRow).toBe(100);
    const batch = { observations: instance.train, ids: Int32Array.of(101) };
    expect(instance.describeObservation(batch, 0)).toEqual([...PAIRS].reverse());
  });
});

describe("refused", () => {
  it.each([
    [withRow(3, "1"), { row: 3, message: "Row 3 has 1 value; allowed: exactly 2." }],
    [withRow(3, "1,2,3"), { row: 3, message: "Row 3 has 3 values; allowed: exactly 2." }],
    [
      withRow(4, "1,a"),
      { row: 4, column: 2, message: 'Row 4, column 2 is "a"; allowed: a number from -1000 to 1000.' },
    ],
    [
      withRow(7, "1e9,0"),
      { row: 7, column: 1, message: 'Row 7, column 1 is "1e9"; allowed: a number from -1000 to 1000.' },
    ],
    [`${rows(",")}\n1,1`, { row: 8, message: "There are 8 rows of numbers; allowed: exactly 7." }],
    ["1,2", { row: 1, message: "There is 1 row of numbers; allowed: exactly 7." }],
    ["  ", { message: "The file is empty; allowed: seven rows of two numbers." }],
    [JSON.stringify(PAIRS.slice(1)), { message: "There are 6 points; allowed: exactly 7." }],
    [
      JSON.stringify([PAIRS, PAIRS.map(() => [1, null])]),
      { row: 1, column: 2, message: "Set 2: row 1, column 2 is null; allowed: a number from -1000 to 1000." },
    ],
    [
      JSON.stringify({ other: 1 }),
      { message: 'The file holds no points; allowed: [[x, y], ...] with seven points, or "sets": a list of such.' },
    ],
  ])("%j", (text, problem) => {
    expect(problems(text)[0]).toEqual(problem);
  });

  it("JSON that does not parse, and pictures", () => {
    expect(problems("[[1,2")[0]?.message).toMatch(/^The file is not valid JSON: .+\.$/);
    const image = { kind: "image", name: "a.png", width: 1, height: 1, rgba: new Uint8Array(4) } as const;
    const result = clusters.fromUpload(image, {});
    expect(result.ok).toBe(false);
  });

  it("never throws, whatever the text", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof upload(text).ok === "boolean"));
    fc.assert(fc.property(fc.json(), (text) => typeof upload(text).ok === "boolean"));
  });
});
