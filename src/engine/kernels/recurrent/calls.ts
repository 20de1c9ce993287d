// Checks of the arguments of a Recurrent, the same sentences on every backend.

import { LabError } from "../../errors";
import type { RecurrentLanes, RecurrentSpec } from "../../nn/recurrent";

/** Lanes in any precision. */
export type AnyLanes = Pick<RecurrentLanes, "steps" | "lengths" | "groups"> & {
  readonly inputs: ArrayLike<number>;
  readonly context: ArrayLike<number> | null;
};

/** @throws LabError("shape") unless inputs [N, T, I], lengths [N] of 0 to T, groups [N] and context [G, C] fit together. */
export function requireRecurrentLanes(
  spec: RecurrentSpec,
  { steps, inputs, lengths, context, groups }: AnyLanes,
): void {
  const count = lengths.length;
  requireNumbers(spec, "input", inputs.length, count * steps * spec.inputs);
  for (const [lane, length] of lengths.entries()) {
    if (length >= 0 && length <= steps) continue;
    const message = `${spec.name}: lane ${lane} has invalid length ${length} (expected 0 to ${steps})`;
    throw new LabError("shape", { message, help: "Pass lengths of at most the number of steps." }, { lane, length });
  }
  if (spec.context > 0) requireNumbers(spec, "groups", groups.length, count);
  requireContextRows(spec, context, groups);
}

/** @throws LabError("shape") unless `context` is [G, C] with a row for every group, or the network has no context. */
export function requireContextRows(spec: RecurrentSpec, context: ArrayLike<number> | null, groups: Int32Array): void {
  if (spec.context === 0) return;
  const help = "Pass one row of the context for every group.";
  if (context === null || context.length % spec.context !== 0) {
    const given = context?.length ?? 0;
    const message = `${spec.name}: context has ${given} numbers, expected rows of ${spec.context}`;
    throw new LabError("shape", { message, help }, { given });
  }
  const count = context.length / spec.context;
  for (const group of groups) {
    if (group >= 0 && group < count) continue;
    const message = `${spec.name}: invalid group ${group} (expected 0 to ${count - 1})`;
    throw new LabError("shape", { message, help }, { group, count });
  }
}

/** @throws LabError("shape") unless the gradients of a backward pass are those of its lanes' outputs and last states. */
export function requireRecurrentGradients(
  spec: RecurrentSpec,
  { steps, lengths }: Pick<AnyLanes, "steps" | "lengths">,
  outputs: ArrayLike<number> | null,
  last: ArrayLike<number> | null,
): void {
  if (outputs) requireNumbers(spec, "output gradient", outputs.length, lengths.length * steps * spec.outputs);
  if (last) requireNumbers(spec, "gradient of the last states", last.length, lengths.length * spec.hidden);
}

/** @throws LabError("shape") unless `given` is as expected. */
export function requireNumbers(spec: RecurrentSpec, what: string, given: number, expected: number): void {
  if (given === expected) return;
  const message = `${spec.name}: ${what} has ${given} numbers, expected ${expected}`;
  throw new LabError("shape", { message, help: "Pass rows of the network's own size." }, { given, expected });
}

/** What a tape or a state still holds. @throws LabError("unexpected") once it was used up or released. */
export function requireKept<Kept>(spec: RecurrentSpec, what: "tape" | "state", kept: Kept | undefined): Kept {
  if (kept !== undefined) return kept;
  const message = `${spec.name}: this ${what} was used up, released, or belongs to another network`;
  throw new LabError("unexpected", { message, help: "Reload the page." });
}
