// One run's curve in its panel: drawn like a learning curve, on axes that all panels share unless this one is unlocked.

import { type ReactNode, useMemo, useRef } from "react";
import { CurveDrawing } from "../charts/CurveDrawing";
import type { LearningCurveProps } from "../charts/curveTypes";
import "../charts/charts.css";
import { useWidth } from "../frame/useWidth";

export type RunCurveProps = {
  readonly chart: LearningCurveProps;
  /** Accessible name: what is drawn, with its last value. */
  readonly label: string;
};

/** The drawing alone; its axes stand in data-x-domain and data-y-domain. */
export function RunCurve({ chart, label }: RunCurveProps): ReactNode {
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, 240);
  const height = chart.height ?? 92;
  const drawing = useMemo(() => <CurveDrawing chart={chart} width={width} height={height} />, [chart, width, height]);
  return (
    <div
      ref={plot}
      className="wsl-figure wsl-run-curve"
      role="img"
      aria-label={label}
      data-x-domain={chart.xAxis.domain.join(" ")}
      data-y-domain={chart.yDomain?.join(" ") ?? "own"}
      style={{ height }}
    >
      {drawing}
    </div>
  );
}
