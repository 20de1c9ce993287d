// The strings of a concept under the program in force: aligned, scored, and new ones beside them. Nothing here is
// computed again while program, strings and evaluator stay the same.

import { useMemo, useState } from "react";
import type { StringsTools } from "../../../domains/strings";
import type { Concept } from "../../../domains/strings/concepts";
import { type AlignedString, Aligner } from "./alignment";
import { characterCost } from "./evaluatorText";
import type { OperatorNumbers } from "./partWords";
import { layoutProgram, type ProgramLayout } from "./programLayout";

export type ConceptInput = {
  readonly tools: StringsTools;
  /** [108]; null before the first snapshot. */
  readonly logits: Float64Array | null;
  readonly concept: Concept;
  readonly row: number;
  /** Counts how often other generated strings were asked for. */
  readonly draw: number;
  readonly shown: { readonly printed: string; readonly program: ArrayLike<number> } | null;
};

export type AlignedConcept = {
  /** Null while no program is known: strings then have no alignment. */
  readonly layout: ProgramLayout | null;
  readonly given: readonly AlignedString[];
  readonly heldOut: readonly AlignedString[];
  readonly generated: readonly AlignedString[];
  readonly operators: OperatorNumbers | null;
  /** Nats of a character under the atom that made it. */
  readonly cost: (character: string, atom: number) => number;
};

const NUM_GENERATED = 5;
const FREE = () => 0;

/** Follows program, strings and evaluator. */
export function useAlignedConcept(input: ConceptInput): AlignedConcept {
  const { tools, logits, concept, row, draw, shown } = input;
  const [aligner] = useState(() => new Aligner(tools));
  const printed = shown?.printed ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the printed form stands for the program
  const layout = useMemo(
    () => (shown ? layoutProgram(shown.printed, tools.syntaxTree(shown.program)) : null),
    [printed],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the printed form stands for the program
  return useMemo(() => {
    const { strings, heldOut } = concept;
    if (!shown || !layout || !logits) {
      return { layout: null, given: unaligned(strings), heldOut: unaligned(heldOut), ...NOTHING };
    }
    const align = (texts: readonly string[]) => aligner.align(logits, shown.printed, shown.program, texts);
    const numbers = tools.numbersOf(logits);
    const classes = new Map(layout.glyphs.map((glyph) => [glyph.atom, glyph.text]));
    const generated = aligner.sample(logits, shown.program, NUM_GENERATED, 1000 * row + NUM_GENERATED * draw);
    return {
      layout,
      given: align(strings),
      heldOut: align(heldOut),
      generated: align(generated),
      operators: numbers,
      cost: (character: string, atom: number) => characterCost(tools, numbers, classes.get(atom) ?? "", character),
    };
  }, [aligner, tools, logits, concept, row, draw, printed, layout]);
}

const NOTHING = { generated: [], operators: null, cost: FREE } as const;

function unaligned(strings: readonly string[]): readonly AlignedString[] {
  return strings.map((text) => ({
    text,
    characters: [...text],
    atoms: null,
    logProb: Number.NaN,
    bestLog: Number.NaN,
  }));
}
