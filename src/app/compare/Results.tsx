// The result table: a row a group, final values as mean and standard deviation, cost to a threshold, and the difference
// of two groups with its interval.

import { useId, useState } from "react";
import { RunSample } from "../../views/charts/RunLegend";
import { SortedTable } from "../../views/compare/SortedTable";
import { countText } from "../../views/numberText";
import type { CompareMetric } from "./chartMetrics";
import { type CompareRun, useCompare } from "./compareStore";
import { canRun, setView } from "./comparison";
import type { CompareGroup } from "./groups";
import { bestGroups, isOneQuantity, resultRows, usualThreshold } from "./results";
import { differenceCells, resultColumns, rowCells } from "./resultText";

export type ResultsProps = {
  readonly groups: readonly CompareGroup[];
  readonly charts: readonly CompareMetric[];
  readonly runs: readonly CompareRun[];
};

export function Results({ groups, charts, runs }: ResultsProps) {
  const view = useCompare((state) => state.view);
  // A threshold means nothing where the groups measure different quantities.
  const isOne = charts[0] === undefined || isOneQuantity(charts[0], groups);
  const threshold = isOne ? (view.threshold ?? usualThreshold(groups, charts[0])) : null;
  const rows = resultRows(groups, charts, view.axis, threshold);
  const steps = [...new Set(rows.map((row) => row.step))];
  const isWhole = steps.length === 1 && !runs.some(canRun);
  const title = isWhole
    ? `Results at step ${countText(steps[0] ?? 0)}`
    : "Results so far, at the step each group has reached";
  const pair = usePair(groups);
  const best = new Map(charts.map((metric) => [metric.name, bestGroups(rows, metric)]));
  const table = rows.map((row) => ({
    id: row.group.id,
    cells: [
      {
        content: (
          <span className="wsl-result-group">
            <RunSample slot={row.group.slot} />
            {row.group.name}
          </span>
        ),
        sort: row.group.name,
      },
      ...rowCells(row, charts, best, view.axis),
    ],
  }));
  const foot =
    pair.first && pair.second ? [{ id: "difference", cells: differenceCells(pair.first, pair.second, charts) }] : [];
  return (
    <section className="compare-results" aria-label="Results">
      <div className="results-head">
        <h2>{title}</h2>
        <span className="results-unit">mean ± sd over seeds</span>
        <span className="results-tools">
          <Threshold metric={isOne ? charts[0] : undefined} value={threshold} isGiven={view.threshold !== null} />
          {groups.length > 2 ? <Pair groups={groups} pair={pair} /> : null}
        </span>
      </div>
      <SortedTable label={title} columns={resultColumns(charts, view.axis, threshold)} rows={table} foot={foot} />
    </section>
  );
}

type ThresholdProps = {
  readonly metric: CompareMetric | undefined;
  readonly value: number | null;
  readonly isGiven: boolean;
};

/** Value of the first chart's metric whose cost the table shows; emptied, it is chosen from the data again. */
function Threshold({ metric, value, isGiven }: ThresholdProps) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  if (!metric || metric.better === "none") return null;
  const accept = () => {
    if (text === null) return;
    const number = Number(text.replace("\u2212", "-"));
    if (text.trim() === "") setView({ threshold: null });
    else if (Number.isFinite(number)) setView({ threshold: number });
    setText(null);
  };
  return (
    <label className="threshold" htmlFor={id}>
      threshold
      <input
        id={id}
        className="number-field"
        type="text"
        inputMode="decimal"
        size={8}
        title={`A value of “${metric.title}”${isGiven ? "" : ", chosen so that every group reaches it"}`}
        value={text ?? (value === null ? "" : String(value))}
        onChange={(event) => setText(event.target.value)}
        onBlur={accept}
        onKeyDown={(event) => {
          if (event.key === "Enter") accept();
          if (event.key === "Escape") setText(null);
        }}
      />
    </label>
  );
}

type PairState = {
  readonly first: CompareGroup | undefined;
  readonly second: CompareGroup | undefined;
  readonly choose: (which: "first" | "second", id: string) => void;
};

function usePair(groups: readonly CompareGroup[]): PairState {
  const [ids, setIds] = useState({ first: "", second: "" });
  const first = groups.find((group) => group.id === ids.first) ?? groups[0];
  const second =
    groups.find((group) => group.id === ids.second && group !== first) ?? groups.find((group) => group !== first);
  return {
    first,
    second,
    choose: (which, id) => setIds({ first: first?.id ?? "", second: second?.id ?? "", [which]: id }),
  };
}

function Pair({ groups, pair }: { readonly groups: readonly CompareGroup[]; readonly pair: PairState }) {
  const choice = (which: "first" | "second", label: string) => (
    <select
      aria-label={label}
      value={pair[which]?.id ?? ""}
      onChange={(event) => pair.choose(which, event.target.value)}
    >
      {groups.map((group) => (
        <option key={group.id} value={group.id}>
          {group.name}
        </option>
      ))}
    </select>
  );
  return (
    <span className="pair">
      difference: {choice("second", "Difference of this group")} minus {choice("first", "Difference to this group")}
    </span>
  );
}
