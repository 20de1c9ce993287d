// One series and what an expression makes of it: observed points, the fitted curve, and beyond them the forecast with
// its band of two standard deviations and samples. The value axis stays from -4 to 4 unless the data go beyond, so that
// nothing jumps while fits stream in. Used by the workbench and by Try your own.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useContext, useMemo, useState } from "react";
import type { OwnScale, SeriesFit } from "../../../domains/timeseries/facts";
import { FigureScaleContext } from "../../frame/figureScale";
import { PlotLayers } from "./PlotLayers";
import { plotBox, seriesUnits, valueSpan } from "./plotScale";
import { readingText } from "./seriesReadout";
import "./timeseries.css";

/** What is drawn of a fit, besides the data. */
export type PlotMode = "fit" | "residual";

export type SeriesPlotProps = {
  /** "series 3", "passengers": for the cursor's name. */
  readonly name: string;
  /** [n] standardised. */
  readonly values: Float32Array;
  /** Distance of neighbouring points in x. */
  readonly spacing: number;
  /** Null while no expression is known: the forecast's half stays empty. */
  readonly fit: SeriesFit | null;
  /** The person's units; null for made series. */
  readonly scale: OwnScale | null;
  readonly width: number;
  readonly height: number;
  readonly mode?: PlotMode;
  /** Sample curves of the forecast; default true. */
  readonly hasSamples?: boolean;
  /** Leaves out the cursor: for small pictures. */
  readonly isStill?: boolean;
};

/** The plot with its cursor; the values under the cursor stand above it, in words for those who do not see it. */
export function SeriesPlot(props: SeriesPlotProps): ReactNode {
  const { values, spacing, scale, width, height, fit } = props;
  const { text } = useContext(FigureScaleContext);
  const count = 2 * values.length;
  const span = useMemo(() => valueSpan(values, scale?.future ?? []), [values, scale]);
  const box = useMemo(
    () => plotBox({ width, height, count, span, scale, spacing, text }),
    [width, height, count, span, scale, spacing, text],
  );
  const layers = useMemo(
    () => (
      <PlotLayers
        box={box}
        values={values}
        fit={fit}
        future={scale?.future ?? []}
        mode={props.mode ?? "fit"}
        hasSamples={props.hasSamples ?? true}
      />
    ),
    [box, values, fit, scale, props.mode, props.hasSamples],
  );
  const units = useMemo(() => seriesUnits(scale, spacing), [scale, spacing]);
  return (
    <div className="wsl-series-plot" style={{ height }}>
      <svg
        overflow="visible"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
        focusable="false"
      >
        {layers}
      </svg>
      {props.isStill ? null : (
        <Cursor plot={props} box={box} count={count} words={(index) => readingText(units, values, fit, scale, index)} />
      )}
    </div>
  );
}

type CursorProps = {
  readonly plot: SeriesPlotProps;
  readonly box: ReturnType<typeof plotBox>;
  readonly count: number;
  readonly words: (index: number) => string;
};

// A slider over the plot: arrows go from point to point, page keys by sixteen, Home and End to the ends.
function Cursor({ plot, box, count, words }: CursorProps): ReactNode {
  const [index, setIndex] = useState<number | null>(null);
  const at = index ?? plot.values.length - 1;
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    setIndex(box.toIndex(((event.clientX - frame.left) * box.width) / frame.width));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = cursorStep(event.key, at, count);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setIndex(next);
  };
  const x = box.toX(at);
  const isLeft = x > box.width / 2;
  return (
    <>
      <div
        className="wsl-series-cursor"
        role="slider"
        tabIndex={0}
        aria-label={`Read values of ${plot.name}`}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={at + 1}
        aria-valuetext={words(at)}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onPointerLeave={() => setIndex(null)}
        onFocus={() => setIndex(at)}
        onBlur={() => setIndex(null)}
        onKeyDown={onKeyDown}
      />
      {index === null ? null : (
        <div className="wsl-series-reading" aria-hidden="true">
          <i style={{ left: x, top: box.top, height: box.bottom - box.top }} />
          <span data-side={isLeft ? "left" : "right"} style={isLeft ? { right: box.width - x } : { left: x }}>
            {words(at)}
          </span>
        </div>
      )}
    </>
  );
}

/** Point that a key leads to, or null for keys that mean nothing here. */
export function cursorStep(key: string, at: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 16,
    PageDown: -16,
    Home: -at,
    End: count - 1 - at,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, at + step));
}
