// The memory in the stage panel: members with their weights, who came, who left, who was recalled.

import type { ReactNode } from "react";
import type { StageMember, StageMemory } from "../../engine/run/records";
import { MemoryMark } from "../frame/marks";
import { weightText } from "../numberText";
import { MoreRow, ProgramRow } from "./ProgramRow";
import type { StageColumnProps } from "./StagePanel";

/** Members best first, then who left. */
export function MemoryColumn(props: StageColumnProps & { readonly memory: StageMemory }): ReactNode {
  const { memory, maxRows, report } = props;
  const isVisit = report.stage === "remember";
  return (
    <>
      <h4 className="wsl-stage-memory">
        memory of {props.observationLabel}
        <small>{memory.isUpdated ? "weight" : "before this step"}</small>
      </h4>
      <ul data-part="memory weight">
        {memory.members.length === 0 ? <li className="wsl-stage-more">empty: its first visit</li> : null}
        {memory.members.slice(0, maxRows).map((member, m) => (
          <ProgramRow
            key={member.printed}
            panel={props}
            program={member.program}
            printed={member.printed}
            isMarked={memory.recalled === m || (isVisit && member.isNew)}
          >
            <MemberWeight member={member} />
            <span className="wsl-stage-word">{wordOf(member, memory.recalled === m, isVisit)}</span>
          </ProgramRow>
        ))}
        {isVisit
          ? memory.evicted.slice(0, Math.max(1, maxRows - memory.members.length)).map((old) => (
              <ProgramRow key={old.printed} panel={props} program={old.program} printed={old.printed} isOut>
                <MemoryMark event="evicted" />
              </ProgramRow>
            ))
          : null}
        <MoreRow count={memory.members.length - maxRows} />
      </ul>
    </>
  );
}

function wordOf(member: StageMember, isRecalled: boolean, isVisit: boolean): string {
  if (isRecalled) return "recalled";
  return isVisit && member.isNew ? "new" : "";
}

function MemberWeight({ member }: { readonly member: StageMember }): ReactNode {
  if (member.weight === null) return null;
  return (
    <>
      <span className="wsl-stage-bar" data-kind="weight" aria-hidden="true">
        <i style={{ width: `${100 * member.weight}%` }} />
      </span>
      <span className="wsl-stage-number">{weightText(member.weight)}</span>
    </>
  );
}
