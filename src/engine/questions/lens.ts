// The estimator lens: the same particles of one observation with the coefficients that every algorithm would give them.
// Source: design.md 2. The numbers are read off the algorithms' own steps, run on a stand-in model (standIn.ts).

import type { Algorithm, LensVariant, StepResult } from "../algorithms/algorithm";
import { algorithms } from "../algorithms/list";
import { type Batch, concatPrograms, type Programs } from "../model";
import { Rng } from "../rng/rng";
import { memoryAndProposals } from "../run/budget";
import type { RunCore } from "../run/core";
import type { CommonOptions } from "../run/options";
import type { Answers, LensParticle, LensRow } from "../worker/questions";
import { answerHybridLens } from "./hybridLens";
import { filledMemory, lensMembers, MOST_OF_EACH } from "./lensMembers";
import { questionRng } from "./questionRng";
import { createStandIn, type ProgramScores, type StandIn } from "./standIn";

/** The particles of a lens with their scores; remembered ones first. */
export type LensParticles = {
  /** [K, 1, L] */
  readonly programs: Programs;
  readonly numRemembered: number;
  /** [K] nats. */
  readonly logPrior: ArrayLike<number>;
  readonly logLikelihood: ArrayLike<number>;
  readonly logQ: ArrayLike<number>;
};

/** Particles of one observation, all scored under the present theta and phi, and one row per algorithm and variant. */
export async function answerLens(core: RunCore, observation: number): Promise<Answers["lens"]> {
  const { spec, instance } = core.parts;
  const { model } = instance;
  if (model.hybrid) return answerHybridLens(core, observation);
  const batch: Batch = { observations: instance.train, ids: Int32Array.of(observation) };
  const remembered = lensMembers(core, observation);
  const fresh = (await model.propose(batch, numFresh(core, remembered), questionRng(core, "lens"))).programs;
  const programs = concatPrograms(remembered, fresh);
  const { logPrior, logLikelihood } = await model.score(batch, programs);
  const logQ = await model.logQ(batch, programs);
  const given = { programs, numRemembered: remembered.numParticles, logPrior, logLikelihood, logQ };
  const particles = Array.from({ length: programs.numParticles }, (_, k): LensParticle => {
    const program = Array.from(programs.values.subarray(k * programs.length, (k + 1) * programs.length));
    return {
      program,
      printed: spec.program.print(program, core.options),
      logPrior: logPrior[k]!,
      logLikelihood: logLikelihood[k]!,
      logQ: logQ[k]!,
      isRemembered: k < remembered.numParticles,
    };
  });
  const printed = particles.map((particle) => particle.printed);
  const rows = await lensRows(given, printed, core.options);
  return { step: core.step, observation, particles, rows, note: noteOf(core, observation, given) };
}

/** One row per algorithm and variant, in the registry's order. */
export async function lensRows(
  given: LensParticles,
  printed: readonly string[],
  options: CommonOptions,
): Promise<readonly LensRow[]> {
  const rows: LensRow[] = [];
  for (const algorithm of algorithms) {
    for (const variant of algorithm.lens) {
      const { theta, phi } = await coefficientsOf(algorithm, variant, given, options);
      const sentence = variant.sentence({ printed, theta, phi });
      const isOwn = algorithm.id === options.algorithm && isInForce(algorithm, variant, options);
      rows.push({ algorithm: algorithm.id, title: variant.title, isOwn, theta, phi, sentence, note: variant.note });
    }
  }
  return rows;
}

/** True where the run's options are the variant's, or mix all variants of its algorithm. */
function isInForce(algorithm: Algorithm, variant: LensVariant, options: CommonOptions): boolean {
  // The cast: the keys of a variant's options are names of common options.
  const fits = ({ options: own }: LensVariant) =>
    (Object.keys(own) as (keyof CommonOptions)[]).every((name) => own[name] === options[name]);
  return fits(variant) || !algorithm.lens.some(fits);
}

