// The right column: learning curves of all runs on shared, fixed axes.

import { memo, useMemo } from "react";
import type { DomainSpec, Reference } from "../../engine/domain";
import { budgetOfValues } from "../../engine/run/budget";
import { type CurveSeries, LearningCurve } from "../../views/charts/LearningCurve";
import { Segmented } from "../../views/frame/Segmented";
import { countText, fixedText } from "../../views/numberText";
import { AXES, type AxisName } from "../router/labLink";
import { algorithmName, runName } from "../router/variant";
import { setAxis, useLayout } from "../stores/layoutStore";
import type { LabRun } from "../stores/runStore";
import { niceCeiling } from "./axisRange";
import { type CurveMetric, type CurveSpec, curveSpecs, HELD_OUT_SAMPLES } from "./curveSpecs";
import { longTable } from "./longForm";
import { explainEnd } from "./posterior/curveTips";
import { type Ghost, useGhosts } from "./stepping/ghosts";
import { useCalmRuns } from "./useCalmRuns";

export type CurvesProps = {
  readonly spec: DomainSpec;
  /** Names of the curves to show, without the switches; left out: all. */
  readonly only?: readonly string[];
  /** Of each plot, px; default 100. */
  readonly height?: number;
};

const AXIS_LABELS: Readonly<Record<AxisName, string>> = {
  step: "step",
  time: "training time, s",
  proposals: "proposals scored",
};

/** All figures; the axis switch is the first figure's and rules them all. */
export const Curves = memo(function Curves({ spec, only, height = 100 }: CurvesProps) {
  const runs = useCalmRuns();
  const axis = useLayout((layout) => layout.axis);
  const showTicks = useLayout((layout) => layout.showTicks);
  const smoothing = useLayout((layout) => layout.smoothing);
  const specs = useMemo(() => curveSpecs(spec).filter((curve) => !only || only.includes(curve.name)), [spec, only]);
  const references = runs[0]?.description?.facts.references ?? NO_REFERENCES;
  const xAxis = useXAxis(runs, axis);
  const ghosts = useGhosts((state) => state.ghosts);
  return (
    <>
      {only ? null : <CurveSwitches axis={axis} showTicks={showTicks} smoothing={smoothing} />}
      {specs.map((curve) => (
        <Curve
          key={curve.name}
          curve={curve}
          runs={runs}
          axis={axis}
          xAxis={xAxis}
          showTicks={showTicks}
          smoothing={smoothing}
          references={references}
          height={height}
          ghosts={ghosts}
        />
      ))}
    </>
  );
});

/** A share's axis: nothing rescales while values come in. */
const SHARES = [0, 1] as const;
const NO_REFERENCES: readonly Reference[] = [];

function useXAxis(runs: readonly LabRun[], axis: AxisName) {
  const end = Math.max(...runs.map((run) => axisEnd(run, axis)), 1);
  return useMemo(
    () => ({
      label: AXIS_LABELS[axis],
      domain: [0, end] as const,
      ...(axis === "time" ? { format: (value: number) => fixedText(value, end < 20 ? 1 : 0) } : { format: countText }),
    }),
    [axis, end],
  );
}

/** Fixed by the stop limit for steps; for time and proposals, what the limit will cost, in wide round numbers. */
function axisEnd(run: LabRun, axis: AxisName): number {
  const limit = Math.max(Number(run.options["iterations"]), run.step);
  if (axis === "step") return limit;
  const soFar = axis === "time" ? run.wallMs / 1000 : run.evaluations;
  return niceCeiling(run.step > 20 ? (soFar / run.step) * limit : soFar);
}

type SwitchesProps = { readonly axis: AxisName; readonly showTicks: boolean; readonly smoothing: number };

function CurveSwitches({ axis, showTicks, smoothing }: SwitchesProps) {
  return (
    <div className="curve-switches">
      <Segmented
        label="Horizontal axis"
        value={axis}
        options={AXES.map((name) => ({ value: name, label: name }))}
        onChange={setAxis}
      />
      <label>
        <input
          type="checkbox"
          className="check"
          checked={showTicks}
          onChange={(event) => useLayout.setState({ showTicks: event.target.checked })}
        />
        new best
      </label>
      <label>
        <input
          type="checkbox"
          className="check"
          checked={smoothing > 0}
          onChange={(event) => useLayout.setState({ smoothing: event.target.checked ? 0.9 : 0 })}
        />
        smooth
      </label>
    </div>
  );
}

type CurveProps = SwitchesProps & {
  readonly curve: CurveSpec;
  readonly runs: readonly LabRun[];
  readonly xAxis: ReturnType<typeof useXAxis>;
  readonly references: readonly Reference[];
  readonly height: number;
  readonly ghosts: readonly Ghost[];
};

