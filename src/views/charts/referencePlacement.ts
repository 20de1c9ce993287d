// Where the name of a reference line stands: above or below it, at its right or left end, wherever curves and other
// labels are far.

import { valueText } from "../numberText";
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
  return /\d$/.test(reference.label) ? reference.label : `${reference.label} ${valueText(reference.value)}`.trim();
}

/** The label of one reference line, at the place that hides least; the first free place wins: right above, right below, left. */
export function placeReference(
  reference: CurveReference,
  series: readonly CurveSeries[],
  ends: readonly EndLabel[],
  layout: CurveLayout,
): ReferenceLabel {
  const text = referenceText(reference);
  const line = layout.toY(reference.value);
  const width = textWidth(text);
  const taken = ends.map(endBox);
  let best: ReferenceLabel | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const anchor of ["end", "start"] as const) {
    for (const below of [false, true]) {
      const x = anchor === "end" ? layout.right : layout.left + 4;
      const y = line + (below ? 12 : -5);
      const left = anchor === "end" ? x - width : x;
      const box = { left, right: left + width, top: y - 9, bottom: y + 2 };
      const cost =
        outside(box, layout) +
        taken.filter((other) => overlaps(box, other)).length * 10 +
        crossings(box, series, layout);
      if (cost < least) {
        least = cost;
        best = { text, x, y, anchor };
      }
    }
  }
  return best ?? { text, x: layout.right, y: line - 5, anchor: "end" };
}

function endBox(label: EndLabel): Box {
  const width = textWidth(label.text);
  const left = label.anchor === "start" ? label.x : label.x - width;
  return { left, right: left + width, top: label.y - 9, bottom: label.y + 2 };
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
