// Everything that a search knows of a trained model: the bank as patches and moves, and the prior.

import type { StrokeBank } from "../../../engine/kernels/strokes/renderer";
import { SIDE } from "../images";
import { NUM_TOKENS, packToken } from "../program";
import { InkPatches } from "./inkPatches";
import type { PenPrior, PenState } from "./penPrior";
import type { Moves } from "./sketch";

export type Pen = {
  readonly strokes: number;
  readonly patches: InkPatches;
  readonly moves: Moves;
  readonly prior: PenPrior;
};

/** A pen with a bank and a prior. */
export function penOf(bank: StrokeBank, prior: PenPrior): Pen {
  return { strokes: bank.dx.length, patches: new InkPatches(bank), moves: movesOf(bank), prior };
}

function movesOf({ dx, dy }: StrokeBank): Moves {
  return { columns: dx.map((value) => value * (SIDE - 1)), rows: dy.map((value) => -value * (SIDE - 1)) };
}

/** The program with pen-up moves up to its full length, the most probable ones, and their log probability. */
export function filledUp(
  pen: Pen,
  tokens: readonly number[],
  after: PenState,
): { program: Int32Array; logPrior: number } {
  const program = new Int32Array(NUM_TOKENS);
  program.set(tokens);
  let state = after;
  let logPrior = 0;
  for (let t = tokens.length; t < NUM_TOKENS; t++) {
    const token = packToken(indexOfLargest(state.strokes), false);
    program[t] = token;
    logPrior += pen.prior.logToken(state, token);
    if (t + 1 < NUM_TOKENS) state = pen.prior.after(state, token);
  }
  return { program, logPrior };
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
