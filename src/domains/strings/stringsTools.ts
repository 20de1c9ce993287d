// What scores strings under expressions, for the domain's pictures: fetched with them (DomainSpec.loadTools).

import type { Concept } from "./concepts";
import { type RealismFigure, realism } from "./data/realism";
import type { Evaluator } from "./evaluator";
import { createEvaluator } from "./scoring/createEvaluator";

export type ScoringTools = {
  readonly createEvaluator: () => Evaluator;
  readonly realism: (concepts: readonly Concept[]) => readonly RealismFigure[];
};

export const scoringTools: ScoringTools = { createEvaluator, realism };
