// The pad's drawing: ink of lines and cells, in their order, and where keys lead.

import { describe, expect, it } from "vitest";
import {
  CELLS,
  EMPTY_DRAWING,
  INK_SIDE,
  inkOf,
  isInked,
  type Mark,
  movedCell,
  pictureOfDrawing,
  withMark,
  withTurnedCell,
} from "../../../src/views/domains/strokes/upload/padDrawing";

const line = (points: readonly number[], width = 0.1): Mark => ({ kind: "line", points, width });
const total = (ink: Float32Array) => ink.reduce((sum, value) => sum + value, 0) / INK_SIDE ** 2;

describe("a line", () => {
  it("covers its length times its width and two half discs", () => {
    const drawing = withMark(EMPTY_DRAWING, line([0.2, 0.5, 0.8, 0.5]));
    // Within a thousandth of the paper: edges fall off within one ink point.
    expect(total(inkOf(drawing))).toBeCloseTo(0.6 * 0.1 + Math.PI * 0.05 ** 2, 3);
  });

  it("of one point is a dot, one beyond the edge is cut off", () => {
    expect(total(inkOf(withMark(EMPTY_DRAWING, line([0.5, 0.5]))))).toBeCloseTo(Math.PI * 0.05 ** 2, 3);
    expect(total(inkOf(withMark(EMPTY_DRAWING, line([0, 0]))))).toBeCloseTo((Math.PI * 0.05 ** 2) / 4, 3);
    expect(total(inkOf(withMark(EMPTY_DRAWING, line([-3, -3, -2, -2]))))).toBe(0);
  });

  it("over another one adds nothing where they overlap", () => {
    const once = withMark(EMPTY_DRAWING, line([0.2, 0.5, 0.8, 0.5]));
    expect(inkOf(withMark(once, line([0.2, 0.5, 0.8, 0.5])))).toEqual(inkOf(once));
  });
});

describe("cells", () => {
  it("turn from paper to ink and back, also over a line", () => {
    const cell = { row: 14, column: 14 };
    const lined = withMark(EMPTY_DRAWING, line([0, 0.52, 1, 0.52]));
    expect(isInked(lined, cell)).toBe(true);
    const wiped = withTurnedCell(lined, cell);
    expect(isInked(wiped, cell)).toBe(false);
    expect(isInked(wiped, { row: 14, column: 15 })).toBe(true);
    expect(isInked(withTurnedCell(wiped, cell), cell)).toBe(true);
  });

  it("are a pixel each of what the model sees", () => {
    const drawing = withTurnedCell(EMPTY_DRAWING, { row: 0, column: 27 });
    const { width, rgba } = pictureOfDrawing(drawing);
    const block = width / CELLS;
    const dark = Array.from({ length: width * width }, (_, i) => i).filter((i) => rgba[4 * i] === 0);
    expect(dark).toHaveLength(block * block);
    for (const i of dark) expect([Math.floor(i / width) < block, i % width >= width - block]).toEqual([true, true]);
  });

  it("are walked with arrow keys inside the grid", () => {
    expect(movedCell({ row: 0, column: 0 }, "ArrowUp")).toEqual({ row: 0, column: 0 });
    expect(movedCell({ row: 0, column: 0 }, "ArrowRight")).toEqual({ row: 0, column: 1 });
    expect(movedCell({ row: 27, column: 27 }, "ArrowDown")).toEqual({ row: 27, column: 27 });
    expect(movedCell({ row: 3, column: 3 }, "a")).toBeNull();
  });
});
