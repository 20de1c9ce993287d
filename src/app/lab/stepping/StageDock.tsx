// Stepping on the workbench: the stage's panel, the timeline, the caption with its equation, and on demand the diagram
// of the algorithm and the step in words. Shown in slow motion and while stepping by stage or phase.

import type { DomainSpec } from "../../../engine/domain";
import { DomainPictureContext } from "../../../views/domainPicture";
import type { DomainViews } from "../../../views/domainViews";
import { StagePanel } from "../../../views/stages/StagePanel";
import { playRefusal } from "../../runs/runStatus";
import { type LabRun, useRuns, useViewed } from "../../stores/runStore";
import { Button } from "../../ui/Button";
import { CaptionStrip } from "../CaptionStrip";
import { continueSlowMotion } from "../slowMotion";
import { step } from "../workbench";
import { AlgorithmDiagram } from "./AlgorithmDiagram";
import { explainStep } from "./explainStep";
import { goToStage } from "./goToStage";
import { stagesOf } from "./runOnShow";
import { StageDots } from "./StageDots";
import { recordOf } from "./stageLog";
import "./stepping.css";
import { useStepping } from "./steppingStore";

export type StageDockProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews;
  /** True: a panel of its own place, always there (lessons); false (default): under the pictures while stepping. */
  readonly isPanel?: boolean;
};

/** Nothing outside slow motion and stepping. */
export function StageDock({ spec, views, isPanel = false }: StageDockProps) {
  const run = useViewed();
  const slow = useRuns((runs) => runs.slow);
  const isOpen = useStepping((stepping) => stepping.isOpen);
  if (!run || !(slow || isOpen || isPanel)) return null;
  return (
    <DomainPictureContext value={run.picture}>
      <Dock run={run} spec={spec} views={views} isPanel={isPanel} />
    </DomainPictureContext>
  );
}

type DockProps = StageDockProps & { readonly run: LabRun };

function Dock({ run, spec, views, isPanel }: DockProps) {
  const { shown, ahead, hasDiagram, isExplained, note } = useStepping();
  const stages = stagesOf(run);
  const latest = run.stages.at(-1) ?? null;
  const report = (shown ? recordOf(run.stages, shown) : null) ?? latest;
  const captioned = ahead ?? stages.find((stage) => stage.name === report?.stage) ?? null;
  const label = report ? labelOf(spec, run, report.observation) : "";
  return (
    <section className={isPanel ? "stage-dock in-place" : "stage-dock"} aria-label="Stages of the step">
      <div className="stage-dock-panel">
        {report ? (
          <StagePanel
            report={report}
            spec={spec}
            options={run.options}
            ProgramCell={views.ProgramCell}
            isText={views.programColumn === null}
            ObservationPicture={views.ObservationPicture}
            observationLabel={label}
            isRecorded={report !== latest}
            note={note ? `shown because ${note}` : undefined}
            maxRows={5}
          />
        ) : (
          <div className="stage-dock-empty" />
        )}
        {hasDiagram ? (
          <AlgorithmDiagram stages={stages.map((stage) => stage.name)} stage={captioned?.name ?? null} />
        ) : null}
      </div>
      {isExplained ? (
        <p className="step-explained">{explainStep(run.stages, { observation: label, program: spec.programName })}</p>
      ) : null}
      <div className="stage-dock-line">
        <StageDots
          stages={stages}
          latest={latest?.stage ?? null}
          shown={report?.stage ?? null}
          isRecorded={(stage) => recordOf(run.stages, stage) !== null}
          onGo={(index) => void goToStage(index, () => step("stage"))}
        />
        <DockButtons />
      </div>
      <CaptionStrip
        stage={captioned}
        number={stages.findIndex((stage) => stage.name === captioned?.name) + 1}
        options={run.options}
        empty="Press Play or Next stage: each stage of a step is named here."
      />
    </section>
  );
}

function DockButtons() {
  const refusal = useRuns((runs) => playRefusal(runs.runs));
  const goesOn = useRuns((runs) => runs.slow && runs.playing);
  const { hasDiagram, isExplained } = useStepping();
  return (
    <div className="stage-dock-buttons">
      <Button
        kind="quiet"
        aria-pressed={isExplained}
        onClick={() => useStepping.setState({ isExplained: !isExplained })}
      >
        Explain this step
      </Button>
      <Button
        kind="quiet"
        className="wide"
        aria-pressed={hasDiagram}
        onClick={() => useStepping.setState({ hasDiagram: !hasDiagram })}
      >
        Diagram
      </Button>
      <Button
        className="next-stage"
        disabledReason={refusal}
        onClick={() => (goesOn ? continueSlowMotion() : void step("stage"))}
      >
        {goesOn ? "Continue" : "Next stage"}
      </Button>
    </div>
  );
}

function labelOf(spec: DomainSpec, run: LabRun, observation: number): string {
  const { one } = spec.observationName;
  return observation === run.description?.facts.userRow ? `your ${one}` : `${one} ${observation + 1}`;
}
