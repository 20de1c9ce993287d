// Whole-sequence networks over tokens: a language model (a prior over programs), or one that reads several texts and
// writes a program (RobustFill: one LSTM reads each text, one copy of an LSTM writes, attends, and is pooled over the
// texts). The interface the sequence models stand on; kernels/sequence/ implements it on every backend.
// Sources: strings specification, sections 2 (mask), 7 (prior), 8 (recognition); Devlin et al. 2017 (RobustFill).

import type { ParameterBlock } from "../optim/parameterBlock";
import type { Rng } from "../rng/rng";

/**
 * Which token may follow, as a finite automaton; state 0 is the start. Token v is allowed in state s with `left` tokens
 * left (the end included) when next[s, v] >= 0 and left - 1 >= need[next[s, v]]. Disallowed tokens have probability 0.
 */
export type TokenGrammar = {
  /** V: output tokens, ids 0 to V - 1. The start of a sequence is input V, never an output. */
  readonly tokens: number;
  /** Id of the token that ends a sequence; its next state is final. */
  readonly end: number;
  /** L: most tokens of a sequence, the end included. */
  readonly maxLength: number;
  /** S */
  readonly states: number;
  /** [S, V] the state after a token, -1 where the token is not grammatical. */
  readonly next: Int16Array;
  /** [S] fewest further tokens that finish from a state, the end included; 0 for the final state. */
  readonly need: Uint8Array;
};

export type SequenceSpec = {
  readonly name: string;
  readonly grammar: TokenGrammar;
  /** H, units of every LSTM: a multiple of 8. */
  readonly hidden: number;
  /** E, units of the tanh layer before the logits, a multiple of 8; 0 takes the logits from the LSTM itself (no reader). */
  readonly embedding: number;
  /** Symbols of the texts that it reads, those that mark unknown and the end of a text included; null reads nothing. */
  readonly reader: { readonly symbols: number } | null;
  /** delta: each token is drawn from (1 - delta) softmax + delta uniform over the allowed tokens. 0 to 1. */
  readonly floor: number;
  /** [V] what the biases of the logits start with. */
  readonly outputBias: ArrayLike<number>;
};

/**
 * Groups of texts to read: group g owns the texts groupOffsets[g] to groupOffsets[g + 1], text t the symbols
 * textOffsets[t] to textOffsets[t + 1], the end-of-text symbol included. Every group has at least one text, every text
 * at least one symbol. Compared by identity: a network may keep what it read while its parameters stand still.
 */
export type Texts = {
  readonly symbols: Uint8Array;
  readonly textOffsets: Int32Array;
  readonly groupOffsets: Int32Array;
};

/** N sequences: each ends with the end token, everything after it is the end token too. */
export type Lanes = {
  /** [N, L] */
  readonly tokens: Int32Array;
  /** [N] the group of texts that each is conditioned on; ignored by networks that read nothing. */
  readonly groups: Int32Array;
};

export interface SequenceNetwork {
  readonly spec: SequenceSpec;
  /** All weights in the order of sequencePlan.ts, the same on every backend. */
  readonly block: ParameterBlock;
  /**
   * Draws one sequence per entry of `groups` [N]. Token t of lane n uses word n * L + t of the stream (seed, streamA,
   * streamB) of `rng`, counters from 0, whatever rng has drawn before (rng does not move): the same on every backend.
   *
   * @param texts what to condition on; null for networks that read nothing (N is then groups.length)
   */
  sample(texts: Texts | null, groups: Int32Array, rng: Rng): Promise<{ tokens: Int32Array; logProb: Float64Array }>;
  /** [N] log probability of each lane, nats; -Infinity for a sequence that the grammar does not allow. */
  logProb(texts: Texts | null, lanes: Lanes): Promise<Float64Array>;
  /**
   * Adds the gradient of minus sum_n coefficient[n] * logProb[n] to the block (descent direction).
   * Lanes with coefficient 0 cost nothing; the others must be allowed by the grammar.
   * @returns [N] log probabilities, 0 where the coefficient is 0
   */
  accumulate(texts: Texts | null, lanes: Lanes, coefficient: Float64Array): Promise<Float64Array>;
  dispose(): void;
}
