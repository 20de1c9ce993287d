// The parses of pictures: programs with their share of the posterior and the best of a few draws of their raw locations.
// Of a memory, or of the recognition model's samples where there is none. Evaluation and pictures both use it.

import { logSumExp } from "../../engine/dists/logs";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs, Proposals } from "../../engine/model";
import type { BlocksModel } from "./model";
import type { ScenePictures } from "./observations";

export type Parse = {
  /** [L] */
  readonly program: Int32Array;
  /** [L] of the best-weighted draw. */
  readonly raw: Float64Array;
  /** Estimate of log p(z_d, x), nats: log p^ of a remembered program; of samples, their share of the evidence. */
  readonly score: number;
  /** Share among the parses of its picture. */
  readonly weight: number;
};

/** A picture's parses, best first, and the estimate of log p(x) that they stand for, nats. */
export type Parsed = { readonly parses: readonly Parse[]; readonly evidence: number };

/** Draws z_c for programs [N, B], K each: as HybridPart.drawContinuous, whatever the noise. */
export type DrawLocations = (programs: Programs, present: Uint8Array) => Promise<Proposals>;

/**
 * Remembered programs of a batch, scored with fresh draws: evidence = log sum_m p^(z_d^m, x).
 *
 * @returns per picture; no parses and evidence NaN before its first visit
 */
export async function rememberedParses(
  model: BlocksModel,
  memory: ProgramMemory,
  batch: Batch<ScenePictures>,
  draw: DrawLocations,
): Promise<Parsed[]> {
  const { programs, present } = memory.gather(batch);
  const { programs: drawn, logQ } = await draw(programs, present);
  const count = present.length;
  const numDraws = logQ.length / count;
  const wanted = Uint8Array.from(logQ, (_, i) => present[i % count]!);
  const logWeight = await logWeights(model, batch, drawn, logQ, wanted);
  return Array.from(batch.ids, (_, b) => {
    const members: Omit<Parse, "weight">[] = [];
    for (let i = b; i < count; i += batch.ids.length) {
      if (present[i] === 0) continue;
      const score = logSumExp(logWeight, i, numDraws, count) - Math.log(numDraws);
      members.push({ ...drawAt(drawn, heaviest(logWeight, i, count)), score });
    }
    return ranked(members);
  });
}

/** Samples [S, B] of the recognition model put together by program: evidence = log mean_s w_s. */
export async function sampledParses(
  model: BlocksModel,
  batch: Batch<ScenePictures>,
  { programs, logQ }: Proposals,
): Promise<{ readonly parsed: Parsed[]; readonly logWeight: Float64Array }> {
  const logWeight = await jointWeights(model, batch, programs, logQ);
  const batchSize = batch.ids.length;
  const samples = programs.numParticles;
  const parsed = Array.from(batch.ids, (_, b) => {
    const byProgram = new Map<string, number[]>();
    for (let i = b; i < logWeight.length; i += batchSize) {
      const key = programs.values.subarray(i * programs.length, (i + 1) * programs.length).join();
      const known = byProgram.get(key);
      if (known) known.push(i);
      else byProgram.set(key, [i]);
    }
    return ranked(
      Array.from(byProgram.values(), (places) => {
        const best = places.reduce((most, i) => (logWeight[i]! > logWeight[most]! ? i : most));
        const logs = places.map((i) => logWeight[i]!);
        return { ...drawAt(programs, best), score: logSumExp(logs) - Math.log(samples) };
      }),
    );
  });
  return { parsed, logWeight };
}

/** log p(z, x) - log q(z | x), [S, B]. */
async function jointWeights(
  model: BlocksModel,
  batch: Batch<ScenePictures>,
  programs: Programs,
  logQ: Float64Array,
): Promise<Float64Array> {
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  return logQ.map((value, i) => logPrior[i]! + logLikelihood[i]! - value);
}

/** log p(z_d, z_c, x) - log q(z_c | z_d, x), [K * N, B]; -Infinity where not wanted. */
async function logWeights(
  model: BlocksModel,
  batch: Batch<ScenePictures>,
  programs: Programs,
  logQ: Float64Array,
  wanted: Uint8Array,
): Promise<Float64Array> {
  const { logPrior, logLikelihood } = await model.score(batch, programs, wanted);
  return logQ.map((value, i) => (wanted[i] === 0 ? -Infinity : logPrior[i]! + logLikelihood[i]! - value));
}

/** Of the places first, first + stride, ...: the one with the largest log weight. */
function heaviest(logWeight: Float64Array, first: number, stride: number): number {
  let best = first;
  for (let i = first; i < logWeight.length; i += stride) if (logWeight[i]! > logWeight[best]!) best = i;
  return best;
}

function drawAt({ values, continuous, length }: Programs, at: number): { program: Int32Array; raw: Float64Array } {
  return {
    program: values.slice(at * length, (at + 1) * length),
    raw: continuous!.slice(at * length, (at + 1) * length),
  };
}

function ranked(members: readonly Omit<Parse, "weight">[]): Parsed {
  if (members.length === 0) return { parses: [], evidence: Number.NaN };
  const evidence = logSumExp(members.map(({ score }) => score));
  const parses = members
    .map(({ program, raw, score }) => ({ program, raw, score, weight: Math.exp(score - evidence) }))
    .sort((first, second) => second.score - first.score);
  return { parses, evidence };
}
