// Whole training iterations of a domain on the best wasm build, as a run makes them, a CPU second.

import { findAlgorithm } from "../src/engine/algorithms/list";
import type { DomainInstance, DomainSpec } from "../src/engine/domain";
import { createProgramMemory } from "../src/engine/memory/createMemory";
import type { Observations } from "../src/engine/model";
import { type OptionValues, requireOptions } from "../src/engine/options";
import { Rng } from "../src/engine/rng/rng";
import { Batches } from "../src/engine/run/batches";
import { budgetOf } from "../src/engine/run/budget";
import { loadParameters, readModel } from "../src/engine/run/modelFile";
import type { RunOptions } from "../src/engine/run/options";
import { stepOnce } from "../src/engine/run/stepOnce";
import { readPublicFile } from "../src/engine/worker/threadPort";
import { type BenchResult, benchResult, measureCpuRate } from "./result";

/** About half a second each. */
const MEASURED = { runs: 3, seconds: 0.5 };

/** A run's instance with the parameters that it starts from. @param given options that differ from their defaults */
export async function buildRun<Obs extends Observations>(
  spec: DomainSpec,
  given: OptionValues,
): Promise<{ instance: DomainInstance<Obs>; options: RunOptions }> {
  // The casts: requireOptions has checked every value against the domain's table; the runtime builds its own kind.
  const awake = "sleepFirst" in spec.options ? { sleepFirst: 0 } : {};
  const options = requireOptions(spec.options, { ...awake, ...given }) as RunOptions;
  const runtime = await spec.load();
  const request = { options, backend: "wasm", rng: new Rng(1), userData: null, readAsset: readPublicFile } as const;
  const instance = (await runtime.build(request)) as DomainInstance<Obs>;
  const start = spec.models?.find((model) => model.isStart && model.fits(options));
  if (start) await loadParameters(instance.model.blocks, readModel(await readPublicFile(start.file)), true);
  return { options, instance };
}

/** Iterations after 20 that fill the memories. */
export async function benchSteps(name: string, spec: DomainSpec, given: OptionValues): Promise<BenchResult> {
  const { instance, options } = await buildRun(spec, given);
  const rng = new Rng(options.seed);
  const batches = new Batches(instance.train, options.batch, rng);
  const { memorySize } = budgetOf(instance.model, options);
  const memory = createProgramMemory(instance.train.count, memorySize, instance.model.programLength);
  const algorithm = findAlgorithm(options.algorithm);
  const rest = { instance, algorithm, memory, options, on: () => undefined, beforeCommit: () => undefined };
  let step = 0;
  const work = () => {
    step += 1;
    return stepOnce({ ...rest, batch: batches.at(step), rng: rng.fork("step").fork(step), step });
  };
  for (let i = 0; i < 20; i++) await work();
  const rate = await measureCpuRate(work, 1, MEASURED);
  instance.dispose();
  return benchResult(name, "iterations", rate, null, MEASURED.runs);
}

/** One part of an iteration: what is counted, how many a call does, and the call. */
export type Part = readonly [name: string, unit: string, perCall: number, work: () => unknown];

/** Rates of parts, each in a CPU second. */
export async function benchParts(prefix: string, parts: readonly Part[]): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [name, unit, perCall, work] of parts) {
    const rate = await measureCpuRate(work, perCall, MEASURED);
    results.push(benchResult(`${prefix}.${name}`, unit, rate, null, MEASURED.runs));
  }
  return results;
}
