// How the programs of each observation changed over the steps, for people who look back: every visit that changed what
// is remembered, with the scores of that time. Without a memory: the weighted samples of the observation on show.
// Bounded: older moments are thinned. Nothing here feeds back into training.

import type { StagePayload, StepResult } from "../algorithms/algorithm";
import { softmaxOverParticles } from "../dists/logs";
import type { MemoryUpdate, ProgramMemory } from "../memory/programMemory";

/** One program at one moment. Scores are nats under the theta of that step. */
export type MomentEntry = {
  /** [L] */
  readonly program: Int32Array;
  readonly bornAt: number;
  /** NaN where the algorithm did not say. */
  readonly logPrior: number;
  readonly logJoint: number;
  readonly weight: number;
};

export type Moment = { readonly step: number; readonly entries: readonly MomentEntry[] };

/** All moments as plain data: `values` holds them one after another, `sizes` how many numbers each takes. */
export type MomentLogState = {
  /** Step from which on changes are known. */
  readonly since: number;
  readonly rows: Int32Array;
  readonly steps: Float64Array;
  readonly sizes: Int32Array;
  readonly values: Float64Array;
};

/** A moment as it is kept: [entries, L + 4] numbers in one array. */
type Packed = { readonly step: number; readonly values: Float64Array };

/** Moments kept per observation; above it the older half is thinned. */
export const MOST_MOMENTS = 40;
/** Entries of one moment. */
const MOST_ENTRIES = 50;
/** Bytes kept over all observations; above it every observation keeps fewer moments. */
export const MOST_BYTES = 2_000_000;
/** What an array costs beside its numbers, about. */
const OVERHEAD = 150;
const FEWEST_MOMENTS = 4;

export class MomentLog {
  /** Step from which on changes are known: 0, or that of a checkpoint that brought none. */
  since = 0;
  /** What the step that is being written would add. */
  private pending: { readonly row: number; readonly moment: Packed }[] = [];
  private readonly moments = new Map<number, Packed[]>();
  private bytes = 0;
  private most = MOST_MOMENTS;
  private readonly keepsAll: boolean;
  private readonly width: number;

  /** @param numObservations rows of the training data */
  constructor(
    numObservations: number,
    private readonly length: number,
    private readonly memory: ProgramMemory | null,
  ) {
    this.width = length + 4;
    const perMoment = 8 * this.width * Math.min(memory?.memorySize ?? 0, MOST_ENTRIES) + OVERHEAD;
    this.keepsAll = memory !== null && numObservations * FEWEST_MOMENTS * perMoment <= MOST_BYTES;
  }

  /** True if every observation's changes are noted, not only those of the one on show. */
  get isComplete(): boolean {
    return this.keepsAll;
  }

  /** Looks at what a step will have changed; call it before the memory takes the update, and `commit` after. */
  note(result: Pick<StepResult, "update" | "payload">, step: number, selected: number): void {
    const { update, payload } = result;
    const { ids } = payload.batch;
    this.pending = [];
    for (let b = 0; b < ids.length; b++) {
      const row = ids[b]!;
      if (!this.keepsAll && row !== selected) continue;
      if (!update || !this.memory) this.add(row, step, samplesOf(payload, b));
      else if (hasChanged(update, b, step, this.memory)) this.add(row, step, membersOf(update, b));
    }
  }

  /** Keeps what `note` saw: the step has been written. */
  commit(): void {
    for (const { row, moment } of this.pending) this.keep(row, moment);
    this.pending = [];
  }

  /** The moments of one observation, oldest first. */
  of(row: number): readonly Moment[] {
    return (this.moments.get(row) ?? []).map(({ step, values }) => ({ step, entries: this.unpack(values) }));
  }

  /** The moments as plain data. The arrays are copies. */
  state(): MomentLogState {
    const all = [...this.moments].flatMap(([row, list]) => list.map((moment) => ({ row, ...moment })));
    const values = new Float64Array(all.reduce((sum, moment) => sum + moment.values.length, 0));
    let at = 0;
    for (const moment of all) {
      values.set(moment.values, at);
      at += moment.values.length;
    }
    return {
      since: this.since,
      rows: Int32Array.from(all, (moment) => moment.row),
      steps: Float64Array.from(all, (moment) => moment.step),
      sizes: Int32Array.from(all, (moment) => moment.values.length),
      values,
    };
  }

  /** Takes over a checkpoint's moments; where it has none, or others than this run's, the history begins at `step`. */
  restore(state: MomentLogState | null, step: number): void {
    this.moments.clear();
    this.bytes = 0;
    this.most = MOST_MOMENTS;
    const isWhole = state !== null && this.isWhole(state);
    this.since = isWhole ? state.since : step;
    if (!isWhole) return;
    let at = 0;
    for (const [i, size] of state.sizes.entries()) {
      this.keep(state.rows[i]!, { step: state.steps[i]!, values: state.values.slice(at, at + size) });
      at += size;
    }
  }

