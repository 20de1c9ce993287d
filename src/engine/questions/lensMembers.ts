// The remembered programs of a lens, and a memory that holds them and nothing else.

import { createProgramMemory } from "../memory/createMemory";
import type { ProgramMemory } from "../memory/programMemory";
import { type Batch, emptyPrograms, type Programs } from "../model";
import type { RunCore } from "../run/core";

/** Remembered and fresh particles on show at most, each; without memory twice as many fresh ones. */
export const MOST_OF_EACH = 6;

/** The best members of one observation's memory, [m, 1, L]; none without memory. */
export function lensMembers(core: RunCore, observation: number): Programs {
  const { memory, instance } = core.parts;
  const length = instance.model.programLength;
  const count = Math.min(MOST_OF_EACH, memory?.rows.counts[observation] ?? 0);
  const programs = emptyPrograms(count, 1, length);
  const from = observation * (memory?.memorySize ?? 0) * length;
  if (memory) programs.values.set(memory.rows.programs.subarray(from, from + count * length));
  return programs;
}

/** A memory of one observation with the first `count` programs. @param logJoint [M] their scores, for display */
export function filledMemory(
  programs: Programs,
  count: number,
  memorySize: number,
  batch: Batch,
  logJoint = new Float64Array(memorySize).fill(-Infinity),
): ProgramMemory {
  const memory = createProgramMemory(1, memorySize, programs.length);
  const members = emptyPrograms(memorySize, 1, programs.length);
  members.values.set(programs.values.subarray(0, count * programs.length));
  const bornAt = new Int32Array(memorySize);
  memory.commit({ ids: batch.ids, programs: members, counts: Int32Array.of(count), bornAt, logJoint });
  return memory;
}
