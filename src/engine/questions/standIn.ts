// A model that stands in for the real one in the estimator lens: one observation, particles and scores that are fixed.
// Algorithms run their own step on it, so that the lens reads their coefficients instead of computing them again.

import { LabError } from "../errors";
import type { Batch, Model, Programs } from "../model";

/** Scores of one program, nats. */
export type ProgramScores = { readonly logPrior: number; readonly logLikelihood: number; readonly logQ: number };

export type StandIn = { readonly model: Model; readonly batch: Batch };

/**
 * @param particles [K, 1, L] what `propose` returns, whatever K is asked for
 * @param scoresOf  scores of any program among the particles or the memory; undefined for others
 */
export function createStandIn(
  particles: Programs,
  scoresOf: (program: Int32Array) => ProgramScores | undefined,
): StandIn {
  const batch: Batch = { observations: { count: 1 }, ids: Int32Array.of(0) };
  const { length } = particles;
  const every = ({ values }: Programs, read: (scores: ProgramScores) => number) =>
    Float64Array.from({ length: values.length / length }, (_, k) => {
      const scores = scoresOf(values.subarray(k * length, (k + 1) * length));
      return scores ? read(scores) : -Infinity; // an empty place of the memory
    });
  const model: Model = {
    programLength: length,
    blocks: [],
    propose: async () => ({ programs: particles, logQ: every(particles, (scores) => scores.logQ) }),
    score: async (_batch, programs) => ({
      logPrior: every(programs, (scores) => scores.logPrior),
      logLikelihood: every(programs, (scores) => scores.logLikelihood),
    }),
    logQ: async (_batch, programs) => every(programs, (scores) => scores.logQ),
    // Dreams are of no program here; only that they are another batch counts.
    dream: async (count) => ({
      batch: { observations: { count }, ids: new Int32Array(count) },
      programs: { values: new Int32Array(count * length), numParticles: 1, batchSize: count, length },
    }),
    firstPrograms: async (_batch, memorySize) => ({
      programs: { values: new Int32Array(memorySize * length), numParticles: memorySize, batchSize: 1, length },
      present: new Uint8Array(memorySize),
    }),
    accumulate: () => Promise.reject(untrainable()),
    dispose: () => undefined,
  };
  return { model, batch };
}

function untrainable(): LabError {
  return new LabError("unexpected", { message: "a stand-in model cannot be trained", help: "Report this." });
}
