// From programs with raw parameters to the lanes of a parameter network. The first step of a program sees its context and
// nothing else, so programs of one base kernel with the same context share one lane, whatever their numbers.

import type { RecurrentLanes } from "../../../engine/nn/recurrent";
import type { Expression } from "../grammar/expression";
import { CONTINUOUS_LENGTH, MOST_ATOMS, NUM_SLOTS } from "../program";
import type { Floats } from "./floats";

/** N programs with their raw parameters. */
export type ParameterPrograms = {
  /** [N] */
  readonly expressions: readonly Expression[];
  /** [N] row of the context that each sees. */
  readonly groups: Int32Array;
  /** [N, CONTINUOUS_LENGTH] */
  readonly values: Float64Array;
};

export type ParameterLanes = RecurrentLanes & {
  /** [N] the lane of each program, -1 for one without base kernels. */
  readonly laneOf: Int32Array;
};

/** @param most base kernels looked at: longer programs are cut off there */
export function parameterLanes(
  { expressions, groups, values }: ParameterPrograms,
  context: Float32Array,
  Numbers: Floats,
  most = MOST_ATOMS,
): ParameterLanes {
  const shared = new Map<number, number>();
  const programs: number[] = [];
  const laneOf = Int32Array.from(expressions, ({ numAtoms }, n) => {
    if (numAtoms === 0) return -1;
    const known = numAtoms === 1 ? shared.get(groups[n]!) : undefined;
    if (known !== undefined) return known;
    if (numAtoms === 1) shared.set(groups[n]!, programs.length);
    return programs.push(n) - 1;
  });
  const lengths = Int32Array.from(programs, (n) => Math.min(most, expressions[n]!.numAtoms));
  const steps = Math.max(1, ...lengths);
  const inputs = new Numbers(programs.length * steps * NUM_SLOTS);
  for (const [lane, n] of programs.entries()) {
    const from = n * CONTINUOUS_LENGTH;
    const count = (lengths[lane]! - 1) * NUM_SLOTS;
    inputs.set(values.subarray(from, from + count), (lane * steps + 1) * NUM_SLOTS);
  }
  return { steps, inputs, lengths, context, groups: Int32Array.from(programs, (n) => groups[n]!), laneOf };
}
