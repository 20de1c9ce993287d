// What the algorithms for hybrid models share besides arithmetic: the stages of a step, and the share of replay.

import type { CommonOptions } from "../run/options";
import type { StageInfo, StageName } from "./algorithm";
import { stageList } from "./stages";

/** lambda: how much of what phi learns comes from remembered or weighted samples; the rest from dreams. */
export const replayShare = (options: CommonOptions): number => options.lambda ?? 0.5;

/** True where programs have continuous parts: only such domains have the option lambda. */
export const isHybridDomain = (options: CommonOptions): boolean => options.lambda !== undefined;

/** Captions of a memory whose programs have continuous parts. */
export const HYBRID_CAPTIONS: Partial<Record<StageName, string>> = {
  propose: "The recognition model proposes N structures.",
  score: "Draw K sets of numbers for each different structure, and average how well they explain it.",
  remember: "Keep the M best different structures; their numbers are drawn afresh at every visit.",
  recall: "Weigh the remembered structures and their draws.",
  learnTheta: "Make the generative model find them more likely, by weight (\u03b8).",
  learnPhi: "Make the recognition model propose these structures and numbers more readily, by weight (\u03c6).",
};

/** Wake, replay and fantasy of an algorithm with memory; lambda leaves one of the last two out at its ends. */
export function hybridStages(
  options: CommonOptions,
  captions: Partial<Record<StageName, string>>,
): readonly StageInfo[] {
  const share = replayShare(options);
  return stageList(
    [
      ...(["look", "propose", "score", "remember", "recall", "learnTheta"] as const),
      ...(share > 0 ? (["learnPhi"] as const) : []),
      ...(share < 1 ? (["dream", "learnFromDream"] as const) : []),
    ],
    {},
    captions,
  );
}

/** Wake and fantasy of an algorithm that learns from fresh samples alone. */
export function sampledStages(
  options: CommonOptions,
  captions: Partial<Record<StageName, string>>,
): readonly StageInfo[] {
  const share = replayShare(options);
  return stageList(
    [
      ...(["look", "propose", "score", "learnTheta"] as const),
      ...(share > 0 ? (["learnPhi"] as const) : []),
      ...(share < 1 ? (["dream", "learnFromDream"] as const) : []),
    ],
    { learnTheta: "wake", learnPhi: "wake" },
    captions,
  );
}
