// The domain's picture for the page: the best expressions of the series on show with curves and forecasts, which series'
// structure has been found, a few dreams. Noise is the same in every picture, so that only what is learned moves.

import { logSumExp } from "../../engine/dists/logs";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import { type Batch, emptyPrograms, type Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { OwnScale, SeriesFit, SeriesPicture } from "./facts";
import { seriesFit } from "./fitting/seriesFit";
import { programNumber, readExpression } from "./grammar/expression";
import { isSameKernel, sameKernelGroups } from "./kernelKey";
import type { SeriesModel } from "./model";
import type { SeriesSet } from "./observations";
import { toParameters } from "./parameters";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS, NUM_POINTS } from "./program";

/** Expressions with curves; draws of the numbers of each, of which the best is shown. */
const SHOWN = 3;
const DRAWS = 5;
/** Whole programs drawn where there is no memory. */
const SAMPLES = 25;
const DREAMS = 6;
const UNKNOWN = 255;

/** An expression with the best of its draws. */
type Candidate = {
  readonly program: Int32Array;
  /** Log of its unnormalised share. */
  readonly logShare: number;
  readonly continuous: Float64Array;
  /** Without the length penalty. */
  readonly logLikelihood: number;
};

export class PictureMaker {
  constructor(
    private readonly model: SeriesModel,
    private readonly train: SeriesSet,
    /** [n, MOST_SYMBOLS] strings that made the first n series. */
    private readonly truths: Int32Array,
    /** Units of a person's own series, which follow. */
    private readonly own: readonly OwnScale[],
    /** The same for every picture. */
    private readonly rng: Rng,
  ) {}

  /** A fresh record of about 40 kB. */
  async make(context: { selected: number; memory: ProgramMemory | null; step: number }): Promise<SeriesPicture> {
    const { memory, step } = context;
    const selected = Math.min(Math.max(0, context.selected), this.train.count - 1);
    const batch = { observations: this.train, ids: Int32Array.of(selected) };
    const members = memory ? membersOf(memory, selected) : [];
    const candidates = memory ? await this.remembered(batch, members) : await this.sampled(batch);
    const groups = sameKernelGroups(members);
    const dreams = await this.model.dream(DREAMS, this.rng.fork("dreams"));
    return {
      kind: "timeseries",
      step,
      selected,
      fits: this.fitsOf(selected, candidates),
      sameKernel: members.flatMap((program, m) => (groups[m]! < 0 ? [] : [{ program, group: groups[m]! }])),
      isRecovered: this.recovered(memory),
      dreams: { programs: dreams.programs.values, values: dreams.batch.observations.values },
    };
  }

  /** Members with shares of the memory's posterior. */
  private async remembered(batch: Batch<SeriesSet>, members: readonly Int32Array[]): Promise<Candidate[]> {
    if (members.length === 0) return [];
    const strings = emptyPrograms(members.length, 1, MOST_SYMBOLS);
    for (const [m, program] of members.entries()) strings.values.set(program, m * MOST_SYMBOLS);
    const { programs, logQ } = await this.model.fixedDraws(batch, strings, DRAWS);
    return this.candidatesOf(batch, programs, logQ);
  }

  /** The different ones among samples of the recognition model, with their importance weights. */
  private async sampled(batch: Batch<SeriesSet>): Promise<Candidate[]> {
    const { programs, logQ } = await this.model.propose(batch, SAMPLES, this.rng.fork("samples"));
    return this.candidatesOf(batch, programs, logQ);
  }

  /** Draws [S, 1] put together by string, best first. */
  private async candidatesOf(batch: Batch<SeriesSet>, programs: Programs, logQ: Float64Array): Promise<Candidate[]> {
    const { logPrior, logLikelihood } = await this.model.score(batch, programs);
    const byString = new Map<number, { readonly logs: number[]; best: number }>();
    const logWeight = logQ.map((value, s) => logPrior[s]! + logLikelihood[s]! - value);
    for (const [s, log] of logWeight.entries()) {
      const key = programNumber(programs.values, s * MOST_SYMBOLS);
      const known = byString.get(key);
      if (!known) byString.set(key, { logs: [log], best: s });
      else {
        known.logs.push(log);
        if (log > logWeight[known.best]!) known.best = s;
      }
    }
    const candidates = [...byString.values()].map(({ logs, best }): Candidate => {
      const program = programs.values.slice(best * MOST_SYMBOLS, (best + 1) * MOST_SYMBOLS);
      return {
        program,
        logShare: logSumExp(logs),
        continuous: programs.continuous!.slice(best * CONTINUOUS_LENGTH, (best + 1) * CONTINUOUS_LENGTH),
        logLikelihood: logLikelihood[best]! + this.model.generative.penaltyOf(readExpression(program)),
      };
    });
    return candidates.sort((first, second) => second.logShare - first.logShare);
  }

  private fitsOf(row: number, candidates: readonly Candidate[]): SeriesFit[] {
    const total = logSumExp(candidates.map(({ logShare }) => logShare));
    const values = this.train.values.subarray(row * NUM_POINTS, (row + 1) * NUM_POINTS);
    const scale = this.own[row - (this.train.count - this.own.length)] ?? null;
    const fits = candidates.slice(0, SHOWN).map(({ program, logShare, continuous, logLikelihood }) =>
      seriesFit({
        program,
        weight: Math.exp(logShare - total),
        parameters: toParameters(continuous, [readExpression(program)], this.model.generative.scheme),
        logLikelihood,
        values,
        scale,
        rng: this.rng.fork("curves"),
      }),
    );
    return fits.filter((fit) => fit !== null);
  }

  /** [count] 1, 0 or UNKNOWN: has the best remembered expression the kernel that made the series? */
  private recovered(memory: ProgramMemory | null): Uint8Array {
    const known = this.truths.length / MOST_SYMBOLS;
    return Uint8Array.from({ length: this.train.count }, (_, n) => {
      if (!memory || n >= known || memory.rows.counts[n] === 0) return UNKNOWN;
      const from = n * memory.memorySize * MOST_SYMBOLS;
      const best = memory.rows.programs.subarray(from, from + MOST_SYMBOLS);
      return isSameKernel(best, this.truths.subarray(n * MOST_SYMBOLS, (n + 1) * MOST_SYMBOLS)) ? 1 : 0;
    });
  }
}

function membersOf({ rows, memorySize }: ProgramMemory, row: number): Int32Array[] {
  return Array.from({ length: rows.counts[row] ?? 0 }, (_, m) => {
    const from = (row * memorySize + m) * MOST_SYMBOLS;
    return rows.programs.slice(from, from + MOST_SYMBOLS);
  });
}