/** Redrawn only when a history it shows has grown. */
const Curve = memo(
  function Curve({ curve, runs, axis, xAxis, showTicks, smoothing, references, height, ghosts }: CurveProps) {
    const shown = runs.filter((run) => run.shown);
    const first = shown[0];
    const ticks = curve.ticks && showTicks && axis === "step" && first ? first.series.newBestAt : null;
    const names = new Set(curve.metrics.map((metric) => metric.name));
    return (
      <LearningCurve
        name={curve.name}
        title={curve.title}
        unit={curve.unit}
        help={curve.help}
        scale={curve.scale}
        series={[...ghostsOf(curve, ghosts, axis), ...seriesOf(curve, runs, axis)]}
        csvTable={() => longTable(runs, names)}
        references={references.filter((reference) => names.has(reference.metric))}
        xAxis={xAxis}
        height={height}
        {...(curve.unit === "share" ? { yDomain: SHARES } : {})}
        smoothing={smoothing}
        explain={(id, value) => explainEnd(curve, shown, id, value)}
        {...(ticks && ticks.length > 0 ? { ticks, tickLabel: "new best" } : {})}
        {...(first && first.step > 0 ? { now: nowOf(first, axis) } : {})}
      />
    );
  },
  (before, after) =>
    before.curve === after.curve &&
    before.axis === after.axis &&
    before.xAxis === after.xAxis &&
    before.showTicks === after.showTicks &&
    before.smoothing === after.smoothing &&
    before.references === after.references &&
    before.height === after.height &&
    before.ghosts === after.ghosts &&
    stampOf(before.runs) === stampOf(after.runs),
);

/** Histories grow in place: their version at this render tells whether there is anything new to draw. */
function stampOf(runs: readonly LabRun[]): string {
  return runs.map((run) => `${run.runId}:${run.shown}:${run.version}`).join(" ");
}

function seriesOf(curve: CurveSpec, runs: readonly LabRun[], axis: AxisName): CurveSeries[] {
  const isAlone = runs.length === 1;
  return runs.flatMap((run) =>
    curve.metrics.flatMap((metric, position) => {
      const points = run.series.points(metric.name, axis);
      // Held-out and other companions would crowd a comparison: they stay for single runs.
      if (position > 0 && (!isAlone || points.x.length === 0)) return [];
      const name = runName(run.options);
      const own = isAlone ? estimator(run, metric) : null;
      if (own === "drawn already") return [];
      const label = own ? own.label : shortName(run, runs);
      const series: CurveSeries = {
        id: isAlone ? metric.name : `${run.runId} ${name}`,
        label,
        slot: run.slot,
        x: points.x,
        y: points.y,
        hidden: !run.shown || metric.table === true,
        ...(own?.note ? { note: own.note } : {}),
        ...(isAlone ? { meaning: position > 0 ? ("quiet" as const) : ("data" as const) } : {}),
        ...(metric.dashed ? { dashed: true } : {}),
      };
      return [series];
    }),
  );
}

/** Earlier runs of another algorithm, behind the present ones: thin, with their name at the end. */
function ghostsOf(curve: CurveSpec, ghosts: readonly Ghost[], axis: AxisName): CurveSeries[] {
  const [metric] = curve.metrics;
  if (!metric || metric.table) return [];
  return ghosts.map((ghost) => {
    const { x, y } = ghost.series.points(metric.name, axis);
    const label = `${algorithmName(String(ghost.options["algorithm"]))}, earlier`;
    return { id: ghost.id, label, slot: ghost.slot, x, y, weight: "raw" };
  });
}

/**
 * What a line of a single run is: the bound's K where there is no memory, exact or sampled with S and the effective
 * sample size. Where nothing exact exists, the held-out line is the sampled one, and that is not drawn twice.
 */
function estimator(
  run: LabRun,
  metric: CurveMetric,
): { readonly label: string; readonly note?: string } | "drawn already" {
  const ess = run.series.last("logPxSampledEss") ?? run.series.last("logPxEss");
  const note = ess === null ? {} : { note: `ESS ${fixedText(ess, 1)}` };
  if (metric.name === "elbo" && run.memory?.source === "particles") {
    return { label: `${metric.label}, K = ${budgetOfValues(run.options).numSamples}` };
  }
  const isSampled = run.series.last("logPxStderr") !== null || isSame(run, "logPx", "logPxSampled");
  if (metric.name === "logPx") {
    return isSampled ? { label: `held out, S = ${HELD_OUT_SAMPLES}`, ...note } : { label: metric.label };
  }
  if (metric.name === "logPxSampled") return isSampled ? "drawn already" : { label: metric.label, ...note };
  return { label: metric.label };
}

function isSame(run: LabRun, first: string, second: string): boolean {
  const value = run.series.last(first);
  return value !== null && value === run.series.last(second);
}

/** The algorithm where all runs have the same K, else with K: labels at the ends of lines have little room. */
function shortName(run: LabRun, runs: readonly LabRun[]): string {
  const isSameK = runs.every((other) => other.options["particles"] === run.options["particles"]);
  const isDistinct = new Set(runs.map((other) => other.options["algorithm"])).size === runs.length;
  return isSameK && isDistinct ? algorithmName(String(run.options["algorithm"])) : runName(run.options);
}

function nowOf(run: LabRun, axis: AxisName): number {
  if (axis === "step") return run.step;
  return axis === "time" ? run.wallMs / 1000 : run.evaluations;
}