  private isWhole({ rows, steps, sizes, values }: MomentLogState): boolean {
    let sum = 0;
    for (const size of sizes) {
      if (size < 0 || size % this.width !== 0) return false;
      sum += size;
    }
    return rows.length === sizes.length && steps.length === sizes.length && sum === values.length;
  }

  private add(row: number, step: number, entries: readonly MomentEntry[]): void {
    if (entries.length === 0) return;
    const values = new Float64Array(this.width * Math.min(entries.length, MOST_ENTRIES));
    for (let i = 0; i * this.width < values.length; i++) {
      const { program, bornAt, logPrior, logJoint, weight } = entries[i]!;
      values.set(program, i * this.width);
      values.set([bornAt, logPrior, logJoint, weight], i * this.width + this.length);
    }
    this.pending.push({ row, moment: { step, values } });
  }

  private unpack(values: Float64Array): readonly MomentEntry[] {
    const { width, length } = this;
    return Array.from({ length: values.length / width }, (_, i) => {
      const from = i * width;
      const [bornAt, logPrior, logJoint, weight] = values.subarray(from + length, from + width);
      const program = Int32Array.from(values.subarray(from, from + length));
      return { program, bornAt: bornAt!, logPrior: logPrior!, logJoint: logJoint!, weight: weight! };
    });
  }

  private keep(row: number, moment: Packed): void {
    const list = this.moments.get(row) ?? [];
    this.moments.set(row, list);
    list.push(moment);
    this.bytes += bytesOf(moment);
    if (list.length > this.most) this.thin(list);
    while (this.bytes > MOST_BYTES && this.most > FEWEST_MOMENTS) {
      this.most = Math.max(FEWEST_MOMENTS, this.most >> 1);
      for (const moments of this.moments.values()) while (moments.length > this.most) this.thin(moments);
    }
  }

  /** Drops every second moment of the older half; the first one stays. */
  private thin(list: Packed[]): void {
    const half = list.length >> 1;
    const kept = list.filter((_, i) => i >= half || i % 2 === 0);
    this.bytes -= list.reduce((sum, moment) => sum + bytesOf(moment), 0);
    list.splice(0, list.length, ...kept);
    this.bytes += list.reduce((sum, moment) => sum + bytesOf(moment), 0);
  }
}

const bytesOf = ({ values }: Packed): number => values.byteLength + OVERHEAD;

/** True if a program entered, or another one leads. Members leave only when others enter. */
function hasChanged(update: MemoryUpdate, b: number, step: number, memory: ProgramMemory): boolean {
  const { batchSize, length, values } = update.programs;
  const row = update.ids[b]!;
  if (memory.rows.counts[row] !== update.counts[b]) return true;
  for (let m = 0; m < update.counts[b]!; m++) if (update.bornAt[m * batchSize + b] === step) return true;
  const best = row * memory.memorySize * length;
  for (let l = 0; l < length; l++) if (memory.rows.programs[best + l] !== values[b * length + l]) return true;
  return false;
}

function membersOf(update: MemoryUpdate, b: number): readonly MomentEntry[] {
  const { batchSize, length, values } = update.programs;
  const members = Array.from({ length: update.counts[b]! }, (_, m) => m * batchSize + b);
  const logJoint = Float64Array.from(members, (at) => update.logJoint[at]!);
  const weight = softmaxOverParticles(logJoint, members.length, 1);
  return members.map((at, m) => ({
    program: values.slice(at * length, (at + 1) * length),
    bornAt: update.bornAt[at]!,
    logPrior: update.logPrior?.[at] ?? Number.NaN,
    logJoint: logJoint[m]!,
    weight: weight[m]!,
  }));
}

/** The weighted samples of one observation, equal ones merged, heaviest first. */
function samplesOf({ proposals, logPrior, logLikelihood, weight, batch }: StagePayload, b: number): MomentEntry[] {
  if (!proposals || !logPrior || !logLikelihood || !weight) return [];
  const { numParticles, length, values } = proposals;
  const batchSize = batch.ids.length;
  const merged = new Map<string, MomentEntry & { weight: number }>();
  for (let k = 0; k < numParticles; k++) {
    const at = k * batchSize + b;
    const program = values.slice(at * length, (at + 1) * length);
    const known = merged.get(program.join());
    if (known) known.weight += weight[at]!;
    else {
      const joint = logPrior[at]! + logLikelihood[at]!;
      merged.set(program.join(), {
        program,
        bornAt: -1,
        logPrior: logPrior[at]!,
        logJoint: joint,
        weight: weight[at]!,
      });
    }
  }
  return [...merged.values()].sort((first, second) => second.weight - first.weight);
}
