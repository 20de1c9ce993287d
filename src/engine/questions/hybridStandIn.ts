// The stand-in model of the estimator lens for programs with continuous parts: structures, K draws of each, and scores
// that are fixed. A draw's continuous part is its number k, so scores are looked up by program and draw.

import type { Model, Programs } from "../model";
import { createStandIn, type StandIn } from "./standIn";

/** Different structures of one observation, remembered ones first, with K draws of each; draw k of structure p at k * P + p. */
export type HybridLensParticles = {
  /** [P, 1, L] */
  readonly programs: Programs;
  readonly numRemembered: number;
  readonly numDraws: number;
  /** [P] log p(z_d) and log q(z_d | x), nats. */
  readonly logPrior: ArrayLike<number>;
  readonly logQ: ArrayLike<number>;
  /** [K, P] log p(z_d, z_c, x) and log q(z_c | z_d, x), nats. */
  readonly logJoint: ArrayLike<number>;
  readonly logQContinuous: ArrayLike<number>;
};

/** Place of a structure by its integers; -1 for others, such as an empty place of the memory. */
export function placesIn({ values, length, numParticles }: Programs): (program: Int32Array) => number {
  const places = new Map<string, number>();
  for (let p = numParticles - 1; p >= 0; p--) places.set(values.subarray(p * length, (p + 1) * length).join(), p);
  return (program) => places.get(program.join()) ?? -1;
}

/** Index k * P + p of every program with a continuous part; -1 for strangers. */
function drawsOf(given: HybridLensParticles, { values, length, continuous }: Programs): Int32Array {
  const placeOf = placesIn(given.programs);
  return Int32Array.from({ length: values.length / length }, (_, i) => {
    const p = placeOf(values.subarray(i * length, (i + 1) * length));
    return p < 0 ? -1 : continuous![i]! * given.programs.numParticles + p;
  });
}

/** @param from the first structure that `proposeDiscrete` returns; those before it are in the memory */
export function createHybridStandIn(given: HybridLensParticles, from: number): StandIn {
  const { programs, numDraws, logPrior, logJoint, logQContinuous } = given;
  const { length, numParticles } = programs;
  const values = programs.values.slice(from * length);
  const fresh: Programs = { values, numParticles: numParticles - from, batchSize: 1, length };
  const placeOf = placesIn(programs);
  const read = (from_: ArrayLike<number>, draws: Int32Array) =>
    Float64Array.from(draws, (draw) => (draw < 0 ? -Infinity : from_[draw]!));
  const logQOf = ({ values: all }: Programs) =>
    Float64Array.from({ length: all.length / length }, (_, i) => {
      const place = placeOf(all.subarray(i * length, (i + 1) * length));
      return place < 0 ? -Infinity : given.logQ[place]!;
    });
  const draw = (structures: Programs, count: number): Programs => {
    const continuous = new Float64Array(count * structures.numParticles);
    const repeated = new Int32Array(count * structures.values.length);
    for (let k = 0; k < count; k++) {
      repeated.set(structures.values, k * structures.values.length);
      continuous.fill(k, k * structures.numParticles, (k + 1) * structures.numParticles);
    }
    return { ...structures, values: repeated, numParticles: count * structures.numParticles, continuous };
  };
  const { model, batch } = createStandIn(programs, () => undefined);
  const hybrid: Model = {
    ...model,
    hybrid: {
      continuousLength: 1,
      proposeDiscrete: async () => ({ programs: fresh, logQ: logQOf(fresh) }),
      drawContinuous: async (_batch, structures, count) => {
        const drawn = draw(structures, count);
        return { programs: drawn, logQ: read(logQContinuous, drawsOf(given, drawn)) };
      },
    },
    propose: async () => {
      const drawn = draw(programs, numDraws);
      const ofNumbers = read(logQContinuous, drawsOf(given, drawn));
      return { programs: drawn, logQ: logQOf(drawn).map((logQ, i) => logQ + ofNumbers[i]!) };
    },
    score: async (_batch, asked) => {
      const draws = drawsOf(given, asked);
      return {
        logPrior: read(logJoint, draws),
        logLikelihood: new Float64Array(draws.length),
        logPriorDiscrete: Float64Array.from(draws, (at) => (at < 0 ? -Infinity : logPrior[at % numParticles]!)),
      };
    },
    logQ: async (_batch, asked) => logQOf(asked),
  };
  return { model: hybrid, batch };
}
