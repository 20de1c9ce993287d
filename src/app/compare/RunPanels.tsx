// Every run as a panel: its state, its own curve on axes that all panels share, and what can be done with it alone.

import { useMemo, useRef, useState } from "react";
import { lastPoint } from "../../views/charts/curveLayout";
import type { LearningCurveProps } from "../../views/charts/curveTypes";
import { RunSample } from "../../views/charts/RunLegend";
import { RunCurve } from "../../views/compare/RunCurve";
import { countText, valueText } from "../../views/numberText";
import { statusWord } from "../runs/runStatus";
import { Button, IconButton } from "../ui/Button";
import { useCompareAxis } from "./CompareCharts";
import { type CompareMetric, pointsOf } from "./chartMetrics";
import { quantityOf } from "./comparability";
import { type CompareRun, useCompare } from "./compareStore";
import { pauseRun, removeRun, rerun, resumeRun } from "./comparison";
import { valueAxis } from "./curves";
import { type CompareGroup, runTitle } from "./groups";

export type RunPanelsProps = {
  readonly groups: readonly CompareGroup[];
  readonly runs: readonly CompareRun[];
  readonly main: CompareMetric | undefined;
};

/** The panels in the plan's order; on a narrow screen they are swiped. */
export function RunPanels({ groups, runs, main }: RunPanelsProps) {
  const axis = useCompare((state) => state.view.axis);
  const xAxis = useCompareAxis(runs, axis);
  const charts = usePanelCharts(runs, main, xAxis, axis);
  const domains = sharedDomains(main, runs, charts);
  const words = domains.size > 1 ? "on axes shared by runs of the same quantity" : "on shared axes";
  return (
    <section className="run-panels" aria-label="Runs">
      <h2>
        Runs <small>{main ? `${main.title.charAt(0).toLowerCase()}${main.title.slice(1)}, ${words}` : ""}</small>
      </h2>
      <ul data-columns={runs.length > 6 ? 4 : Math.min(3, runs.length)}>
        {runs.map((run, i) => {
          const group = groups.find((each) => each.id === run.groupId);
          const chart = charts[i];
          const yDomain = main ? (domains.get(quantityOf(main.name, run.options).id) ?? UNIT) : UNIT;
          return group && chart && main ? (
            <RunPanel key={run.runId} run={run} group={group} chart={chart} yDomain={yDomain} main={main} />
          ) : null;
        })}
      </ul>
    </section>
  );
}

const UNIT = [0, 1] as const;

/** One chart a run, the same object as long as its history has not grown: an ended run costs nothing. */
function usePanelCharts(
  runs: readonly CompareRun[],
  main: CompareMetric | undefined,
  xAxis: LearningCurveProps["xAxis"],
  axis: Parameters<typeof pointsOf>[2],
): readonly LearningCurveProps[] {
  const known = useRef(new Map<string, LearningCurveProps>());
  return useMemo(() => {
    if (!main) return [];
    const next = new Map<string, LearningCurveProps>();
    const charts = runs.map((run) => {
      const key = `${run.runId} ${run.series.version} ${run.description !== null} ${main.name} ${axis} ${xAxis.domain[1]}`;
      const chart = known.current.get(key) ?? panelChart(main, run, xAxis, axis);
      next.set(key, chart);
      return chart;
    });
    known.current = next;
    return charts;
  }, [main, runs, xAxis, axis]);
}

type PanelProps = {
  readonly run: CompareRun;
  readonly group: CompareGroup;
  readonly chart: LearningCurveProps;
  readonly yDomain: readonly [number, number];
  readonly main: CompareMetric;
};

