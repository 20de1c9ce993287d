// One expression fitted to a person's series: steps of Adam from the best start, and what is drawn of the result.

import type { OptionValues } from "../../../engine/options";
import { Rng } from "../../../engine/rng/rng";
import { explainFit } from "../explain";
import type { OwnScale, SeriesFit } from "../facts";
import { type Refinement, refineOn, startRefining } from "../fitting/refine";
import { seriesFit } from "../fitting/seriesFit";
import { readExpression } from "../grammar/expression";
import { schemeOf, toParameters } from "../parameters";
import { symbolsOf } from "../program";

export type OwnFit = {
  readonly refinement: Refinement;
  readonly fit: SeriesFit;
  /** In the person's own units. */
  readonly words: readonly string[];
  /** What the length penalty takes off, nats. */
  readonly penalty: number;
};

/** A person's series with the expression that it is fitted with. */
export type FitTask = {
  /** [10] packed */
  readonly program: ArrayLike<number>;
  readonly weight: number;
  /** [128] standardised */
  readonly values: ArrayLike<number>;
  readonly scale: OwnScale | null;
  readonly options: OptionValues;
};

/** Steps of Adam before a fit is shown. */
export const FIRST_STEPS = 30;

/** Steps between two pieces of work: a few milliseconds, so that a page stays smooth. */
const PIECE = 10;

/** Null for an ill-formed program, or where nothing could be fitted. */
export function fitSeries(task: FitTask): OwnFit | null {
  return finished(fitInPieces(task));
}

/** The same piece by piece, for pages that draw between two pieces. */
export function* fitInPieces(task: FitTask): Generator<void, OwnFit | null> {
  const start = startRefining(task.program, task.values, schemeOf(task.options));
  if (!start) return null;
  yield;
  return yield* refined(start, FIRST_STEPS, task);
}

/** A fit after some more steps, piece by piece; never worse. */
export function* refineInPieces(before: OwnFit, steps: number, task: FitTask): Generator<void, OwnFit | null> {
  return (yield* refined(before.refinement, steps, task)) ?? before;
}

function* refined(from: Refinement, steps: number, task: FitTask): Generator<void, OwnFit | null> {
  let refinement = from;
  for (let done = 0; done < steps; done += PIECE) {
    refinement = refineOn(refinement, task.values, Math.min(PIECE, steps - done));
    yield;
  }
  return drawn(refinement, task);
}

function finished(pieces: Generator<void, OwnFit | null>): OwnFit | null {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

function drawn(refinement: Refinement, { program, weight, values, scale, options }: FitTask): OwnFit | null {
  const parameters = toParameters(refinement.raw, [readExpression(program)], refinement.scheme);
  const { logLikelihood } = refinement;
  const rng = new Rng(1).fork("forecast");
  const fit = seriesFit({ program, weight, parameters, logLikelihood, values, scale, rng });
  if (!fit) return null;
  const penalty = Number(options.lengthPenalty) * symbolsOf(program).length;
  return { refinement, fit, words: explainFit(program, parameters, scale), penalty };
}
