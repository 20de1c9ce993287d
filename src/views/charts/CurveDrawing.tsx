// The drawing of a learning curve as SVG: grid, references, bands, lines, ends with their labels. A pure function of the
// props and a size, so that a stored picture can be compared with it.

import type { ReactNode } from "react";
import { markerPath, palette, runStyle } from "../palette";
import { type CurveLayout, type EndLabel, endLabels, lastPoint, layoutCurve } from "./curveLayout";
import type { CurveReference, CurveSeries, LearningCurveProps } from "./curveTypes";
import { placeReferences } from "./referencePlacement";
import { bandPath, linePath, smoothed, thinSeries } from "./thinning";

export type CurveDrawingProps = {
  readonly chart: LearningCurveProps;
  readonly width: number;
  readonly height: number;
};

/** Static part of a learning curve; the crosshair lies above it in its own layer. */
export function CurveDrawing(props: CurveDrawingProps): ReactNode {
  const { chart, width, height } = props;
  const layout = layoutCurve(chart, width, height);
  const visible = chart.series.filter((series) => !series.hidden);
  const labels = endLabels(visible, layout);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <Grid layout={layout} />
      {visible.map((series) => (
        <Band key={series.id} series={series} layout={layout} />
      ))}
      {(chart.ticks ?? []).length > 0 ? <NewBestTicks at={chart.ticks ?? []} layout={layout} /> : null}
      {visible.map((series) => (
        <Line key={series.id} series={series} layout={layout} smoothing={chart.smoothing ?? 0} />
      ))}
      <References references={chart.references ?? []} series={visible} labels={labels} layout={layout} />
      {chart.now === undefined ? null : (
        <line
          x1={layout.toX(chart.now)}
          x2={layout.toX(chart.now)}
          y1={layout.top}
          y2={layout.bottom}
          stroke="var(--line-3)"
        />
      )}
      {visible.every((series) => lastPoint(series) === null) ? (
        <text
          className="wsl-reference-label"
          x={(layout.left + layout.right) / 2}
          y={(layout.top + layout.bottom) / 2 + 4}
          textAnchor="middle"
        >
          no values yet
        </text>
      ) : null}
      {labels.map((label) => (
        <text
          key={label.id}
          className="wsl-end-label"
          x={label.x}
          y={label.y}
          textAnchor={label.anchor}
          style={{ fill: layout.text > 1 ? palette.ink : colourOf(visible.find((one) => one.id === label.id)) }}
        >
          {label.text}
        </text>
      ))}
    </svg>
  );
}

function Grid({ layout }: { readonly layout: CurveLayout }): ReactNode {
  return (
    <g>
      {layout.yTicks.map((tick) => (
        <g key={tick.text}>
          <line x1={layout.left} x2={layout.right} y1={tick.at} y2={tick.at} stroke="var(--line-1)" />
          <text x={layout.left - 6} y={tick.at + 3.5 * layout.text} textAnchor="end">
            {tick.text}
          </text>
        </g>
      ))}
      <line x1={layout.left} x2={layout.right} y1={layout.bottom} y2={layout.bottom} stroke="var(--line-2)" />
      {layout.xTicks.map((tick) => (
        <text key={tick.at} x={tick.at} y={layout.height - 5 * layout.text} textAnchor={tick.anchor}>
          {tick.text}
        </text>
      ))}
    </g>
  );
}

function NewBestTicks(props: { readonly at: readonly number[]; readonly layout: CurveLayout }): ReactNode {
  const { layout } = props;
  // One tick per pixel is all that can be seen.
  const columns = [...new Set(props.at.map((x) => Math.round(layout.toX(x))))];
  const path = columns.map((x) => `M${x},${layout.bottom}V${layout.bottom - 5}`).join("");
  return <path data-ticks={props.at.length} d={path} stroke={palette.memory} strokeWidth="1.4" fill="none" />;
}

function Band(props: { readonly series: CurveSeries; readonly layout: CurveLayout }): ReactNode {
  const { series, layout } = props;
  if (!series.band) return null;
  const indices = thinSeries(series.x, series.y, layout.toX);
  const path = bandPath(series.x, series.band.lo, series.band.hi, indices, layout.toX, layout.toY);
  return <path className="wsl-band" d={path} fill={colourOf(series)} opacity="0.13" />;
}

function Line(props: {
  readonly series: CurveSeries;
  readonly layout: CurveLayout;
  readonly smoothing: number;
}): ReactNode {
  const { series, layout, smoothing } = props;
  const style = runStyle(series.slot);
  const colour = colourOf(series);
  const raw = pathOf(series.x, series.y, layout);
  const smooth = smoothing > 0 ? pathOf(series.x, smoothed(series.y, smoothing), layout) : null;
  const last = series.ghost || series.weight === "raw" ? null : lastPoint(series);
  const line = {
    fill: "none",
    stroke: colour,
    strokeLinejoin: "round" as const,
    className: `wsl-line-${series.weight ?? "data"}`,
    strokeDasharray: series.dashed ? "4 2" : series.meaning ? undefined : dashOf(style.dash),
  };
  const marker = markerPath(series.meaning ? "circle" : style.marker, 3);
  const opacity = series.ghost ? 0.35 : series.weight === "raw" ? 0.45 : smooth ? 0.35 : undefined;
  return (
    <g data-series={series.id}>
      <path d={raw} {...line} opacity={opacity} />
      {smooth === null ? null : <path d={smooth} {...line} />}
      {last ? (
        <path
          d={marker.d}
          transform={`translate(${round(layout.toX(last.x))} ${round(layout.toY(last.y))})`}
          fill={marker.filled ? colour : "none"}
          stroke={marker.filled ? "none" : colour}
          strokeWidth="1.6"
        />
      ) : null}
    </g>
  );
}

function References(props: {
  readonly references: readonly CurveReference[];
  readonly series: readonly CurveSeries[];
  readonly labels: readonly EndLabel[];
  readonly layout: CurveLayout;
}): ReactNode {
  const { layout } = props;
  const places = placeReferences(props.references, props.series, props.labels, layout);
  return props.references.map((reference, i) => {
    const label = places[i];
    if (!label) return null;
    const y = layout.toY(reference.value);
    return (
      <g key={reference.label}>
        <line
          x1={layout.left}
          x2={layout.right}
          y1={y}
          y2={y}
          stroke={palette.exact}
          strokeDasharray="1 3"
          strokeWidth="1.4"
          strokeLinecap="round"
        />
        <text className="wsl-reference-label" x={label.x} y={label.y} textAnchor={label.anchor}>
          {label.text}
        </text>
      </g>
    );
  });
}

function pathOf(x: ArrayLike<number>, y: ArrayLike<number>, layout: CurveLayout): string {
  const clean = (v: number) => (Number.isFinite(layout.toY(v)) ? layout.toY(v) : layout.bottom);
  return linePath(x, y, thinSeries(x, y, layout.toX), layout.toX, clean);
}

/** CSS colour of a series: its meaning, else its run slot. */
export function colourOf(series: CurveSeries | undefined): string {
  if (!series) return palette.ink;
  return series.meaning ? palette[series.meaning] : runStyle(series.slot).colour;
}

function dashOf(dash: string): string | undefined {
  return dash === "none" ? undefined : dash;
}

function round(v: number): number {
  return Math.round(v * 10) / 10;
}
