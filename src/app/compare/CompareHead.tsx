// Head of a comparison: what is compared on what, how far it is, and the few actions that concern all runs.

import { type RefObject, useState } from "react";
import { Icon as FigureIcon } from "../../views/frame/icons";
import { Segmented } from "../../views/frame/Segmented";
import { AXES, comparedTableOf } from "../router/labLink";
import { useNotice } from "../stores/noticeStore";
import { Button } from "../ui/Button";
import { copyCompareLink, exportAll } from "./compareFiles";
import { type CompareRun, useCompare } from "./compareStore";
import { canRun, pauseAll, setView, startAll } from "./comparison";
import { durationText, spanText } from "./estimate";
import { planSentence } from "./grid";
import { type CompareGroup, optionsDiff } from "./groups";
import { estimateOf, secondsLeft } from "./planEstimate";

export type CompareHeadProps = {
  readonly groups: readonly CompareGroup[];
  readonly runs: readonly CompareRun[];
  readonly page: RefObject<HTMLElement | null>;
  readonly isPlanning: boolean;
  readonly onPlan: () => void;
};

export function CompareHead({ groups, runs, page, isPlanning, onPlan }: CompareHeadProps) {
  const spec = useCompare((state) => state.spec);
  const plan = useCompare((state) => state.plan);
  const axis = useCompare((state) => state.view.axis);
  const notice = useNotice((state) => state.sentence);
  if (!spec || !plan) return null;
  const preset = spec.presets.find((each) => each.id === plan.preset)?.title ?? "";
  const planned = runs.filter((run) => !run.runId.startsWith("saved-")).length;
  return (
    <div className="compare-head">
      <div className="compare-titles">
        <h1>{titleOf(groups, spec.observationName.many)}</h1>
        <p className="compare-summary">
          {spec.title}, {preset.charAt(0).toLowerCase()}
          {preset.slice(1)}. {planSentence(spec, plan, planned)}, <Progress runs={runs} />. <Differ groups={groups} />
        </p>
      </div>
      <div className="compare-actions">
        <Segmented
          label="Horizontal axis"
          value={axis}
          options={AXES.map((name) => ({ value: name, label: name }))}
          onChange={(next) => setView({ axis: next })}
        />
        <GoButton runs={runs} />
        <Button icon="plus" title="Other values, more runs, a saved run" aria-expanded={isPlanning} onClick={onPlan}>
          Change plan
        </Button>
        <ExportButton runs={runs} page={page} />
        <Button
          kind="quiet"
          icon="link"
          title="The whole plan and view as an address"
          onClick={() => void copyCompareLink()}
        >
          Copy link
        </Button>
        <p className="compare-notice" role="status">
          {notice}
        </p>
      </div>
    </div>
  );
}

/** "MWS and RWS on the same pictures". */
function titleOf(groups: readonly CompareGroup[], many: string): string {
  const names = groups.map((group) => group.name);
  if (names.length === 0) return "Compare";
  if (names.length > 4) return `${names.length} groups on the same ${many}`;
  const last = names[names.length - 1];
  const joined = names.length === 1 ? `${last}, one group,` : `${names.slice(0, -1).join(", ")} and ${last}`;
  return `${joined} on the same ${many}`;
}

function Progress({ runs }: { readonly runs: readonly CompareRun[] }) {
  const plan = useCompare((state) => state.plan);
  const left = runs.filter(canRun);
  const done = runs.length - left.length;
  const failed = runs.filter((run) => run.status === "failed").length;
  const failedWords = failed > 0 ? `, ${failed} failed` : "";
  if (!plan) return null;
  if (left.length === 0) {
    const seconds = runs.reduce((sum, run) => sum + run.wallMs, 0) / 1000;
    return (
      <span data-progress="done">
        done after {spanText(seconds)} of training{failedWords}
      </span>
    );
  }
  if (left.length === runs.length && left.every((run) => run.status === "idle" && !run.wants)) {
    return <span data-progress="none">not yet run: {estimateOf(plan, left)}</span>;
  }
  const rest = left.some((run) => run.wants) ? `${durationText(secondsLeft(left))} left` : "paused";
  return (
    <span data-progress="some">
      {done} of {runs.length} done{failedWords}, {rest}
    </span>
  );
}

/** "They differ in algorithm only." */
function Differ({ groups }: { readonly groups: readonly CompareGroup[] }) {
  const spec = useCompare((state) => state.spec);
  const plan = useCompare((state) => state.plan);
  if (!spec || !plan || groups.length < 2) return null;
  const rows = optionsDiff(comparedTableOf(spec, plan.preset), groups);
  const labels = rows.map((row) => row.label.toLowerCase());
  const last = labels[labels.length - 1];
  return (
    <>
      They differ in <b>{labels.length > 1 ? `${labels.slice(0, -1).join(", ")} and ${last}` : last}</b>
      {labels.length === 1 ? " only" : ""}.
    </>
  );
}

function GoButton({ runs }: { readonly runs: readonly CompareRun[] }) {
  const left = runs.filter(canRun);
  if (left.some((run) => run.wants)) {
    return (
      <Button
        kind="primary"
        icon="pause"
        title="All runs stand still where they are"
        className="compare-go"
        onClick={() => void pauseAll()}
      >
        Pause all
      </Button>
    );
  }
  if (left.length === 0) return null;
  const isFresh = runs.every((run) => run.status === "idle");
  const word = isFresh ? "Start" : "Go on with";
  return (
    <Button kind="primary" icon="play" title="Runs take turns on this device" className="compare-go" onClick={startAll}>
      {word} {left.length} {left.length === 1 ? "run" : "runs"}
    </Button>
  );
}

function ExportButton(props: { readonly runs: readonly CompareRun[]; readonly page: RefObject<HTMLElement | null> }) {
  const { runs, page } = props;
  const [isBusy, setBusy] = useState(false);
  const isEmpty = runs.every((run) => run.series.size === 0);
  const reason = isEmpty
    ? "There are no values yet. Start the runs first."
    : isBusy
      ? "The archive is being written."
      : null;
  const run = async () => {
    setBusy(true);
    const figures = [...(page.current?.querySelectorAll<HTMLElement>("figure[data-chart]") ?? [])];
    await exportAll(figures).finally(() => setBusy(false));
  };
  return (
    <Button
      title="One archive: CSV, JSON, every figure as SVG and PNG"
      disabledReason={reason}
      onClick={() => void run()}
    >
      <FigureIcon name="export" size={16} />
      Export all
    </Button>
  );
}
