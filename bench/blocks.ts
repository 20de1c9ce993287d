// Blocks: iterations of hybrid memoised wake-sleep in a CPU second (K = M = N = 5, batch 5, 25 dreams) with the small
// network at 32 pixels and with the paper's at 32 and 128, RWS on as many samples, and an evaluation; then the parts of an
// iteration, so that it is known where the time goes. CPU time, not wall time.

import { blocks } from "../src/domains/blocks/index";
import type { BlocksModel } from "../src/domains/blocks/model";
import type { ScenePictures } from "../src/domains/blocks/observations";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import type { Batch, Term } from "../src/engine/model";
import { Rng } from "../src/engine/rng/rng";
import { benchParts, benchSteps, buildRun, type Part } from "./iterations";
import { type BenchResult, benchResult, measureCpuRate } from "./result";

const BATCH = 5;
const K = 5;
const DREAMS = K * BATCH;

/** Whole iterations, an evaluation, the parts of an iteration. */
export async function benchBlocks(): Promise<readonly BenchResult[]> {
  enableRelaxedSimd();
  return [
    await benchSteps("blocks.step.small.32", blocks, {}),
    await benchSteps("blocks.step.small.32.rws", blocks, { algorithm: "rws" }),
    await benchSteps("blocks.step.small.64", blocks, { resolution: "64" }),
    await benchSteps("blocks.step.paper.32", blocks, { encoder: "paper" }),
    await benchSteps("blocks.step.paper.128", blocks, { encoder: "paper", resolution: "128" }),
    await benchEvaluation(),
    ...(await benchEach()),
  ];
}

async function benchEvaluation(): Promise<BenchResult> {
  const { instance } = await buildRun(blocks, {});
  const work = () => instance.evaluate({ memory: null, rng: new Rng(2), samples: 100 });
  const rate = await measureCpuRate(work, 1, { runs: 3, seconds: 0.5 });
  instance.dispose();
  return benchResult("blocks.evaluation", "evaluations", rate, null, 3);
}

/** What an iteration consists of, each on a batch that no network has seen. */
async function benchEach(): Promise<BenchResult[]> {
  const { instance } = await buildRun<ScenePictures>(blocks, {});
  // The cast: the runtime builds its own model.
  const model = instance.model as BlocksModel;
  const ids = Int32Array.from({ length: BATCH }, (_, b) => b);
  const batchOf = (): Batch<ScenePictures> => ({ observations: instance.train, ids });
  const read = batchOf();
  const { programs: scenes } = await model.hybrid.proposeDiscrete(read, 2 * K, new Rng(2));
  const { programs: draws } = await model.hybrid.drawContinuous(read, scenes, K, new Rng(3));
  const chosen = draws.values.subarray(0, K * K * BATCH * draws.length);
  const continuous = draws.continuous!.subarray(0, chosen.length);
  const selected = { ...draws, values: chosen, continuous, numParticles: K * K };
  const dreams = await model.dream(DREAMS, new Rng(4));
  const term = (target: Term["target"], batch: Batch<ScenePictures>): Term<ScenePictures> => ({
    target,
    batch,
    programs: selected,
    coefficient: new Float64Array(K * K * BATCH).fill(1),
  });
  const dreamt = (): Term<ScenePictures> => ({
    target: "phi",
    batch: { ...dreams.batch },
    programs: dreams.programs,
    coefficient: new Float64Array(DREAMS).fill(1),
  });
  const parts: readonly Part[] = [
    ["readAndPropose", "scenes", K * BATCH, () => model.hybrid.proposeDiscrete(batchOf(), K, new Rng(2))],
    ["propose", "scenes", K * BATCH, () => model.hybrid.proposeDiscrete(read, K, new Rng(2))],
    ["draw", "draws", 2 * K * K * BATCH, () => model.hybrid.drawContinuous(read, scenes, K, new Rng(3))],
    ["score", "draws", 2 * K * K * BATCH, () => model.score(read, draws)],
    ["logQ", "draws", K * K * BATCH, () => model.logQ(read, selected)],
    ["learnTheta", "draws", K * K * BATCH, () => model.accumulate([term("theta", read)])],
    ["readAndLearnPhi", "terms", 1, () => model.accumulate([term("phi", batchOf())])],
    ["dream", "dreams", DREAMS, () => model.dream(DREAMS, new Rng(4))],
    ["learnFromDreams", "dreams", DREAMS, () => model.accumulate([dreamt()])],
    ["adam", "steps", 1, () => model.blocks.map((block) => block.adam(0, 1))],
  ];
  const results = await benchParts("blocks", parts);
  instance.dispose();
  return results;
}
