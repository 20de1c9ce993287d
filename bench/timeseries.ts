// Time series: iterations of hybrid memoised wake-sleep in a CPU second at the paper's size (128 units, K = M = N = 5, batch
// 5, 25 dreams; the published PyTorch code makes 1.04), for the small networks too, RWS on as many samples, and an
// evaluation; then the parts of an iteration, so that it is known where the time goes. CPU time, not wall time.

import { timeseries } from "../src/domains/timeseries/index";
import type { SeriesModel } from "../src/domains/timeseries/model";
import type { SeriesSet } from "../src/domains/timeseries/observations";
import type { Batch, Term } from "../src/engine/model";
import { Rng } from "../src/engine/rng/rng";
import { benchParts, benchSteps, buildRun, type Part } from "./iterations";
import { type BenchResult, benchResult, measureCpuRate } from "./result";

const NUM_RUNS = 3;
const BATCH = 5;
const K = 5;
const DREAMS = K * BATCH;

/** Whole iterations, an evaluation, the parts of an iteration. */
export async function benchTimeseries(): Promise<readonly BenchResult[]> {
  return [
    await benchSteps("timeseries.step.paper", timeseries, {}),
    await benchSteps("timeseries.step.small", timeseries, { size: "small" }),
    await benchSteps("timeseries.step.paper.rws", timeseries, { algorithm: "rws" }),
    await benchEvaluation(),
    ...(await benchEach()),
  ];
}

/** One step of size 0 on every block. */
function adamOf({ blocks }: SeriesModel): void {
  for (const block of blocks) block.adam(0, 1);
}

async function benchEvaluation(): Promise<BenchResult> {
  const { instance } = await buildRun<SeriesSet>(timeseries, {});
  const rate = await measureCpuRate(() => instance.evaluate({ memory: null, rng: new Rng(2), samples: 100 }), 1, {
    runs: NUM_RUNS,
    seconds: 0.5,
  });
  instance.dispose();
  return benchResult("timeseries.evaluation", "evaluations", rate, null, NUM_RUNS);
}

/** What an iteration consists of, each on a batch that no network has seen. */
async function benchEach(): Promise<BenchResult[]> {
  const { instance } = await buildRun<SeriesSet>(timeseries, {});
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
  const parts: readonly Part[] = [
    ["propose", "strings", K * BATCH, () => model.hybrid.proposeDiscrete(batchOf(), K, new Rng(2))],
    ["draw", "draws", 2 * K * K * BATCH, () => model.hybrid.drawContinuous(batchOf(), strings, K, new Rng(3))],
    ["score", "draws", 2 * K * K * BATCH, () => model.score(batchOf(), draws)],
    ["learnTheta", "terms", 1, () => model.accumulate([term("theta")])],
    ["learnPhi", "terms", 1, () => model.accumulate([term("phi")])],
    ["dream", "dreams", DREAMS, () => model.dream(DREAMS, new Rng(4))],
    ["learnFromDreams", "dreams", DREAMS, () => model.accumulate([dreamt()])],
    ["adam", "steps", 1, () => adamOf(model)],
  ];
  const results = await benchParts("timeseries", parts);
  instance.dispose();
  return results;
}
