// The program memory: up to M distinct programs per training observation, best first.
// Source: Hewitt, Le & Tenenbaum 2020, Algorithm 1; rules of the MWS spec, 1.3.
// Scores are kept for display only: they are recomputed at every visit, because theta moves.

import type { Batch, Programs } from "../model";

/** Where a memory row came from and how it did at its latest visit. */
export type MemoryRows = {
  /** [N, M, L], best first. */
  readonly programs: Int32Array;
  /** [N] members present; 0 before the first visit. */
  readonly counts: Int32Array;
  /** [N, M] step at which each member entered. */
  readonly bornAt: Int32Array;
  /** [N, M] log joint at the latest visit, nats. */
  readonly logJoint: Float64Array;
};

/** New contents for the rows of one batch: what a step wants to remember, not yet written. */
export type MemoryUpdate = {
  /** [B] observations, in batch order. */
  readonly ids: Int32Array;
  /** [M, B, L] best first. */
  readonly programs: Programs;
  readonly counts: Int32Array;
  /** [M, B] */
  readonly bornAt: Int32Array;
  readonly logJoint: Float64Array;
  /** [M, B] log prior of each, where it was given; for those who look back, the memory itself does not keep it. */
  readonly logPrior?: Float64Array;
};

export interface ProgramMemory {
  readonly numObservations: number;
  readonly memorySize: number;
  readonly programLength: number;
  readonly rows: MemoryRows;
  /** [M, B, L] the members of a batch; `present`[m, b] = 0 where there is none (program integers 0). */
  gather(batch: Batch): { programs: Programs; present: Uint8Array; bornAt: Int32Array };
  /** Writes a step's update. The run loop calls it after the non-finite guard has passed. */
  commit(update: MemoryUpdate): void;
}
