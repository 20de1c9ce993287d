// What one stage of a step does, for one observation: proposals at the left, the memory at the right, an arrow for what
// enters; at learning stages the programs that a model learns; at "dream" the dream. Plain data in, nothing out.

import type { ComponentType, ReactNode } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { StageReport } from "../../engine/run/records";
import type { ObservationPictureProps, ProgramCellProps } from "../domainViews";
import { countText } from "../numberText";
import { DreamColumn, LearnColumn, ObservedColumn } from "./LearnColumn";
import { MemoryColumn } from "./MemoryColumn";
import { ROW_HEIGHT } from "./ProgramRow";
import { EntryArrows, ProposalColumn } from "./ProposalColumn";
import "./stages.css";

export type StagePanelProps = {
  readonly report: StageReport;
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  readonly ProgramCell: ComponentType<ProgramCellProps>;
  readonly ObservationPicture?: ComponentType<ObservationPictureProps> | undefined;
  /** True where a program's cell is its printed form. */
  readonly isText?: boolean;
  /** "picture 7". */
  readonly observationLabel: string;
  /** An earlier stage of the step, as it was. */
  readonly isRecorded: boolean;
  /** After the title: why this observation is on show. */
  readonly note?: string | undefined;
  /** Rows at most in each column, default 6. */
  readonly maxRows?: number;
};

/** The parts of the panel that need only the report and the domain's small pictures. */
export type StageColumnProps = StagePanelProps & { readonly maxRows: number };

/** One stage of one observation. Its height is the same at every stage. */
export function StagePanel(given: StagePanelProps): ReactNode {
  const props: StageColumnProps = { ...given, maxRows: given.maxRows ?? 6 };
  const { report } = props;
  return (
    <section
      className="wsl-stage"
      aria-label={`Stage of ${props.observationLabel}`}
      data-stage={report.stage}
      data-recorded={props.isRecorded ? "" : undefined}
    >
      <StageTitle {...props} />
      <div className="wsl-stage-columns" style={{ minHeight: 24 + ROW_HEIGHT * (props.maxRows + 1) }}>
        <div className="wsl-stage-column">{left(props)}</div>
        <div className="wsl-stage-gutter">{report.stage === "remember" ? <EntryArrows {...props} /> : null}</div>
        <div className="wsl-stage-column">{right(props)}</div>
      </div>
    </section>
  );
}

function StageTitle(props: StagePanelProps): ReactNode {
  const { report } = props;
  const position = report.stages.findIndex((stage) => stage.name === report.stage) + 1;
  const title = report.stages[position - 1]?.title ?? report.stage;
  return (
    <header className="wsl-stage-title">
      <h3>{title}</h3>
      <span className="wsl-stage-place">
        {props.observationLabel}, step {countText(report.step)}, stage {position} of {report.stages.length}
      </span>
      {props.isRecorded ? <span className="wsl-recorded">recorded</span> : null}
      {props.note ? <span className="wsl-stage-note">{props.note}</span> : null}
    </header>
  );
}

function left(props: StageColumnProps): ReactNode {
  const { stage } = props.report;
  if (stage === "look") return <ObservedColumn {...props} />;
  if (stage === "dream" || stage === "learnFromDream") return <DreamColumn {...props} />;
  if (stage === "learnTheta" || stage === "learnPhi") return <LearnColumn {...props} />;
  return <ProposalColumn {...props} />;
}

function right(props: StageColumnProps): ReactNode {
  const { stage, memory } = props.report;
  if (stage === "learnFromDream") return <LearnColumn {...props} />;
  if (stage === "dream") return null;
  if (memory) return <MemoryColumn {...props} memory={memory} />;
  return stage === "look" ? null : <ObservedColumn {...props} />;
}
