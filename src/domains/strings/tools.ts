// The domain's pure functions for views and the command line, as one typed record. Light: what generates data, reads files
// or scores strings is fetched when it is needed.

import { LabError } from "../../engine/errors";
import { Rng } from "../../engine/rng/rng";
import type { Concept } from "./concepts";
import type { RealismFigure } from "./data/realism";
import type { Evaluator } from "./evaluator";
import type { PaperExample } from "./paperExamples";
import { parseProgram, parseTokens } from "./parse";
import { printProgram, printToken } from "./print";
import { encodeStrings } from "./scoring/encode";
import { initialLogits, numbersOf } from "./scoring/numbers";
import type { ScoringTools } from "./stringsTools";
import { syntaxTree } from "./syntaxTree";
import { CLASS_NAMES, membersOf, SIGMA, symbolOf } from "./tokens";
import { readingTools } from "./upload/onDemand";
import type { UploadTools } from "./upload/uploadTools";

/** All functions are pure; shapes and units are in their own docstrings. */
export type StringsTools = {
  readonly sigma: typeof SIGMA;
  readonly classNames: typeof CLASS_NAMES;
  readonly symbolOf: typeof symbolOf;
  readonly membersOf: typeof membersOf;
  readonly parseProgram: typeof parseProgram;
  readonly parseTokens: typeof parseTokens;
  readonly syntaxTree: typeof syntaxTree;
  readonly printProgram: typeof printProgram;
  readonly printToken: typeof printToken;
  /** After DomainSpec.loadTools, as `realism`. */
  readonly createEvaluator: () => Evaluator;
  readonly encodeStrings: typeof encodeStrings;
  /** [108] logits under which every class is uniform and every operator a fair coin. */
  readonly uniformLogits: typeof initialLogits;
  readonly numbersOf: typeof numbersOf;
  readonly realism: (concepts: readonly Concept[]) => readonly RealismFigure[];
  /** The paper's printed examples; fetched on demand. */
  readonly paperExamples: () => Promise<readonly PaperExample[]>;
  /** A person's text as columns, cleaned, with a note for every cell; after DomainSpec.loadReaders. */
  readonly reading: () => UploadTools;
  /** A stream of random numbers of its own, for pictures that sample. */
  readonly rng: (seed: number) => Rng;
};

let scoring: ScoringTools | null = null;

/** Fetches what scores strings (DomainSpec.loadTools). */
export async function loadTools(): Promise<void> {
  scoring = (await import("./stringsTools")).scoringTools;
}

function ready(): ScoringTools {
  if (scoring) return scoring;
  const message = "strings were scored before what scores them was loaded";
  throw new LabError("unexpected", { message, help: "Reload the page." });
}

export const tools: StringsTools = {
  sigma: SIGMA,
  classNames: CLASS_NAMES,
  symbolOf,
  membersOf,
  parseProgram,
  parseTokens,
  syntaxTree,
  printProgram,
  printToken,
  createEvaluator: () => ready().createEvaluator(),
  encodeStrings,
  uniformLogits: initialLogits,
  numbersOf,
  realism: (concepts) => ready().realism(concepts),
  paperExamples: async () => (await import("./paperExamples")).PAPER_EXAMPLES,
  reading: readingTools,
  rng: (seed) => new Rng(seed),
};