function RunPanel({ run, group, chart, yDomain, main }: PanelProps) {
  const [isOwn, setOwn] = useState(false);
  // Numbers follow every message; the curve follows the calm runs.
  const live = useCompare((state) => state.runs.find((each) => each.runId === run.runId)) ?? run;
  const name = runTitle(group, run);
  const value = chart.series[0] ? lastPoint(chart.series[0])?.y : undefined;
  const [low, high] = yDomain;
  const shown = useMemo(
    () => (isOwn ? { ...chart, xAxis: ownAxis(chart) } : { ...chart, yDomain: [low, high] as const }),
    [isOwn, chart, low, high],
  );
  const kind = quantityOf(main.name, run.options).words;
  return (
    <li
      className="run-panel"
      data-run-id={run.runId}
      data-run-status={live.status}
      data-step={live.step}
      data-epoch={live.epoch}
      data-phase={live.phase}
      aria-label={name}
    >
      <div className="run-panel-head">
        <RunSample slot={run.slot} />
        <b title={name}>{name}</b>
        <PanelButtons run={live} name={name} />
      </div>
      <div className="run-panel-state">
        <span title={live.reason?.sentence}>{stateWords(live)}</span>
        <button
          type="button"
          className="text-button own-axis"
          aria-pressed={isOwn}
          aria-label={`Own axes for ${name}`}
          title="Fits the axes of this panel to its own values"
          onClick={() => setOwn(!isOwn)}
        >
          {isOwn ? "shared axes" : "own axes"}
        </button>
        <span className="number">
          step {countText(live.step)} of {countText(Math.max(Number(run.options["iterations"]), live.step))}
        </span>
      </div>
      {live.failure ? (
        <PanelFailure run={live} name={name} />
      ) : (
        <RunCurve
          chart={shown}
          label={`${name}: ${main.title}${kind ? `, ${kind}` : ""}, ${value === undefined ? "no value yet" : valueText(value)}`}
        />
      )}
    </li>
  );
}

function PanelButtons({ run, name }: { readonly run: CompareRun; readonly name: string }) {
  const isSaved = run.runId.startsWith("saved-");
  const isOver = run.status === "converged" || run.status === "stopped" || run.status === "failed";
  return (
    <span className="run-panel-buttons">
      {isOver ? null : run.wants ? (
        <IconButton
          small
          icon="pause"
          label={`Pause ${name}`}
          title="Stands still; its turn goes to the next run"
          onClick={() => void pauseRun(run.runId)}
        />
      ) : (
        <IconButton
          small
          icon="play"
          label={`${run.status === "idle" ? "Start" : "Go on with"} ${name}`}
          title="Waits for its turn and trains"
          onClick={() => resumeRun(run.runId)}
        />
      )}
      {run.status === "idle" || isSaved ? null : (
        <IconButton
          small
          icon="reset"
          label={`Run ${name} again`}
          title="From step 0, with the same seed"
          onClick={() => rerun(run.runId)}
        />
      )}
      <IconButton
        small
        icon="close"
        label={`Remove ${name}`}
        title="Out of the plan; colours of the others stay"
        onClick={() => removeRun(run.runId)}
      />
    </span>
  );
}

function PanelFailure({ run, name }: { readonly run: CompareRun; readonly name: string }) {
  const { failure } = run;
  if (!failure) return null;
  return (
    <div className="run-panel-failure" role="alert">
      <p>
        <b>{failure.error.title}</b>
        {failure.error.help ? ` ${failure.error.help}` : ""} It stands at step {countText(failure.lastGoodStep)}; the
        other runs go on.
      </p>
      <Button onClick={() => rerun(run.runId)} aria-label={`Run ${name} again after its failure`}>
        Run again
      </Button>
    </div>
  );
}

function stateWords(run: CompareRun): string {
  if (run.status === "idle") return run.wants ? "waits for its turn" : "not yet run";
  if (run.status === "paused") return run.wants ? "waits for its turn" : "paused";
  return run.isKept && run.status !== "stopped"
    ? `${statusWord(run.status)}, kept on this device`
    : statusWord(run.status);
}

function panelChart(
  main: CompareMetric,
  run: CompareRun,
  xAxis: LearningCurveProps["xAxis"],
  axis: Parameters<typeof pointsOf>[2],
): LearningCurveProps {
  return {
    name: run.runId,
    title: "",
    unit: "",
    scale: main.scale,
    series: [{ id: run.runId, label: "", slot: run.slot, ...pointsOf(run, main, axis) }],
    xAxis,
    height: 96,
  };
}

/** One vertical domain for all panels of the same quantity, made like a chart's own from all their values. */
function sharedDomains(
  main: CompareMetric | undefined,
  runs: readonly CompareRun[],
  charts: readonly LearningCurveProps[],
): ReadonlyMap<string, readonly [number, number]> {
  const domains = new Map<string, readonly [number, number]>();
  if (!main) return domains;
  const kinds = runs.map((run) => quantityOf(main.name, run.options).id);
  for (const kind of new Set(kinds)) {
    const series = charts.filter((_, i) => kinds[i] === kind).flatMap((chart) => chart.series);
    domains.set(kind, valueAxis(main, series, []) ?? [main.scale === "log" ? 0.01 : 0, 1]);
  }
  return domains;
}

function ownAxis(chart: LearningCurveProps): LearningCurveProps["xAxis"] {
  const x = chart.series[0]?.x;
  const end = Number(x?.[x.length - 1] ?? 1) || 1;
  return { ...chart.xAxis, domain: [0, end] };
}
