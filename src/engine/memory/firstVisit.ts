// The members of a batch; observations visited for the first time get their first programs from the model.
// Source: MWS spec 1.3, "distinct initial members".

import type { Batch, Model } from "../model";
import type { Rng } from "../rng/rng";
import type { ProgramMemory } from "./programMemory";

/**
 * The members of a batch's memories, [M, B, L], with `present` [M, B] and `bornAt` [M, B].
 * Rows without members are filled by model.firstPrograms; the memory itself is not changed.
 */
export async function membersOf(
  memory: ProgramMemory,
  model: Model,
  batch: Batch,
  rng: Rng,
  step: number,
): Promise<ReturnType<ProgramMemory["gather"]>> {
  const members = memory.gather(batch);
  const batchSize = batch.ids.length;
  const missing: number[] = [];
  for (let b = 0; b < batchSize; b++) if (memory.rows.counts[batch.ids[b]!] === 0) missing.push(b);
  if (missing.length === 0) return members;

  const newcomers: Batch = { observations: batch.observations, ids: Int32Array.from(missing, (b) => batch.ids[b]!) };
  const first = await model.firstPrograms(newcomers, memory.memorySize, rng);
  const length = memory.programLength;
  for (let m = 0; m < memory.memorySize; m++) {
    for (let i = 0; i < missing.length; i++) {
      const from = m * missing.length + i;
      const to = m * batchSize + missing[i]!;
      members.present[to] = first.present[from]!;
      members.bornAt[to] = step;
      for (let l = 0; l < length; l++) {
        members.programs.values[to * length + l] = first.programs.values[from * length + l]!;
      }
    }
  }
  return members;
}
