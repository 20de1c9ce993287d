// The result table's numbers as text: mean ± sd with as many digits as the spread allows, intervals in words.

import type { ReactNode } from "react";
import type { SortedCell, SortedColumn } from "../../views/compare/SortedTable";
import { countText, fixedText, shortText, valueText } from "../../views/numberText";
import type { AxisName } from "../router/labLink";
import type { CompareMetric } from "./chartMetrics";
import { quantityOf } from "./comparability";
import type { CompareGroup } from "./groups";
import { groupDifference, type ResultRow, type Summary } from "./results";

const REACH_WORDS: Readonly<Record<AxisName, string>> = { step: "Steps", time: "Seconds", proposals: "Proposals" };

/** Heads of the table: group, n, one column a charted metric, best of the first, cost, proposals. */
export function resultColumns(
  charts: readonly CompareMetric[],
  axis: AxisName,
  threshold: number | null,
): readonly SortedColumn[] {
  const main = charts[0];
  const isJudged = main !== undefined && main.better !== "none";
  return [
    { key: "group", head: "Group", isNumber: false },
    { key: "n", head: "n", help: "Runs that have reached the group's last step", isNumber: true },
    ...charts.map((metric) => ({
      key: metric.name,
      head: shorten(metric.title),
      help: `Final value. ${metric.title}${metric.unit ? `, ${metric.unit}` : ""}. ${metric.help}`,
      isNumber: true,
    })),
    ...(isJudged
      ? [
          { key: "best", head: "Best on the way", help: `Best value of ${main.title}`, isNumber: true },
          {
            key: "reach",
            head: `${REACH_WORDS[axis]} to ${threshold === null ? "threshold" : shortText(threshold)}`,
            help: `Until ${main.title} is first as good as the threshold`,
            isNumber: true,
          },
        ]
      : []),
    { key: "proposals", head: "Proposals", help: "Evaluations of the joint, mean over the runs", isNumber: true },
  ];
}

/** A group's cells after its name. */
export function rowCells(
  row: ResultRow,
  charts: readonly CompareMetric[],
  best: ReadonlyMap<string, ReadonlySet<string>>,
  axis: AxisName,
): readonly SortedCell[] {
  const total = row.group.runs.length;
  const isJudged = charts[0] !== undefined && charts[0].better !== "none";
  return [
    { content: row.n === total ? total : `${row.n} of ${total}`, sort: row.n },
    ...charts.map((metric) => {
      const summary = row.final[metric.name] ?? { mean: Number.NaN, sd: Number.NaN, n: 0 };
      const isBest = best.get(metric.name)?.has(row.group.id) ?? false;
      const { words } = quantityOf(metric.name, row.group.options);
      const text = meanCell(summary, isBest);
      return { content: words ? <span title={words}>{text}</span> : text, sort: summary.mean };
    }),
    ...(isJudged
      ? [
          { content: meanCell(row.best, false), sort: row.best.mean },
          { content: reachCell(row, axis), sort: row.reach?.mean ?? Number.NaN },
        ]
      : []),
    { content: row.n === 0 ? "–" : countText(row.proposals.mean), sort: row.proposals.mean },
  ];
}

/** Cells of the row with the difference of two groups. */
export function differenceCells(
  first: CompareGroup,
  second: CompareGroup,
  charts: readonly CompareMetric[],
): readonly ReactNode[] {
  const isJudged = charts[0] !== undefined && charts[0].better !== "none";
  const cells = charts.map((metric) => {
    const found = groupDifference(first, second, metric);
    if (found === null) return "not comparable";
    if (Number.isNaN(found.difference)) return "–";
    if (found.kind === "none") return `${valueText(found.difference)} (${found.reason})`;
    const [middle, lo, hi] = [found.difference, found.lo, found.hi].map((value) => digits(value, found.hi - found.lo));
    return `${middle} (${lo} to ${hi})`;
  });
  return [`${second.name} minus ${first.name}, 95 % interval`, "", ...cells, ...(isJudged ? ["", ""] : []), ""];
}

function meanCell({ mean, sd, n }: Summary, isBest: boolean): ReactNode {
  if (n === 0 || Number.isNaN(mean)) return "–";
  const text = Number.isFinite(sd) && sd > 0 ? digits(mean, sd) : valueText(mean);
  return (
    <>
      {isBest ? <b>{text}</b> : text}
      {Number.isFinite(sd) ? ` ± ${sd > 0 ? digits(sd, sd) : 0}` : ""}
    </>
  );
}

function reachCell(row: ResultRow, axis: AxisName): ReactNode {
  const { reach } = row;
  if (reach === null || row.n === 0) return "–";
  if (reach.n === 0) return "not reached";
  const show = (value: number) => (axis === "time" ? fixedText(value, 1) : countText(value));
  const spread = Number.isFinite(reach.sd) ? ` ± ${show(reach.sd)}` : "";
  return `${show(reach.mean)}${spread}${reach.n < row.n ? ` (${reach.n} of ${row.n})` : ""}`;
}

/** A value to the second digit of its spread. */
function digits(value: number, spread: number): string {
  if (!(spread > 0)) return valueText(value);
  const decimals = Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(spread))));
  return fixedText(value, decimals);
}

function shorten(title: string): string {
  const text = title.replace("negative log likelihood", "NLL").replace("Negative log likelihood", "NLL");
  return text.length > 34 ? `${text.slice(0, 33)}…` : text;
}
