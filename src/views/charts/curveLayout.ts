// Geometry of a learning curve: plot box, scales, ticks, label places. Pure functions of the data and the size, so the
// drawing can be tested without a browser.

import { scaleLinear, scaleLog } from "d3";
import { shortText, tickText, valueText } from "../numberText";
import type { CurveSeries, LearningCurveProps } from "./curveTypes";
import { placeLabels } from "./labelPlacement";

export type Scale = (value: number) => number;

export type CurveLayout = {
  readonly width: number;
  readonly height: number;
  /** Size of the text relative to 11 px: distances to text grow with it. */
  readonly text: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly toX: Scale;
  readonly toY: Scale;
  readonly fromX: Scale;
  readonly xTicks: readonly {
    readonly at: number;
    readonly text: string;
    readonly anchor: "start" | "middle" | "end";
  }[];
  readonly yTicks: readonly { readonly at: number; readonly text: string }[];
  readonly yDomain: readonly [number, number];
};

export type EndLabel = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
  readonly text: string;
};

/** Box and scales for a size in px. Values that a log axis cannot show (<= 0) are left out of its domain. */
export function layoutCurve(props: LearningCurveProps, width: number, height: number): CurveLayout {
  const isLog = props.scale === "log";
  const yDomain = props.yDomain ?? valueDomain(props, isLog);
  const scale = (isLog ? scaleLog() : scaleLinear()).domain([...yDomain]);
  const nice = props.yDomain ? scale : scale.nice(isLog ? undefined : height < 130 ? 3 : 4);
  const [low = 0, high = 1] = nice.domain();
  const yTicks = isLog ? logTicks(low, high) : nice.ticks(height < 130 ? 3 : 4);
  const step = Math.abs((yTicks[1] ?? high) - (yTicks[0] ?? low));
  const texts = yTicks.map((tick) => (isLog ? shortText(tick) : tickText(tick, step)));
  const text = props.textScale ?? 1;
  const left = Math.max(40, 8 + 6.4 * text * Math.max(0, ...texts.map((tick) => tick.length)));
  const box = { left, right: width - 8, top: 8 * text, bottom: height - 20 * text };
  const toX = scaleLinear()
    .domain([...props.xAxis.domain])
    .range([box.left, box.right]);
  const toY = nice.range([box.bottom, box.top]);
  return {
    ...box,
    width,
    height,
    text,
    toX,
    toY,
    fromX: (x) => toX.invert(x),
    xTicks: xTicks(props, width, toX),
    yTicks: yTicks.map((tick, i) => ({ at: toY(tick), text: texts[i] ?? "" })),
    yDomain: [low, high],
  };
}

/** Lowest and highest value that the chart must show: finite values, bands and reference lines. */
export function valueDomain(props: LearningCurveProps, isLog: boolean): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (values: ArrayLike<number>) => {
    for (let i = 0; i < values.length; i++) {
      const v = values[i] ?? Number.NaN;
      if (!Number.isFinite(v) || (isLog && v <= 0)) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  };
  for (const series of props.series) {
    if (series.hidden) continue;
    take(series.y);
    if (series.band) {
      take(series.band.lo);
      take(series.band.hi);
    }
  }
  take((props.references ?? []).map((reference) => reference.value));
  if (!(low <= high)) return isLog ? [0.01, 1] : [0, 1];
  if (isLog) return [low * 0.8, high * 1.25];
  const isShare = low >= 0 && high <= 1;
  const pad = low === high ? Math.max(isShare ? 0.05 : 0.5, Math.abs(low) * 0.05) : 0;
  const isCountLike = low >= 0 && low < 0.35 * high;
  return [isCountLike ? 0 : low - pad, isShare ? Math.min(1, high + pad) : high + pad];
}

/** Position of the last finite point of a series, or null. */
export function lastPoint(series: CurveSeries): { readonly x: number; readonly y: number } | null {
  for (let i = Math.min(series.x.length, series.y.length) - 1; i >= 0; i--) {
    const x = series.x[i] ?? Number.NaN;
    const y = series.y[i] ?? Number.NaN;
    if (Number.isFinite(x) && Number.isFinite(y)) return { x, y };
  }
  return null;
}

/**
 * Labels at the curve ends, "training −105.1": right of the last point where there is room, else above it; a band pushes
 * its label away by half its width. None overlaps another.
 */
export function endLabels(series: readonly CurveSeries[], layout: CurveLayout): readonly EndLabel[] {
  const ends = series.flatMap((one) => {
    const last = one.hidden || one.unlabelled ? null : lastPoint(one);
    return last ? [{ one, last, x: layout.toX(last.x) }] : [];
  });
  // Labels that fit share one left edge, beyond the longest curve, so that none covers another's line.
  const edge = Math.max(...ends.map((end) => end.x)) + 10;
  const size = layout.text;
  const labels = ends.map(({ one, last, x }): EndLabel => {
    const line = layout.toY(last.y);
    // The note only where there is room for it; the table and the readout keep it.
    const full = endText(one, last.y);
    const text = edge + textWidth(full, size) <= layout.right ? full : endText({ ...one, note: "" }, last.y);
    if (edge + textWidth(text, size) <= layout.right)
      return { id: one.id, text, x: edge, y: line + 4 * size, anchor: "start" };
    if (one.weight === "mean") {
      const gaps = ends.filter((other) => other.one !== one).map((other) => layout.toY(other.last.y) - line);
      return clearOfLine({ one, text, x, line, layout, gaps });
    }
    const band = one.band ? bandHalf(one, layout) : 0;
    const hasNeighbourAbove = ends.some(
      (other) => other.one !== one && isJustAbove(layout.toY(other.last.y), line, size),
    );
    const hasNeighbourBelow = ends.some(
      (other) => other.one !== one && isJustAbove(line, layout.toY(other.last.y), size),
    );
    const hasRoomBelow = line + 16 * size + band < layout.bottom;
    // A curve that comes down passes where the label would stand.
    const wantsBelow =
      hasNeighbourAbove || (!hasNeighbourBelow && comesDown(one, x - textWidth(text, size), line, layout));
    const isBelow = line - 18 * size - band < layout.top || (wantsBelow && hasRoomBelow);
    return {
      id: one.id,
      text,
      x: Math.max(x - 2, layout.left + textWidth(text, size)),
      y: line + (isBelow ? 14 * size + band : -8 * size - band),
      anchor: "end",
    };
  });
  const places = placeLabels(labels, 13 * size, layout.top + 4 * size, layout.bottom - 3 * size);
  return labels.map((label) => ({ ...label, y: places.get(label.id) ?? label.y }));
}

