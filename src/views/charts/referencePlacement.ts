// Where the name of a reference line stands: above or below it, at its right or left end, wherever curves and other
// labels are far.

import { shortText } from "../numberText";
import { type CurveLayout, type EndLabel, textWidth } from "./curveLayout";
import { nearestIndex } from "./curveReadout";
import type { CurveReference, CurveSeries } from "./curveTypes";

export type ReferenceLabel = {
  readonly text: string;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly anchor: "start" | "end";
};

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Text of a reference line: its label, and its value unless the label already ends in a number. */
export function referenceText(reference: CurveReference): string {
  return /\d$/.test(reference.label) ? reference.label : `${reference.label} ${shortText(reference.value)}`.trim();
}

/**
 * Labels of the reference lines, in the order given, each where it hides least; the first free place wins: right above,
 * right below, then left, then between. References that no log axis can show have no label (null).
 */
export function placeReferences(
  references: readonly CurveReference[],
  series: readonly CurveSeries[],
  ends: readonly EndLabel[],
  layout: CurveLayout,
): readonly (ReferenceLabel | null)[] {
  const taken = ends.map((end) => boxOf(end, layout.text));
  return references.map((reference) => {
    const line = layout.toY(reference.value);
    if (!Number.isFinite(line)) return null;
    let best: ReferenceLabel | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const label of candidates(referenceText(reference), line, layout)) {
      const box = boxOf(label, layout.text);
      const hidden = taken.filter((other) => overlaps(box, other)).length;
      const cost = outside(box, layout) + 10 * hidden + crossings(box, series, layout);
      if (cost >= least) continue;
      least = cost;
      best = label;
    }
    if (best) taken.push(boxOf(best, layout.text));
    return best;
  });
}

// Right end, left end, between them from right to left; last, for two lines close together, one row further away.
function candidates(text: string, line: number, layout: CurveLayout): readonly ReferenceLabel[] {
  const room = Math.max(0, layout.right - layout.left - textWidth(text, layout.text));
  const right = { text, x: layout.right, anchor: "end" } as const;
  const left = { text, x: layout.left + 4, anchor: "start" } as const;
  const between = Array.from({ length: 15 }, (_, i) => ({ ...left, x: layout.left + (room * (15 - i)) / 16 }));
  const near = [right, left, ...between].flatMap((side) => [
    { ...side, y: line - 5 },
    { ...side, y: line + 12 * layout.text },
  ]);
  return [...near, { ...right, y: line - 17 * layout.text }];
}

type Placed = { readonly text: string; readonly x: number; readonly y: number; readonly anchor: string };

function boxOf(label: Placed, size: number): Box {
  const width = textWidth(label.text, size);
  const left = label.anchor === "start" ? label.x : label.x - width;
  return { left, right: left + width, top: label.y - 9 * size, bottom: label.y + 2 * size };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function outside(box: Box, layout: CurveLayout): number {
  return box.top < layout.top - 8 || box.bottom > layout.bottom ? 20 : 0;
}

// How many of nine samples of every curve lie inside the box.
function crossings(box: Box, series: readonly CurveSeries[], layout: CurveLayout): number {
  let count = 0;
  for (const one of series) {
    const end = one.x[one.x.length - 1] ?? 0;
    for (let i = 0; i <= 8; i++) {
      const x = layout.fromX(box.left + ((box.right - box.left) * i) / 8);
      if (x > end) continue;
      const y = layout.toY(one.y[nearestIndex(one.x, x)] ?? Number.NaN);
      if (y > box.top - 2 && y < box.bottom + 2) count++;
    }
  }
  return count;
}
