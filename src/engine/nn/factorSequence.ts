// Sequences of a fixed length whose tokens have several parts (a stroke and whether the pen is down): an LSTM that sees the
// parts of the token before and a context that stays the same at every step, and draws each part from its own softmax,
// independent given the state. Priors have no context; recognition networks get the embedding of what they look at.
// The interface; kernels/factorSequence/ implements it on every backend. Source: MWS specification, section 3.5.

import type { ParameterBlock } from "../optim/parameterBlock";
import type { Rng } from "../rng/rng";

export type FactorSequenceSpec = {
  readonly name: string;
  /** V_f: values of each part of a token, [64, 2] for strokes. */
  readonly factors: readonly number[];
  /** L: tokens of every sequence. */
  readonly steps: number;
  /** H, any number >= 1. */
  readonly hidden: number;
  /** C: numbers of the context, appended to the input at every step; 0 for none. */
  readonly context: number;
  /** Parts that are always the same and cost nothing: no log probability, no gradient, no random word skipped. */
  readonly forced: readonly { readonly step: number; readonly factor: number; readonly value: number }[];
};

/** N sequences. */
export type FactorLanes = {
  /** [N, L, F] the value of each part. */
  readonly tokens: Int32Array;
  /** [N] row of the context that each sees; ignored without a context. */
  readonly groups: Int32Array;
};

/**
 * The input of step 0 is zeros and the context, the state (h, c) starts at zero.
 * Weights of the block, all matrices [in, out] row by row, gates in the order input, forget, cell, output, H columns each:
 * input [sum V_f, 4H], context [C, 4H], recurrent [H, 4H], bias [4H], output [H, sum V_f], outputBias [sum V_f].
 * First values: uniform on +-1 / sqrt(H), biases too. The paper's library has a second row of gate biases, which only ever
 * occurs added to the first and always moves by the same amount: its counts are 4H higher (specification, 3.5: "add them").
 */
export interface FactorSequence {
  readonly spec: FactorSequenceSpec;
  readonly block: ParameterBlock;
  /**
   * Draws one sequence per entry of `groups` [N]. Part f of token t of lane n uses word (n * L + t) * F + f of the stream
   * (seed, streamA, streamB) of `rng`, counters from 0 (rng does not move): the same on every backend.
   *
   * @param context [G, C], null without a context
   */
  sample(
    context: Float32Array | null,
    groups: Int32Array,
    rng: Rng,
  ): Promise<{ tokens: Int32Array; logProb: Float64Array }>;
  /** [N] log probability of each lane, nats. */
  logProb(context: Float32Array | null, lanes: FactorLanes): Promise<Float64Array>;
  /**
   * Adds the gradient of minus sum_n coefficient[n] * logProb[n] to the block (descent direction). Lanes with coefficient 0
   * cost nothing.
   *
   * @returns logProb [N] (0 where the coefficient is 0) and the same (descent) gradient with respect to the context [G, C]
   */
  accumulate(
    context: Float32Array | null,
    lanes: FactorLanes,
    coefficient: Float64Array,
  ): Promise<{ logProb: Float64Array; contextGradient: Float32Array | null }>;
  dispose(): void;
}
