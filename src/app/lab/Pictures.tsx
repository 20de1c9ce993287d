// The middle column: the domain's pictures and the memory of the chosen observation, of the run on view.

import { lazy, useMemo } from "react";
import type { DomainSpec } from "../../engine/domain";
import { budgetOfValues } from "../../engine/run/budget";
import { DomainPictureContext } from "../../views/domainPicture";
import type { DomainViewProps, DomainViews } from "../../views/domainViews";
import { useHidden, useLayout } from "../stores/layoutStore";
import { type LabRun, useRuns } from "../stores/runStore";
import { askViewed } from "./posterior/askViewed";
import { ExtraSection } from "./posterior/ExtraSection";
import { MemoryPanel } from "./posterior/MemoryPanel";
import { observationLabel } from "./posterior/observationLabel";
import { selectObservation } from "./workbench";

const DreamPanel = lazy(() => import("./posterior/DreamPanel").then((module) => ({ default: module.DreamPanel })));

/** The props that all pictures of a domain share, or null before the data are there. */
export function useViewProps(spec: DomainSpec, run: LabRun | undefined): DomainViewProps | null {
  const selected = useRuns((runs) => runs.selected);
  const selectedProgram = useRuns((runs) => runs.selectedProgram);
  const { options, description, picture, memory } = run ?? {};
  return useMemo(() => {
    if (!options || !description) return null;
    const { facts } = description;
    const observation = Math.min(selected, facts.numTrain - 1);
    return {
      spec,
      options,
      facts,
      picture: picture ?? null,
      memory: memory ?? null,
      selected: observation,
      onSelect: (row) => void selectObservation(row),
      selectedProgram,
      onSelectProgram: (printed) => useRuns.setState({ selectedProgram: printed }),
      onScore: (text) => askViewed({ kind: "score", observation, text }),
    };
  }, [spec, options, description, picture, memory, selected, selectedProgram]);
}

export type PicturesProps = { readonly views: DomainViews; readonly props: DomainViewProps };

export function Pictures({ views, props }: PicturesProps) {
  const isHidden = useHidden("memory");
  const isMemoryOpen = useLayout((layout) => !layout.closed.includes("memory")) && !isHidden;
  const label = observationLabel(props);
  return (
    <DomainPictureContext value={props.picture}>
      <views.Main {...props} />
      {isMemoryOpen ? <MemoryPanel views={views} props={props} label={label} numRows={rowsOf(props)} /> : null}
      <ExtraSection id="dreams" title="Dreams">
        <DreamPanel views={views} props={props} />
      </ExtraSection>
    </DomainPictureContext>
  );
}

/** Rows kept free so that nothing jumps: M as the engine takes it, or the particles of an algorithm without memory. */
export function rowsOf({ options, memory }: DomainViewProps): number {
  const { memorySize, numSamples } = budgetOfValues(options);
  return memory?.source === "particles" ? Math.min(numSamples, 10) : memorySize;
}
