// The nine stages in order with their phases, for the dots of the caption strip. Captions come with the reports.

import type { Phase, StageName } from "../../engine/algorithms/algorithm";

const PHASE_OF: Readonly<Record<StageName, Phase>> = {
  look: "wake",
  propose: "wake",
  score: "wake",
  remember: "wake",
  recall: "replay",
  learnTheta: "replay",
  learnPhi: "replay",
  dream: "fantasy",
  learnFromDream: "fantasy",
};

// The cast restores the key type that Object.keys widens; the record above is complete by its type.
export const STAGE_ORDER = Object.keys(PHASE_OF) as readonly StageName[];

/** Stages grouped 4, 3, 2 by phase. */
export function stagesByPhase(): readonly { readonly phase: Phase; readonly stages: readonly StageName[] }[] {
  return (["wake", "replay", "fantasy"] as const).map((phase) => ({
    phase,
    stages: STAGE_ORDER.filter((stage) => PHASE_OF[stage] === phase),
  }));
}