type MeanEnd = {
  readonly one: CurveSeries;
  readonly text: string;
  readonly x: number;
  readonly line: number;
  readonly layout: CurveLayout;
  /** Distances in px to the ends of the other lines, positive below. */
  readonly gaps: readonly number[];
};

/**
 * A mean's label above or below all of its own line and band that it would cover: away from a neighbouring end, else on
 * the side nearer to its own.
 */
function clearOfLine({ one, text, x, line, layout, gaps }: MeanEnd): EndLabel {
  const right = Math.max(x - 2, layout.left + textWidth(text));
  const from = right - textWidth(text);
  let top = line;
  let bottom = line;
  for (let i = one.x.length - 1; i >= 0; i--) {
    for (const value of [one.y[i], one.band?.lo[i], one.band?.hi[i]]) {
      const y = layout.toY(value ?? Number.NaN);
      if (!Number.isFinite(y)) continue;
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    if (layout.toX(one.x[i] ?? 0) < from) break;
  }
  const [above, below] = [top - 8, bottom + 14];
  const hasRoom = { above: above > layout.top + 8, below: below < layout.bottom };
  const near = gaps.filter((gap) => Math.abs(gap) < 34);
  const isCrowded = { above: near.some((gap) => gap <= 0), below: near.some((gap) => gap > 0) };
  const isNearer = below - line <= line - above;
  const wantsBelow = isCrowded.above === isCrowded.below ? isNearer : isCrowded.above;
  const isBelow = hasRoom.below && (!hasRoom.above || wantsBelow);
  return { id: one.id, text, x: right, y: isBelow ? below : Math.max(above, layout.top + 8), anchor: "end" };
}

function endText(series: CurveSeries, value: number): string {
  return `${series.label} ${valueText(value)}${series.note ? ` (${series.note})` : ""}`.trim();
}

/** Whether the curve left of its end, from `from` px on, stands a line of text higher than its end. */
function comesDown(series: CurveSeries, from: number, line: number, layout: CurveLayout): boolean {
  for (let i = series.x.length - 1; i >= 0; i--) {
    if (layout.toY(series.y[i] ?? Number.NaN) < line - 6 * layout.text) return true;
    if (layout.toX(series.x[i] ?? 0) < from) break;
  }
  return false;
}

function isJustAbove(other: number, line: number, size: number): boolean {
  return other < line && line - other < 22 * size;
}

/** Width of a chart label in px, from its length: set in 11 px times `size`, tabular figures. */
export function textWidth(text: string, size = 1): number {
  return text.length * 6.1 * size;
}

function bandHalf(series: CurveSeries, layout: CurveLayout): number {
  const i = series.y.length - 1;
  const hi = series.band?.hi[i];
  const y = series.y[i];
  if (hi === undefined || y === undefined || !Number.isFinite(hi) || !Number.isFinite(y)) return 0;
  return Math.min(24, Math.max(0, layout.toY(y) - layout.toY(hi)));
}

function xTicks(props: LearningCurveProps, width: number, toX: Scale): CurveLayout["xTicks"] {
  const [from, to] = props.xAxis.domain;
  const format = props.xAxis.format ?? ((value: number) => tickText(value, Math.max(1, (to - from) / 4)));
  const inner = scaleLinear()
    .domain([from, to])
    .ticks(width < 280 * (props.textScale ?? 1) ? 2 : 4)
    .filter((tick) => tick > from && toX(tick) < toX(to) - 48 * (props.textScale ?? 1));
  // An axis of no length yet, 0 to 1 in whole steps: 0 and 1, not "0 0 0 1 1 1".
  const ends = [format(from), format(to)];
  const ticks = [from, ...inner.filter((tick) => !ends.includes(format(tick))), to];
  return ticks.map((tick) => ({
    at: toX(tick),
    text: format(tick),
    anchor: tick === from ? "start" : tick === to ? "end" : "middle",
  }));
}

// Powers of ten and, where these are few, threes between them: 0.01, 0.03, 0.1.
function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  const decades = Math.log10(high / low);
  // Within one decade round numbers stand closer than threes.
  if (decades < 0.95)
    return scaleLinear()
      .domain([low, high])
      .ticks(4)
      .filter((tick) => tick > 0);
  const every = Math.max(1, Math.ceil(decades / 5));
  const start = Math.floor(Math.log10(low));
  for (let e = start; e <= Math.ceil(Math.log10(high)); e++) {
    if ((e - start) % every !== 0) continue;
    for (const m of decades < 2.6 ? [1, 3] : [1]) {
      const value = Number((m * 10 ** e).toPrecision(1));
      if (value >= low * 0.999 && value <= high * 1.001) ticks.push(value);
    }
  }
  return ticks;
}
