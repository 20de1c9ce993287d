// The programs of the chosen observation: its memory now or at an earlier step, draws of the recognition model, or draws
// of the prior, all under one model state.

import { lazy } from "react";
import type { MemoryView } from "../../../engine/run/records";
import type { Answers } from "../../../engine/worker/questions";
import type { DomainViewProps, DomainViews, MemoryExtras } from "../../../views/domainViews";
import { Segmented } from "../../../views/frame/Segmented";
import { HistorySlider } from "../../../views/memory/HistorySlider";
import { MemoryTable } from "../../../views/memory/MemoryTable";
import { countText } from "../../../views/numberText";
import { useViewed } from "../../stores/runStore";
import { ExtraSection } from "./ExtraSection";
import { lookAt, showSource, useLookingAt, usePosterior } from "./posteriorStore";
import { LIST_MS, PICTURE_MS, useAnswer } from "./useAnswer";

const PosteriorPanel = lazy(() => import("./PosteriorPanel").then((module) => ({ default: module.PosteriorPanel })));

export type MemoryPanelProps = {
  readonly views: DomainViews;
  readonly props: DomainViewProps;
  /** "picture 2", "your picture". */
  readonly label: string;
  /** Rows kept free so that nothing jumps. */
  readonly numRows: number;
};

const SOURCES = [
  { value: "memory", label: "memory" },
  { value: "recognition", label: "recognition" },
  { value: "prior", label: "prior" },
] as const;

/** The table with its three-way switch and its history. */
export function MemoryPanel({ views, props, label, numRows }: MemoryPanelProps) {
  const { spec, options, memory, selected } = props;
  const source = usePosterior((posterior) => posterior.source);
  const lookingAt = useLookingAt();
  const step = useViewed()?.step ?? 0;
  const drawn = useAnswer(source === "memory" ? null : { kind: "posterior", observation: selected, source }, LIST_MS);
  const history = useAnswer(source === "memory" ? { kind: "memoryHistory", observation: selected } : null, PICTURE_MS);
  const past = source === "memory" && lookingAt !== null && history ? pastView(history, lookingAt, props) : null;
  const shown = source === "memory" ? (past ?? memory) : drawn?.source === source ? drawn.view : null;
  const isLive = source === "memory" && past === null;
  return (
    <>
      <MemoryTable
        memory={shown}
        memorySize={numRows}
        numOutsideRows={1}
        observationLabel={label}
        spec={spec}
        options={options}
        ProgramCell={views.ProgramCell}
        programColumn={views.programColumn}
        selectedProgram={props.selectedProgram}
        onSelectProgram={props.onSelectProgram}
        extras={extrasOf(views.memoryExtras?.(props) ?? null, isLive, past !== null)}
        {...(source === "memory" || shown ? {} : { title: `Drawing from the ${source} model` })}
        {...(past ? { mark: `recorded at step ${countText(past.visitedAt)}` } : {})}
        switches={<Segmented label="Programs from" value={source} options={SOURCES} onChange={showSource} />}
        footer={
          <HistorySlider
            label={label}
            steps={history?.moments.map((moment) => moment.step) ?? []}
            value={source === "memory" ? lookingAt : null}
            now={step}
            note={history?.note ?? ""}
            onChange={lookAt}
          />
        }
      />
      <ExtraSection id="posterior" title="Posterior picture">
        <PosteriorPanel views={views} props={props} view={shown} />
      </ExtraSection>
    </>
  );
}

/** The memory as it stood after `step`: that of the last change up to then. */
function pastView(history: Answers["memoryHistory"], step: number, props: DomainViewProps): MemoryView | null {
  const moment = history.moments.findLast((candidate) => candidate.step <= step) ?? history.moments[0];
  if (!moment) return null;
  const source = props.memory?.source === "particles" ? "particles" : "memory";
  return { observation: props.selected, source, entries: moment.entries, outside: [], visitedAt: moment.step };
}

/** Exact weights and formulas are those of the present model: the past keeps the columns, empty. */
function extrasOf(extras: MemoryExtras | null, isLive: boolean, isPast: boolean): MemoryExtras | null {
  if (!extras || isLive) return extras;
  const columns = isPast ? extras.columns.map((column) => ({ ...column, text: () => "" })) : extras.columns;
  return { columns, ...(!isPast && extras.explain ? { explain: extras.explain } : {}) };
}
