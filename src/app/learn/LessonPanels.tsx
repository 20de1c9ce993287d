// What stands beside the text: the same pictures, memory, curves and captions as on the workbench, those that the
// scene names. A panel carries the parts that words can point at.

import type { ReactNode } from "react";
import type { DomainSpec } from "../../engine/domain";
import { DomainPictureContext } from "../../views/domainPicture";
import type { DomainViews } from "../../views/domainViews";
import { MemoryTable } from "../../views/memory/MemoryTable";
import { Curves } from "../lab/Curves";
import { rowsOf, useViewProps } from "../lab/Pictures";
import { LensPanel } from "../lab/posterior/LensPanel";
import { StageDock } from "../lab/stepping/StageDock";
import { useViewed } from "../stores/runStore";
import type { LessonScene, PanelName } from "./lessonSchema";

export type LessonPanelsProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews;
  readonly scene: LessonScene;
};

/** The panels in the scene's order, then its curves. */
export function LessonPanels({ spec, views, scene }: LessonPanelsProps) {
  const { panels, curves, figures, lit } = scene;
  return (
    <div className="scene-panels" data-figures={figures?.join(" ")}>
      {panels.map((panel) => (
        <Panel key={panel} name={panel} parts={PARTS_OF[panel]} lit={lit}>
          <PanelContent name={panel} spec={spec} views={views} />
        </Panel>
      ))}
      {curves && curves.length > 0 ? (
        <Panel name="curves" parts="curves noise" lit={lit}>
          <div className="scene-curves">
            <Curves spec={spec} only={curves} height={panels.length === 0 ? 260 : 150} />
          </div>
        </Panel>
      ) : null}
    </div>
  );
}

/** The parts of the bench that a panel shows. */
export const PARTS_OF: Readonly<Record<PanelName | "curves" | "transport" | "runs", string>> = {
  pictures: "data observation prediction",
  memory: "memory weight",
  side: "generative",
  stages: "captions proposals recognition dreams",
  lens: "lens",
  curves: "curves noise",
  transport: "transport phases",
  runs: "runs",
};

type PanelProps = {
  readonly name: string;
  readonly parts: string;
  readonly lit: readonly string[] | undefined;
  readonly children: ReactNode;
};

function Panel({ name, parts, lit, children }: PanelProps) {
  const isMarked = lit?.some((part) => parts.split(" ").includes(part)) ?? false;
  return (
    <div
      className="scene-panel"
      data-panel={name}
      data-part={name === "stages" ? undefined : parts}
      data-marked={isMarked ? "" : undefined}
    >
      {children}
    </div>
  );
}

type ContentProps = { readonly name: PanelName; readonly spec: DomainSpec; readonly views: DomainViews };

function PanelContent({ name, spec, views }: ContentProps) {
  const run = useViewed();
  const props = useViewProps(spec, run);
  if (name === "stages") return <StageDock spec={spec} views={views} isPanel />;
  if (!props) return null;
  if (name === "pictures") return <views.Main {...props} />;
  if (name === "side") return views.Side ? <views.Side {...props} /> : null;
  const label = `${spec.observationName.one} ${props.selected + 1}`;
  if (name === "lens") return <LensPanel props={props} label={label} />;
  return (
    <DomainPictureContext value={props.picture}>
      <MemoryTable
        memory={props.memory}
        memorySize={rowsOf(props)}
        numOutsideRows={props.memory?.source === "particles" ? 0 : 2}
        observationLabel={label}
        spec={spec}
        options={props.options}
        ProgramCell={views.ProgramCell}
        programColumn={views.programColumn}
        selectedProgram={props.selectedProgram}
        onSelectProgram={props.onSelectProgram}
        extras={views.memoryExtras?.(props) ?? null}
      />
    </DomainPictureContext>
  );
}
