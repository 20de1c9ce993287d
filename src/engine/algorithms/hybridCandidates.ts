// The candidates of a step of hybrid memoised wake-sleep: different programs, K continuous draws for each, their weights,
// and the draws of those that were selected. Source: HMWS specification, section 2.
// Symbols: M memory size, N proposals, L = M + N places for candidates, K continuous draws, B batch.

import type { ProgramMemory } from "../memory/programMemory";
import { type Batch, concatPrograms, type Model, type Programs } from "../model";
import type { Rng } from "../rng/rng";
import { logMeanOverDraws } from "./hybridWeights";
import { requireHybrid } from "./requirements";

export type HybridCandidates = {
  /** [L, B] discrete parts, remembered ones first. */
  readonly programs: Programs;
  /** [L, B] 1 at the first occurrence of a program, 0 at repetitions and at empty places of the memory. */
  readonly present: Uint8Array;
  /** [L, B] place of the first occurrence; -1 at empty places of the memory. */
  readonly first: Int32Array;
};

/** The different ones among members and proposals: repetitions are marked, nothing is moved. */
export function differentCandidates(
  members: ReturnType<ProgramMemory["gather"]>,
  proposals: Programs,
): HybridCandidates {
  const programs = concatPrograms(members.programs, proposals);
  const { numParticles, batchSize } = programs;
  const present = new Uint8Array(numParticles * batchSize);
  const first = new Int32Array(numParticles * batchSize).fill(-1);
  for (let b = 0; b < batchSize; b++) {
    const seen: number[] = [];
    for (let l = 0; l < numParticles; l++) {
      const at = l * batchSize + b;
      if (at < members.present.length && members.present[at] === 0) continue;
      const same = seen.find((other) => isSame(programs, other, l, b)) ?? l;
      first[at] = same;
      if (same !== l) continue;
      present[at] = 1;
      seen.push(l);
    }
  }
  return { programs, present, first };
}

function isSame({ values, batchSize, length }: Programs, first: number, second: number, b: number): boolean {
  const one = (first * batchSize + b) * length;
  const other = (second * batchSize + b) * length;
  for (let i = 0; i < length; i++) if (values[one + i] !== values[other + i]) return false;
  return true;
}

export type WeighedDraws = {
  /** [K * L, B] with continuous parts; draw k of program l at particle k * L + l. */
  readonly draws: Programs;
  /** [K, L, B] log p(z_d, z_c, x) - log q(z_c | z_d, x); -Infinity where nothing was drawn. q(z_d | x) is not in it. */
  readonly logWeight: Float64Array;
  /** [L, B] log p^, the score of a program with its continuous part integrated out. */
  readonly logScore: Float64Array;
  /** [L, B] log p(z_d). */
  readonly logPrior: Float64Array;
};

/** Draws K continuous parts for each program that is `present` (all, if it is left out) and weighs them. */
export async function weighDraws(
  model: Model,
  batch: Batch,
  programs: Programs,
  numDraws: number,
  rng: Rng,
  present?: Uint8Array,
): Promise<WeighedDraws> {
  const drawn = await requireHybrid(model).drawContinuous(batch, programs, numDraws, rng, present);
  const everyDraw = present ? repeat(present, numDraws) : undefined;
  const scores = await model.score(batch, drawn.programs, everyDraw);
  const logWeight = drawn.logQ.map((logQ, i) => {
    const logJoint = everyDraw?.[i] === 0 ? -Infinity : scores.logPrior[i]! + scores.logLikelihood[i]!;
    return logJoint === -Infinity ? -Infinity : logJoint - logQ;
  });
  // log p(z_d) is that of every draw of a program: read at the first.
  const logPrior = (scores.logPriorDiscrete ?? scores.logPrior).slice(0, logWeight.length / numDraws);
  return { draws: drawn.programs, logWeight, logScore: logMeanOverDraws(logWeight, numDraws), logPrior };
}

function repeat(values: Uint8Array, times: number): Uint8Array {
  const result = new Uint8Array(values.length * times);
  for (let k = 0; k < times; k++) result.set(values, k * values.length);
  return result;
}

/** Draws of M selected programs: all that theta and phi learn from. */
export type SelectedDraws = {
  /** [K * M, B] with continuous parts; draw k of program m at particle k * M + m. */
  readonly programs: Programs;
  /** [K, M, B]; -Infinity where no program was selected. */
  readonly logWeight: Float64Array;
};

/** @param places [M, B] candidate l of each selected program, -1 where there is none */
export function selectDraws({ draws, logWeight }: WeighedDraws, places: Int32Array, numDraws: number): SelectedDraws {
  const { batchSize, length } = draws;
  const numCandidates = draws.numParticles / numDraws;
  const numColumns = places.length;
  const width = (draws.continuous?.length ?? 0) / (draws.numParticles * batchSize);
  const values = new Int32Array(numDraws * numColumns * length);
  const continuous = new Float64Array(numDraws * numColumns * width);
  const selected = new Float64Array(numDraws * numColumns).fill(-Infinity);
  for (let to = 0; to < numDraws * numColumns; to++) {
    const place = places[to % numColumns]!;
    if (place < 0) continue;
    const from = (Math.floor(to / numColumns) * numCandidates + place) * batchSize + (to % batchSize);
    values.set(draws.values.subarray(from * length, (from + 1) * length), to * length);
    if (draws.continuous) continuous.set(draws.continuous.subarray(from * width, (from + 1) * width), to * width);
    selected[to] = logWeight[from]!;
  }
  const numParticles = (numDraws * numColumns) / batchSize;
  return { programs: { values, numParticles, batchSize, length, continuous }, logWeight: selected };
}

/** Scores [L, B] with every repetition given that of the first occurrence, so that it counts as known and not as bad. */
export function withRepetitions(logScore: Float64Array, first: Int32Array, batchSize: number): Float64Array {
  return logScore.map((score, i) => (first[i]! >= 0 ? logScore[first[i]! * batchSize + (i % batchSize)]! : score));
}
