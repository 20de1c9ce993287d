// The controls that a scene allows, and the panel of each run: state, step, and the numbers that lessons speak of.

import { RunSample } from "../../views/charts/RunLegend";
import { countText } from "../../views/numberText";
import { PhaseTrack } from "../lab/PhaseTrack";
import { pause, play, reset, step, toggleSlow } from "../lab/workbench";
import { runName } from "../router/variant";
import { playRefusal, shownStatus, statusWord } from "../runs/runStatus";
import { type LabRun, useRuns } from "../stores/runStore";
import { Button } from "../ui/Button";
import type { ControlName, LessonScene } from "./lessonSchema";

/** One bar above the panels. */
export function SceneTransport({ scene }: { readonly scene: LessonScene }) {
  const { controls, panels } = scene;
  const playing = useRuns((state) => state.playing);
  const slow = useRuns((state) => state.slow);
  const refusal = useRuns((state) => playRefusal(state.runs));
  const has = (name: ControlName) => controls.includes(name);
  return (
    <div className="scene-transport" data-part="transport phases" data-controls={controls.join(" ")}>
      {has("play") ? (
        <Button
          icon={playing ? "pause" : "play"}
          className="play"
          disabledReason={playing ? null : refusal}
          onClick={() => void (playing ? pause() : play())}
        >
          {playing ? "Pause" : "Play"}
        </Button>
      ) : null}
      {has("step") ? (
        <Button icon="step" disabledReason={refusal} onClick={() => void step("step")}>
          Step
        </Button>
      ) : null}
      {has("phase") ? (
        <Button icon="phase" disabledReason={refusal} onClick={() => void step("phase")}>
          Phase step
        </Button>
      ) : null}
      {/* The stages' own panel has this button. */}
      {has("stage") && !panels.includes("stages") ? (
        <Button icon="step" disabledReason={refusal} onClick={() => void step("stage")}>
          Next stage
        </Button>
      ) : null}
      {has("slow") ? (
        <Button icon="slow" aria-pressed={slow} onClick={() => void toggleSlow()}>
          Slow motion
        </Button>
      ) : null}
      {has("reset") ? (
        <Button kind="quiet" icon="reset" onClick={() => void reset()}>
          Reset
        </Button>
      ) : null}
      <RunPanels />
    </div>
  );
}

function RunPanels() {
  const runs = useRuns((state) => state.runs);
  return (
    <ul className="scene-runs" data-part="runs" aria-label="Runs">
      {runs.map((run) => (
        <RunPanel key={run.runId} run={run} isOnly={runs.length === 1} />
      ))}
    </ul>
  );
}

function RunPanel({ run, isOnly }: { readonly run: LabRun; readonly isOnly: boolean }) {
  const playing = useRuns((state) => state.playing);
  const slow = useRuns((state) => state.slow);
  const viewed = useRuns((state) => state.viewed);
  const status = shownStatus(run, playing, slow);
  const isViewed = run.runId === viewed;
  const name = runName(run.options);
  return (
    <li
      data-run-id={run.runId}
      data-run-status={status}
      data-step={run.step}
      data-epoch={run.epoch}
      data-phase={run.phase}
      data-viewed={isViewed && !isOnly ? "" : undefined}
    >
      {isOnly ? null : (
        <>
          <RunSample slot={run.slot} />
          <button
            type="button"
            className="run-name"
            aria-pressed={isViewed}
            title="Show the pictures of this run"
            onClick={() => useRuns.setState({ viewed: run.runId })}
          >
            {name}
          </button>
        </>
      )}
      <span className="scene-step number">
        step <b>{countText(run.step)}</b> of {countText(Number(run.options["iterations"]))}
      </span>
      <span className="run-state">{statusWord(status)}</span>
      {isOnly ? <PhaseTrack phase={run.phase} /> : null}
    </li>
  );
}
