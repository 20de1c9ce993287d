// Phi's terms of the estimators that differentiate a bound (VIMCO, REINFORCE). Programs are discrete: score-function
// coefficients on all of log q. With continuous parts these stay on log q(z_d | x), and z_c = mean + deviation * noise
// is differentiated through. Source: HMWS specification, section 3.

import type { Programs, Term } from "../model";
import type { StepContext } from "./algorithm";

/**
 * @param coefficient [S, B] on grad log q, of hybrid models on grad log q(z_d | x)
 * @param pathwise [S, B] on the gradient of log p - log q(z_c | z_d, x) through the sample; hybrid models only
 */
export function phiTerms(
  { model, batch }: Pick<StepContext, "model" | "batch">,
  programs: Programs,
  coefficient: Float64Array,
  pathwise: Float64Array,
): readonly [Term, ...Term[]] {
  const whole: Term = { target: "phi", batch, programs, coefficient };
  if (!model.hybrid) return [whole];
  return [
    { ...whole, factor: "discrete" },
    { target: "phi", isPathwise: true, batch, programs, coefficient: pathwise },
  ];
}
