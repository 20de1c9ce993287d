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

/**
 * Programs as packed integers, [K, B, L]. Equal programs have equal integers (canonical form), and only those.
 * Programs of a hybrid model have a continuous part z_c beside these, their discrete part z_d.
 */
export type Programs = {
  readonly values: Int32Array;
  readonly numParticles: number;
  readonly batchSize: number;
  readonly length: number;
  /** z_c [K, B, C]; absent where only z_d is meant (a memory holds nothing else). Unused numbers are 0. */
  readonly continuous?: Float64Array;
};

/** The named factors of log p and log q of a hybrid model: p(z_d) and q(z_d | x); the rest. */
export type Factor = "discrete" | "continuous";

/** [K, B] each, nats. Their sum is logJoint = log p_theta(z, x). -Infinity where a program cannot produce x. */
export type Scores = {
  readonly logPrior: Float64Array;
  readonly logLikelihood: Float64Array;
  /** Hybrid models, of programs with a continuous part: log p(z_d), the part of logPrior that is not about z_c. */
  readonly logPriorDiscrete?: Float64Array;
};

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
  /**
   * Hybrid models only: of log p just log p(z_d), of log q just log q(z_d | x) (programs need no continuous part then) or
   * just log q(z_c | z_d, x). Absent: the whole.
   */
  readonly factor?: Factor;
  /**
   * Hybrid models only, target phi: ascends mean_b sum_k coefficient * (log p_theta(z, x) - log q_phi(z_c | z_d, x)) with
   * z_c = mean + deviation * noise a function of phi, the noise held: the pathwise gradient of design.md 2. It is the
   * total derivative, so phi counts both in the sample and in log q's own mean and deviation (for a Gaussian,
   * -log deviation is what is left of it). theta and log q(z_d | x) get their own terms.
   */
  readonly isPathwise?: true;
  readonly batch: Batch<O>;
  readonly programs: Programs;
  /** [K, B], the `a` or `b` of design.md section 2; the division by B is the model's. */
  readonly coefficient: Float64Array;
};

/** What a model adds whose programs have a continuous part. Source: HMWS specification, sections 1 and 2. */
export interface HybridPart<O extends Observations = Observations> {
  /** C: numbers of z_c per program. */
  readonly continuousLength: number;
  /** Draws the discrete parts of N programs per observation from q(z_d | x); logQ is log q(z_d | x) alone. */
  proposeDiscrete(batch: Batch<O>, numProposals: number, rng: Rng): Promise<Proposals>;
  /**
   * Draws K continuous parts from q(z_c | z_d, x) for each of the given programs [L, B].
   *
   * @param present [L, B] 0 leaves a place out: its draws are 0 and cost nothing, its logQ is -Infinity
   * @returns programs [K * L, B], draw k of program l at particle k * L + l; logQ is log q(z_c | z_d, x) alone
   */
  drawContinuous(
    batch: Batch<O>,
    programs: Programs,
    numDraws: number,
    rng: Rng,
    present?: Uint8Array,
  ): Promise<Proposals>;
}

/** Programs that mean the same, as one. */
export type AlikePrograms = {
  /** The program [L] that stands for all that mean the same as this one. */
  spelling(program: Int32Array): Int32Array;
  /** Log of how many programs such a one stands for: what its log prior gains. */
  logCopies(program: Int32Array): number;
};

/**
 * For a hybrid model the methods below mean: `propose` draws both parts and logQ is their sum. `score` and `logQ` of
 * programs with a continuous part are exact. `score` of programs without one integrates it out: logPrior is log p(z_d),
 * logLikelihood the estimate log mean_k p(z_c, x | z_d) / q(z_c | z_d, x) from draws whose noise is fixed by the program
 * and the observation alone (the same question has the same answer, and no run is changed by it); `logQ` of such programs
 * is log q(z_d | x).
 */
export interface Model<O extends Observations = Observations> {
  /** L: integers per program. */
  readonly programLength: number;
  /** Where programs have a continuous part; the algorithms hmws, hmws-minus and rws-plus need it. */
  readonly hybrid?: HybridPart<O>;
  /** Every parameter of theta and phi, in a fixed order (checkpoints rely on it). */
  readonly blocks: readonly ParameterBlock[];

  /** Draws K programs per observation from q_phi(z | x). One forward pass serves all K. */
  propose(batch: Batch<O>, numParticles: number, rng: Rng): Promise<Proposals>;
  /**
   * Scores programs under the current theta.
   *
   * @param present [K, B] 0 marks a place whose scores nobody will read: a model may save the work and return anything.
   *   Only algorithms for hybrid models give it
   */
  score(batch: Batch<O>, programs: Programs, present?: Uint8Array): Promise<Scores>;
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
   * Optional: which programs mean the same under the parameters as they stand. A search for given data keeps one of them,
   * which counts for all; learning tells them apart.
   */
  alike?(): AlikePrograms;
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

/** z_d alone, where nothing is to be known of the numbers beside it: the same integers, not a copy. */
export function discretePart({ continuous: _, ...programs }: Programs): Programs {
  return programs;
}

/** Stacks programs along the particle axis: [K1, B, L] and [K2, B, L] -> [K1 + K2, B, L]. */
export function concatPrograms(first: Programs, second: Programs): Programs {
  const values = new Int32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  const { batchSize, length } = first;
  const numParticles = first.numParticles + second.numParticles;
  if (!first.continuous || !second.continuous) return { values, numParticles, batchSize, length };
  const continuous = new Float64Array(first.continuous.length + second.continuous.length);
  continuous.set(first.continuous);
  continuous.set(second.continuous, first.continuous.length);
  return { values, numParticles, batchSize, length, continuous };
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
