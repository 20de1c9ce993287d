// Programs for given observations with a trained model: propose from q_phi and, for coverage, from the prior; score;
// keep the best distinct ones. An any-time search: the first result comes after one round, more time only improves it.

import { softmaxOverParticles } from "../dists/logs";
import type { DomainInstance } from "../domain";
import { type Batch, concatPrograms, emptyPrograms, type Model, type Observations, type Programs } from "../model";
import type { Rng } from "../rng/rng";
import { yieldToEvents } from "./yielding";

export type InferredProgram = {
  /** [L] */
  readonly program: Int32Array;
  readonly logPrior: number;
  readonly logLikelihood: number;
  /** log p(z, x), nats. */
  readonly logJoint: number;
  /** Softmax of logJoint over the programs kept: sums to 1. */
  readonly weight: number;
  /** How often it was drawn. */
  readonly samples: number;
  /** Where it came from first. */
  readonly origin: "recognition" | "prior";
};

/** The best distinct programs of one observation, best first; empty if none of the draws explains it. */
export type Inference = { readonly row: number; readonly programs: readonly InferredProgram[]; readonly draws: number };

export type InferenceProgress = {
  readonly inferences: readonly Inference[];
  readonly rounds: number;
  readonly seconds: number;
};

export type InferenceOptions<O extends Observations> = {
  /** Time to spend; at least one round is made. */
  readonly seconds: number;
  /** Programs kept per observation. */
  readonly memorySize: number;
  /** Programs drawn from q_phi per observation and round. */
  readonly proposals: number;
  readonly rng: Rng;
  /** The set that `rows` index. Default: the training data, to which a person's own observations are appended. */
  readonly observations?: O;
  /** Ends the search after this many rounds, for results that do not depend on the clock. */
  readonly rounds?: number;
  /** Called after the first round and then at most ten times a second. */
  readonly onProgress?: (progress: InferenceProgress) => void;
  /** Ends the search; what was found is kept. */
  readonly signal?: AbortSignal;
};

/** Rows per call of the model. */
const CHUNK = 20;
/** Distinct programs remembered per observation between rounds; the worst are forgotten above it. */
const MOST_REMEMBERED = 20_000;
const PROGRESS_EVERY_MS = 100;

type Found = {
  program: Int32Array;
  logPrior: number;
  logLikelihood: number;
  samples: number;
  origin: InferredProgram["origin"];
};
type Pool = { readonly found: Map<string, Found>; draws: number };

/** Searches until the time, the rounds or the signal end it, and returns the best programs found. */
export async function infer<O extends Observations>(
  instance: Pick<DomainInstance<O>, "model" | "train">,
  rows: ArrayLike<number>,
  options: InferenceOptions<O>,
): Promise<InferenceProgress> {
  const { signal, memorySize } = options;
  const observations = options.observations ?? instance.train;
  const pools = Array.from(rows, (): Pool => ({ found: new Map(), draws: 0 }));
  const startedAt = performance.now();
  const secondsSoFar = () => (performance.now() - startedAt) / 1000;
  const progress = (rounds: number): InferenceProgress => ({
    inferences: pools.map((pool, i) => ({ row: rows[i]!, programs: bestOf(pool, memorySize), draws: pool.draws })),
    rounds,
    seconds: secondsSoFar(),
  });
  let toldAt = -Infinity;
  for (let round = 1; ; round++) {
    for (let from = 0; from < rows.length && !(signal?.aborted && round > 1); from += CHUNK) {
      const ids = Int32Array.from({ length: Math.min(CHUNK, rows.length - from) }, (_, i) => rows[from + i]!);
      const rng = options.rng.fork(round).fork(from);
      await oneRound(instance.model, { observations, ids }, options.proposals, rng, pools.slice(from, from + CHUNK));
      await yieldToEvents();
    }
    const isOver = signal?.aborted || round >= (options.rounds ?? Infinity) || secondsSoFar() >= options.seconds;
    if (options.onProgress && (isOver || performance.now() - toldAt >= PROGRESS_EVERY_MS)) {
      options.onProgress(progress(round));
      toldAt = performance.now();
    }
    if (isOver) return progress(round);
  }
}

async function oneRound<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  proposals: number,
  rng: Rng,
  pools: readonly Pool[],
): Promise<void> {
  const drawn = await model.propose(batch, proposals, rng.fork("propose"));
  const priorDraws = Math.max(1, Math.floor(proposals / 4));
  const prior = await model.dream(priorDraws, rng.fork("prior"));
  const programs = concatPrograms(drawn.programs, spread(prior.programs, batch.ids.length));
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  const { batchSize, numParticles, values, length } = programs;
  for (let b = 0; b < batchSize; b++) {
    const pool = pools[b]!;
    pool.draws += numParticles;
    for (let k = 0; k < numParticles; k++) {
      const at = k * batchSize + b;
      const program = values.slice(at * length, (at + 1) * length);
      const origin = k < proposals ? "recognition" : "prior";
      add(pool, { program, logPrior: logPrior[at]!, logLikelihood: logLikelihood[at]!, samples: 1, origin });
    }
    if (pool.found.size > MOST_REMEMBERED) forgetWorst(pool);
  }
}

/** The dreamt programs [1, C, L] offered to every observation: [C, B, L]. */
function spread(dreamt: Programs, batchSize: number): Programs {
  const { batchSize: count, length, values } = dreamt;
  const programs = emptyPrograms(count, batchSize, length);
  for (let c = 0; c < count; c++) {
    const program = values.subarray(c * length, (c + 1) * length);
    for (let b = 0; b < batchSize; b++) programs.values.set(program, (c * batchSize + b) * length);
  }
  return programs;
}

function add(pool: Pool, candidate: Found): void {
  // Programs that cannot produce the observation (-Infinity or NaN) explain nothing.
  if (!(candidate.logPrior + candidate.logLikelihood > -Infinity)) return;
  const key = candidate.program.join(",");
  const known = pool.found.get(key);
  if (known) known.samples++;
  else pool.found.set(key, candidate);
}

const jointOf = (found: Found): number => found.logPrior + found.logLikelihood;

function ranked(pool: Pool): [string, Found][] {
  return [...pool.found].sort(([, first], [, second]) => jointOf(second) - jointOf(first));
}

function forgetWorst(pool: Pool): void {
  const kept = ranked(pool).slice(0, MOST_REMEMBERED / 2);
  pool.found.clear();
  for (const [key, found] of kept) pool.found.set(key, found);
}

function bestOf(pool: Pool, memorySize: number): readonly InferredProgram[] {
  const best = ranked(pool).slice(0, memorySize);
  const logJoint = Float64Array.from(best, ([, found]) => jointOf(found));
  const weight = softmaxOverParticles(logJoint, best.length, 1);
  return best.map(([, found], i) => ({ ...found, logJoint: logJoint[i]!, weight: weight[i]! }));
}
