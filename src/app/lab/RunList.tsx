// The runs on the bench, which are also the key of the curves: line sample, name, state, last bound; choose whose
// pictures are shown, hide its curves, take it off. Each row is the run's panel for checks (data-run-*).

import { RunSample } from "../../views/charts/RunLegend";
import { natsText } from "../../views/numberText";
import { MAX_RUNS } from "../router/labLink";
import { runName } from "../router/variant";
import { shownStatus, statusWord } from "../runs/runStatus";
import { openDialog } from "../stores/layoutStore";
import { type LabRun, patchRun, useRuns } from "../stores/runStore";
import { Button, IconButton } from "../ui/Button";
import { Shown } from "./Shown";
import { dropGhost, useGhosts } from "./stepping/ghosts";
import { removeRun } from "./workbench";

/** One row a run; with one run there is nothing to choose. */
export function RunList() {
  const runs = useRuns((state) => state.runs);
  const viewed = useRuns((state) => state.viewed);
  const isFull = runs.length >= MAX_RUNS;
  return (
    <section className="runs" data-part="runs" aria-label="Runs">
      <ul>
        {runs.map((run, index) => (
          <RunRow
            key={run.runId}
            run={run}
            isFirst={index === 0}
            isViewed={run.runId === viewed}
            isOnly={runs.length === 1}
          />
        ))}
      </ul>
      <GhostList />
      <Shown part="runs">
        <Button
          kind="quiet"
          icon="plus"
          className="add-run"
          disabledReason={isFull ? `At most ${MAX_RUNS} runs share the axes.` : null}
          onClick={() => openDialog("addRun")}
        >
          Add a run
        </Button>
      </Shown>
    </section>
  );
}

/** Curves kept from before an algorithm was changed. */
function GhostList() {
  const ghosts = useGhosts((state) => state.ghosts);
  if (ghosts.length === 0) return null;
  return (
    <ul aria-label="Earlier curves">
      {ghosts.map((ghost) => (
        <li key={ghost.id} className="run-row" data-ghost={ghost.id}>
          <span className="ghost-sample">
            <RunSample slot={ghost.slot} />
          </span>
          <span className="run-state">{ghost.name}</span>
          <span className="run-bound number" title="Bound, nats per observation">
            {natsText(ghost.series.last("elbo") ?? Number.NaN)}
          </span>
          <IconButton small icon="close" label={`Remove ${ghost.name}`} onClick={() => dropGhost(ghost.id)} />
        </li>
      ))}
    </ul>
  );
}

type RunRowProps = {
  readonly run: LabRun;
  readonly isFirst: boolean;
  readonly isViewed: boolean;
  readonly isOnly: boolean;
};

function RunRow({ run, isFirst, isViewed, isOnly }: RunRowProps) {
  const playing = useRuns((state) => state.playing);
  const slow = useRuns((state) => state.slow);
  const status = shownStatus(run, playing, slow);
  const name = runName(run.options);
  const bound = run.series.last("elbo");
  return (
    <li
      className="run-row"
      data-run-id={run.runId}
      data-run-status={status}
      data-step={run.step}
      data-epoch={run.epoch}
      data-phase={run.phase}
      data-viewed={isViewed && !isOnly ? "" : undefined}
      data-hidden={run.shown ? undefined : ""}
    >
      <RunSample slot={run.slot} />
      {isOnly ? (
        <b>{name}</b>
      ) : (
        <button
          type="button"
          className="run-name"
          aria-pressed={isViewed}
          title="Show the pictures of this run"
          onClick={() => useRuns.setState({ viewed: run.runId })}
        >
          {name}
        </button>
      )}
      <span className="run-state" title={run.reason?.sentence}>
        {statusWord(status)}
      </span>
      <span className="run-bound number" title="Bound, nats per observation">
        {bound === null ? "" : natsText(bound)}
      </span>
      <IconButton
        small
        icon={run.shown ? "eye" : "eyeOff"}
        label={`Curves of ${name}`}
        aria-pressed={run.shown}
        onClick={() => patchRun(run.runId, { shown: !run.shown })}
      />
      {isFirst ? (
        <span className="run-gap" />
      ) : (
        <IconButton small icon="close" label={`Remove ${name}`} onClick={() => removeRun(run.runId)} />
      )}
    </li>
  );
}
