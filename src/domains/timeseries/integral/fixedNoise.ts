// Noise that string and series alone determine, for questions that always have the same answer.

import type { Batch, Programs } from "../../../engine/model";
import { programNumber } from "../grammar/expression";
import { fixedNoise, type LaneNoise } from "../laneNoise";
import type { SeriesSet } from "../observations";
import { MOST_SYMBOLS } from "../program";

/** Noise of programs [K * N, B], the same N of them K times: lane i for program i. @param salt tells uses apart */
export function noiseOf(batch: Batch<SeriesSet>, programs: Programs, numDraws: number, salt = 0): LaneNoise {
  const { values, batchSize } = programs;
  const count = values.length / MOST_SYMBOLS;
  const strings = new Uint32Array(count);
  const series = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const string = programNumber(values, i * MOST_SYMBOLS);
    strings[i] = (string % 2 ** 32) ^ Math.imul(Math.floor(string / 2 ** 32) + 1, 0x9e3779b1) ^ salt;
    const print = batch.observations.fingerprint(batch.ids[i % batchSize]!);
    series[i] = print ^ Math.imul(Math.floor((i * numDraws) / count), 0x85ebca6b);
  }
  return fixedNoise(strings, series);
}
