// The stages of a step as data: one caption a stage (experience.md 6). Slow motion, timeline and help read this list.

import type { Phase, StageInfo, StageName } from "./algorithm";

const STAGES: Readonly<Record<StageName, Omit<StageInfo, "name">>> = {
  look: { phase: "wake", title: "Look", caption: "Take an observation." },
  propose: { phase: "wake", title: "Propose", caption: "The recognition model proposes K programs." },
  score: {
    phase: "wake",
    title: "Score",
    caption: "Score each by how likely it is and how well it explains.",
  },
  remember: { phase: "wake", title: "Remember", caption: "Keep the M best different programs." },
  recall: {
    phase: "replay",
    title: "Recall",
    caption: "Pick a remembered program, in proportion to its weight.",
  },
  learnTheta: {
    phase: "replay",
    title: "Learn the world",
    caption: "Make the generative model find it more likely (\u03b8).",
  },
  learnPhi: {
    phase: "replay",
    title: "Learn to recognise",
    caption: "Make the recognition model propose it more readily (\u03c6).",
  },
  dream: { phase: "fantasy", title: "Dream", caption: "Dream a new program and its data." },
  learnFromDream: {
    phase: "fantasy",
    title: "Learn from the dream",
    caption: "Learn to recognise the dream (\u03c6).",
  },
};

/** Captions of memoised wake-sleep where replay learns from all remembered programs at once. */
export const WEIGHTED_REPLAY: Partial<Record<StageName, string>> = {
  recall: "Recall all remembered programs, each in proportion to its weight.",
  learnTheta: "Make the generative model find them more likely, by weight (\u03b8).",
  learnPhi: "Make the recognition model propose them more readily, by weight (\u03c6).",
};

/** The named stages in the given order; `phase` moves them to another phase, `captions` replace single captions. */
export function stageList(
  names: readonly StageName[],
  phase?: Partial<Record<StageName, Phase>>,
  captions?: Partial<Record<StageName, string>>,
): readonly StageInfo[] {
  return names.map((name) => ({
    name,
    ...STAGES[name],
    phase: phase?.[name] ?? STAGES[name].phase,
    caption: captions?.[name] ?? STAGES[name].caption,
  }));
}
