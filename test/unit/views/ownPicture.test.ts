import { describe, expect, it } from "vitest";
import { automata } from "../../../src/domains/automata";
import { defaultsOf } from "../../../src/engine/options";
import { draggedCrop, fittedCrop } from "../../../src/views/domains/automata/upload/CropBox";
import {
  bestStart,
  drawnCells,
  firstSettings,
  keptColumns,
  optionsForGrid,
  seenByModel,
  userDataFor,
} from "../../../src/views/domains/automata/upload/ownPicture";
import { fileProblem, sizeProblem } from "../../../src/views/try/decodePicture";

const { tools } = automata;
const options = defaultsOf(automata.options);
const settings = firstSettings(tools, options);
const noPause = () => Promise.resolve();

/** A picture of cells drawn as squares of `side` px; time runs down when `turned`. */
function drawn(rule: number, rows: number, columns: number, side: number, turned = false) {
  const first = Uint8Array.from({ length: rows }, (_, y) => ((y * 7 + 3) % 5 < 2 ? 1 : 0));
  const grid = tools.growFrom(first, columns, { rule, neighbours: 3, boundary: "zero" });
  const width = (turned ? rows : columns) * side;
  const height = (turned ? columns : rows) * side;
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor((turned ? x : y) / side), Math.floor((turned ? y : x) / side)];
      const grey = grid.pixels[row * columns + column] === 1 ? 30 : 220;
      rgba.set([grey, grey, grey, 255], 4 * (y * width + x));
    }
  }
  return { picture: { name: "drawn.png", width, height, rgba }, grid };
}

describe("a file, before it is read", () => {
  it.each([
    [{ name: "shell.png", type: "image/png", size: 900 }, null],
    [{ name: "shell.JPG", type: "", size: 900 }, null],
    [{ name: "notes.pdf", type: "application/pdf", size: 900 }, "not a picture"],
    [{ name: "empty.png", type: "image/png", size: 0 }, "0 bytes"],
    [{ name: "huge.png", type: "image/png", size: 21 * 1024 * 1024 }, "at most 20 MB"],
  ])("%o", (file, expected) => {
    const problem = fileProblem(file);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toContain(expected);
    if (problem) expect(problem.startsWith(file.name)).toBe(true);
  });

  it("may have sides from 8 to 8192 pixels", () => {
    expect(sizeProblem("a.png", 9000, 10)).toContain("8192");
    expect(sizeProblem("a.png", 4, 100)).toContain("8 by 8");
    expect(sizeProblem("a.png", 640, 480)).toBeNull();
  });
});

describe("a drawn automaton", () => {
  it("is read cell by cell, in the direction in which it grows", async () => {
    const { picture, grid } = drawn(110, 40, 60, 6, true);
    expect(drawnCells(picture)).toEqual({ rows: 60, columns: 40 });
    const start = await bestStart(tools, picture, settings, noPause);
    expect(start).toEqual({ direction: "down", height: 40 });
    const seen = seenByModel(tools, picture, { ...settings, ...start });
    expect([...seen.grid.pixels]).toEqual([...grid.pixels]);
    expect(seen.analysis.isAutomaton).toBe(true);
    expect(seen.analysis.best.noise).toBe(0);
  });

  it("becomes data of the run, cut or with the run's size matched to it", () => {
    const { picture } = drawn(110, 40, 60, 4);
    const seen = seenByModel(tools, picture, { ...settings, height: 40 });
    const cut = userDataFor(tools, "mine", seen, "zero", optionsForGrid(tools, options, seen.grid, false, 3));
    expect(cut.ok).toBe(true);
    const matched = optionsForGrid(tools, options, seen.grid, true, 5);
    expect(matched).toMatchObject({ height: 40, width: 60, neighbours: "5" });
    expect(userDataFor(tools, "mine", seen, "zero", matched).ok).toBe(true);
  });

  it("shrinks the run's pictures where it is smaller than they are", () => {
    const { picture } = drawn(110, 20, 24, 4);
    const seen = seenByModel(tools, picture, { ...settings, height: 20 });
    expect(userDataFor(tools, "mine", seen, "zero", options).ok).toBe(false);
    const fitting = optionsForGrid(tools, options, seen.grid, false, null);
    expect(fitting).toMatchObject({ height: 20, width: 24 });
    expect(userDataFor(tools, "mine", seen, "zero", fitting).ok).toBe(true);
  });
});

describe("what is no automaton", () => {
  it("says so in one sentence", () => {
    const rng = tools.rng(9);
    const rgba = new Uint8ClampedArray(4 * 64 * 64);
    for (let i = 0; i < 64 * 64; i++) rgba.set([0, 1, 2].map(() => rng.int(256)).concat(255), 4 * i);
    const picture = { name: "noise.png", width: 64, height: 64, rgba };
    expect(drawnCells(picture)).toBeNull();
    const seen = seenByModel(tools, picture, { ...settings, height: 64 });
    expect(seen.analysis.isAutomaton).toBe(false);
    expect(seen.analysis.verdict).toMatch(/^This is not an automaton/);
  });

  it("refuses a threshold that leaves one colour", () => {
    const { picture } = drawn(110, 32, 32, 4);
    const seen = seenByModel(tools, picture, { ...settings, threshold: 254 });
    expect(seen.problem).toContain("all one colour");
    expect(userDataFor(tools, "mine", seen, "zero", options)).toEqual({ ok: false, message: seen.problem });
  });
});

describe("cutting", () => {
  it("keeps the rectangle inside the picture", () => {
    expect(fittedCrop({ x: 90, y: -5, width: 50, height: 2 }, { width: 100, height: 60 })).toEqual({
      x: 50,
      y: 0,
      width: 50,
      height: 8,
    });
  });

  it("draws a rectangle in any direction and moves one that is there", () => {
    const size = { width: 100, height: 60 };
    expect(draggedCrop({ x: 60, y: 50, moves: null }, { x: 20, y: 10 }, size)).toEqual({
      x: 20,
      y: 10,
      width: 40,
      height: 40,
    });
    expect(draggedCrop({ x: 5, y: 5, moves: null }, { x: 9, y: 7 }, size)).toBeNull();
    const crop = { x: 10, y: 10, width: 20, height: 20 };
    expect(draggedCrop({ x: 15, y: 15, moves: crop }, { x: 25, y: 12 }, size)).toEqual({ ...crop, x: 20, y: 7 });
  });

  it("keeps every second column from the first", () => {
    const grid = { height: 1, width: 5, pixels: Uint8Array.of(1, 0, 1, 1, 0) };
    expect([...keptColumns(grid, 2).pixels]).toEqual([1, 1, 0]);
    expect(keptColumns(grid, 1)).toBe(grid);
  });
});
