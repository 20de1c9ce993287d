// The decomposition of a fit: one small plot for each addend of the expanded expression, over observed and predicted
// points, all on one scale that the observed values set. Together they add up to the fitted curve.

import { type ReactNode, useContext, useMemo, useRef } from "react";
import type { SeriesFit } from "../../../domains/timeseries/facts";
import { FigureScaleContext } from "../../frame/figureScale";
import { useWidth } from "../../frame/useWidth";
import { fixedText } from "../../numberText";
import { palette, runStyle } from "../../palette";
import { kernelText } from "./kernelText";
import { linePath, plotBox, valueSpan } from "./plotScale";
import type { SeriesView } from "./seriesView";

type Component = SeriesFit["components"][number];

/** Room for so many is kept, so that what stands below stays where it is. */
const USUAL = 3;
const HEIGHT = 46;
const GAP = 16;

/** A row of small plots with a plus sign between them. */
export function ComponentPlots(props: { readonly view: SeriesView; readonly fit: SeriesFit | null }): ReactNode {
  const { view, fit } = props;
  const list = useRef<HTMLUListElement>(null);
  const width = useWidth(list, 760);
  const scale = useContext(FigureScaleContext);
  const components = fit?.components ?? [];
  const columns = Math.max(USUAL, Math.min(components.length, 5));
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  const height = Math.round(HEIGHT * scale.picture);
  return (
    <ul ref={list} className="wsl-components" aria-label="Addends of the expression" style={{ minHeight: height + 38 }}>
      {components.map((component, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an addend is its place; equal ones may repeat
        <li key={i} style={{ width: each }} aria-label={componentWords(component)} data-component={component.printed}>
          <Curve view={view} component={component} slot={i + 2} width={each} height={height} />
          <p>
            <code className="wsl-kernel">{kernelText(component.printed)}</code> {component.words}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Curve(props: {
  readonly view: SeriesView;
  readonly component: Component;
  readonly slot: number;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { view, component, slot, width, height } = props;
  const { values, data } = view;
  const n = values.length;
  const path = useMemo(() => {
    const span = Math.min(valueSpan(values), 1.2 * Math.max(1, ...values.map(Math.abs)));
    const box = plotBox({ width, height, count: 2 * n, span, scale: null, spacing: data.spacing, text: 0 });
    const wide = { ...box, toX: (index: number) => (index * width) / (2 * n - 1), toY: toY(height, span) };
    return linePath(wide, component.curve);
  }, [component, values, n, width, height, data.spacing]);
  const style = runStyle(slot);
  const border = (width * (n - 0.5)) / (2 * n - 1);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <rect x={border} width={width - border} height={height} fill={palette.predictionGround} />
      <line x2={width} y1={height / 2} y2={height / 2} stroke="var(--line-2)" />
      <line x1={border} x2={border} y2={height} stroke="var(--line-3)" />
      <path d={path} fill="none" stroke={style.colour} strokeWidth="1.75" />
    </svg>
  );
}

const toY = (height: number, span: number) => (value: number) =>
  Math.min(height - 1, Math.max(1, height / 2 - (value * (height / 2 - 1)) / span));

/** "SE: a smooth trend, from −1.20 to 0.80 over what was observed". */
function componentWords({ printed, words, curve }: Component): string {
  const observed = curve.subarray(0, curve.length / 2);
  const low = observed.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = observed.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return `${kernelText(printed)}: ${words}, from ${fixedText(low, 2)} to ${fixedText(high, 2)} over what was observed`;
}
