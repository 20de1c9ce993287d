// Where the pen goes: strokes as points along their arcs, in canvas sides and in pixels of a picture.
// Light: views draw with it. Source: MWS specification, sections 3.3 and 3.4.

import { startPoints } from "../../engine/kernels/strokes/arcs";
import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { isDown, strokeOf } from "./program";

type Shapes = Pick<StrokeBank, "dx" | "dy" | "theta">;

/** One token of a program as the pen makes it, in pixels of a picture: column to the right, row down, pixel centres whole. */
export type PenStroke = {
  readonly token: number;
  readonly stroke: number;
  readonly isDown: boolean;
  /** [count, 2] column, row. */
  readonly points: Float64Array;
};

/**
 * Points along a stroke from its start (0, 0), evenly spaced on its arc.
 *
 * @returns [count, 2] x, y in canvas sides, y up
 */
export function arcPoints({ dx, dy, theta }: Shapes, stroke: number, count: number): Float64Array {
  const out = new Float64Array(2 * count);
  const [x, y, half] = [dx[stroke]!, dy[stroke]!, theta[stroke]!];
  const sine = Math.sin(half);
  for (let i = 0; i < count; i++) {
    // The chord of the first part of an arc: of length l sin(f theta) / sin theta, turned by (1 - f) theta to the left.
    const share = count > 1 ? i / (count - 1) : 0;
    const long = Math.abs(sine) < 1e-9 ? share : Math.sin(share * half) / sine;
    const turn = (1 - share) * half;
    const [cosine, sineOfTurn] = [Math.cos(turn), Math.sin(turn)];
    out[2 * i] = long * (x * cosine - y * sineOfTurn);
    out[2 * i + 1] = long * (x * sineOfTurn + y * cosine);
  }
  return out;
}

/**
 * The strokes of a program where they lie on the picture that the model compares with: on the canvas, seen through the
 * inverse of the affine map under which the picture reads the canvas.
 *
 * @param transform number of the bank's map, -1 for none
 * @param side      pixels of the picture's side
 * @param count     points a stroke
 */
export function penStrokes(
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  transform: number,
  side: number,
  count: number,
): readonly PenStroke[] {
  const starts = startPoints(bank, tokens);
  const place = toPicture(bank.transforms, transform, side);
  return Array.from({ length: tokens.length }, (_, t) => {
    const token = tokens[t]!;
    const points = arcPoints(bank, strokeOf(token), count);
    for (let i = 0; i < points.length; i += 2) {
      place(starts[2 * t]! + points[i]!, starts[2 * t + 1]! + points[i + 1]!, points, i);
    }
    return { token: t, stroke: strokeOf(token), isDown: isDown(token), points };
  });
}

/** Writes the (column, row) of canvas point (x, y) to out[at], out[at + 1]. Maps that cannot be undone count as none. */
function toPicture(transforms: ArrayLike<number>, transform: number, side: number) {
  const m = Array.from({ length: 6 }, (_, i) =>
    transform < 0 ? Number.NaN : (transforms[6 * transform + i] ?? Number.NaN),
  );
  const [a, b, c, d, e, f] = m as [number, number, number, number, number, number];
  const determinant = a * e - b * d;
  const isPlain = !(Math.abs(determinant) > 1e-3);
  return (x: number, y: number, out: Float64Array, at: number): void => {
    const [u, v] = [2 * x - 1, 1 - 2 * y];
    const across = isPlain ? u : (e * (u - c) - b * (v - f)) / determinant;
    const along = isPlain ? v : (a * (v - f) - d * (u - c)) / determinant;
    out[at] = ((across + 1) / 2) * (side - 1);
    out[at + 1] = ((along + 1) / 2) * (side - 1);
  };
}

export type StrokeFacts = {
  /** Distance from start to end, canvas sides. */
  readonly length: number;
  /** "right", "up right", "up", ...; "nowhere" for a dot. */
  readonly direction: string;
  /** Degrees by which the pen turns on its way: positive to the right of travel, negative to the left. */
  readonly turn: number;
};

const DIRECTIONS = ["right", "up right", "up", "up left", "left", "down left", "down", "down right"] as const;
/** Chords shorter than half a pixel of 28 lead nowhere. */
const DOT = 0.5 / 27;

/** Length, direction and bend of a stroke. */
export function strokeFacts({ dx, dy, theta }: Shapes, stroke: number): StrokeFacts {
  const [x, y] = [dx[stroke]!, dy[stroke]!];
  const length = Math.hypot(x, y);
  const eighth = Math.round((4 * Math.atan2(y, x)) / Math.PI);
  const direction = length < DOT ? "nowhere" : DIRECTIONS[(eighth + 8) % 8]!;
  return { length, direction, turn: (360 * theta[stroke]!) / Math.PI };
}
