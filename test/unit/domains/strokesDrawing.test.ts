// What the pictures of strokes are computed from: arcs as points, canvases after each token, the pen on the picture under
// a transform, and the strokes of two banks matched up to permutation.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestTransform, canvasFrames, drawing, strokePicture } from "../../../src/domains/strokes/drawing";
import type { StrokesPicture } from "../../../src/domains/strokes/facts";
import { matchStrokes, strokeDistance } from "../../../src/domains/strokes/matchStrokes";
import { arcPoints, penStrokes, strokeFacts } from "../../../src/domains/strokes/penGeometry";
import { packToken } from "../../../src/domains/strokes/program";
import { tools } from "../../../src/domains/strokes/tools";
import { assign } from "../../../src/engine/assignment";
import { arcDistance, arcOf, canvasProbabilities, isInsideSector } from "../../../src/engine/kernels/strokes/arcs";
import { bankFromRaw, initialRaw } from "../../../src/engine/kernels/strokes/bank";
import type { StrokeBank } from "../../../src/engine/kernels/strokes/renderer";
import { warp } from "../../../src/engine/kernels/strokes/warp";
import { Rng } from "../../../src/engine/rng/rng";

const SIDE = 28;
const size = { strokes: 12, transforms: 4 };
const bank = bankFromRaw(size, initialRaw(size, new Rng(3)));
const rng = new Rng(5);
const program = Int32Array.from({ length: 10 }, (_, t) => packToken(rng.int(12), t > 0 && rng.int(3) > 0));

/** The bank with its strokes in another order. */
function permuted(of: StrokeBank, order: readonly number[]): StrokeBank {
  const pick = (values: Float64Array) => Float64Array.from(order, (s) => values[s]!);
  const { sharpness, width } = of;
  return {
    ...of,
    dx: pick(of.dx),
    dy: pick(of.dy),
    theta: pick(of.theta),
    sharpness: pick(sharpness),
    width: pick(width),
  };
}

describe("points along a stroke", () => {
  it("lie on the arc, begin at its start and end at its end", () => {
    for (let s = 0; s < 12; s++) {
      const points = arcPoints(bank, s, 11);
      const arc = arcOf(bank, s, 0, 0);
      expect(Math.hypot(points[0]!, points[1]!)).toBe(0);
      expect(points[20]).toBeCloseTo(bank.dx[s]!, 12);
      expect(points[21]).toBeCloseTo(bank.dy[s]!, 12);
      for (let i = 1; i < 10; i++) {
        expect(arcDistance(arc, points[2 * i]!, points[2 * i + 1]!)).toBeLessThan(1e-9);
        expect(isInsideSector(arc, points[2 * i]!, points[2 * i + 1]!)).toBe(true);
      }
    }
  });

  it("are straight where the bend vanishes", () => {
    const straight = { dx: [0.3], dy: [-0.1], theta: [1e-13] } as unknown as StrokeBank;
    const points = arcPoints(straight, 0, 3);
    expect(points[2]).toBeCloseTo(0.15, 12);
    expect(points[3]).toBeCloseTo(-0.05, 12);
  });

  it("bulge left of travel for positive theta: the pen turns to the right", () => {
    const bent = { dx: [0.3], dy: [0], theta: [0.5] } as unknown as StrokeBank;
    // Half the chord times the tangent of half of theta.
    expect(arcPoints(bent, 0, 3)[3]).toBeCloseTo(0.15 * Math.tan(0.25), 12);
    expect(strokeFacts(bent, 0)).toMatchObject({ direction: "right", turn: expect.closeTo(57.3, 1) as number });
  });
});

describe("canvases after each token", () => {
  it("are the canvases of the program's beginnings", () => {
    const frames = canvasFrames(bank, program, SIDE);
    expect(frames).toHaveLength(10);
    for (let t = 0; t < 10; t++) {
      const expected = canvasProbabilities(bank, program, SIDE, SIDE, t + 1);
      expect(Array.from(frames[t]!)).toEqual(Array.from(expected));
    }
  });

  it("show a stroke alone in the middle of its picture, all of it", () => {
    const { ink, ends } = strokePicture(bank, 4, 33, 1.2);
    const at = ([column, row]: readonly number[]) => ink[Math.round(row!) * 33 + Math.round(column!)]!;
    const most = Math.max(...ink);
    // The pixel next to an end is at most 0.7 pixels from it.
    const edge =
      1 / (1 + Math.exp(-(bank.scale * Math.exp(400 * (bank.width[4]! ** 2 - (0.72 * (1.2 / 32)) ** 2)) + bank.bias)));
    expect(at(ends.slice(0, 2))).toBeGreaterThan(Math.min(edge, most));
    expect(at(ends.slice(2, 4))).toBeGreaterThan(Math.min(edge, most));
    let [left, right] = [0, 0];
    for (let i = 0; i < ink.length; i++) {
      const column = i % 33;
      if (ink[i]! > 0.25) [left, right] = [Math.max(left, 16 - column), Math.max(right, column - 16)];
    }
    expect(Math.abs(left - right)).toBeLessThanOrEqual(2);
  });
});

