// Programs for given observations with a trained model: propose from q_phi and, for coverage, from the prior, vary the
// best so far where the domain knows small changes; score; keep the best distinct ones. An any-time search: the first
// result comes after one round, more time only improves it.

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
  readonly origin: "recognition" | "prior" | "variation";
};

/** The best distinct programs of one observation, best first; empty if none of the draws explains it. */
export type Inference = {
  readonly row: number;
  readonly programs: readonly InferredProgram[];
  readonly draws: number;
  /** Different programs that explain the observation at all. */
  readonly different: number;
};

export type InferenceProgress = {
  readonly inferences: readonly Inference[];
  readonly rounds: number;
  readonly seconds: number;
};

export type SearchOptions<O extends Observations> = {
  /** Programs kept per observation. */
  readonly memorySize: number;
  /** Programs drawn from q_phi per observation and round. */
  readonly proposals: number;
  readonly rng: Rng;
  /** The set that `rows` index. Default: the training data, to which a person's own observations are appended. */
  readonly observations?: O;
};

export type RunningOptions = {
  /** Time to spend; at least one round is made. */
  readonly seconds: number;
  /** Ends the search after this many rounds, for results that do not depend on the clock. */
  readonly rounds?: number;
  /** Called after the first round and then at most every `progressEveryMs` (default 100); the search waits for it. */
  readonly onProgress?: (progress: InferenceProgress) => void | Promise<void>;
  readonly progressEveryMs?: number;
  /** Ends the search; what was found is kept. */
  readonly signal?: AbortSignal;
};

export type InferenceOptions<O extends Observations> = SearchOptions<O> & RunningOptions;

/** Rows per call of the model. */
const CHUNK = 20;
/** Distinct programs remembered per observation between rounds; the worst are forgotten above it. */
const MOST_REMEMBERED = 4000;
/** The best programs that are varied in a round, and how often each. */
const VARIED = 4;
const VARIATIONS = 8;
const PROGRESS_EVERY_MS = 100;

type Found = {
  program: Int32Array;
  logPrior: number;
  logLikelihood: number;
  samples: number;
  origin: InferredProgram["origin"];
};
type Pool = { readonly found: Map<string, Found>; draws: number; forgotten: number };
type Chunk<O extends Observations> = { readonly batch: Batch<O>; readonly pools: readonly Pool[] };

/** Searches until the time, the rounds or the signal end it, and returns the best programs found. */
export function infer<O extends Observations>(
  instance: Pick<DomainInstance<O>, "model" | "train">,
  rows: ArrayLike<number>,
  options: InferenceOptions<O>,
): Promise<InferenceProgress> {
  return new Search(instance, rows, options).run(options);
}

/** A search that can be run, ended and run on. The same seed and rounds give the same programs. */
export class Search<O extends Observations> {
  private readonly chunks: readonly Chunk<O>[];
  private rounds = 0;
  private spentMs = 0;

