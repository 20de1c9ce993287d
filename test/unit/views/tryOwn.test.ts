// The words of "Try your own" (UX-115, 117, 196), its drawing, its files, and what text becomes.

import { describe, expect, it } from "vitest";
import { automata } from "../../../src/domains/automata";
import { clusters } from "../../../src/domains/clusters";
import type { InferenceReport } from "../../../src/engine/worker/inferences";
import {
  cellsBetween,
  emptyGrid,
  movedCursor,
  resized,
  withBrush,
} from "../../../src/views/domains/automata/upload/drawing";
import { prepareAutomata, readBitmapText } from "../../../src/views/domains/automata/upload/tryItems";
import { automataVerdict, ruleDifference } from "../../../src/views/domains/automata/upload/tryWords";
import { movedPoints } from "../../../src/views/domains/clusters/upload/movedPoints";
import { preparePoints, readPointsText } from "../../../src/views/domains/clusters/upload/tryPoints";
import { programFile } from "../../../src/views/try/exportPrograms";
import type { ReportItem } from "../../../src/views/try/tryOwn";
import { nothingFound, weightVerdict, whyNot } from "../../../src/views/try/verdict";

const name = { one: "rule", many: "rules" };

function itemOf(weights: readonly number[], observation: unknown = null): ReportItem {
  const programs = weights.map((weight, i) => ({
    program: [i],
    printed: `rule ${i}`,
    explanation: [`Sentence ${i}.`],
    logPrior: -5.5,
    logLikelihood: -10 - i,
    logJoint: -15.5 - i,
    weight,
    samples: 3,
    origin: "recognition",
  }));
  return {
    programs,
    draws: 240,
    different: weights.length,
    logPx: null,
    exact: null,
    observation,
    samplesOfBest: [],
    samplesOfAll: [],
  };
}

describe("how sure an answer is", () => {
  it.each([
    [[0.81, 0.13, 0.06], "clear", /0\.81 of the weight, six times the next/],
    [[0.7, 0.3], "clear", /twice the next/],
    [[0.69, 0.31], "several", /0\.69 of the weight; it takes 2 rules to hold 0\.7/],
    [[0.2, 0.2, 0.2, 0.2, 0.2], "several", /it takes 4 rules/],
    [[1, 1e-300], "clear", /more than a million times the next/],
  ] as const)("%j is %s", (weights, kind, text) => {
    const verdict = weightVerdict(itemOf(weights), name);
    expect(verdict.kind).toBe(kind);
    expect(verdict.text).toMatch(text);
  });

  it("says that nothing explains the input, with advice, where there is no program", () => {
    const verdict = weightVerdict(itemOf([]), name);
    expect(verdict).toEqual(nothingFound(itemOf([]), "rules"));
    expect(verdict.kind).toBe("none");
    expect(verdict.head).toBe("None of the 240 rules tried explains this input.");
    expect(verdict.text).toMatch(/Search on/);
  });

  it("calls broad shapes smooth, whatever the weights", () => {
    const rows = Array.from({ length: 24 }, (_, y) => (y < 12 ? "1" : "0").repeat(32));
    const item = itemOf([1], { rows, boundary: "zero", height: 24, width: 32 });
    const verdict = automataVerdict({ spec: automata, options: { neighbours: "3" }, theta: {}, item });
    expect(verdict.kind).toBe("none");
  });
});

describe("why not the next one", () => {
  const best = { printed: "rule 110", logPrior: -5.6, logLikelihood: -200 };
  it.each([
    [
      { printed: "a", logPrior: -3.3, logLikelihood: -204.1 },
      /2\.3 nats likelier beforehand, but explains your picture 4\.1 nats worse. Together: 1\.8 nats behind/,
    ],
    [
      { printed: "a", logPrior: -6.6, logLikelihood: -210 },
      /1\.0 nats less likely beforehand, and .* 10\.0 nats worse/,
    ],
    [
      { printed: "a", logPrior: -5.6, logLikelihood: -200 },
      /as likely beforehand, and .* just as well\. Both weigh the same/,
    ],
  ])("names both differences", (other, text) => {
    expect(whyNot(best, other, "picture")).toMatch(text);
  });

  it("counts the cells that a neighbourhood costs", () => {
    const { tools } = automata;
    const first = Uint8Array.from({ length: 20 }, (_, y) => ((y * 7) % 3 === 0 ? 1 : 0));
    const grid = tools.growFrom(first, 30, { rule: 110, neighbours: 3, boundary: "wrap" });
    const item = itemOf([1], { rows: tools.rowsOfGrid(grid), boundary: "wrap", height: 20, width: 30 });
    const counts = tools.countTransitions(grid, 3, "wrap");
    const visits = (counts[2 * 5] ?? 0) + (counts[2 * 5 + 1] ?? 0);
    const sentence = ruleDifference(
      { spec: automata, options: { neighbours: "3" }, theta: {}, item },
      [110],
      [110 ^ (1 << 5)],
    );
    expect(sentence).toBe(`It answers neighbourhood 101 the other way, which costs ${visits} cells.`);
  });

  it("names the points that leave their group", () => {
    expect(movedPoints([0, 0, 1, 1, 1, 0, 1], [0, 1, 1, 1, 1, 0, 1])).toEqual([1]);
    expect(movedPoints([0, 0, 0, 1, 1, 2, 2], [2, 2, 2, 0, 0, 1, 1])).toEqual([]);
    expect(movedPoints([0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 2])).toEqual([5, 6]);
  });
});

