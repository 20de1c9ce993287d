// A recurrent network over numbers: an LSTM whose input at every step is a vector, with a context that stays the same, and a
// linear layer on its states. Embedders use the last state, heads the outputs of every step. The interface;
// kernels/recurrent/ implements it on every backend. Source: HMWS specification, section 9.

import type { BackendName } from "../backend";
import type { ParameterBlock } from "../optim/parameterBlock";
import type { Rng } from "../rng/rng";

export type RecurrentSpec = {
  readonly name: string;
  /** I: numbers of the input of a step. */
  readonly inputs: number;
  /** C: numbers of the context, appended to the input of every step; 0 for none. */
  readonly context: number;
  /** H, any number >= 1. */
  readonly hidden: number;
  /** O: numbers that the linear layer gives at every step; 0 for none (an embedder). */
  readonly outputs: number;
};

/** N sequences of up to T steps. */
export type RecurrentLanes = {
  /** T */
  readonly steps: number;
  /** [N, T, I]; numbers past a lane's length are not looked at. */
  readonly inputs: Float32Array;
  /** [N] steps of each lane, 0 to T; 0 gives a last state of zeros. */
  readonly lengths: Int32Array;
  /** [G, C], null without a context. */
  readonly context: Float32Array | null;
  /** [N] row of the context that each lane sees; ignored without a context. */
  readonly groups: Int32Array;
};

/** What a backward pass needs of a forward pass. Belongs to one network; used once, or released. */
export type Tape = { readonly lanes: RecurrentLanes; release(): void };

/** The state of N lanes that are run step by step. */
export type RecurrentState = { readonly count: number; release(): void };

/**
 * An LSTM with gates in the order input, forget, cell, output and zero initial states.
 * Block order: input weights [I, 4H], context weights [C, 4H], recurrent weights [H, 4H], bias [4H], output [H, O], output
 * bias [O]. First values uniform on +-1 / sqrt(H), biases too; one row of gate biases for the paper's two.
 */
export interface Recurrent {
  readonly spec: RecurrentSpec;
  readonly block: ParameterBlock;
  /**
   * Runs all lanes.
   *
   * @param keep true to get a tape for `backward`
   * @returns outputs [N, T, O] (0 past a lane's length; empty where O = 0) and last states h [N, H]
   */
  forward(
    lanes: RecurrentLanes,
    keep: boolean,
  ): Promise<{ readonly outputs: Float32Array; readonly last: Float32Array; readonly tape: Tape | null }>;
  /**
   * Adds the gradient of a loss to the block, given its gradients with respect to what `forward` returned; uses up the tape.
   *
   * @param outputs [N, T, O] or null for zeros
   * @param last [N, H] or null for zeros
   * @param wantsInputs true for the gradient with respect to the inputs
   * @param isFrozen true leaves the block's gradient as it is: only the returned gradients are wanted (default false)
   * @returns the gradients with respect to the context [G, C] (null without one) and the inputs [N, T, I] (null unless wanted)
   */
  backward(
    tape: Tape,
    outputs: Float32Array | null,
    last: Float32Array | null,
    wantsInputs: boolean,
    isFrozen?: boolean,
  ): Promise<{ readonly context: Float32Array | null; readonly inputs: Float32Array | null }>;
  /** Zero states for N lanes, for sampling: the same numbers come out as from `forward`. */
  start(context: Float32Array | null, groups: Int32Array): Promise<RecurrentState>;
  /**
   * One step of every lane.
   *
   * @param inputs [N, I]
   * @param wantsOutputs false spares the linear layer, and on a graphics device the wait for it (default true)
   * @returns outputs [N, O]; none unless wanted
   */
  advance(state: RecurrentState, inputs: Float32Array, wantsOutputs?: boolean): Promise<Float32Array>;
  dispose(): void;
}

/** Builds the network on a backend; createRecurrent.ts. First weights from rng.fork(blockName): the same on every backend. */
export type CreateRecurrent = (
  spec: RecurrentSpec,
  backend: BackendName,
  rng: Rng,
  blockName: string,
) => Promise<Recurrent>;
