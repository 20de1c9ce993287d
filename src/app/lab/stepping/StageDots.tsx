// The timeline of a step: one dot a stage, grouped by phase. Press one to look back at a stage or to compute up to it;
// arrows move along.

import type { KeyboardEvent } from "react";
import type { Phase, StageInfo, StageName } from "../../../engine/algorithms/algorithm";
import { groupStages } from "./stageLog";

export type StageDotsProps = {
  readonly stages: readonly StageInfo[];
  /** The latest stage that was computed, or null. */
  readonly latest: StageName | null;
  /** The stage on show. */
  readonly shown: StageName | null;
  /** Earlier stages that were computed at full speed have no record. */
  readonly isRecorded: (stage: StageName) => boolean;
  readonly onGo: (index: number) => void;
};

const WORDS: Readonly<Record<Phase, string>> = { wake: "Wake", replay: "Replay", fantasy: "Fantasy" };

export function StageDots(props: StageDotsProps) {
  const { stages, latest, shown } = props;
  const at = stages.findIndex((stage) => stage.name === latest);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = stages.findIndex((stage) => stage.name === (shown ?? latest));
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: stages.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const stage = stages[to];
    if (!stage || (to < at && !props.isRecorded(stage.name))) return;
    props.onGo(to);
    event.currentTarget.querySelector<HTMLElement>(`[data-dot="${stage.name}"]`)?.focus();
  };
  const stop = shown ?? latest ?? stages[0]?.name ?? null;
  return (
    <ol className="stage-dots" aria-label="Stages of the step" onKeyDown={onKeyDown}>
      {groupStages(stages).map((group) => (
        <li key={group.stages[0]?.name}>
          <span className="stage-phase">{WORDS[group.phase]}</span>
          {group.stages.map((stage) => {
            const index = stages.indexOf(stage);
            const isMissing = index < at && !props.isRecorded(stage.name);
            return (
              <button
                key={stage.name}
                type="button"
                data-dot={stage.name}
                data-state={index === at ? "latest" : index < at ? "done" : "ahead"}
                aria-current={stage.name === shown ? "step" : undefined}
                aria-disabled={isMissing || undefined}
                tabIndex={stage.name === stop ? 0 : -1}
                title={isMissing ? "Computed at full speed: no record." : `${index + 1}. ${stage.title}`}
                aria-label={`${index + 1}. ${stage.title}${index < at ? ", recorded" : ""}`}
                onClick={isMissing ? undefined : () => props.onGo(index)}
              >
                <i />
              </button>
            );
          })}
        </li>
      ))}
    </ol>
  );
}
