// Costly metrics of a run: likelihood of held-out characters by importance sampling, and the memory's own bound in bits.
// Source: MWS specification, sections 1.7 and 3.7.

import { logSumExp } from "../../engine/dists/logs";
import type { MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Rng } from "../../engine/rng/rng";
import { estimateLogPx, meanEstimate } from "../../engine/run/evaluation";
import { bitsPerPixel } from "./baselines";
import type { Images } from "./images";
import type { StrokesModel } from "./model";

export type EvaluationInput = {
  readonly model: StrokesModel;
  readonly heldOut: Images;
  readonly memory: ProgramMemory | null;
  readonly rng: Rng;
  /** S: programs drawn per held-out character. */
  readonly samples: number;
  /** Characters looked at, from the first. */
  readonly images: number;
};

/** Rows that go through the model at once. */
const ROWS = 10;

/** The metrics of words.ts that are not cheap. */
export async function evaluateStrokes(input: EvaluationInput): Promise<MetricValues> {
  const { model, heldOut, memory, samples } = input;
  const held = memory ? memoryBits(memory) : null;
  const values: MetricValues = held === null ? {} : { memoryBits: held };
  const count = Math.min(input.images, heldOut.count);
  if (count === 0) return values;
  const batch = { observations: heldOut, ids: Int32Array.from({ length: count }, (_, i) => i) };
  const estimated = { exactLogPx: () => null, model };
  const estimate = await estimateLogPx(estimated, batch, { samples, rng: input.rng.fork("logPx"), rows: ROWS });
  const { logPx, stderr, ess } = meanEstimate(estimate);
  return { ...values, bitsPerPixel: bitsPerPixel(logPx), logPx, logPxStderr: stderr, logPxEss: ess, samples };
}

/** Mean bits per pixel of the memory ELBO over visited characters, each as of its latest visit; null before the first. */
export function memoryBits({ rows, memorySize, numObservations }: ProgramMemory): number | null {
  let sum = 0;
  let count = 0;
  for (let n = 0; n < numObservations; n++) {
    const members = rows.counts[n]!;
    if (members === 0) continue;
    sum += logSumExp(rows.logJoint, n * memorySize, members);
    count++;
  }
  return count === 0 ? null : bitsPerPixel(sum / count);
}
