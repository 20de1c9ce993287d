// The last values of a learning curve as numbers that explain themselves, over the labels that the drawing shows.

import type { ReactNode } from "react";
import { FormulaTip } from "../frame/FormulaTip";
import { type CurveLayout, endLabels, lastPoint } from "./curveLayout";
import type { LearningCurveProps } from "./curveTypes";

export type EndValuesProps = { readonly chart: LearningCurveProps; readonly layout: CurveLayout };

/** One place a label; the first one is the group's tab stop. */
export function EndValues({ chart, layout }: EndValuesProps): ReactNode {
  const { explain } = chart;
  if (!explain) return null;
  const visible = chart.series.filter((series) => !series.hidden && !series.ghost);
  return endLabels(visible, layout).map((label, i) => {
    const series = visible.find((one) => one.id === label.id);
    const width = 6.3 * label.text.length;
    return (
      <FormulaTip
        key={label.id}
        label={`${chart.title}: ${label.text}, last value`}
        isTabStop={i === 0}
        className="wsl-end-value"
        style={{ left: label.anchor === "end" ? label.x - width : label.x, top: label.y - 11, width }}
        lines={() => explain(label.id, (series && lastPoint(series)?.y) ?? Number.NaN)}
      >
        <i />
      </FormulaTip>
    );
  });
}
