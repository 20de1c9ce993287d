// What the engine asks of a model: propose, score, dream, accumulate. Domains implement it with fused kernels.
// Shapes: particles first. [K, B] arrays are row-major with index k * B + b; programs are [K, B, L].

import type { LocalSearch } from "./localSearch";
import type { ParameterBlock } from "./optim/parameterBlock";
import type { Rng } from "./rng/rng";

/** A packed set of observations. Domains extend it (pixels, counts, points); the engine only counts them. */
export interface Observations {
  readonly count: number;
}

/** Rows `ids` of a set of observations; B = ids.length. Compared by identity, so a model may cache work per batch. */
export type Batch<O extends Observations = Observations> = { readonly observations: O; readonly ids: Int32Array };

/** Programs as packed integers, [K, B, L]. Equal programs have equal integers (canonical form), and only those. */
export type Programs = {
  readonly values: Int32Array;
  readonly numParticles: number;
  readonly batchSize: number;
  readonly length: number;
};

/** [K, B] each, nats. Their sum is logJoint = log p_theta(z, x). -Infinity where a program cannot produce x. */
export type Scores = { readonly logPrior: Float64Array; readonly logLikelihood: Float64Array };

/** Programs drawn from q_phi(z | x) with logQ [K, B], nats. */
export type Proposals = { readonly programs: Programs; readonly logQ: Float64Array };

/** Pairs (z, x) drawn from p_theta: a batch over freshly packed observations, and programs [1, B, L]. */
export type Dreams<O extends Observations = Observations> = { readonly batch: Batch<O>; readonly programs: Programs };

/**
 * One weighted sum of gradients: ascends mean_b sum_k coefficient[k, b] * log p_theta(z_kb, x_b) ("theta")
 * or ... log q_phi(z_kb | x_b) ("phi"). The programs are fixed. Entries with coefficient 0 are skipped, whatever their log.
 */
export type Term<O extends Observations = Observations> = {
  readonly target: "theta" | "phi";
  readonly batch: Batch<O>;
  readonly programs: Programs;
  /** [K, B], the `a` or `b` of design.md section 2; the division by B is the model's. */
  readonly coefficient: Float64Array;
};

export interface Model<O extends Observations = Observations> {
  /** L: integers per program. */
  readonly programLength: number;
  /** Every parameter of theta and phi, in a fixed order (checkpoints rely on it). */
  readonly blocks: readonly ParameterBlock[];

  /** Draws K programs per observation from q_phi(z | x). One forward pass serves all K. */
  propose(batch: Batch<O>, numParticles: number, rng: Rng): Promise<Proposals>;
  /** Scores programs under the current theta. */
  score(batch: Batch<O>, programs: Programs): Promise<Scores>;
  /** log q_phi(z | x), [K, B]. Reuses the forward pass of this batch if phi has not moved since. */
  logQ(batch: Batch<O>, programs: Programs): Promise<Float64Array>;
  /** Draws `count` pairs (z, x) from p_theta. */
  dream(count: number, rng: Rng): Promise<Dreams<O>>;
  /**
   * Up to M distinct programs per observation to start its memory with (MWS spec 1.3), [M, B, L];
   * `present`[m * B + b] = 0 marks a missing member.
   */
  firstPrograms(
    batch: Batch<O>,
    memorySize: number,
    rng: Rng,
  ): Promise<{ readonly programs: Programs; readonly present: Uint8Array }>;
  /**
   * Optional: the proposals with one spelling for programs that mean the same, so that a memory keeps different ones.
   * Their logQ is that of the spelling: they may enter a memory but never an importance weight.
   */
  respell?(batch: Batch<O>, proposals: Proposals): Promise<Proposals>;
  /**
   * Optional: programs near the given ones, one small change each, same shape: extra candidates for a search. They are
   * for the observations of `batch`, at which a change may look. No density is attached, so they may enter a memory but
   * never an importance weight.
   */
  vary?(batch: Batch<O>, programs: Programs, rng: Rng): Programs | Promise<Programs>;
  /**
   * Optional: a search near good programs of observation `index` of the batch, which goes on beside the network's
   * proposals when programs for given data are asked for. Takes the place of `vary` there.
   */
  searchNear?(batch: Batch<O>, index: number, rng: Rng): LocalSearch;
  /**
   * Optional: `count` pairs (z, x) of a fixed simple grammar, for the start-up of models that cannot learn from nothing
   * (algorithm "pretraining"): programs are drawn without theta, observations with it.
   */
  simplePairs?(count: number, rng: Rng): Promise<Dreams<O>>;
  /**
   * Adds the gradients of the terms to the blocks (descent direction: gradient of minus the objective).
   * @returns per term, the value mean_b sum_k coefficient * log, nats.
   */
  accumulate(terms: readonly Term<O>[]): Promise<Float64Array>;
  /** Frees device memory. The model is unusable afterwards. */
  dispose(): void;
}

/** A [K, B, L] block of programs filled with zeros. */
export function emptyPrograms(numParticles: number, batchSize: number, length: number): Programs {
  return { values: new Int32Array(numParticles * batchSize * length), numParticles, batchSize, length };
}

/** Stacks programs along the particle axis: [K1, B, L] and [K2, B, L] -> [K1 + K2, B, L]. */
export function concatPrograms(first: Programs, second: Programs): Programs {
  const values = new Int32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  const { batchSize, length } = first;
  return { values, numParticles: first.numParticles + second.numParticles, batchSize, length };
}

/**
 * Model.accumulate for a model of two parts: theta's terms one by one, phi's together, so that one pass serves them.
 *
 * @returns per term, the value that its part gives, nats
 */
export async function accumulateParts<O extends Observations>(
  terms: readonly Term<O>[],
  parts: {
    readonly theta: (term: Term<O>) => number | Promise<number>;
    readonly phi: (terms: readonly Term<O>[]) => Promise<ArrayLike<number>>;
  },
): Promise<Float64Array> {
  const values = new Float64Array(terms.length);
  const phiTerms = terms.filter((term) => term.target === "phi");
  const phiValues = await parts.phi(phiTerms);
  for (const [i, term] of terms.entries()) {
    values[i] = term.target === "theta" ? await parts.theta(term) : phiValues[phiTerms.indexOf(term)]!;
  }
  return values;
}
