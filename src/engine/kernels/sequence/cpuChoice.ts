// The distribution over the next token: softmax over what the grammar allows, mixed with the uniform floor; float64.
// p = (1 - floor) softmax + floor / number allowed. Source: strings specification, sections 2 and 9.

import type { SequenceSpec } from "../../nn/sequence";
import { nextState } from "./calls";

export type Choice = {
  /** [V] softmax over the allowed tokens, 0 elsewhere */
  readonly softmax: Float64Array;
  /** [V] probabilities with the floor, 0 where not allowed */
  readonly p: Float64Array;
};

/** @param left tokens left, the next one included */
export function choiceOf(spec: SequenceSpec, logits: Float64Array, state: number, left: number): Choice {
  const allowed = logits.map((_, token) => (nextState(spec.grammar, state, token, left) >= 0 ? 1 : 0));
  const most = logits.reduce((best, logit, v) => (allowed[v] ? Math.max(best, logit) : best), Number.NEGATIVE_INFINITY);
  const weight = logits.map((logit, v) => (allowed[v] ? Math.exp(logit - most) : 0));
  const total = weight.reduce((a, b) => a + b, 0);
  const numAllowed = allowed.reduce((a, b) => a + b, 0);
  const softmax = weight.map((w) => w / total);
  // Chosen, not multiplied by 0: weights that are not numbers still draw what the grammar allows.
  const p = softmax.map((s, v) => (allowed[v] ? (1 - spec.floor) * s + spec.floor / numAllowed : 0));
  return { softmax, p };
}

/** The first token whose cumulative probability exceeds uniform * total; the last allowed one where rounding leaves none. */
export function drawToken(p: Float64Array, uniform: number): number {
  const limit = uniform * p.reduce((a, b) => a + b, 0);
  let sum = 0;
  let last = -1;
  for (let v = 0; v < p.length; v++) {
    if (p[v] === 0) continue;
    sum += p[v]!;
    last = v;
    if (limit < sum) break;
  }
  return last;
}

/** [V] scale times the derivative of log p(token) with respect to the logits. */
export function choiceGradient(choice: Choice, floor: number, token: number, scale: number): Float64Array {
  // Without a floor the ratio is 1, even where p rounds to 0.
  const share = floor === 0 ? scale : (scale * (1 - floor) * choice.softmax[token]!) / choice.p[token]!;
  return choice.softmax.map((s, v) => share * ((v === token ? 1 : 0) - s));
}
