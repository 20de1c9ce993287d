// Time series: iterations of hybrid memoised wake-sleep in a CPU second at the paper's size (128 units, K = M = N = 5, batch
// 5, 25 dreams; the published PyTorch code makes 1.04), for the small networks too, RWS on as many samples, and an
// evaluation; then the parts of an iteration, so that it is known where the time goes. CPU time, not wall time.

import { timeseries } from "../src/domains/timeseries/index";
import type { SeriesModel } from "../src/domains/timeseries/model";
import type { SeriesSet } from "../src/domains/timeseries/observations";
import { findAlgorithm } from "../src/engine/algorithms/list";
import type { DomainInstance } from "../src/engine/domain";
import { createProgramMemory } from "../src/engine/memory/createMemory";
import type { Batch, Term } from "../src/engine/model";
import { type OptionValues, requireOptions } from "../src/engine/options";
import { Rng } from "../src/engine/rng/rng";
import { Batches } from "../src/engine/run/batches";
import { budgetOf } from "../src/engine/run/budget";
import { loadParameters, readModel } from "../src/engine/run/modelFile";
import type { RunOptions } from "../src/engine/run/options";
import { stepOnce } from "../src/engine/run/stepOnce";
import { readPublicFile } from "../src/engine/worker/threadPort";
import { type BenchResult, benchResult, median } from "./result";

const NUM_RUNS = 3;
const BATCH = 5;
const K = 5;
const DREAMS = K * BATCH;

/** Whole iterations, an evaluation, the parts of an iteration. */
export async function benchTimeseries(): Promise<readonly BenchResult[]> {
  return [
    await benchSteps("timeseries.step.paper", {}),
    await benchSteps("timeseries.step.small", { size: "small" }),
    await benchSteps("timeseries.step.paper.rws", { algorithm: "rws" }),
    await benchEvaluation(),
    ...(await benchParts()),
  ];
}

/** Units in a CPU second of this process, median over the runs of about half a second each. */
async function measureCpu(work: () => unknown, perCall = 1): Promise<number> {
  await work();
  const rates: number[] = [];
  for (let run = 0; run < NUM_RUNS; run++) {
    const start = process.cpuUsage();
    const spent = () => {
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    let calls = 0;
    while (spent() < 0.5) {
      await work();
      calls++;
    }
    rates.push((calls * perCall) / spent());
  }
  return median(rates);
}

async function build(given: OptionValues): Promise<{ instance: DomainInstance<SeriesSet>; options: RunOptions }> {
  // The casts: requireOptions has checked every value against the domain's table; the runtime builds its own kind.
  const options = requireOptions(timeseries.options, { sleepFirst: 0, ...given }) as RunOptions;
  const runtime = await timeseries.load();
  const request = { options, backend: "wasm", rng: new Rng(1), userData: null, readAsset: readPublicFile } as const;
  const instance = (await runtime.build(request)) as DomainInstance<SeriesSet>;
  const start = timeseries.models?.find((model) => model.isStart && model.fits(options));
  if (start) await loadParameters(instance.model.blocks, readModel(await readPublicFile(start.file)), true);
  return { options, instance };
}

/** Iterations after 20 that fill the memories. */
async function benchSteps(name: string, given: OptionValues): Promise<BenchResult> {
  const { instance, options } = await build({ series: 20, ...given });
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
  const rate = await measureCpu(work);
  instance.dispose();
  return benchResult(name, "iterations", rate, null, NUM_RUNS);
}

/** One step of size 0 on every block. */
function adamOf({ blocks }: SeriesModel): void {
  for (const block of blocks) block.adam(0, 1);
}

async function benchEvaluation(): Promise<BenchResult> {
  const { instance } = await build({});
  const rate = await measureCpu(() => instance.evaluate({ memory: null, rng: new Rng(2), samples: 100 }));
  instance.dispose();
  return benchResult("timeseries.evaluation", "evaluations", rate, null, NUM_RUNS);
}

/** What an iteration consists of, each on a batch that no network has seen. */
async function benchParts(): Promise<BenchResult[]> {
  const { instance } = await build({});
  // The cast: the runtime builds its own model.
  const model = instance.model as SeriesModel;
  const batchOf = (): Batch<SeriesSet> => ({
    observations: instance.train,
    ids: Int32Array.from({ length: BATCH }, (_, b) => b),
  });
  const { programs: strings } = await model.hybrid.proposeDiscrete(batchOf(), 2 * K, new Rng(2));
  const { programs: draws } = await model.hybrid.drawContinuous(batchOf(), strings, K, new Rng(3));
  const selected = { ...draws, numParticles: K * K };
  const dreams = await model.dream(DREAMS, new Rng(4));
  const term = (target: Term["target"], factor?: Term["factor"]): Term<SeriesSet> => ({
    target,
    batch: batchOf(),
    programs: selected,
    coefficient: new Float64Array(K * K * BATCH).fill(1),
    ...(factor ? { factor } : {}),
  });
  const dreamt = (): Term<SeriesSet> => ({
    target: "phi",
    batch: { ...dreams.batch },
    programs: dreams.programs,
    coefficient: new Float64Array(DREAMS).fill(1),
  });
  const parts: readonly (readonly [name: string, unit: string, perCall: number, work: () => unknown])[] = [
    ["propose", "strings", K * BATCH, () => model.hybrid.proposeDiscrete(batchOf(), K, new Rng(2))],
    ["draw", "draws", 2 * K * K * BATCH, () => model.hybrid.drawContinuous(batchOf(), strings, K, new Rng(3))],
    ["score", "draws", 2 * K * K * BATCH, () => model.score(batchOf(), draws)],
    ["learnTheta", "terms", 1, () => model.accumulate([term("theta")])],
    ["learnPhi", "terms", 1, () => model.accumulate([term("phi")])],
    ["dream", "dreams", DREAMS, () => model.dream(DREAMS, new Rng(4))],
    ["learnFromDreams", "dreams", DREAMS, () => model.accumulate([dreamt()])],
    ["adam", "steps", 1, () => adamOf(model)],
  ];
  const results: BenchResult[] = [];
  for (const [name, unit, perCall, work] of parts) {
    results.push(benchResult(`timeseries.${name}`, `${unit}`, await measureCpu(work, perCall), null, NUM_RUNS));
  }
  instance.dispose();
  return results;
}
