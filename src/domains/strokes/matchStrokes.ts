// Strokes of one bank beside those of another, up to permutation: which learned stroke is which stroke that made the
// data. Distances are between drawn arcs, so that bends and lengths count alike and the direction of writing does not.

import { assign } from "../../engine/assignment";
import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { arcPoints } from "./penGeometry";

export type StrokeMatch = {
  /** Stroke of the first bank, in its order. */
  readonly stroke: number;
  /** The stroke of the second bank that stands for it; -1 where the second bank is smaller and none is left. */
  readonly partner: number;
  /** Root mean square distance between the two arcs, in canvas sides; NaN without a partner. */
  readonly distance: number;
  /** True where the partner draws the same line from its other end. */
  readonly isReversed: boolean;
};

type Shapes = Pick<StrokeBank, "dx" | "dy" | "theta">;

/** Stands for the distance to a stroke that is not finite. */
const FAR = 1e6;
/** Points at which two arcs are compared. */
const POINTS = 9;

/** Distance between two arcs drawn from a common start, in canvas sides, the better of the two directions of writing. */
export function strokeDistance(
  first: Shapes,
  stroke: number,
  second: Shapes,
  partner: number,
): { readonly distance: number; readonly isReversed: boolean } {
  const a = arcPoints(first, stroke, POINTS);
  const b = arcPoints(second, partner, POINTS);
  const [endX, endY] = [b[2 * POINTS - 2]!, b[2 * POINTS - 1]!];
  let [same, turned] = [0, 0];
  for (let i = 0; i < POINTS; i++) {
    const j = POINTS - 1 - i;
    const [x, y] = [a[2 * i]!, a[2 * i + 1]!];
    same += (x - b[2 * i]!) ** 2 + (y - b[2 * i + 1]!) ** 2;
    turned += (x - b[2 * j]! + endX) ** 2 + (y - b[2 * j + 1]! + endY) ** 2;
  }
  return { distance: Math.sqrt(Math.min(same, turned) / POINTS), isReversed: turned < same };
}

/** A partner for each stroke of the first bank, each partner used once, so that the sum of distances is smallest. */
export function matchStrokes(first: Shapes, second: Shapes): readonly StrokeMatch[] {
  const rows = first.dx.length;
  const columns = second.dx.length;
  const pairs = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => strokeDistance(first, i, second, j)),
  );
  const partners = assign(pairs.map((row) => row.map(({ distance }) => (Number.isFinite(distance) ? distance : FAR))));
  return partners.map((partner, stroke) => {
    const pair = pairs[stroke]?.[partner];
    return { stroke, partner, distance: pair?.distance ?? Number.NaN, isReversed: pair?.isReversed ?? false };
  });
}
