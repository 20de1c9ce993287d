// The page's side of the captions, as data: per algorithm and stage the equation, and which words of the caption point
// to which part of the page. The words themselves come with the stages (engine/algorithms/stages.ts).

import type { StageName } from "../../../engine/algorithms/algorithm";
import type { OptionValues } from "../../../engine/options";
import type { FormulaId } from "../../formulas/formulaTable";
import type { PartName } from "../../parts/parts";

export type CaptionMarkup = {
  readonly formula: FormulaId;
  /** Words of the caption, exactly, with the part that each points to. */
  readonly links: Readonly<Record<string, PartName>>;
};

type Markup = Readonly<Partial<Record<StageName, CaptionMarkup>>>;

const LOOK: CaptionMarkup = { formula: "observation", links: { observation: "observation" } };
const PROPOSE: CaptionMarkup = {
  formula: "proposeParticles",
  links: { "recognition model": "recognition", "K programs": "proposals" },
};
const DREAMS: Markup = {
  dream: { formula: "dream", links: { "new program and its data": "dreams" } },
  learnFromDream: { formula: "learnFromDream", links: { dream: "dreams", φ: "recognition" } },
};
const BOTH_MODELS = { "generative model": "generative", "recognition model": "recognition" } as const;
const THETA = { "generative model": "generative", θ: "generative" } as const;
const PHI = { "recognition model": "recognition", φ: "recognition" } as const;

const MWS: Markup = {
  look: LOOK,
  propose: { formula: "propose", links: PROPOSE.links },
  score: { formula: "score", links: { "how likely it is": "generative", "how well it explains": "generative" } },
  remember: { formula: "keepBest", links: { "M best different programs": "memory" } },
  recall: { formula: "replayWeight", links: { "remembered program": "memory", weight: "weight" } },
  learnTheta: { formula: "learnTheta", links: THETA },
  learnPhi: { formula: "learnPhi", links: PHI },
  ...DREAMS,
};

/** Programs with continuous parts: structures are remembered, their numbers drawn afresh. */
const HYBRID: Markup = {
  look: LOOK,
  propose: {
    formula: "proposeStructures",
    links: { "recognition model": "recognition", "N structures": "proposals" },
  },
  score: { formula: "scoreStructures", links: { "how well they explain it": "generative" } },
  remember: { formula: "keepStructures", links: { "M best different structures": "memory" } },
  recall: { formula: "hybridWeights", links: { "remembered structures": "memory" } },
  learnTheta: { formula: "hybridTheta", links: THETA },
  learnPhi: { formula: "hybridPhi", links: PHI },
  ...DREAMS,
};

/** By algorithm; "mws weighted" where replay learns from all remembered programs. */
export const CAPTIONS: Readonly<Record<string, Markup>> = {
  mws: MWS,
  "mws weighted": {
    ...MWS,
    recall: { formula: "memoryWeight", links: { "remembered programs": "memory", weight: "weight" } },
    learnTheta: { formula: "learnThetaWeighted", links: THETA },
    learnPhi: { formula: "learnPhiWeighted", links: PHI },
  },
  rws: {
    look: LOOK,
    propose: PROPOSE,
    score: { formula: "importanceWeight", links: { Weight: "proposals", ...BOTH_MODELS } },
    learnTheta: { formula: "rwsTheta", links: THETA },
    learnPhi: { formula: "rwsPhi", links: PHI },
    ...DREAMS,
  },
  hmws: HYBRID,
  "hmws-minus": { ...HYBRID, learnPhi: { formula: "hmwsMinusPhi", links: { structures: "memory", φ: "recognition" } } },
  "rws-plus": {
    look: LOOK,
    propose: PROPOSE,
    score: { formula: "importanceWeight", links: { Weight: "proposals", ...BOTH_MODELS } },
    learnTheta: { formula: "rwsTheta", links: THETA },
    learnPhi: { formula: "rwsPlusPhi", links: { structures: "proposals", φ: "recognition" } },
    ...DREAMS,
  },
  vimco: {
    look: LOOK,
    propose: PROPOSE,
    score: { formula: "vimcoScore", links: { Weight: "proposals", bound: "curves" } },
    learnTheta: { formula: "rwsTheta", links: THETA },
    learnPhi: { formula: "vimcoPhi", links: { bound: "curves", φ: "recognition" } },
  },
  reinforce: {
    look: LOOK,
    propose: PROPOSE,
    score: { formula: "reinforceScore", links: { "average of the others": "proposals" } },
    learnTheta: { formula: "reinforceTheta", links: THETA },
    learnPhi: { formula: "reinforcePhi", links: { "Propose more readily": "recognition", φ: "recognition" } },
  },
};

/** Equation and linked words of a stage under these options; null for an algorithm without captions here. */
export function markupOf(options: OptionValues, stage: StageName): CaptionMarkup | null {
  const algorithm = String(options["algorithm"]);
  const isWeighted = algorithm === "mws" && options["replayBy"] === "weighted";
  return CAPTIONS[isWeighted ? "mws weighted" : algorithm]?.[stage] ?? null;
}

/** A caption in pieces: plain text, and linked words with their parts, in reading order. */
export function captionPieces(
  caption: string,
  links: CaptionMarkup["links"],
): readonly { readonly text: string; readonly part: PartName | null }[] {
  const words = Object.keys(links).sort((a, b) => b.length - a.length);
  const pieces: { text: string; part: PartName | null }[] = [];
  let rest = caption;
  while (rest !== "") {
    const found = words
      .map((word) => ({ word, at: rest.indexOf(word) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.word.length - a.word.length)[0];
    if (!found) return [...pieces, { text: rest, part: null }];
    if (found.at > 0) pieces.push({ text: rest.slice(0, found.at), part: null });
    pieces.push({ text: found.word, part: links[found.word] ?? null });
    rest = rest.slice(found.at + found.word.length);
  }
  return pieces;
}
