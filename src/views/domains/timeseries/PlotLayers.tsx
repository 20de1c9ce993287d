// What a series' plot draws, from back to front: axes, the ground of the forecast, band, samples, what happened later,
// observed points, fitted curve, forecast. Colours by meaning; observed and predicted also differ by place, dash and word.

import type { ReactNode } from "react";
import type { SeriesFit } from "../../../domains/timeseries/facts";
import { palette } from "../../palette";
import { bandPath, dotPath, linePath, type PlotBox } from "./plotScale";
import type { PlotMode } from "./SeriesPlot";

/** Data are ink; components take part colours. */
export const OBSERVED = palette.data;

export type PlotLayersProps = {
  readonly box: PlotBox;
  readonly values: Float32Array;
  readonly fit: SeriesFit | null;
  /** Values that followed the observed ones. */
  readonly future: readonly number[];
  readonly mode: PlotMode;
  readonly hasSamples: boolean;
};

/** Children of an SVG of the box's size. */
export function PlotLayers(props: PlotLayersProps): ReactNode {
  const { box, values, fit, mode } = props;
  const n = values.length;
  const border = (box.toX(n - 1) + box.toX(n)) / 2;
  return (
    <>
      <rect
        x={border}
        y={box.top}
        width={box.right - border}
        height={box.bottom - box.top}
        fill={palette.predictionGround}
      />
      <Axes box={box} />
      <line x1={border} x2={border} y1={box.top} y2={box.bottom} stroke={palette.ink} />
      <Labels box={box} border={border} />
      {fit && mode === "fit" ? <Forecast {...props} fit={fit} /> : null}
      {props.future.length > 0 && mode === "fit" ? <Future box={box} future={props.future} from={n} /> : null}
      {fit && mode === "residual" ? <Residual box={box} values={values} smooth={fit.smooth} /> : null}
      {fit && mode === "fit" ? (
        <path
          data-layer="smooth"
          d={linePath(box, fit.smooth)}
          fill="none"
          stroke={palette.prediction}
          strokeWidth="1.75"
        />
      ) : null}
      {mode === "fit" || !fit ? <Observed box={box} values={values} /> : null}
    </>
  );
}

/** Hairlines at labelled values, labels of both axes. */
export function Axes({ box }: { readonly box: PlotBox }): ReactNode {
  return (
    <g data-layer="axes">
      {box.yTicks.map((tick) => (
        <g key={tick.text}>
          <line x1={box.left} x2={box.right} y1={box.toY(tick.at)} y2={box.toY(tick.at)} stroke="var(--line-1)" />
          <text x={box.left - 6} y={box.toY(tick.at)} dy="0.32em" textAnchor="end">
            {tick.text}
          </text>
        </g>
      ))}
      <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} stroke="var(--line-2)" />
      {box.xTicks.map((tick) => (
        <g key={tick.text}>
          <line
            x1={box.toX(tick.at)}
            x2={box.toX(tick.at)}
            y1={box.bottom}
            y2={box.bottom + 3}
            stroke="var(--line-3)"
          />
          <text
            x={Math.min(box.right - 10, box.toX(tick.at))}
            y={box.height - 3}
            textAnchor="middle"
            className="wsl-series-tick"
          >
            {tick.text}
          </text>
        </g>
      ))}
    </g>
  );
}

function Labels({ box, border }: { readonly box: PlotBox; readonly border: number }): ReactNode {
  return (
    <g className="wsl-series-label">
      <text x={border - 7} y={box.top + 12} textAnchor="end">
        observed
      </text>
      <text x={border + 7} y={box.top + 12} style={{ fill: palette.prediction }}>
        predicted
      </text>
    </g>
  );
}

function Observed({ box, values }: { readonly box: PlotBox; readonly values: Float32Array }): ReactNode {
  return (
    <g data-layer="observed" stroke={OBSERVED} fill="none">
      <path d={linePath(box, values)} strokeWidth="1" opacity="0.45" />
      <path d={dotPath(box, values)} strokeWidth="3" strokeLinecap="round" />
    </g>
  );
}

function Forecast({ box, fit, values, hasSamples }: PlotLayersProps & { readonly fit: SeriesFit }): ReactNode {
  const n = values.length;
  const numSamples = hasSamples ? Math.floor(fit.samples.length / n) : 0;
  return (
    <g data-layer="forecast" fill="none" stroke={palette.prediction}>
      <path
        data-layer="band"
        d={bandPath(box, fit.mean, fit.deviation, n)}
        fill={palette.prediction}
        opacity="0.2"
        stroke="none"
      />
      {Array.from({ length: numSamples }, (_, s) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a sample is its place
          key={s}
          data-layer="sample"
          d={linePath(box, fit.samples.subarray(s * n, (s + 1) * n), n)}
          strokeWidth="1"
          opacity="0.5"
        />
      ))}
      <path d={linePath(box, fit.mean, n)} data-layer="mean" strokeWidth="2" strokeDasharray="7 3" />
    </g>
  );
}

function Future(props: {
  readonly box: PlotBox;
  readonly future: readonly number[];
  readonly from: number;
}): ReactNode {
  const { box, future, from } = props;
  return (
    <path
      data-layer="future"
      d={dotPath(box, future, from)}
      fill="none"
      stroke={palette.exact}
      strokeWidth="2.6"
      strokeLinecap="round"
    />
  );
}

/** Observed minus fitted, on the scale of the values. */
function Residual(props: {
  readonly box: PlotBox;
  readonly values: Float32Array;
  readonly smooth: Float32Array;
}): ReactNode {
  const { box, values, smooth } = props;
  const rest = values.map((value, i) => value - (smooth[i] ?? 0));
  const zero = box.toY(0);
  let path = "";
  for (let i = 0; i < rest.length; i++) path += `M${box.toX(i).toFixed(1)} ${zero}V${box.toY(rest[i] ?? 0).toFixed(1)}`;
  return (
    <g data-layer="residual">
      <path d={path} stroke={palette.mismatch} strokeWidth="1.75" />
      <line x1={box.left} x2={box.toX(values.length - 1)} y1={zero} y2={zero} stroke={palette.ink} />
    </g>
  );
}
