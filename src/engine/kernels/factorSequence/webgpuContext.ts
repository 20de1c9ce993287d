// What the gates of each group's lanes start from on WebGPU: the context times its weights plus the bias, once a group; and
// the way back. Without a context all lanes start from the bias.

import { matrix, runProduct, runWeightGradient } from "../sequence/webgpuMatrix";
import type { GpuArray, WebgpuSession } from "../tfjsWebgpu";

/** What the gates of each group's lanes start from: [groups, 4H] from `from` on. */
export type GateStarts = { readonly array: GpuArray; readonly from: number; readonly numGroups: number };

/** Gate starts with the context that they come from (null without one) and the arrays to free after use. */
export type Opened = {
  readonly starts: GateStarts;
  readonly context: GpuArray | null;
  readonly owned: readonly GpuArray[];
};

/** Where the context's weights [C, 4H] and the bias stand in the block. */
export type ContextPlace = {
  readonly context: number;
  readonly bias: number;
  readonly inputs: number;
  readonly units: number;
};

/** @param context [G, C]; null without a context */
export function openStarts(
  session: WebgpuSession,
  block: GpuArray,
  place: ContextPlace,
  context: Float32Array | null,
): Opened {
  const { bias: biasFrom, inputs, units } = place;
  if (inputs === 0 || context === null) {
    return { starts: { array: block, from: biasFrom, numGroups: 1 }, context: null, owned: [] };
  }
  const numGroups = context.length / inputs;
  const width = 4 * units;
  const seen = session.upload(context);
  const array = session.allocate(numGroups * width);
  const sizes = { rows: numGroups, columns: width, depth: inputs };
  const weights = matrix(block, place.context, width);
  runProduct(session, sizes, matrix(seen, 0, inputs), weights, matrix(array, 0, width), { biasFrom });
  return { starts: { array, from: 0, numGroups }, context: seen, owned: [seen, array] };
}

/**
 * Adds the gradient of the context's weights (null: leaves it); that of the context goes to `outcome` from `outcomeFrom` on, [G, C].
 *
 * @param toStarts [G, 4H] gradient of the gate starts
 */
export function startsBackward(
  session: WebgpuSession,
  block: GpuArray,
  place: ContextPlace,
  { starts, context }: Opened,
  toStarts: GpuArray,
  gradient: { readonly array: GpuArray; readonly isAdding: boolean } | null,
  outcome: GpuArray,
  outcomeFrom: number,
): void {
  if (context === null) return;
  const { inputs, units } = place;
  const width = 4 * units;
  const [x, d] = [matrix(context, 0, inputs), matrix(toStarts, 0, width)];
  const sizes = { count: starts.numGroups, inputs, outputs: width, hasBias: false };
  if (gradient) runWeightGradient(session, sizes, x, d, { ...gradient, from: place.context });
  const backSizes = { rows: starts.numGroups, columns: inputs, depth: width };
  const across = matrix(block, place.context, 1, width);
  runProduct(session, backSizes, d, across, matrix(outcome, outcomeFrom, inputs));
}
