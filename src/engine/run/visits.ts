// What happened to each observation at its latest visit: its proposals, their fates, and the memory before the visit.
// Display only: nothing here feeds back into training, and checkpoints do not carry it.

import type { StagePayload } from "../algorithms/algorithm";
import type { ProgramMemory } from "../memory/programMemory";
import { discretePart } from "../model";

/** The latest visit of one observation, in plain copies. */
export type Visit = {
  readonly step: number;
  /** [K][L], discrete parts. */
  readonly proposals: readonly Int32Array[];
  /** [K] index into FATES; empty where the algorithm has no memory. */
  readonly fates: readonly number[];
  /** [K] nats at the visit. */
  readonly logPrior: readonly number[];
  readonly logLikelihood: readonly number[];
  /** [K] normalised weights; empty where the algorithm has a memory. */
  readonly weights: readonly number[];
  /** Members before the visit, [count][L]. */
  readonly before: readonly Int32Array[];
};

/** Integers kept at most; above it only the observation on show is remembered. */
const LARGEST_LOG = 4_000_000;

const rowsOf = (memory: ProgramMemory, row: number): Int32Array[] => {
  const { memorySize, programLength: length } = memory;
  const from = row * memorySize;
  return Array.from({ length: memory.rows.counts[row]! }, (_, m) =>
    memory.rows.programs.slice((from + m) * length, (from + m + 1) * length),
  );
};

/** Column `b` of a payload as a visit; `memory` must still hold the members from before the step. */
export function visitOf(payload: StagePayload, b: number, step: number, memory: ProgramMemory | null): Visit {
  const { proposals, batch } = payload;
  const batchSize = batch.ids.length;
  const count = proposals?.numParticles ?? 0;
  const length = proposals?.length ?? 0;
  const column = (values: ArrayLike<number> | undefined): number[] =>
    values ? Array.from({ length: count }, (_, k) => values[k * batchSize + b]!) : [];
  return {
    step,
    proposals: Array.from({ length: count }, (_, k) => {
      const from = (k * batchSize + b) * length;
      return proposals!.values.slice(from, from + length);
    }),
    fates: column(payload.fate),
    logPrior: column(payload.logPrior),
    logLikelihood: column(payload.logLikelihood),
    weights: memory ? [] : column(payload.weight),
    before: memory ? rowsOf(memory, batch.ids[b]!) : [],
  };
}

type Kept = { readonly payload: StagePayload; readonly column: number; readonly step: number };

/** Remembers the latest visit of every observation (of the one on show alone, if the run is very large). */
export class VisitLog {
  private readonly kept: (Kept | null)[];
  private readonly before: Int32Array | null;
  private readonly beforeCounts: Int32Array;
  private readonly keepsAll: boolean;
  private shown: { readonly row: number; readonly visit: Visit } | null = null;

  /**
   * @param numObservations rows of the training data
   * @param particles programs proposed per observation and step, at most
   */
  constructor(
    numObservations: number,
    particles: number,
    programLength: number,
    private readonly memory: ProgramMemory | null,
  ) {
    const perRow = (particles + (memory?.memorySize ?? 0)) * programLength;
    this.keepsAll = numObservations * perRow <= LARGEST_LOG;
    this.kept = new Array<Kept | null>(this.keepsAll ? numObservations : 0).fill(null);
    this.before = memory && this.keepsAll ? new Int32Array(memory.rows.programs.length) : null;
    this.beforeCounts = new Int32Array(this.keepsAll ? numObservations : 0);
  }

  /** Notes a step's visits, just before the memory changes. */
  note(payload: StagePayload, step: number, selected: number): void {
    const { ids } = payload.batch;
    if (!this.keepsAll) {
      const column = ids.indexOf(selected);
      if (column >= 0) this.shown = { row: selected, visit: visitOf(payload, column, step, this.memory) };
      return;
    }
    // Only what a visit shows: the rest of the payload (update, dreams, continuous parts) is not kept alive.
    const { batch, logPrior, logLikelihood, fate, weight } = payload;
    const proposals = payload.proposals && discretePart(payload.proposals);
    const slim = { batch, proposals, logPrior, logLikelihood, fate, ...(this.memory ? {} : { weight }) };
    // The cast drops the explicit undefined that exactOptionalPropertyTypes tells apart from an absent field.
    const light = slim as StagePayload;
    for (let column = 0; column < ids.length; column++) {
      this.kept[ids[column]!] = { payload: light, column, step };
      this.copyBefore(ids[column]!);
    }
  }

  /** The latest visit of an observation, or null before the first. */
  latest(row: number): Visit | null {
    if (!this.keepsAll) return this.shown?.row === row ? this.shown.visit : null;
    const kept = this.kept[row];
    if (!kept) return null;
    return { ...visitOf(kept.payload, kept.column, kept.step, null), ...this.memoryPart(row) };
  }

  private copyBefore(row: number): void {
    if (!this.before || !this.memory) return;
    const width = this.memory.memorySize * this.memory.programLength;
    const from = row * width;
    // A memory that has not changed since the last visit needs no copy, but telling so costs as much as copying.
    this.before.set(this.memory.rows.programs.subarray(from, from + width), from);
    this.beforeCounts[row] = this.memory.rows.counts[row]!;
  }

  private memoryPart(row: number): Partial<Visit> {
    if (!this.before || !this.memory) return {};
    const { memorySize, programLength: length } = this.memory;
    const before = Array.from({ length: this.beforeCounts[row]! }, (_, m) => {
      const from = (row * memorySize + m) * length;
      return this.before!.slice(from, from + length);
    });
    return { before, weights: [] };
  }
}
