// What a learning curve is given: series of plain numbers, reference values, the axis. No engine and no store.

import type { ReactNode } from "react";
import type { FigureExports } from "../frame/FigureFrame";
import type { FigureTable } from "../frame/figureTable";
import type { TipLines } from "../frame/Tip";
import type { Meaning } from "../palette";

export type CurveSeries = {
  readonly id: string;
  /** Direct label at the curve's end, without the value: "training", "MWS". */
  readonly label: string;
  /** What stands beside the last value, in brackets: the effective sample size of an estimate. */
  readonly note?: string;
  /** Run slot 1..8: colour, dash and marker together. */
  readonly slot: number;
  /** Colour by meaning instead of by run; the line is then solid unless `dashed`. */
  readonly meaning?: Meaning;
  /** [n] ascending: steps, seconds or evaluations. */
  readonly x: ArrayLike<number>;
  /** [n] values in the chart's unit; NaN leaves a gap. */
  readonly y: ArrayLike<number>;
  /** An earlier run behind the current one: 35 % opacity, no dot. */
  readonly ghost?: boolean;
  readonly dashed?: boolean;
  /** "mean" 2.5 px, "data" 1.75 px (default), "raw" 1 px at 45 %. */
  readonly weight?: "data" | "mean" | "raw";
  /** [n] lower and upper edge, drawn as a pale area; name it in the unit line. */
  readonly band?: { readonly lo: ArrayLike<number>; readonly hi: ArrayLike<number> };
  /** Left out of the drawing and of the axis (eye toggle of the legend). */
  readonly hidden?: boolean;
  /** No label at its end (single seeds of a group). */
  readonly unlabelled?: boolean;
  /** Computed from other series of the chart (a group's mean): not counted in data-series-count. */
  readonly derived?: boolean;
};

export type CurveReference = { readonly value: number; readonly label: string };

export type CurveAxis = {
  /** "step", "time, s", "evaluations of the joint". */
  readonly label: string;
  /** Fixed: from 0 to the stop limit, so that the axis never rescales while running. */
  readonly domain: readonly [number, number];
  /** Text of a tick and of the crosshair; default: number with thin spaces. */
  readonly format?: (value: number) => string;
};

export type LearningCurveProps = {
  /** Value of data-chart: the metric's name. */
  readonly name: string;
  readonly title: string;
  /** "nats per picture": unit, sample size and estimator note, exact. */
  readonly unit: string;
  /** One sentence that names split and estimator; shown on the title's hover and focus. */
  readonly help?: string;
  readonly series: readonly CurveSeries[];
  readonly references?: readonly CurveReference[];
  /** Default linear. */
  readonly scale?: "linear" | "log";
  readonly xAxis: CurveAxis;
  /** Default: from the data. Shared axes of Compare give one domain to all panels. */
  readonly yDomain?: readonly [number, number];
  /** Positions on the x axis at which some best program changed. */
  readonly ticks?: readonly number[];
  /** What the ticks mean: "new best". */
  readonly tickLabel?: string;
  /** Where the run stands on the x axis; a thin line. */
  readonly now?: number;
  /** Weight a of s_t = a s_(t-1) + (1 - a) y_t in 0..0.99; 0 (default) is off. The raw line stays. */
  readonly smoothing?: number;
  /** Size of the text relative to 11 px, default 1; the presenter's charts have more. */
  readonly textScale?: number;
  /** Height of the drawing in px, default 122. */
  readonly height?: number;
  /** Position of the crosshair shared by several charts, on the x axis; null for none. */
  readonly cursor?: number | null;
  readonly onCursor?: (x: number | null) => void;
  readonly switches?: ReactNode;
  /** Formula of a series' last value, by the series' id; called when somebody asks. */
  readonly explain?: (seriesId: string, value: number) => TipLines;
  readonly provenance?: readonly string[];
  readonly onExport?: FigureExports["onExport"];
  /** Rows of the CSV: one per run, record and metric of the figure. Default: the figure's table. */
  readonly csvTable?: () => FigureTable;
  readonly headingLevel?: 2 | 3;
};
