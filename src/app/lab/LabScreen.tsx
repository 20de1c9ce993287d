// The workbench: transport above; presets and options, pictures and memory, runs and curves; status below.

import { useMemo } from "react";
import { domains } from "../../domains/list";
import type { DomainSpec } from "../../engine/domain";
import type { DomainViews } from "../../views/domainViews";
import { FigureExportContext } from "../../views/frame/FigureFrame";
import { useLabKeys } from "../commands/useLabKeys";
import { TeacherStrip } from "../learn/teacher/TeacherStrip";
import { SavedLine } from "../saved/SavedLine";
import { useSavedRuns } from "../saved/useSavedRuns";
import { NotFoundScreen } from "../screens/NotFoundScreen";
import { useHidden } from "../stores/layoutStore";
import { useRuns, useViewed } from "../stores/runStore";
import "../styles/lab.css";
import "../styles/options.css";
import { Curves } from "./Curves";
import { useDomainViews } from "./domainViews";
import { FailurePanel } from "./FailurePanel";
import { HintRow } from "./HintRow";
import { LabDialogs } from "./LabDialogs";
import { LeftColumn } from "./LeftColumn";
import { LinkProblems } from "./LinkProblems";
import { PanelSection } from "./PanelSection";
import { Pictures, useViewProps } from "./Pictures";
import { LensSection } from "./posterior/LensSection";
import { provenanceOf } from "./provenance";
import { RunList } from "./RunList";
import { Shown } from "./Shown";
import { StandIn } from "./StandIn";
import { StatusBar } from "./StatusBar";
import { StageDock } from "./stepping/StageDock";
import { useSpaceContinues } from "./stepping/useSpaceContinues";
import { TestFault } from "./TestFault";
import { Transport } from "./Transport";
import { useGivenFile } from "./useGivenFile";
import { openPreset, useLabAddress } from "./useLabAddress";
import { useLabEffects } from "./useLabEffects";
import { useWide } from "./useWide";

export type LabScreenProps = { readonly domain: string; readonly query: string };

/** One domain's workbench. `query` is the part of the address after "?". */
export function LabScreen({ domain, query }: LabScreenProps) {
  const spec = domains.find((candidate) => candidate.id === domain);
  return spec ? <Workbench spec={spec} query={query} /> : <NotFoundScreen />;
}

function Workbench({ spec, query }: { readonly spec: DomainSpec; readonly query: string }) {
  const views = useDomainViews(spec.id);
  useLabAddress(spec, query);
  useLabEffects();
  useSavedRuns();
  useLabKeys();
  useSpaceContinues();
  const isWide = useWide();
  const takesFiles = !useHidden("upload");
  useGivenFile(takesFiles && views?.UserDataDialog != null);
  // One string, so that snapshots do not draw the screen anew.
  const lines = useRuns((state) => provenanceOf(spec, state.runs).join("\n"));
  const exports = useMemo(() => ({ provenance: lines.split("\n") }), [lines]);
  return (
    <FigureExportContext.Provider value={exports}>
      <main id="main" tabIndex={-1} data-screen="lab" className="lab">
        <Shown part="transport">
          <Transport />
        </Shown>
        <HintRow one={spec.observationName.one} />
        <TeacherStrip />
        <SavedLine />
        <TestFault />
        <LinkProblems />
        <div className="lab-columns">
          <aside className="lab-left" aria-label="Data and options">
            <h1>{spec.title}</h1>
            <p className="lab-summary">
              {spec.summary} <a href={`#/help/${spec.id}`}>More about {spec.title.toLowerCase()}</a>
            </p>
            {isWide ? <LeftColumn views={views} onPreset={openPreset} /> : null}
          </aside>
          <Middle spec={spec} views={views} />
          <Right spec={spec} views={views} />
        </div>
        <StatusBar />
        <LabDialogs spec={spec} views={views} isWide={isWide} />
      </main>
    </FigureExportContext.Provider>
  );
}

type PartProps = { readonly spec: DomainSpec; readonly views: DomainViews | null };

function Middle({ spec, views }: PartProps) {
  const run = useViewed();
  const failed = useRuns((state) => state.runs.find((candidate) => candidate.failure !== null));
  const numRuns = useRuns((state) => state.runs.length);
  const props = useViewProps(spec, run);
  const isFailed = run?.failure != null;
  return (
    <div className="lab-middle" data-failed={isFailed ? "" : undefined}>
      {failed ? <FailurePanel key={failed.runId} run={failed} isOnly={numRuns === 1} /> : null}
      {views && props ? (
        <div className="lab-pictures" inert={isFailed}>
          <Pictures views={views} props={props} />
        </div>
      ) : (
        <StandIn many={spec.observationName.many} hasFailed={isFailed} />
      )}
      {views ? <StageDock spec={spec} views={views} /> : null}
    </div>
  );
}

function Right({ spec, views }: PartProps) {
  return (
    <aside className="lab-right" aria-label="Runs and learning curves">
      <RunList />
      <Shown part="charts">
        <PanelSection id="charts" title="Learning curves">
          <div className="curves" data-part="curves">
            <Curves spec={spec} />
          </div>
        </PanelSection>
      </Shown>
      <LensSection spec={spec} />
      {/* Outside the panel: closing the curves brings the domain's figure up. */}
      <Shown part="side">
        <div className="curves side-figures">{views?.Side ? <Side spec={spec} Side={views.Side} /> : null}</div>
      </Shown>
    </aside>
  );
}

/** The domain's own figure under the curves. */
function Side({ spec, Side: Figure }: { readonly spec: DomainSpec; readonly Side: NonNullable<DomainViews["Side"]> }) {
  const props = useViewProps(spec, useViewed());
  return props ? <Figure {...props} /> : null;
}
