// Programs for a person's own observations without a trained model: memoised wake-sleep on these observations alone, for
// as long as the person waits. Their memories are the answer.

import { findAlgorithm } from "../engine/algorithms/list";
import { softmaxOverParticles } from "../engine/dists/logs";
import type { DomainSpec, UserData } from "../engine/domain";
import { type Batch, emptyPrograms, type Programs } from "../engine/model";
import type { OptionValues } from "../engine/options";
import type { RunCore } from "../engine/run/core";
import { createRun } from "../engine/run/createRun";
import type { Inference, InferredProgram } from "../engine/run/inference";
import { stepOnce } from "../engine/run/stepOnce";
import { yieldToEvents } from "../engine/run/yielding";
import { readAsset } from "./assets";

/** Rows of one step. */
const CHUNK = 20;

export type Learned = { readonly core: RunCore; readonly inferences: readonly Inference[]; readonly seconds: number };

/** How often each program of each row was proposed: row to (program's key to count). */
type Counts = Map<number, Map<string, number>>;

function count(counts: Counts, batch: Batch, proposals: Programs | undefined): void {
  if (!proposals) return;
  const { values, length, batchSize, numParticles } = proposals;
  for (const [b, row] of batch.ids.entries()) {
    const own = counts.get(row) ?? new Map<string, number>();
    counts.set(row, own);
    for (let k = 0; k < numParticles; k += 1) {
      const at = (k * batchSize + b) * length;
      const key = values.subarray(at, at + length).join(",");
      own.set(key, (own.get(key) ?? 0) + 1);
    }
  }
}

/**
 * Learns from the person's observations only.
 * @param seconds time to spend; at least one step is made on every observation
 * @throws LabError as createRun and the steps do
 */
export async function learnOwn(
  spec: DomainSpec,
  options: OptionValues,
  userData: UserData,
  seconds: number,
): Promise<Learned> {
  const given = { ...options, algorithm: "mws", ...(spec.options.sleepFirst ? { sleepFirst: 0 } : {}) };
  const { core } = (await createRun({ spec, options: given, userData, checkpoint: null, readAsset })).run;
  const { instance, memory } = core.parts;
  const rows = Int32Array.from(
    { length: instance.train.count - instance.facts.userRow },
    (_, at) => instance.facts.userRow + at,
  );
  const chunks = Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, at) =>
    rows.slice(at * CHUNK, (at + 1) * CHUNK),
  );
  const batches = chunks.map((ids): Batch => ({ observations: instance.train, ids }));
  const counts: Counts = new Map();
  const startedAt = performance.now();
  const spent = () => (performance.now() - startedAt) / 1000;
  for (let step = 1; step <= batches.length || spent() < seconds; step += 1) {
    const batch = batches[(step - 1) % batches.length];
    if (!batch) break;
    await stepOnce({
      instance,
      algorithm: findAlgorithm("mws"),
      memory,
      options: core.options,
      batch,
      rng: core.rng.fork("step").fork(step),
      step,
      on: () => undefined,
      beforeCommit: (result) => count(counts, batch, result.payload.proposals),
    });
    if (step % 8 === 0) await yieldToEvents();
  }
  const inferences: Inference[] = [];
  for (const row of rows) inferences.push(await remembered(core, row, counts.get(row) ?? new Map()));
  return { core, inferences, seconds: spent() };
}

/** The memory of one row under the current theta, best first. */
async function remembered(core: RunCore, row: number, counts: ReadonlyMap<string, number>): Promise<Inference> {
  const { instance, memory } = core.parts;
  const held = memory?.rows.counts[row] ?? 0;
  const draws = [...counts.values()].reduce((sum, times) => sum + times, 0);
  if (!memory || held === 0) return { row, programs: [], draws, different: counts.size };
  const batch: Batch = { observations: instance.train, ids: Int32Array.of(row) };
  const programs = emptyPrograms(held, 1, memory.programLength);
  const from = row * memory.memorySize * memory.programLength;
  programs.values.set(memory.rows.programs.subarray(from, from + held * memory.programLength));
  const { logPrior, logLikelihood } = await instance.model.score(batch, programs);
  const logJoint = logPrior.map((prior, at) => prior + (logLikelihood[at] ?? Number.NaN));
  const weight = softmaxOverParticles(logJoint, held, 1);
  const found = Array.from({ length: held }, (_, at): InferredProgram => {
    const program = programs.values.slice(at * memory.programLength, (at + 1) * memory.programLength);
    const scores = { logPrior: logPrior[at] ?? Number.NaN, logLikelihood: logLikelihood[at] ?? Number.NaN };
    const joint = { logJoint: logJoint[at] ?? Number.NaN, weight: weight[at] ?? 0 };
    return { program, ...scores, ...joint, samples: counts.get(program.join(",")) ?? 0, origin: "recognition" };
  });
  const programsByJoint = found.sort((left, right) => right.logJoint - left.logJoint);
  return { row, programs: programsByJoint, draws, different: counts.size };
}
