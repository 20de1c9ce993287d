// A plan and its runs: head, key, charts, results, the runs themselves, and one observation in all of them.

import { useMemo, useRef, useState } from "react";
import { GroupLegend } from "../../views/compare/GroupLegend";
import { FigureExportContext } from "../../views/frame/FigureFrame";
import { dataHash } from "../lab/dataHash";
import { provenanceOf } from "../lab/provenance";
import { comparedTableOf } from "../router/labLink";
import { OneTabLine } from "../runs/OneTabLine";
import { CompareCharts } from "./CompareCharts";
import { CompareHead } from "./CompareHead";
import { chosenCharts, compareMetrics } from "./chartMetrics";
import { type CompareRun, useCompare } from "./compareStore";
import { canRun, pauseAll, startAll } from "./comparison";
import { sharedReferences } from "./curves";
import { groupDetail } from "./grid";
import { type CompareGroup, groupsOf, optionsDiff } from "./groups";
import { OptionsDiff } from "./OptionsDiff";
import { PlanBuilder } from "./PlanBuilder";
import { Problems } from "./Problems";
import type { BandKind } from "./planView";
import { Results } from "./Results";
import { RunPanels } from "./RunPanels";
import { SameObservation } from "./SameObservation";
import { useCalmCompare } from "./useCalmCompare";

/** The comparison of the store. */
export function ComparisonPage() {
  const spec = useCompare((state) => state.spec);
  const plan = useCompare((state) => state.plan);
  const view = useCompare((state) => state.view);
  const problems = useCompare((state) => state.problems);
  const runs = useCalmCompare();
  const [isPlanning, setPlanning] = useState(false);
  const page = useRef<HTMLElement>(null);
  const table = useMemo(() => (spec && plan ? comparedTableOf(spec, plan.preset) : {}), [spec, plan]);
  const groups = useMemo(() => groupsOf(table, runs), [table, runs]);
  const metrics = useMemo(() => (spec ? compareMetrics(spec) : []), [spec]);
  const charts = useMemo(() => chosenCharts(metrics, view.charts), [metrics, view.charts]);
  const exports = useProvenance(runs);
  const dataProblem = useDataProblem(runs);
  if (!spec || !plan) return null;
  return (
    <FigureExportContext.Provider value={exports}>
      <main ref={page} id="main" tabIndex={-1} data-screen="compare" className="compare">
        <CompareHead
          groups={groups}
          runs={runs}
          page={page}
          isPlanning={isPlanning}
          onPlan={() => setPlanning(!isPlanning)}
        />
        <OneTabLine
          isTraining={runs.some((run) => run.wants && canRun(run))}
          pause={() => void pauseAll()}
          resume={startAll}
        />
        <Problems problems={dataProblem ? [...problems, dataProblem] : problems} />
        {isPlanning ? <PlanBuilder initial={plan} onCancel={() => setPlanning(false)} /> : null}
        <div className="compare-differ">
          <OptionsDiff rows={optionsDiff(table, groups)} groups={groups} />
          <p className="compare-key">{keyWords(groups, view.band)}</p>
        </div>
        <Legend
          groups={groups}
          runs={runs}
          hasExact={charts.some((chart) => sharedReferences(chart, runs).length > 0)}
        />
        <CompareCharts groups={groups} runs={runs} metrics={metrics} charts={charts} />
        <Results groups={groups} charts={charts} runs={runs} />
        <RunPanels groups={groups} runs={runs} main={charts[0]} />
        <SameObservation spec={spec} groups={groups} runs={runs} />
      </main>
    </FigureExportContext.Provider>
  );
}

/** One sentence where the started runs do not all train on the same data; null while they do. */
function useDataProblem(runs: readonly CompareRun[]): string | null {
  const facts = runs.flatMap((run) => (run.description ? [run.description.facts] : []));
  const key = runs
    .filter((run) => run.description)
    .map((run) => run.runId)
    .join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: facts are the same objects until another run starts
  const numData = useMemo(() => new Set(facts.map((each) => dataHash(each.data))).size, [key]);
  if (numData < 2) return null;
  return `The runs train on ${numData} different data sets, so their values are not measured on the same thing. Give all runs one data seed and one data set.`;
}

/** What thick, thin and pale mean. */
function keyWords(groups: readonly CompareGroup[], band: BandKind): string {
  if (groups.every((group) => group.runs.length < 2)) return "one run a line";
  const words = band === "range" ? "lowest to highest" : "one standard deviation each way";
  return `thick: mean, thin: one seed, band: ${words}`;
}

/** What every exported figure says about its runs; anew only when another run has started. */
function useProvenance(runs: readonly CompareRun[]) {
  const spec = useCompare((state) => state.spec);
  const started = runs.filter((run) => run.description !== null);
  const key = started.map((run) => run.runId).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs change at every message, their descriptions do not
  return useMemo(() => ({ provenance: spec ? provenanceOf(spec, started) : [] }), [spec, key]);
}

type LegendProps = {
  readonly groups: readonly CompareGroup[];
  readonly runs: readonly CompareRun[];
  readonly hasExact: boolean;
};

function Legend({ groups, hasExact }: LegendProps) {
  const hidden = useCompare((state) => state.hidden);
  const table = useCompare((state) => (state.spec && state.plan ? state.spec.options : {}));
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    useCompare.setState({ hidden: next });
  };
  return (
    <GroupLegend
      groups={groups.map((group) => ({
        id: group.id,
        slot: group.slot,
        name: group.name,
        detail: groupDetail(table, group.options),
        hidden: hidden.has(group.id),
        seeds: group.runs.map((run) => ({
          id: run.runId,
          label: String(run.options["seed"]),
          hidden: hidden.has(run.runId),
        })),
      }))}
      hasExact={hasExact}
      onToggle={toggle}
    />
  );
}