describe("drawing", () => {
  const count = (grid: { pixels: Uint8Array }) => grid.pixels.reduce((sum, cell) => sum + cell, 0);
  it("puts a square brush down and stays inside", () => {
    const grid = emptyGrid(8, 10);
    expect(count(withBrush(grid, { y: 4, x: 4 }, 3, 1))).toBe(9);
    expect(count(withBrush(grid, { y: 0, x: 0 }, 3, 1))).toBe(4);
    expect(count(grid)).toBe(0);
  });

  it("leaves no gap in a quick stroke", () => {
    const cells = cellsBetween({ y: 0, x: 0 }, { y: 3, x: 7 });
    for (const [i, cell] of cells.entries()) {
      const before = cells[i - 1] ?? cell;
      expect(Math.max(Math.abs(cell.y - before.y), Math.abs(cell.x - before.x))).toBeLessThanOrEqual(1);
    }
    expect(cells.at(-1)).toEqual({ y: 3, x: 7 });
  });

  it("keeps what fits another size, and the cursor inside", () => {
    const drawn = withBrush(emptyGrid(8, 8), { y: 7, x: 7 }, 1, 1);
    expect(count(resized(drawn, 9, 12))).toBe(1);
    expect(count(resized(drawn, 8, 7))).toBe(0);
    expect(movedCursor({ y: 0, x: 7 }, "ArrowRight", drawn)).toEqual({ y: 0, x: 7 });
    expect(movedCursor({ y: 0, x: 7 }, "a", drawn)).toBeNull();
  });
});

describe("inputs", () => {
  const block = (rows: number, columns: number) =>
    Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => (x * y) % 2).join("")).join("\n");

  it("of several sizes are cut to the smallest, and are shown as they are sent", () => {
    const read = readBitmapText(`${block(12, 20)}\n\n${block(16, 14)}`, automata);
    expect(read.items).toHaveLength(2);
    const items = read.items.map((item, id) => ({ ...item, id }));
    const sent = prepareAutomata(items, automata, { neighbours: "3", network: "aligned", images: 1 });
    if (!sent.ok) throw new Error(sent.message);
    expect(sent.options).toMatchObject({ height: 12, width: 14 });
    const { pictures } = sent.userData.payload as { pictures: { pixels: Uint8Array }[] };
    for (const [i, seen] of sent.seen.entries()) {
      expect((seen as { rows: string[] }).rows.join("")).toBe(pictures[i]!.pixels.join(""));
    }
  });

  it.each([
    [block(257, 10), /257 rows .* at most 256/],
    [block(5, 10), /only 5 rows .* at least 8/],
    ["0000000000\n".repeat(10), /all cells are of one colour/],
    ["0101\n01x1", /row 2|Row 2/],
  ])("that cannot be used say why", (text, message) => {
    const { items, problems } = readBitmapText(text, automata);
    expect(items).toEqual([]);
    expect(problems.join(" ")).toMatch(message);
  });

  it("of points come one a line, in a table with sets, or as JSON; the good rest is kept", () => {
    const set = [0, 0, 0.1, 0, 1, 1, 1.1, 1, -1, -1, -1.1, -1, 2, 2];
    const lines = Array.from({ length: 3 }, () => set.join(" ")).join("\n");
    expect(readPointsText(lines, clusters).items).toHaveLength(3);
    const table = [
      "set,x,y",
      ...["a", "b"].flatMap((one) => set.flatMap((_, i) => (i % 2 === 0 ? [`${one},${set[i]},${set[i + 1]}`] : []))),
    ];
    expect(readPointsText(table.join("\n"), clusters).items).toHaveLength(2);
    const bad = table.map((row) => (row === "b,1,1" ? "b,1,one" : row)).join("\n");
    const read = readPointsText(bad, clusters);
    expect(read.problems.join()).toMatch(/Row 11, column 3 is "one"; allowed: a number/);
    expect(read.rest?.name).toBe("the other set");
    expect(read.rest?.items).toHaveLength(1);
    const items = [{ id: 1, name: "mine", source: { points: [[0, 0]] } }];
    expect(preparePoints(items, clusters, {})).toEqual({
      ok: false,
      message: "6 points are missing: a set has exactly 7.",
    });
  });
});

describe("the programs as a file", () => {
  const report: InferenceReport = { seconds: 2.5, isFinal: true, theta: {}, items: [itemOf([0.75, 0.25])] };
  const given = { report, names: ["shell.png"], provenance: ["Wake-Sleep Lab, test"] };
  it("are CSV with provenance first, JSON with everything, text with words", () => {
    const csv = programFile("csv", given).trim().split("\n");
    expect(csv).toHaveLength(4);
    expect(csv[0]).toBe("# Wake-Sleep Lab, test");
    expect(csv[2]).toBe("shell.png,1,rule 0,0.75,-5.5,-10,-15.5,3,recognition");
    const json = JSON.parse(programFile("json", given));
    expect(json.items[0].programs[1].weight).toBe(0.25);
    expect(json.provenance).toEqual(given.provenance);
    expect(programFile("txt", given)).toMatch(/0\.7500 {2}rule 0 .*\n +Sentence 0\./);
  });
});