describe("the way the pen goes at its end", () => {
  it("is that of the last points of the arc", () => {
    for (let s = 0; s < 12; s++) {
      const points = arcPoints(bank, s, 2001);
      const [x, y] = [points[4000]! - points[3998]!, points[4001]! - points[3999]!];
      const { heading } = strokePicture(bank, s, 4, 1);
      expect(heading[0]).toBeCloseTo(x / Math.hypot(x, y), 3);
      expect(heading[1]).toBeCloseTo(-y / Math.hypot(x, y), 3);
    }
  });
});

describe("the pen on the picture", () => {
  it("lies where the transformed canvas has its ink", () => {
    const short = (values: Float64Array) => values.map((v) => 0.4 * v);
    const shifted = {
      ...bank,
      dx: short(bank.dx),
      dy: short(bank.dy),
      transforms: Float64Array.from([0.9, 0.2, 0.1, -0.1, 1.1, -0.2]),
    };
    const seen = warp(canvasProbabilities(shifted, program, SIDE, SIDE), shifted.transforms, 0, {
      height: SIDE,
      width: SIDE,
    });
    let [on, checked] = [0, 0];
    for (const stroke of penStrokes(shifted, program, 0, SIDE, 9)) {
      if (!stroke.isDown) continue;
      for (let i = 0; i < 18; i += 2) {
        const [column, row] = [Math.round(stroke.points[i]!), Math.round(stroke.points[i + 1]!)];
        if (column < 1 || row < 1 || column > 26 || row > 26) continue;
        checked++;
        // The background has 0.047; ink within half a pixel of an arc at least three times that.
        if (seen[row * SIDE + column]! > 0.15) on++;
      }
    }
    expect(checked).toBeGreaterThan(15);
    expect(on / checked).toBeGreaterThan(0.95);
  });

  it("lies on the canvas itself without a transform", () => {
    const [first] = penStrokes(bank, program, -1, SIDE, 5);
    expect([first?.points[0], first?.points[1]]).toEqual([13.5, 13.5]);
    expect(first?.isDown).toBe(false);
  });

  it("finds the transform under which the picture was made", () => {
    const wide = { ...bank, transforms: bank.transforms.slice() };
    wide.transforms.set([1, 0, 0.3, 0, 1, 0], 12);
    const picture = drawing.reconstruction(wide, program, 2, SIDE).map((p) => (p > 0.3 ? 1 : 0));
    expect(bestTransform(drawing.transformScores(wide, program, picture, SIDE))).toBe(2);
    expect(bestTransform([])).toBe(-1);
  });
});

describe("strokes of two banks", () => {
  it("are matched up to permutation", () => {
    const order = [7, 2, 11, 0, 4, 9, 1, 3, 10, 5, 8, 6];
    const matches = matchStrokes(bank, permuted(bank, order));
    expect(matches.map((match) => order[match.partner])).toEqual(order.map((_, i) => i));
    for (const match of matches) expect(match.distance).toBeLessThan(1e-12);
  });

  it("are the same line from either end", () => {
    const turned = {
      ...bank,
      dx: bank.dx.map((v) => -v),
      dy: bank.dy.map((v) => -v),
      theta: bank.theta.map((v) => -v),
    };
    for (let s = 0; s < 12; s++) {
      expect(strokeDistance(bank, s, turned, s)).toEqual({
        distance: expect.closeTo(0, 10) as number,
        isReversed: true,
      });
    }
  });

  it("leave strokes without a partner where the second bank is smaller", () => {
    const matches = matchStrokes(bank, permuted(bank, [3, 8]));
    expect(matches.filter((match) => match.partner >= 0).map((match) => match.stroke)).toEqual([3, 8]);
    expect(matches.filter((match) => match.partner < 0).every((match) => Number.isNaN(match.distance))).toBe(true);
  });

  it("get the cheapest assignment there is", () => {
    const cost = fc.double({ min: 0, max: 10, noNaN: true });
    const table = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 4, max: 6 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(table, (costs) => {
        const found = assign(costs);
        expect(new Set(found).size).toBe(costs.length);
        const total = found.reduce((sum, column, row) => sum + costs[row]![column]!, 0);
        expect(total).toBeCloseTo(cheapest(costs, 0, new Set()), 9);
      }),
    );
  });
});

/** By trying everything. */
function cheapest(costs: readonly (readonly number[])[], row: number, used: ReadonlySet<number>): number {
  if (row === costs.length) return 0;
  const choices = costs[row]!.map((cost, column) =>
    used.has(column) ? Number.POSITIVE_INFINITY : cost + cheapest(costs, row + 1, new Set([...used, column])),
  );
  return Math.min(...choices);
}

describe("a bank that crossed to the page", () => {
  it("means the same", () => {
    const record = new Float32Array(60);
    for (let s = 0; s < 12; s++) {
      record.set([bank.dx[s]!, bank.dy[s]!, bank.theta[s]!, bank.sharpness[s]!, bank.width[s]!], 5 * s);
    }
    const affine = Float32Array.from(bank.transforms);
    const crossed = { bank: record, scale: bank.scale, bias: bank.bias, affine } as StrokesPicture;
    const back = tools.bankOf(crossed);
    expect(Array.from(back.dx)).toEqual(Array.from(bank.dx, Math.fround));
    expect(Array.from(back.theta)).toEqual(Array.from(bank.theta, Math.fround));
    expect(Array.from(back.width)).toEqual(Array.from(bank.width, Math.fround));
    expect(back.transforms).toHaveLength(24);
  });
});