/** The coefficients of one algorithm, read off the terms of its step. */
async function coefficientsOf(
  algorithm: Algorithm,
  variant: LensVariant,
  given: LensParticles,
  runOptions: CommonOptions,
): Promise<{ theta: number[]; phi: number[] }> {
  const { programs, numRemembered } = given;
  const { numParticles, length } = programs;
  // Without a memory every particle is a sample; with one, those that are not remembered are proposals.
  const from = algorithm.usesMemory ? numRemembered : 0;
  const proposals: Programs = {
    ...programs,
    values: programs.values.slice(from * length),
    numParticles: numParticles - from,
  };
  const standIn = createStandIn(proposals, scoresOf(given));
  const memorySize = numRemembered || Math.min(MOST_OF_EACH, memoryAndProposals(runOptions).memorySize);
  const options: CommonOptions = {
    ...runOptions,
    ...variant.options,
    particles: proposals.numParticles,
    memory: memorySize,
    proposals: proposals.numParticles,
    // Averages in place of one draw, and no particles from elsewhere.
    replayBy: "weighted",
    mutations: 0,
  };
  const logJoint = Float64Array.from({ length: memorySize }, (_, m) =>
    m < numRemembered ? given.logPrior[m]! + given.logLikelihood[m]! : -Infinity,
  );
  const memory = algorithm.usesMemory
    ? filledMemory(programs, numRemembered, memorySize, standIn.batch, logJoint)
    : null;
  const { model, batch } = standIn;
  const context = { model, memory, batch, options, rng: new Rng(0), step: 1, on: () => undefined };
  return readTerms(await algorithm.step(context), standIn, proposals, from, programs);
}

/** Sums the terms per particle; terms on other batches are dreams and belong to none. */
function readTerms(result: StepResult, { batch }: StandIn, proposals: Programs, from: number, all: Programs) {
  const sums = { theta: new Array<number>(all.numParticles).fill(0), phi: new Array<number>(all.numParticles).fill(0) };
  const places = placesOf(all);
  for (const term of result.terms) {
    if (term.batch !== batch) continue;
    for (const [k, coefficient] of term.coefficient.entries()) {
      if (coefficient === 0) continue;
      // Samples keep their place, equal ones too; a memory holds every program once.
      const place = term.programs === proposals ? from + k : (places.get(keyOf(term.programs, k)) ?? -1);
      if (place >= 0) sums[term.target][place] = sums[term.target][place]! + coefficient;
    }
  }
  return sums;
}

const keyOf = ({ values, length }: Programs, k: number): string => values.subarray(k * length, (k + 1) * length).join();

/** First place of every different program. */
function placesOf(programs: Programs): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let k = programs.numParticles - 1; k >= 0; k--) places.set(keyOf(programs, k), k);
  return places;
}

function scoresOf({ programs, logPrior, logLikelihood, logQ }: LensParticles) {
  const places = placesOf(programs);
  return (program: Int32Array): ProgramScores | undefined => {
    const k = places.get(program.join());
    return k === undefined ? undefined : { logPrior: logPrior[k]!, logLikelihood: logLikelihood[k]!, logQ: logQ[k]! };
  };
}

/** At least two particles in all: VIMCO compares each with the others. */
function numFresh(core: RunCore, remembered: Programs): number {
  const { numProposals } = memoryAndProposals(core.options);
  const count = core.parts.memory
    ? Math.min(MOST_OF_EACH, numProposals)
    : Math.min(2 * MOST_OF_EACH, core.options.particles);
  return Math.max(count, 2 - remembered.numParticles, 1);
}

function noteOf(core: RunCore, observation: number, { programs, numRemembered }: LensParticles): string {
  const { memory } = core.parts;
  const numProposed = programs.numParticles - numRemembered;
  const count = memory?.rows.counts[observation] ?? 0;
  const kept =
    count > numRemembered ? `the best ${numRemembered} of ${count} remembered` : `${numRemembered} remembered`;
  const drawn = `${numProposed} drawn at step ${core.step}`;
  return memory ? `${kept}, ${drawn}` : `${drawn}; this run has no memory, MWS would start one from them`;
}
