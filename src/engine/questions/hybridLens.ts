// The estimator lens where programs have continuous parts: the same structures of one observation, each with K draws of its
// numbers, and the coefficients that every algorithm would give them on log p, log q(z_d | x) and log q(z_c | z_d, x).
// Source: HMWS specification, sections 2 and 3. The numbers are read off the algorithms' own steps.

import type { Algorithm, LensInner, LensVariant, StepResult } from "../algorithms/algorithm";
import { weighDraws } from "../algorithms/hybridCandidates";
import { hybridAlgorithms } from "../algorithms/list";
import { requireHybrid } from "../algorithms/requirements";
import { type Batch, concatPrograms, emptyPrograms, type Programs, type Term } from "../model";
import { Rng } from "../rng/rng";
import { hybridBudget } from "../run/budget";
import type { RunCore } from "../run/core";
import type { CommonOptions } from "../run/options";
import type { Answers, LensParticle, LensRow } from "../worker/questions";
import { createHybridStandIn, type HybridLensParticles, placesIn } from "./hybridStandIn";
import { filledMemory, lensMembers, MOST_OF_EACH } from "./lensMembers";
import { questionRng } from "./questionRng";
import type { StandIn } from "./standIn";

/** Structures of one observation, scored under the present theta and phi with fresh draws, and one row per algorithm. */
export async function answerHybridLens(core: RunCore, observation: number): Promise<Answers["lens"]> {
  const { spec, instance } = core.parts;
  const { model } = instance;
  const rng = questionRng(core, "lens");
  const batch: Batch = { observations: instance.train, ids: Int32Array.of(observation) };
  const remembered = lensMembers(core, observation);
  const { numDraws: all, numProposals } = hybridBudget(core.options);
  const numDraws = Math.min(MOST_OF_EACH, Math.max(2, all));
  const count = Math.min(MOST_OF_EACH, numProposals);
  const fresh = (await requireHybrid(model).proposeDiscrete(batch, count, rng.fork("structures"))).programs;
  const programs = different(concatPrograms(remembered, fresh));
  const { draws, logWeight, logScore, logPrior } = await weighDraws(
    model,
    batch,
    programs,
    numDraws,
    rng.fork("numbers"),
  );
  const logQ = await model.logQ(batch, programs);
  const ofBoth = await model.logQ(batch, draws);
  const logQContinuous = ofBoth.map((value, i) => value - logQ[i % programs.numParticles]!);
  const logJoint = logWeight.map((value, i) => value + logQContinuous[i]!);
  const numRemembered = remembered.numParticles;
  const given = { programs, numRemembered, numDraws, logPrior, logQ, logJoint, logQContinuous };
  const particles = Array.from({ length: programs.numParticles }, (_, p): LensParticle => {
    const program = Array.from(programs.values.subarray(p * programs.length, (p + 1) * programs.length));
    return {
      program,
      printed: spec.program.print(program, core.options),
      logPrior: logPrior[p]!,
      logLikelihood: logScore[p] === -Infinity ? -Infinity : logScore[p]! - logPrior[p]!,
      logQ: logQ[p]!,
      isRemembered: p < numRemembered,
      draws: Array.from({ length: numDraws }, (__, k) => logWeight[k * programs.numParticles + p]!),
    };
  });
  const rows = await hybridLensRows(
    given,
    particles.map(({ printed }) => printed),
    core.options,
  );
  const isNew = programs.numParticles - numRemembered;
  const kept = core.parts.memory ? `${numRemembered} remembered, ` : "";
  const note = `${kept}${isNew} different of ${count} drawn at step ${core.step}, ${numDraws} draws of numbers each`;
  return { step: core.step, observation, particles, rows, note };
}

/** The first of each structure, in order. */
function different({ values, length, numParticles }: Programs): Programs {
  const rows = new Map<string, Int32Array>();
  for (let p = 0; p < numParticles; p++) {
    const row = values.subarray(p * length, (p + 1) * length);
    if (!rows.has(row.join())) rows.set(row.join(), row);
  }
  const programs = emptyPrograms(rows.size, 1, length);
  for (const [p, row] of [...rows.values()].entries()) programs.values.set(row, p * length);
  return programs;
}

/** One row per algorithm for hybrid models, in the registry's order. */
export async function hybridLensRows(
  given: HybridLensParticles,
  printed: readonly string[],
  options: CommonOptions,
): Promise<readonly LensRow[]> {
  const rows: LensRow[] = [];
  for (const algorithm of hybridAlgorithms) {
    for (const variant of algorithm.hybridLens ?? []) {
      const found = await coefficientsOf(algorithm, variant, given, options);
      const sentence = variant.sentence({ printed, ...found, lambda: options.lambda ?? 0.5 });
      const isOwn = algorithm.id === options.algorithm;
      rows.push({ algorithm: algorithm.id, title: variant.title, isOwn, ...found, sentence, note: variant.note });
    }
  }
  return rows;
}

type Coefficients = { readonly theta: number[]; readonly phi: number[]; readonly inner: LensInner };

async function coefficientsOf(
  algorithm: Algorithm,
  variant: LensVariant,
  given: HybridLensParticles,
  runOptions: CommonOptions,
): Promise<Coefficients> {
  const { programs, numRemembered, numDraws } = given;
  const standIn = createHybridStandIn(given, algorithm.usesMemory ? numRemembered : 0);
  // M + N is the number of structures on show, so that the K (M + N) samples of an algorithm are their draws, each once.
  const numFresh = Math.max(1, programs.numParticles - numRemembered);
  const memorySize = (algorithm.usesMemory && numRemembered) || Math.max(1, programs.numParticles - 1);
  const options: CommonOptions = {
    ...runOptions,
    ...variant.options,
    particles: numDraws,
    memory: memorySize,
    proposals: algorithm.usesMemory && numRemembered ? numFresh : 1,
    mutations: 0,
  };
  const memory = algorithm.usesMemory ? filledMemory(programs, numRemembered, memorySize, standIn.batch) : null;
  const { model, batch } = standIn;
  const context = { model, memory, batch, options, rng: new Rng(0), step: 1, on: () => undefined };
  return readTerms(await algorithm.step(context), standIn, given);
}

/** Sums the terms per structure and per draw; terms on other batches are dreams and belong to none. */
function readTerms(
  { terms }: StepResult,
  { batch }: StandIn,
  { programs, numDraws }: HybridLensParticles,
): Coefficients {
  const zeros = () => new Array<number>(programs.numParticles).fill(0);
  const perDraw = () => zeros().map(() => new Array<number>(numDraws).fill(0));
  const sums = { theta: zeros(), phi: zeros() };
  const inner = { theta: perDraw(), phi: perDraw() };
  const placeOf = placesIn(programs);
  const own = terms.filter((term) => term.batch === batch);
  for (const term of own) {
    const { values, length, continuous } = term.programs;
    const isWhole = term.target === "theta" || (!term.factor && !term.isPathwise);
    for (const [i, coefficient] of term.coefficient.entries()) {
      const place = coefficient === 0 ? -1 : placeOf(values.subarray(i * length, (i + 1) * length));
      if (place < 0) continue;
      if (isWhole || term.factor === "discrete") sums[term.target][place]! += coefficient;
      if (isWhole || isOfNumbers(term)) inner[term.target][place]![continuous![i]!]! += coefficient;
    }
  }
  return { ...sums, inner: { ...inner, isPathwise: own.some(({ isPathwise }) => isPathwise) } };
}

const isOfNumbers = ({ factor, isPathwise }: Term): boolean => factor === "continuous" || isPathwise === true;
