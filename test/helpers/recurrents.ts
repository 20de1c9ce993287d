// Small recurrent networks for the kernel tests: their specs, their lanes, and comparisons.

import type { AnyLanes } from "../../src/engine/kernels/recurrent/calls";
import type { Recurrent, RecurrentLanes, RecurrentSpec } from "../../src/engine/nn/recurrent";
import { Rng } from "../../src/engine/rng/rng";

export function tinyRecurrentSpec(given: Partial<RecurrentSpec> = {}): RecurrentSpec {
  return { name: "tiny", inputs: 3, context: 4, hidden: 5, outputs: 2, ...given };
}

export type LaneShape = {
  readonly count: number;
  readonly steps: number;
  readonly numGroups: number;
  /** True for inputs of the first step that are all 0, as shifted sequences have them. */
  readonly isShifted?: boolean;
  /** Every lane has all steps. */
  readonly isFull?: boolean;
};

/** Random lanes of mixed lengths, 0 among them, whose numbers float32 holds exactly; past a lane's length stand NaNs. */
export function someRecurrentLanes(spec: RecurrentSpec, shape: LaneShape): RecurrentLanes {
  const { count, steps, numGroups, isShifted = false, isFull = false } = shape;
  const rng = new Rng(31);
  const lengths = Int32Array.from({ length: count }, (_, n) => (isFull ? steps : n === 1 ? 0 : rng.int(steps + 1)));
  const perLane = steps * spec.inputs;
  const inputs = Float32Array.from({ length: count * perLane }, (_, i) => {
    const step = Math.floor((i % perLane) / spec.inputs);
    const value = rng.normal();
    if (step >= lengths[Math.floor(i / perLane)]!) return Number.NaN;
    return isShifted && step === 0 ? 0 : value;
  });
  const context = spec.context > 0 ? Float32Array.from({ length: numGroups * spec.context }, () => rng.normal()) : null;
  return { steps, inputs, lengths, context, groups: Int32Array.from({ length: count }, () => rng.int(numGroups)) };
}

/** The same lanes in float64, to be moved by steps that float32 does not hold. */
export function exactLanes(lanes: RecurrentLanes): AnyLanes & { inputs: Float64Array; context: Float64Array | null } {
  return {
    ...lanes,
    inputs: Float64Array.from(lanes.inputs),
    context: lanes.context && Float64Array.from(lanes.context),
  };
}

/** Gradients [N, T, O] and [N, H] of a made-up loss. */
export function someGradients(spec: RecurrentSpec, { lengths, steps }: RecurrentLanes) {
  const rng = new Rng(7);
  const normals = (length: number) => Float32Array.from({ length }, () => rng.normal());
  return { outputs: normals(lengths.length * steps * spec.outputs), last: normals(lengths.length * spec.hidden) };
}

/** Largest difference over the largest entry; 0 for two nulls, infinite where the lengths differ. */
export function relativeError(given: ArrayLike<number> | null, exact: ArrayLike<number> | null): number {
  if (given?.length !== exact?.length) return Number.POSITIVE_INFINITY;
  let error = 0;
  let scale = 1e-30;
  for (let i = 0; given && exact && i < exact.length; i++) {
    const difference = Math.abs(given[i]! - exact[i]!);
    error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(error, difference);
    scale = Math.max(scale, Math.abs(exact[i]!));
  }
  return error / scale;
}

/** Outputs [N, T, O] and last states of lanes, made with `start` and `advance`: lanes stop at their lengths. */
export async function runStepByStep(network: Recurrent, lanes: RecurrentLanes): Promise<Float32Array> {
  const { inputs: numInputs, outputs: width } = network.spec;
  const { steps, lengths } = lanes;
  const outputs = new Float32Array(lengths.length * steps * width);
  const state = await network.start(lanes.context, lanes.groups);
  for (let step = 0; step < steps; step++) {
    const inputs = new Float32Array(lengths.length * numInputs);
    for (let lane = 0; lane < lengths.length; lane++) {
      const at = (lane * steps + step) * numInputs;
      if (step < lengths[lane]!) inputs.set(lanes.inputs.subarray(at, at + numInputs), lane * numInputs);
    }
    const given = await network.advance(state, inputs);
    for (let lane = 0; lane < lengths.length; lane++) {
      if (step >= lengths[lane]!) continue;
      outputs.set(given.subarray(lane * width, (lane + 1) * width), (lane * steps + step) * width);
    }
  }
  state.release();
  return outputs;
}
