// Snapshots: the state of a run for the page. The cost is bounded: rows, records and the domain's picture all have limits,
// so that one snapshot stays under 256 kB.

import type { ProgramMemory } from "../memory/programMemory";
import { memoryOnShow } from "./heldMemory";
import { memoryView } from "./memoryView";
import type { MemoryView, Snapshot } from "./records";
import { DEFAULT_SLICE_MS, type Run } from "./run";
import { visitOf } from "./visits";

/** Records in one snapshot at most; the others wait for the next. */
const MOST_RECORDS = 150;
/** New-best marks in one snapshot at most. */
const MOST_MARKS = 2000;
/** Training time over which the speed is averaged, ms. */
const SPEED_WINDOW_MS = 500;

/** Makes the snapshots of one run; remembers which records the page has. */
export class SnapshotMaker {
  private cursor: number;
  private sentThrough = -1;
  private speed = 0;
  private windowStep: number;
  private windowMs: number;

  constructor(private readonly run: Run) {
    this.cursor = run.core.history.length;
    this.windowStep = run.core.step;
    this.windowMs = run.core.stopwatch.milliseconds;
  }

  /** True while records wait that no snapshot has carried. */
  get hasMore(): boolean {
    return this.cursor < this.run.core.history.length;
  }

  /** Step of the last record that a snapshot has carried. */
  get lastSent(): number {
    return Math.max(this.sentThrough, this.run.core.history[this.cursor - 1]?.step ?? -1);
  }

  /**
   * Leaves out records up to `step`, and no others: the page has them from the run that this one replaces, with the
   * same numbers.
   */
  skipThrough(step: number): void {
    this.sentThrough = step;
    const { history } = this.run.core;
    const next = history.findIndex((record) => record.step > step);
    this.cursor = next < 0 ? history.length : next;
  }

  /** The current snapshot. Call it only while no step computes (Run.whenSafe). */
  async take(): Promise<Snapshot> {
    const { run } = this;
    const { core, held } = run;
    const { instance } = core.parts;
    const memory = memoryOnShow(run);
    const { step, selected } = core;
    const rng = core.rng.fork("picture").fork(step);
    const picture = await instance.picture({ selected, memory, step, rng });
    while ((core.history[this.cursor]?.step ?? Infinity) <= this.sentThrough) this.cursor++;
    const records = core.history.slice(this.cursor, this.cursor + MOST_RECORDS);
    this.cursor += records.length;
    const newBestAt = core.newBestAt.slice(-MOST_MARKS);
    core.newBestAt = [];
    return {
      step,
      epoch: core.epoch,
      phase: held?.stage.phase ?? "none",
      stage: held?.stage.name ?? "none",
      wallMs: core.stopwatch.milliseconds,
      evaluations: core.evaluations,
      stepsPerSecond: this.stepsPerSecond(),
      records,
      newBestAt,
      memory: await viewOf(run, memory, selected),
      picture,
      slowed: run.sliceMs < DEFAULT_SLICE_MS,
    };
  }

  private stepsPerSecond(): number {
    const { core } = this.run;
    const spent = core.stopwatch.milliseconds - this.windowMs;
    if (spent > 0 && (spent >= SPEED_WINDOW_MS || this.speed === 0)) {
      this.speed = ((core.step - this.windowStep) / spent) * 1000;
      this.windowStep = core.step;
      this.windowMs = core.stopwatch.milliseconds;
    }
    return this.speed;
  }
}

/** The memory of one observation; while a step is held after "remember", as that step would leave it. */
export async function viewOf(run: Run, onShow: ProgramMemory | null, observation: number): Promise<MemoryView> {
  const { core, held } = run;
  const { spec, instance, memory } = core.parts;
  const column = held ? held.payload.batch.ids.indexOf(observation) : -1;
  const isOpen = held !== null && column >= 0 && held.payload.proposals !== undefined;
  const visit = isOpen ? visitOf(held.payload, column, core.step + 1, memory) : core.visits.latest(observation);
  const base = { spec, instance, options: core.options, observation, visit };
  return memoryView({ ...base, members: onShow ? membersOfRow(onShow, observation) : null });
}

function membersOfRow(memory: ProgramMemory, row: number) {
  const { memorySize, programLength: length } = memory;
  const { programs, counts, bornAt } = memory.rows;
  const members = Array.from({ length: counts[row] ?? 0 }, (_, m) => row * memorySize + m);
  return {
    programs: members.map((at) => programs.slice(at * length, (at + 1) * length)),
    bornAt: members.map((at) => bornAt[at]!),
  };
}
