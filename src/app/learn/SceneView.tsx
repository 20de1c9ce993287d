// The live workbench beside the text, without options: what the step's scene names and nothing else.

import { useMemo } from "react";
import { FigureExportContext } from "../../views/frame/FigureFrame";
import { useDomainViews } from "../lab/domainViews";
import { FailurePanel } from "../lab/FailurePanel";
import { OtherTabNotice } from "../lab/OtherTab";
import { provenanceOf } from "../lab/provenance";
import { currentLink } from "../lab/useLabAddress";
import { useNotice } from "../stores/noticeStore";
import { useRuns } from "../stores/runStore";
import { LessonPanels } from "./LessonPanels";
import { useLearn } from "./learnStore";
import type { LessonScene } from "./lessonSchema";
import { SceneTransport } from "./SceneTransport";
import { domainOf } from "./scene";

export type SceneViewProps = { readonly scene: LessonScene; readonly onExplore: () => void };

/** Panels of the scene, its controls, and the way to the free workbench with the same run. */
export function SceneView({ scene, onExplore }: SceneViewProps) {
  const spec = domainOf(scene);
  const state = useLearn((learn) => learn.scene);
  return (
    <section className="lesson-stage" aria-label="Workbench" data-scene={state} aria-busy={state === "preparing"}>
      {spec ? <SceneOf key={spec.id} spec={spec} scene={scene} onExplore={onExplore} /> : null}
    </section>
  );
}

type SceneOfProps = SceneViewProps & { readonly spec: NonNullable<ReturnType<typeof domainOf>> };

function SceneOf({ spec, scene, onExplore }: SceneOfProps) {
  const views = useDomainViews(spec.id);
  const failed = useRuns((state) => state.runs.find((run) => run.failure !== null));
  const isAlone = useRuns((state) => state.runs.length === 1);
  // One string, so that snapshots do not draw the panels anew.
  const lines = useRuns((state) => provenanceOf(spec, state.runs).join("\n"));
  const exports = useMemo(() => ({ provenance: lines.split("\n") }), [lines]);
  const explore = () => {
    onExplore();
    window.location.hash = currentLink(spec);
  };
  return (
    <FigureExportContext.Provider value={exports}>
      <SceneTransport scene={scene} />
      <OtherTabNotice />
      <Preparing />
      {failed ? <FailurePanel key={failed.runId} run={failed} isOnly={isAlone} /> : null}
      {views ? <LessonPanels spec={spec} views={views} scene={scene} /> : null}
      <p className="scene-explore">
        <button type="button" className="text-button" data-help="explore" onClick={explore}>
          Explore freely from here
        </button>
      </p>
      <SceneNotice />
    </FigureExportContext.Provider>
  );
}

/** Keeps its height, so that nothing moves when a scene takes longer than a second. */
function Preparing() {
  const state = useLearn((learn) => learn.scene);
  const progress = useLearn((learn) => learn.progress);
  if (state === "failed") {
    return (
      <p className="scene-progress" role="alert">
        This scene could not be prepared: the training worker did not answer. Reload the page, or go on reading.
      </p>
    );
  }
  return (
    <div className="scene-progress">
      {progress ? (
        <>
          <progress value={progress.done} max={progress.of} aria-label="Preparing the scene" />
          <span className="number">
            Training to step {progress.of}: {progress.done}
          </span>
        </>
      ) : null}
    </div>
  );
}

/** What the bench says politely: failures of a device, ends of runs. */
function SceneNotice() {
  const sentence = useNotice((notice) => notice.sentence);
  return (
    <p className="scene-notice" role="status">
      {sentence}
    </p>
  );
}
