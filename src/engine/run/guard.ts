// The non-finite guard: looks at scores, coefficients, term values and gradients once per step, before anything is
// written. -Infinity is a legal score (a program that cannot produce x); NaN and +Infinity never are.

import type { StepResult } from "../algorithms/algorithm";
import { LabError } from "../errors";
import type { Term } from "../model";
import type { ParameterBlock } from "../optim/parameterBlock";

const HELP = "The last good state is kept. Lower the learning rate, or go back to a checkpoint, and start again.";

/** LabError("non-finite") that names the quantity, the step and, where known, the observation. */
export function nonFinite(quantity: string, value: number, step: number, observation: number | null): LabError {
  const where = observation === null ? "" : `, observation ${observation}`;
  const message = `${quantity} is ${value} at step ${step}${where}`;
  const fields = { where: quantity, value: String(value), step };
  return new LabError(
    "non-finite",
    { message, help: HELP },
    observation === null ? fields : { ...fields, observation },
  );
}

/** Index of the first entry that is NaN or +Infinity (with `strict`, also -Infinity), or -1. */
function firstBad(values: Float64Array, strict: boolean): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value < Infinity) || (strict && value === -Infinity)) return i;
  }
  return -1;
}

function checkArray(
  values: Float64Array | undefined,
  named: {
    readonly quantity: string;
    readonly step: number;
    readonly ids: Int32Array | null;
    readonly strict: boolean;
  },
): void {
  if (!values) return;
  const at = firstBad(values, named.strict);
  if (at < 0) return;
  // [K, B] row-major: the column is the batch row.
  const observation = named.ids && named.ids.length > 0 ? named.ids[at % named.ids.length]! : null;
  throw nonFinite(named.quantity, values[at]!, named.step, observation);
}

/** Checks what the algorithm computed: scores, bound, coefficients. Throws LabError("non-finite"). */
export function guardStep(result: StepResult, step: number): void {
  const { payload, info } = result;
  const ids = payload.batch.ids;
  const loose = { step, ids, strict: false };
  checkArray(payload.logPrior, { ...loose, quantity: "log p(z)" });
  checkArray(payload.logLikelihood, { ...loose, quantity: "log p(x | z)" });
  checkArray(payload.logQ, { ...loose, quantity: "log q(z | x)" });
  checkArray(payload.memberLogJoint, { ...loose, quantity: "log p(z, x) of a remembered program" });
  checkArray(result.update?.logJoint, { ...loose, quantity: "log p(z, x) in memory" });
  // Where nothing was scored there is no bound.
  const isLegal = info.evaluations === 0 || (info.elbo < Infinity && (info.elbo > -Infinity || info.degenerate > 0));
  if (!isLegal) throw nonFinite("the bound", info.elbo, step, null);
  for (const term of result.terms) {
    checkArray(term.programs.continuous, { step, ids: null, strict: true, quantity: "a continuous part of a program" });
    // Dreams have rows of their own: their numbers are not observations.
    const rows = term.batch === payload.batch ? ids : null;
    checkArray(term.coefficient, { step, ids: rows, strict: true, quantity: `a coefficient of ${termName(term)}` });
  }
}

function termName(term: Term): string {
  return term.target === "theta" ? "log p(z, x)" : "log q(z | x)";
}

/** Checks the values that `accumulate` returned, [terms]. Throws LabError("non-finite"). */
export function guardValues(terms: readonly Term[], values: Float64Array, step: number): void {
  const at = firstBad(values, true);
  if (at >= 0) throw nonFinite(`the mean of ${termName(terms[at]!)}`, values[at]!, step, null);
}

/**
 * Checks every block's gradient, and shortens those that are longer than `longest`. Adam is blind to the scale of a
 * gradient, but not to one step that is a hundred times the others.
 *
 * @throws LabError("non-finite")
 */
export async function guardGradients(
  blocks: readonly ParameterBlock[],
  step: number,
  longest = Infinity,
): Promise<void> {
  // All at once: on a graphics device each waits for an answer.
  const squares = await Promise.all(blocks.map((block) => block.gradientSquared()));
  for (const [i, block] of blocks.entries()) {
    const squared = squares[i]!;
    if (!Number.isFinite(squared)) throw nonFinite(`the gradient of ${block.name}`, squared, step, null);
    if (squared > longest ** 2) block.scaleGradient(longest / Math.sqrt(squared));
  }
}
