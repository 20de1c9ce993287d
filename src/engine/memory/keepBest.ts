// The memory update: of M remembered and R proposed programs keep the M best distinct ones.
// Source: Hewitt, Le & Tenenbaum 2020, Algorithm 1 (wake); rules of the MWS spec, 1.3:
// 1. Equal means equal integers, never equal scores.  2. On ties the incumbent wins, then the earlier proposal.
// 3. A proposal with log joint -Infinity or NaN never enters.  4. A member with -Infinity stays only while there is room.

import { FATES, type ProposalFate } from "../algorithms/algorithm";
import type { Programs } from "../model";
import type { MemoryUpdate } from "./programMemory";

export type KeepBestInput = {
  /** [B] */
  readonly ids: Int32Array;
  /** [M + R, B, L], members first. */
  readonly programs: Programs;
  readonly memorySize: number;
  /** [M, B] 1 where there is a member. */
  readonly present: Uint8Array;
  /** [M, B] step at which each member entered. */
  readonly bornAt: Int32Array;
  /** [M + R, B] under the current theta, nats. */
  readonly logJoint: Float64Array;
  /** [M + R, B] nats: handed on to the update, not looked at. */
  readonly logPrior?: Float64Array;
  readonly step: number;
};

export type KeepBestResult = {
  readonly update: MemoryUpdate;
  /** [R, B] index into FATES. */
  readonly fate: Uint8Array;
  /** [M, B] which of the M + R candidates each kept program was; -1 where none is kept. */
  readonly places: Int32Array;
  /** Totals over the batch. */
  readonly numAccepted: number;
  readonly numNovel: number;
  readonly numNewBest: number;
  /** Members present + R, over the batch. */
  readonly evaluations: number;
};

/** Index of a fate in FATES. */
export const fateCode = (fate: ProposalFate): number => FATES.indexOf(fate);
const NEW_BEST = fateCode("newBest");
const ACCEPTED = fateCode("accepted");
const DUPLICATE = fateCode("duplicate");
const TOO_LOW = fateCode("tooLow");
const IMPOSSIBLE = fateCode("impossible");

/** Keeps the M best distinct programs of each observation, best first. Pure: the memory itself is not touched. */
export function keepBest(input: KeepBestInput): KeepBestResult {
  const { programs, memorySize, ids } = input;
  const { batchSize, length, numParticles } = programs;
  const numProposals = numParticles - memorySize;
  const update: MemoryUpdate = {
    ids: ids.slice(),
    programs: {
      values: new Int32Array(memorySize * batchSize * length),
      numParticles: memorySize,
      batchSize,
      length,
    },
    counts: new Int32Array(batchSize),
    bornAt: new Int32Array(memorySize * batchSize),
    logJoint: new Float64Array(memorySize * batchSize).fill(-Infinity),
    ...(input.logPrior ? { logPrior: new Float64Array(memorySize * batchSize) } : {}),
  };
  const fate = new Uint8Array(numProposals * batchSize);
  const places = new Int32Array(memorySize * batchSize).fill(-1);
  const totals = { numAccepted: 0, numNovel: 0, numNewBest: 0, evaluations: 0 };
  const order = new Int32Array(numParticles);
  for (let b = 0; b < batchSize; b++) {
    const count = rankDistinct(input, b, order, fate);
    keepRow(input, b, order, count, update, fate, totals);
    for (let m = 0; m < update.counts[b]!; m++) places[m * batchSize + b] = order[m]!;
  }
  return { update, fate, places, ...totals };
}

/** Fills `order` with the distinct candidates of one observation, best first and stable; marks the fate of the others. */
function rankDistinct(input: KeepBestInput, b: number, order: Int32Array, fate: Uint8Array): number {
  const { programs, memorySize, present, logJoint } = input;
  const { batchSize, numParticles } = programs;
  let count = 0;
  for (let k = 0; k < numParticles; k++) {
    const isProposal = k >= memorySize;
    if (!isProposal && present[k * batchSize + b] === 0) continue;
    const score = scoreOf(logJoint, k * batchSize + b);
    if (isProposal) {
      const duplicate = isAmong(programs, b, k, order, count);
      const cannot = score === -Infinity;
      fate[(k - memorySize) * batchSize + b] = cannot ? IMPOSSIBLE : duplicate ? DUPLICATE : TOO_LOW;
      if (duplicate || cannot) continue;
    }
    let place = count++;
    while (place > 0 && scoreOf(logJoint, order[place - 1]! * batchSize + b) < score) {
      order[place] = order[place - 1]!;
      place--;
    }
    order[place] = k;
  }
  return count;
}

/** NaN counts as -Infinity: it can never be kept over a finite score. */
function scoreOf(logJoint: Float64Array, index: number): number {
  const score = logJoint[index]!;
  return Number.isNaN(score) ? -Infinity : score;
}

/** True if candidate k's program equals one of the `count` candidates in `order`. */
function isAmong(programs: Programs, b: number, k: number, order: Int32Array, count: number): boolean {
  const { values, batchSize, length } = programs;
  const own = (k * batchSize + b) * length;
  for (let i = 0; i < count; i++) {
    const other = (order[i]! * batchSize + b) * length;
    let same = true;
    for (let l = 0; l < length && same; l++) same = values[own + l] === values[other + l];
    if (same) return true;
  }
  return false;
}

type Totals = { numAccepted: number; numNovel: number; numNewBest: number; evaluations: number };

/** Writes the best M candidates of one observation into the update, and what became of its proposals. */
function keepRow(
  input: KeepBestInput,
  b: number,
  order: Int32Array,
  count: number,
  update: MemoryUpdate,
  fate: Uint8Array,
  totals: Totals,
): void {
  const { programs, memorySize, present, bornAt, logJoint, step } = input;
  const { batchSize, length, numParticles, values } = programs;
  for (let m = 0; m < memorySize; m++) totals.evaluations += present[m * batchSize + b]!;
  totals.evaluations += numParticles - memorySize;
  for (let i = 0; i < count; i++) if (order[i]! >= memorySize) totals.numNovel++;

  const kept = Math.min(count, memorySize);
  update.counts[b] = kept;
  for (let m = 0; m < kept; m++) {
    const k = order[m]!;
    const to = m * batchSize + b;
    const from = k * batchSize + b;
    for (let l = 0; l < length; l++) update.programs.values[to * length + l] = values[from * length + l]!;
    update.logJoint[to] = scoreOf(logJoint, from);
    if (update.logPrior && input.logPrior) update.logPrior[to] = input.logPrior[from]!;
    update.bornAt[to] = k < memorySize ? bornAt[from]! : step;
    if (k < memorySize) continue;
    totals.numAccepted++;
    fate[(k - memorySize) * batchSize + b] = m === 0 ? NEW_BEST : ACCEPTED;
    if (m === 0) totals.numNewBest++;
  }
}
