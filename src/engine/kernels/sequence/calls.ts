// Checks of the arguments of a SequenceNetwork, the same sentences on every backend, and the walk of its grammar.

import { LabError } from "../../errors";
import type { DistinctLanes } from "../../nn/distinctLanes";
import type { Lanes, SequenceSpec, Texts, TokenGrammar } from "../../nn/sequence";

/** State after `token` in `state` with `left` tokens left (this one included); -1 where the token is not allowed. */
export function nextState(grammar: TokenGrammar, state: number, token: number, left: number): number {
  const next = grammar.next[state * grammar.tokens + token]!;
  return next >= 0 && left - 1 >= grammar.need[next]! ? next : -1;
}

/**
 * Tokens of a lane up to and with its end; 0 for a lane that the grammar does not allow, ids outside 0 to V - 1 included.
 *
 * @param tokens [N, L]
 */
export function allowedLength(grammar: TokenGrammar, tokens: Int32Array, lane: number): number {
  const { maxLength, end } = grammar;
  let state = 0;
  for (let step = 0; step < maxLength; step++) {
    const token = tokens[lane * maxLength + step]!;
    if (!(token >= 0 && token < grammar.tokens)) return 0;
    state = nextState(grammar, state, token, maxLength - step);
    if (state < 0) return 0;
    if (token === end) return step + 1;
  }
  return 0;
}

/** @throws LabError("shape") unless there are texts for a network that reads, and every lane's group is one of them. */
export function requireGroups(spec: SequenceSpec, texts: Texts | null, groups: Int32Array): void {
  if (spec.reader === null) return;
  if (texts === null) {
    throw new LabError("shape", { message: `${spec.name}: no texts to read`, help: "Pass the texts of every group." });
  }
  const count = texts.groupOffsets.length - 1;
  for (const group of groups) {
    if (group >= 0 && group < count) continue;
    const message = `${spec.name}: invalid group ${group} (expected 0 to ${count - 1})`;
    throw new LabError("shape", { message, help: "Pass texts for every group." }, { group, count });
  }
}

/** @throws LabError("shape") unless tokens [N, L], groups [N] and (where given) coefficient [N] fit together. */
export function requireLanes(spec: SequenceSpec, lanes: Lanes, coefficient?: Float64Array): void {
  const count = lanes.groups.length;
  const expected = count * spec.grammar.maxLength;
  if (lanes.tokens.length === expected && (coefficient?.length ?? count) === count) return;
  const given = lanes.tokens.length;
  const message = `${spec.name}: ${count} lanes with ${given} tokens and ${coefficient?.length ?? count} coefficients`;
  throw new LabError("shape", { message, help: `Pass ${expected} tokens and one coefficient a lane.` }, { given });
}

/** [D] sum of the coefficients of the lanes that each distinct one stands for. */
export function sumByIndex({ groups, index }: DistinctLanes, coefficient: Float64Array): Float64Array {
  const sums = new Float64Array(groups.length);
  for (const [lane, at] of index.entries()) if (at >= 0) sums[at] = sums[at]! + coefficient[lane]!;
  return sums;
}

/** For a lane whose gradient is wanted. @throws LabError("shape") for a lane that the grammar does not allow. */
export function requireAllowed(spec: SequenceSpec, lane: number, length: number): void {
  if (length > 0) return;
  const message = `${spec.name}: lane ${lane} is not allowed by the grammar, so it has no gradient`;
  throw new LabError("shape", { message, help: "Give such lanes the coefficient 0." }, { lane });
}