  constructor(
    private readonly instance: Pick<DomainInstance<O>, "model" | "train">,
    private readonly rows: ArrayLike<number>,
    private readonly options: SearchOptions<O>,
  ) {
    const observations = options.observations ?? instance.train;
    this.chunks = Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, c) => {
      const ids = Int32Array.from({ length: Math.min(CHUNK, rows.length - c * CHUNK) }, (_, i) => rows[c * CHUNK + i]!);
      // One batch object for the whole search: models keep what they computed for a batch.
      return {
        batch: { observations, ids },
        pools: Array.from(ids, () => ({ found: new Map(), draws: 0, forgotten: 0 })),
      };
    });
  }

  /** Goes on until the time, the rounds or the signal end it. */
  async run(options: RunningOptions): Promise<InferenceProgress> {
    const { signal, onProgress } = options;
    const startedAt = performance.now();
    const before = { ms: this.spentMs, rounds: this.rounds };
    let toldAt = -Infinity;
    for (;;) {
      this.rounds++;
      for (const chunk of this.chunks) {
        if (signal?.aborted && this.rounds > 1) break;
        await this.oneRound(chunk);
        await yieldToEvents();
      }
      const spent = performance.now() - startedAt;
      this.spentMs = before.ms + spent;
      const isLast = this.rounds - before.rounds >= (options.rounds ?? Infinity) || spent >= 1000 * options.seconds;
      const isOver = signal?.aborted || isLast;
      if (onProgress && (isOver || performance.now() - toldAt >= (options.progressEveryMs ?? PROGRESS_EVERY_MS))) {
        await onProgress(this.progress());
        toldAt = performance.now();
      }
      if (isOver) return this.progress();
    }
  }

  /** What has been found so far. */
  progress(): InferenceProgress {
    const pools = this.chunks.flatMap((chunk) => chunk.pools);
    const inferences = pools.map((pool, i) => ({
      row: this.rows[i]!,
      programs: bestOf(pool, this.options.memorySize),
      draws: pool.draws,
      different: pool.found.size + pool.forgotten,
    }));
    return { inferences, rounds: this.rounds, seconds: this.spentMs / 1000 };
  }

  private async oneRound({ batch, pools }: Chunk<O>): Promise<void> {
    const { model } = this.instance;
    const { proposals } = this.options;
    const rng = this.options.rng.fork(this.rounds).fork(batch.ids[0] ?? 0);
    const drawn = (await model.propose(batch, proposals, rng.fork("propose"))).programs;
    const prior = await model.dream(Math.max(1, Math.floor(proposals / 4)), rng.fork("prior"));
    const fresh = concatPrograms(drawn, spread(prior.programs, batch.ids.length));
    const varied = variations(model, batch, pools, rng.fork("vary"));
    const programs = varied ? concatPrograms(fresh, varied) : fresh;
    const { logPrior, logLikelihood } = await model.score(batch, programs);
    const { batchSize, numParticles, values, length } = programs;
    for (let b = 0; b < batchSize; b++) {
      const pool = pools[b]!;
      pool.draws += numParticles;
      for (let k = 0; k < numParticles; k++) {
        const at = k * batchSize + b;
        const program = values.slice(at * length, (at + 1) * length);
        const origin = k < proposals ? "recognition" : k < fresh.numParticles ? "prior" : "variation";
        add(pool, { program, logPrior: logPrior[at]!, logLikelihood: logLikelihood[at]!, samples: 1, origin });
      }
      if (pool.found.size > MOST_REMEMBERED) forgetWorst(pool);
    }
  }
}

/** Small changes of the best programs so far, [K, B, L]; null where the domain knows none or nothing has been found. */
function variations<O extends Observations>(
  model: Model<O>,
  batch: Batch<O>,
  pools: readonly Pool[],
  rng: Rng,
): Programs | null {
  if (!model.vary || pools.some((pool) => pool.found.size === 0)) return null;
  const length = model.programLength;
  const programs = emptyPrograms(VARIED * VARIATIONS, pools.length, length);
  for (const [b, pool] of pools.entries()) {
    const best = leaders(pool, VARIED);
    for (let k = 0; k < programs.numParticles; k++) {
      const { program } = best[k % best.length]!;
      programs.values.set(program, (k * pools.length + b) * length);
    }
  }
  return model.vary(batch, programs, rng);
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

/** The `count` best, best first; one pass, since it is asked for in every round. */
function leaders(pool: Pool, count: number): Found[] {
  const best: Found[] = [];
  for (const found of pool.found.values()) {
    const joint = jointOf(found);
    if (best.length === count && joint <= jointOf(best[count - 1]!)) continue;
    let place = best.length;
    while (place > 0 && jointOf(best[place - 1]!) < joint) place--;
    best.splice(place, 0, found);
    if (best.length > count) best.pop();
  }
  return best;
}

function forgetWorst(pool: Pool): void {
  const kept = ranked(pool).slice(0, MOST_REMEMBERED / 2);
  pool.forgotten += pool.found.size - kept.length;
  pool.found.clear();
  for (const [key, found] of kept) pool.found.set(key, found);
}

function bestOf(pool: Pool, memorySize: number): readonly InferredProgram[] {
  const best = leaders(pool, memorySize);
  const logJoint = Float64Array.from(best, jointOf);
  const weight = softmaxOverParticles(logJoint, best.length, 1);
  return best.map((found, i) => ({ ...found, logJoint: logJoint[i]!, weight: weight[i]! }));
}
