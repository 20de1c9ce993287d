// Under a chart that cannot draw every group on one axis: which are kept off, why, and the measure that all share.

import { Segmented } from "../../views/frame/Segmented";
import type { CompareMetric } from "./chartMetrics";
import { keptOffReason, type QuantityKind, quantityOf } from "./comparability";
import type { CompareGroup } from "./groups";

export type ChartNoteProps = {
  readonly metric: CompareMetric;
  readonly groups: readonly CompareGroup[];
  readonly kinds: readonly QuantityKind[];
  readonly drawn: QuantityKind | undefined;
  readonly onDraw: (id: string) => void;
  readonly onCommon: () => void;
};

export function ChartNote({ metric, groups, kinds, drawn, onDraw, onCommon }: ChartNoteProps) {
  if (kinds.length < 2 || !drawn) return null;
  const off = groups.filter((group) => quantityOf(metric.name, group.options).id !== drawn.id);
  const names = off.map((group) => `${group.name} (${quantityOf(metric.name, group.options).words})`).join(", ");
  return (
    <div className="chart-note" data-kept-off={off.length}>
      <p>
        Not drawn here: {names}. {keptOffReason(metric.name)}
      </p>
      <span className="chart-note-actions">
        <Segmented
          label={`Quantity drawn as ${metric.title}`}
          value={drawn.id}
          options={kinds.map((kind) => ({ value: kind.id, label: kind.words }))}
          onChange={onDraw}
        />
        {metric.name === "elbo" ? (
          <button type="button" className="text-button" onClick={onCommon}>
            Show held-out log p(x), one measure for all
          </button>
        ) : null}
      </span>
    </div>
  );
}
