// What the strokes pictures compute beside drawing: colours of strokes, the pen's clock and path, residual cells, the
// wall's places and keys, and how certain a list of programs is.

import { describe, expect, it } from "vitest";
import type { MemoryView } from "../../../src/engine/run/records";
import { bankStep } from "../../../src/views/domains/strokes/BankFigure";
import { bankGrid } from "../../../src/views/domains/strokes/bankCanvas";
import { PenClock } from "../../../src/views/domains/strokes/penClock";
import { linePath, pointAt } from "../../../src/views/domains/strokes/penPath";
import { countResidual, residualCells } from "../../../src/views/domains/strokes/residual";
import { strokeSlots } from "../../../src/views/domains/strokes/strokeColours";
import { isMarkedBy, stripStep } from "../../../src/views/domains/strokes/TokenStrip";
import { tokenPosterior } from "../../../src/views/domains/strokes/tokenPosterior";
import { wallLayout, wallStep } from "../../../src/views/domains/strokes/wallLayout";

const down = (stroke: number) => 2 * stroke + 1;
const up = (stroke: number) => 2 * stroke;
const tools = { isDown: (token: number) => token % 2 === 1, strokeOf: (token: number) => token >> 1 };

describe("colours of strokes", () => {
  it("go to the strokes in the order in which they are first drawn; moves have none", () => {
    const slots = strokeSlots([up(5), down(9), down(3), up(7), down(9), down(5)], tools);
    expect([...slots]).toEqual([
      [9, 1],
      [3, 2],
      [5, 3],
    ]);
  });

  it("mark one token, or every token that draws a stroke", () => {
    expect(isMarkedBy({ stroke: 9, token: 1 }, { stroke: 9, isDown: true }, 4)).toBe(false);
    expect(isMarkedBy({ stroke: 9, token: null }, { stroke: 9, isDown: true }, 4)).toBe(true);
    expect(isMarkedBy({ stroke: 9, token: null }, { stroke: 9, isDown: false }, 4)).toBe(false);
  });
});

describe("the clock of the pen", () => {
  it("spends on each token its seconds, at the speed that was chosen", () => {
    const clock = new PenClock(3);
    expect(clock.progress).toBe(3);
    // What play sets, without the browser's frames.
    Object.assign(clock, { seconds: [1, 0.5, 2], progress: 0, isPlaying: true });
    clock.advance(500);
    expect(clock.progress).toBeCloseTo(0.5, 12);
    clock.advance(750);
    expect(clock.progress).toBeCloseTo(1.5, 12);
    clock.speed = 2;
    clock.advance(625);
    expect(clock.progress).toBeCloseTo(2.5, 12);
    clock.advance(10_000);
    expect([clock.progress, clock.isPlaying]).toEqual([3, false]);
  });

  it("stays where it is put and tells who listens", () => {
    const clock = new PenClock(10);
    let told = 0;
    const leave = clock.subscribe(() => told++);
    clock.goTo(4);
    clock.goTo(-3);
    leave();
    clock.goTo(99);
    expect([clock.progress, told]).toEqual([10, 2]);
  });
});

describe("the path of the pen", () => {
  const points = [0, 0, 2, 0, 2, 2];

  it("is in CSS px, pixel centres in the middle of their cells", () => {
    expect(pointAt(points, 0, 8)).toEqual([4, 4]);
    expect(pointAt(points, 0.25, 8)).toEqual([12, 4]);
    expect(pointAt(points, 1, 8)).toEqual([20, 20]);
  });

  it("ends where the pen is", () => {
    expect(linePath(points, 1, 8)).toBe("M4 4L20 4L20 20");
    expect(linePath(points, 0.75, 8)).toBe("M4 4L20 4L20 12");
  });
});

describe("the residual", () => {
  it("tells ink that is left out from ink drawn in vain, and passes over what hardly differs", () => {
    const image = [1, 1, 0, 0, 1];
    const drawn = [0.2, 0.95, 0.05, 0.9, 0.45];
    expect(residualCells(image, drawn)).toEqual([
      { cell: 0, missing: 0.8, surplus: 0 },
      { cell: 3, missing: 0, surplus: 0.9 },
      { cell: 4, missing: 0.55, surplus: 0 },
    ]);
    expect(countResidual(image, drawn)).toEqual({ missing: 2, surplus: 1 });
  });
});

