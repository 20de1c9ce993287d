// Words and numbers read off a learning curve: the value under the crosshair, the sentence for people who do not see
// the picture, and the table of all points.

import type { FigureTable } from "../frame/figureTable";
import { countText, valueText } from "../numberText";
import { lastPoint } from "./curveLayout";
import type { CurveSeries, LearningCurveProps } from "./curveTypes";

/** Index of the point nearest to x in an ascending list, by halving; -1 for an empty list. */
export function nearestIndex(xs: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = xs.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  if (before >= 0 && x - (xs[before] ?? 0) <= (xs[low] ?? 0) - x) return before;
  return low;
}

/** Values of the visible series nearest to x, in the order given; series without a finite value there are left out. */
export function readAt(
  series: readonly CurveSeries[],
  x: number,
): readonly { readonly id: string; readonly label: string; readonly x: number; readonly y: number }[] {
  const out: { id: string; label: string; x: number; y: number }[] = [];
  for (const one of series) {
    if (one.hidden || one.unlabelled) continue;
    const i = nearestIndex(one.x, x);
    const y = one.y[i] ?? Number.NaN;
    if (i >= 0 && Number.isFinite(y)) out.push({ id: one.id, label: one.label || "value", x: one.x[i] ?? x, y });
  }
  return out;
}

/** One sentence made from the data: "Bound, nats per picture. Training rose from −640 at step 0 to −105.1 at step 412." */
export function curveSentence(props: LearningCurveProps): string {
  const format = props.xAxis.format ?? countText;
  const axis = props.xAxis.label.split(",")[0] ?? props.xAxis.label;
  const parts = props.series
    .filter((one) => !one.hidden && !one.unlabelled)
    .map((one) => sentenceOf(one, axis, format));
  const references = (props.references ?? []).map((r) => `Reference: ${r.label}, ${valueText(r.value)}.`);
  const body = parts.filter((part) => part !== "");
  if (body.length === 0) body.push("No values yet.");
  return [`${props.title}, ${props.unit}.`, ...body, ...references].join(" ");
}

/** Last finite value of every visible series by id: what data-last-values holds. */
export function lastValues(series: readonly CurveSeries[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const one of series) {
    const last = one.hidden ? null : lastPoint(one);
    if (last) out[one.id] = last.y;
  }
  return out;
}

/** All points of all series, one row per position on the x axis, never thinned. */
export function curveTable(props: LearningCurveProps): FigureTable {
  const positions = new Map<number, (number | null)[]>();
  const width = props.series.length;
  props.series.forEach((one, column) => {
    for (let i = 0; i < one.x.length; i++) {
      const x = one.x[i] ?? Number.NaN;
      const row = positions.get(x) ?? new Array<number | null>(width).fill(null);
      const y = one.y[i] ?? Number.NaN;
      row[column] = Number.isFinite(y) ? y : null;
      positions.set(x, row);
    }
  });
  const rows = [...positions].sort((a, b) => a[0] - b[0]).map(([x, values]) => [x, ...values]);
  return { columns: [props.xAxis.label, ...props.series.map((one) => one.label || "value")], rows };
}

function sentenceOf(series: CurveSeries, axis: string, format: (v: number) => string): string {
  const last = lastPoint(series);
  if (!last) return "";
  const name = series.label || "The value";
  const firstIndex = firstFinite(series);
  const first = { x: series.x[firstIndex] ?? last.x, y: series.y[firstIndex] ?? last.y };
  const note = series.note ? ` (${series.note})` : "";
  const end = `${valueText(last.y)}${note} at ${axis} ${format(last.x)}`;
  if (firstIndex < 0 || first.x === last.x) return `${name}: ${end}.`;
  const verb = last.y > first.y ? "rose" : last.y < first.y ? "fell" : "stayed";
  return `${name} ${verb} from ${valueText(first.y)} at ${axis} ${format(first.x)} to ${end}.`;
}

function firstFinite(series: CurveSeries): number {
  for (let i = 0; i < series.x.length; i++) if (Number.isFinite(series.y[i])) return i;
  return -1;
}
