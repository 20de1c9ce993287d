// One expression fitted to a person's series: steps of Adam from the best start, and what is drawn of the result.

import type { OptionValues } from "../../../engine/options";
import { Rng } from "../../../engine/rng/rng";
import { explainFit } from "../explain";
import type { OwnScale, SeriesFit } from "../facts";
import { type Refinement, refineOn, startRefining } from "../fitting/refine";
import { seriesFit } from "../fitting/seriesFit";
import { readExpression } from "../grammar/expression";
import { schemeOf } from "../options";
import { toParameters } from "../parameters";
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

/** Null for an ill-formed program, or where nothing could be fitted. */
export function fitSeries(task: FitTask): OwnFit | null {
  const start = startRefining(task.program, task.values, schemeOf(task.options));
  return start && drawn(refineOn(start, task.values, FIRST_STEPS), task);
}

/** The same fit after some more steps; never worse. */
export function refineFit(before: OwnFit, steps: number, task: FitTask): OwnFit {
  return drawn(refineOn(before.refinement, task.values, steps), task) ?? before;
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