describe("the wall", () => {
  // Rows of alphabets 1, 0, 1, 0, 0: by alphabet 1, 3, 4 and then 0, 2.
  const layout = wallLayout([1, 0, 1, 0, 0], ["Greek", "Latin"], 10, 34);

  it("groups by alphabet, breaks lines and names an alphabet where it goes on", () => {
    expect(layout.lines.map((line) => line.cells.map((cell) => cell.row))).toEqual([
      [1, 3, 4],
      [0, 2],
    ]);
    expect(layout.lines[1]?.labels).toEqual([{ text: "Latin", x: 0, width: 20, isFurther: false }]);
    const narrow = wallLayout([0, 0, 0], ["Greek"], 10, 20);
    expect(narrow.lines[1]?.labels).toEqual([{ text: "Greek", x: 0, width: 10, isFurther: true }]);
  });

  it("leaves a gap between two alphabets of a line", () => {
    const [line] = wallLayout([0, 1], ["Greek", "Latin"], 10, 100).lines;
    expect(line?.cells.map((cell) => cell.x)).toEqual([0, 14]);
    expect(line?.labels.map((label) => label.x)).toEqual([0, 14]);
  });

  it("never draws over its width and shows every row once", () => {
    const alphabets = Array.from({ length: 500 }, (_, i) => i % 50);
    const { lines } = wallLayout(alphabets, [], 32, 750);
    const rows = lines.flatMap((line) => line.cells.map((cell) => cell.row));
    expect(new Set(rows).size).toBe(500);
    for (const line of lines) expect((line.cells.at(-1)?.x ?? 0) + 32).toBeLessThanOrEqual(750);
  });

  it("is walked by keys in the order that is seen", () => {
    expect(wallStep("ArrowRight", layout, 4, 2)).toBe(0);
    expect(wallStep("ArrowLeft", layout, 0, 2)).toBe(4);
    expect(wallStep("ArrowDown", layout, 3, 2)).toBe(2);
    expect(wallStep("ArrowUp", layout, 2, 2)).toBe(3);
    expect(wallStep("Home", layout, 2, 2)).toBe(1);
    expect(wallStep("End", layout, 1, 2)).toBe(2);
    expect(wallStep("a", layout, 1, 2)).toBeNull();
  });
});

describe("strip and bank", () => {
  it("are walked by keys and stop at their ends", () => {
    expect([stripStep("ArrowRight", null, 10), stripStep("ArrowRight", 9, 10), stripStep("ArrowLeft", 3, 10)]).toEqual([
      0, 9, 2,
    ]);
    expect([bankStep("ArrowDown", 60, 64, 10), bankStep("ArrowDown", 50, 64, 10), bankStep("Tab", 1, 64, 10)]).toEqual([
      60,
      60,
      null,
    ]);
  });

  it("puts ten strokes in a line, so that the place gives the number, and gives fingers 44 px", () => {
    expect(bankGrid(336, 64, false)).toEqual({ columns: 10, rows: 7, cell: 33, pitch: 37 });
    expect(bankGrid(358, 64, true).cell).toBeGreaterThanOrEqual(44);
    expect(bankGrid(336, 12, false).rows).toBe(2);
  });
});

describe("how certain a list is", () => {
  it("is the weight of each token's most probable choice", () => {
    const entry = (program: readonly number[], weight: number) => ({ program, weight, printed: program.join(" ") });
    const view = { entries: [entry([0, 3], 0.6), entry([0, 5], 0.3), entry([2, 5], 0.1)] } as unknown as MemoryView;
    expect(tokenPosterior(view)?.bars.map((bar) => [bar.label, Number(bar.share.toFixed(6))])).toEqual([
      ["1", 0.9],
      ["2", 0.6],
    ]);
    expect(tokenPosterior({ ...view, entries: [] })).toBeNull();
  });
});
