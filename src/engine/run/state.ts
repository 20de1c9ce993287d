// A run's complete state as plain data: what a checkpoint holds and what device recovery goes back to.
// Randomness has no state (the generator is counter-based), so the counters are enough.

import type { BackendName } from "../backend";
import type { UserData } from "../domain";
import { LabError } from "../errors";
import type { ProgramMemory } from "../memory/programMemory";
import type { BlockState } from "../optim/parameterBlock";
import type { RunCore } from "./core";
import type { Gallery } from "./dreamLog";
import type { MomentLogState } from "./momentLog";
import type { RunOptions } from "./options";
import type { RecorderSums } from "./recorder";
import type { RunRecord } from "./records";
import type { BoundState } from "./stopRules";
import { Stopwatch } from "./stopwatch";

/** Memory rows with their sizes; arrays as in MemoryRows. */
export type MemoryState = {
  readonly numObservations: number;
  readonly memorySize: number;
  readonly programLength: number;
  readonly programs: Int32Array;
  readonly counts: Int32Array;
  readonly bornAt: Int32Array;
  readonly logJoint: Float64Array;
};

export type RunState = {
  readonly domain: string;
  readonly options: RunOptions;
  readonly backend: BackendName;
  readonly userData: UserData | null;
  /** Completed steps. */
  readonly step: number;
  readonly wallMs: number;
  readonly evaluations: number;
  /** Step of the latest evaluation; -1 before the first. */
  readonly evaluatedAt: number;
  readonly selected: number;
  readonly blocks: readonly ({ readonly name: string } & BlockState)[];
  readonly memory: MemoryState | null;
  readonly open: RecorderSums;
  readonly bound: BoundState;
  readonly history: readonly RunRecord[];
  /** What people can look back at; null in files from before there was such a thing. */
  readonly past: PastState | null;
};

export type PastState = { readonly moments: MomentLogState; readonly galleries: readonly Gallery[] };

/** Copies the state of a run. Call it only while no step computes. */
export async function captureState(core: RunCore): Promise<RunState> {
  const { parts } = core;
  const blocks: ({ name: string } & BlockState)[] = [];
  for (const block of parts.instance.model.blocks) blocks.push({ name: block.name, ...(await block.read()) });
  return {
    domain: parts.spec.id,
    options: core.options,
    backend: parts.backend.name,
    userData: parts.userData,
    step: core.step,
    wallMs: core.stopwatch.milliseconds,
    evaluations: core.evaluations,
    evaluatedAt: core.lastEvaluation,
    selected: core.selected,
    blocks,
    memory: parts.memory ? captureMemory(parts.memory) : null,
    open: core.recorder.open(),
    bound: core.bound.state(),
    history: core.history.slice(),
    past: { moments: core.moments.state(), galleries: core.dreams.all.slice() },
  };
}

function captureMemory(memory: ProgramMemory): MemoryState {
  const { numObservations, memorySize, programLength, rows } = memory;
  return {
    numObservations,
    memorySize,
    programLength,
    programs: rows.programs.slice(),
    counts: rows.counts.slice(),
    bornAt: rows.bornAt.slice(),
    logJoint: rows.logJoint.slice(),
  };
}

/**
 * Puts a run into a captured state.
 * @throws LabError("checkpoint") if parameters or memory have other sizes than this run's
 */
export async function restoreState(core: RunCore, state: RunState): Promise<void> {
  const { blocks } = core.parts.instance.model;
  const names = blocks.map((block) => block.name).join(", ");
  const given = state.blocks.map((block) => block.name).join(", ");
  if (names !== given) throw mismatch("parameter blocks", given, names);
  for (const [i, block] of blocks.entries()) requireSize(block.name, state.blocks[i]!, block.size);
  restoreMemory(core.parts.memory, state.memory);
  for (const [i, block] of blocks.entries()) await block.write(state.blocks[i]!);
  core.step = state.step;
  core.evaluations = state.evaluations;
  core.stopwatch = new Stopwatch(state.wallMs);
  core.selected = Math.min(state.selected, core.parts.instance.train.count - 1);
  core.newBestAt = [];
  core.recorder.restore(state.history, state.open);
  core.bound.restore(state.bound);
  core.moments.restore(state.past?.moments ?? null, state.step);
  core.dreams.restore(state.past?.galleries ?? []);
  core.markEvaluated(state.evaluatedAt);
}

function requireSize(name: string, state: BlockState, size: number): void {
  for (const array of [state.values, state.moment1, state.moment2]) {
    if (array.length !== size) throw mismatch(`numbers in ${name}`, array.length, size);
  }
}

function restoreMemory(memory: ProgramMemory | null, state: MemoryState | null): void {
  if (!memory !== !state) throw mismatch("program memory", state ? "one" : "none", memory ? "one" : "none");
  if (!memory || !state) return;
  for (const size of ["numObservations", "memorySize", "programLength"] as const) {
    if (memory[size] !== state[size]) throw mismatch(`the memory's ${size}`, state[size], memory[size]);
  }
  for (const name of ["programs", "counts", "bornAt", "logJoint"] as const) {
    const { length } = memory.rows[name];
    if (state[name].length !== length) throw mismatch(`the memory's ${name}`, state[name].length, length);
  }
  memory.rows.programs.set(state.programs);
  memory.rows.counts.set(state.counts);
  memory.rows.bornAt.set(state.bornAt);
  memory.rows.logJoint.set(state.logJoint);
}

function mismatch(what: string, given: string | number, expected: string | number): LabError {
  return new LabError(
    "checkpoint",
    {
      message: `the checkpoint does not fit this run: ${what}: ${given}, expected ${expected}.`,
      help: "Open the checkpoint with the data and the options it was made with.",
    },
    { what, given, expected },
  );
}
