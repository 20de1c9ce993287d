// A program memory in flat typed arrays. Source of the rules: MWS spec 1.3; see programMemory.ts for shapes.

import { LabError } from "../errors";
import { type Batch, emptyPrograms } from "../model";
import type { MemoryRows, MemoryUpdate, ProgramMemory } from "./programMemory";

/**
 * An empty memory for N observations with up to M programs of L integers each.
 * @throws LabError("option") if memorySize is below 1.
 */
export function createProgramMemory(numObservations: number, memorySize: number, programLength: number): ProgramMemory {
  if (memorySize < 1) {
    throw new LabError(
      "option",
      { message: `memory must be at least 1, got ${memorySize}`, help: "Choose 1 to 50 under Memory." },
      { name: "memory", given: memorySize },
    );
  }
  const size = numObservations * memorySize;
  const rows: MemoryRows = {
    programs: new Int32Array(size * programLength),
    counts: new Int32Array(numObservations),
    bornAt: new Int32Array(size),
    logJoint: new Float64Array(size).fill(-Infinity),
  };
  return {
    numObservations,
    memorySize,
    programLength,
    rows,
    gather: (batch) => gather(rows, batch, memorySize, programLength),
    commit: (update) => commit(rows, update, memorySize, programLength),
  };
}

function gather(rows: MemoryRows, batch: Batch, memorySize: number, length: number) {
  const batchSize = batch.ids.length;
  const programs = emptyPrograms(memorySize, batchSize, length);
  const present = new Uint8Array(memorySize * batchSize);
  const bornAt = new Int32Array(memorySize * batchSize);
  for (let b = 0; b < batchSize; b++) {
    const row = batch.ids[b]!;
    for (let m = 0; m < rows.counts[row]!; m++) {
      const from = row * memorySize + m;
      const to = m * batchSize + b;
      for (let l = 0; l < length; l++) programs.values[to * length + l] = rows.programs[from * length + l]!;
      present[to] = 1;
      bornAt[to] = rows.bornAt[from]!;
    }
  }
  return { programs, present, bornAt };
}

function commit(rows: MemoryRows, update: MemoryUpdate, memorySize: number, length: number): void {
  const batchSize = update.ids.length;
  for (let b = 0; b < batchSize; b++) {
    const row = update.ids[b]!;
    rows.counts[row] = update.counts[b]!;
    for (let m = 0; m < memorySize; m++) {
      const to = row * memorySize + m;
      const from = m * batchSize + b;
      for (let l = 0; l < length; l++) rows.programs[to * length + l] = update.programs.values[from * length + l]!;
      rows.bornAt[to] = update.bornAt[from]!;
      rows.logJoint[to] = update.logJoint[from]!;
    }
  }
}
