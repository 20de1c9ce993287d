// Programs for given observations with a trained model: propose from q_phi and, for coverage, from the prior; search
// near the best so far where the domain knows how (Model.searchNear, Model.vary); score; keep the best distinct ones.
// An any-time search: the first result comes after one short round, more time only improves it.

import type { DomainInstance } from "../domain";
import type { LocalSearch } from "../localSearch";
import type { AlikePrograms, Batch, Observations } from "../model";
import type { Rng } from "../rng/rng";
import {
  asked,
  type Candidates,
  dreamt,
  proposed,
  respelt,
  scoredLists,
  scoredOnce,
  together,
  varied,
} from "./candidates";
import { type Origin, ProgramPool } from "./programPool";
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
  readonly origin: Origin;
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
  /** Programs drawn from q_phi per observation and round; fewer in the first round and beside a local search. */
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
const PROGRESS_EVERY_MS = 100;

/** Beside a local search: the network draws in the first round and then in every n-th, so many for a chunk at most. */
const RECOGNISE_EVERY = 6;
const MOST_DRAWN = 96;
/** Candidates of the local search per observation and round. */
const ASKED = 32;

type Chunk<O extends Observations> = {
  readonly batch: Batch<O>;
  readonly pools: readonly ProgramPool[];
  /** One per observation, or null where the domain knows no local search. */
  readonly searches: readonly LocalSearch[] | null;
};

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
  /** Read in the first round: a search moves no parameter. */
  private alike: { readonly programs: AlikePrograms | null } | null = null;
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
      const batch = { observations, ids };
      const { model } = instance;
      const rng = options.rng.fork("near");
      return {
        batch,
        pools: Array.from(ids, () => new ProgramPool()),
        searches: model.searchNear ? Array.from(ids, (id, b) => model.searchNear!(batch, b, rng.fork(id))) : null,
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
      programs: pool.best(this.options.memorySize),
      draws: pool.draws,
      different: pool.different,
    }));
    return { inferences, rounds: this.rounds, seconds: this.spentMs / 1000 };
  }

  private async oneRound({ batch, pools, searches }: Chunk<O>): Promise<void> {
    const { model } = this.instance;
    const rng = this.options.rng.fork(this.rounds).fork(batch.ids[0] ?? 0);
    this.alike ??= { programs: model.alike?.() ?? null };
    const alike = this.alike.programs;
    const found = searches
      ? await this.near(batch, searches, rng)
      : together(
          await this.drawn(batch, this.options.proposals, rng),
          await varied(model, batch, pools, rng.fork("vary")),
        );
    const candidates = respelt(found, alike);
    if (candidates.every((list) => list.length === 0)) return;
    const everyScored = model.hybrid
      ? await scoredOnce(model, batch, candidates, pools, alike)
      : await scoredLists(model, batch, candidates, alike);
    for (const [b, list] of candidates.entries()) {
      const scored = everyScored[b]!;
      for (const [k, each] of scored.entries()) pools[b]!.add(each, list[k]!.origin);
      if (searches) searches[b]!.tell(scored);
      pools[b]!.trim();
    }
  }

  /** From the network and the prior. */
  private async drawn(batch: Batch<O>, count: number, rng: Rng): Promise<Candidates> {
    const { model } = this.instance;
    const fromNetwork = await proposed(model, batch, count, rng.fork("propose"));
    return together(fromNetwork, await dreamt(model, batch, Math.max(1, Math.floor(count / 4)), rng.fork("prior")));
  }

  /** From the local searches, and now and then from the network: that is what it costs most to ask. */
  private async near(batch: Batch<O>, searches: readonly LocalSearch[], rng: Rng): Promise<Candidates> {
    const isFirst = this.rounds === 1;
    if (isFirst) for (const search of searches) await search.prepare?.();
    const near = asked(searches, ASKED);
    const isTurn = this.rounds % RECOGNISE_EVERY === 1 || near.every((list) => list.length === 0);
    if (!isTurn) return near;
    const share = Math.floor(MOST_DRAWN / (isFirst ? 4 : 1) / batch.ids.length);
    const count = Math.min(this.options.proposals, Math.max(2, share));
    return together(near, await this.drawn(batch, count, rng));
  }
}
