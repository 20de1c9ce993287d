// A learning curve: a titled figure with direct labels, reference lines, a fixed horizontal axis and a crosshair that
// mouse and arrow keys move. Values under the crosshair are read out as text.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import { FigureFrame } from "../frame/FigureFrame";
import { FigureScaleContext } from "../frame/figureScale";
import { useOnScreen } from "../frame/useOnScreen";
import { useWidth } from "../frame/useWidth";
import { countText, valueText } from "../numberText";
import { CurveDrawing, colourOf } from "./CurveDrawing";
import "./charts.css";
import { type CurveLayout, layoutCurve } from "./curveLayout";
import { curveSentence, curveTable, lastValues, readAt } from "./curveReadout";
import type { LearningCurveProps } from "./curveTypes";
import { EndValues } from "./EndValues";

export type { CurveAxis, CurveReference, CurveSeries, LearningCurveProps } from "./curveTypes";

/**
 * Draws up to eight series on one fixed axis; props are documented in curveTypes.ts. Series are drawn anew when their
 * arrays or the list change identity or length, so a growing array is given as a new view at every snapshot.
 */
export function LearningCurve(given: LearningCurveProps): ReactNode {
  const scale = useContext(FigureScaleContext);
  const props = useMemo(() => (scale.text === 1 ? given : { ...given, textScale: scale.text }), [given, scale]);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, 340);
  const height = scale.plot ?? props.height ?? 122;
  const [ownCursor, setOwnCursor] = useState<number | null>(null);
  const cursor = props.cursor === undefined ? ownCursor : props.cursor;
  const setCursor = (x: number | null) => {
    setOwnCursor(x);
    props.onCursor?.(x);
  };
  const isOnScreen = useOnScreen(plot);
  const fresh = useMemo(() => <CurveDrawing chart={props} width={width} height={height} />, [props, width, height]);
  const shown = useCalmDrawing(fresh, isOnScreen);
  const smoothingNote = props.smoothing
    ? `; line smoothed, s_t = ${props.smoothing} s_(t−1) + ${round(1 - props.smoothing)} y_t`
    : "";
  const unit = (
    <span title={props.help}>
      {props.unit}
      {props.scale === "log" && !/log scale/.test(props.unit) ? ", log scale" : ""}
      {smoothingNote}
    </span>
  );
  return (
    <FigureFrame
      name={props.name}
      kind="chart"
      title={props.title}
      unit={unit}
      unitText={props.unit}
      sentence={`${curveSentence(props)}${props.help ? ` ${props.help}` : ""}`}
      table={() => curveTable(props)}
      {...(props.csvTable ? { csvTable: props.csvTable } : {})}
      redrawn={isOnScreen ? props.series : null}
      seriesCount={props.series.filter((series) => !series.hidden && !series.derived).length}
      lastValues={lastValues(props.series)}
      switches={<ChartSwitches chart={props} />}
      {...(props.provenance ? { provenance: props.provenance } : {})}
      {...(props.onExport ? { onExport: props.onExport } : {})}
      headingLevel={props.headingLevel ?? 2}
    >
      <div ref={plot} className="wsl-plot" style={{ height }}>
        {shown}
        <Crosshair chart={props} width={width} height={height} cursor={cursor} onCursor={setCursor} />
      </div>
    </FigureFrame>
  );
}

const OUT_OF_VIEW_MS = 4000;

/** Out of view the last drawing stays a while: the same element costs React nothing, and printing shows recent values. */
function useCalmDrawing(fresh: ReactNode, isOnScreen: boolean): ReactNode {
  const shown = useRef<{ readonly drawing: ReactNode; readonly at: number } | null>(null);
  const now = performance.now();
  if (isOnScreen || shown.current === null || now - shown.current.at > OUT_OF_VIEW_MS) {
    shown.current = { drawing: fresh, at: now };
  }
  return shown.current.drawing;
}

function ChartSwitches({ chart }: { readonly chart: LearningCurveProps }): ReactNode {
  return (
    <>
      {chart.ticks && chart.ticks.length > 0 && chart.tickLabel ? (
        <span className="wsl-tick-note">ticks: {chart.tickLabel}</span>
      ) : null}
      {chart.switches}
    </>
  );
}

type CrosshairProps = {
  readonly chart: LearningCurveProps;
  readonly width: number;
  readonly height: number;
  readonly cursor: number | null;
  readonly onCursor: (x: number | null) => void;
};

// A slider over the plot: arrows move the reading by a fiftieth of the axis, Home and End go to its ends.
function Crosshair(props: CrosshairProps): ReactNode {
  const { chart, cursor } = props;
  const [from, to] = chart.xAxis.domain;
  const layout = useMemo(() => layoutCurve(chart, props.width, props.height), [chart, props.width, props.height]);
  const reading = cursor === null ? [] : readAt(chart.series, cursor);
  const at = reading[0]?.x ?? cursor ?? from;
  const where = `${chart.xAxis.label} ${(chart.xAxis.format ?? countText)(at)}`;
  const values = reading.map((one) => `${one.label} ${valueText(one.y)}`).join(", ");
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const x = layout.fromX(event.clientX - event.currentTarget.getBoundingClientRect().left);
    props.onCursor(Math.min(to, Math.max(from, x)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextCursor(event.key, cursor ?? at, from, to);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    props.onCursor(next);
  };
  return (
    <>
      <div
        className="wsl-crosshair"
        role="slider"
        tabIndex={0}
        aria-label={`Read values of ${chart.title}`}
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={Math.round(at)}
        aria-valuetext={`${where}: ${values || "no value"}`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => props.onCursor(null)}
        onFocus={() => props.onCursor(cursor ?? readAt(chart.series, to)[0]?.x ?? from)}
        onBlur={() => props.onCursor(null)}
        onKeyDown={onKeyDown}
      />
      <EndValues chart={chart} layout={layout} />
      {reading.length > 0 ? <Reading chart={chart} layout={layout} reading={reading} where={where} /> : null}
    </>
  );
}

type ReadingProps = {
  readonly chart: LearningCurveProps;
  readonly layout: CurveLayout;
  readonly reading: ReturnType<typeof readAt>;
  readonly where: string;
};

function Reading({ chart, layout, reading, where }: ReadingProps): ReactNode {
  const x = layout.toX(reading[0]?.x ?? 0);
  return (
    <div className="wsl-reading" aria-hidden="true">
      <i className="wsl-reading-line" style={{ left: x, top: layout.top, height: layout.bottom - layout.top }} />
      {reading.map((one) => (
        <i
          key={one.id}
          className="wsl-reading-dot"
          style={{
            left: layout.toX(one.x),
            top: layout.toY(one.y),
            background: colourOf(chart.series.find((series) => series.id === one.id)),
          }}
        />
      ))}
      <div className={`wsl-reading-box${x > layout.width / 2 ? " wsl-reading-left" : ""}`} style={{ left: x }}>
        <b>{where}</b>
        {reading.map((one) => (
          <div key={one.id}>
            {one.label} <b>{valueText(one.y)}</b>
          </div>
        ))}
      </div>
    </div>
  );
}

function nextCursor(key: string, at: number, from: number, to: number): number | null {
  const step = (to - from) / 50;
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(from, at - step);
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(to, at + step);
  if (key === "Home") return from;
  if (key === "End") return to;
  return null;
}

function round(v: number): number {
  return Math.round(v * 100) / 100;
}
