// Strokes: programs scored in training steps a second, on one thread: the paper's networks, T = 40, batch 20. The published
// PyTorch code makes 161 to 171 of them per CPU second. Then the parts of a step, so that it is known where the time goes.

import type { Images } from "../src/domains/strokes/images";
import { strokes } from "../src/domains/strokes/index";
import { mws } from "../src/engine/algorithms/mws";
import type { DomainInstance } from "../src/engine/domain";
import { createProgramMemory } from "../src/engine/memory/createMemory";
import type { Batch, Term } from "../src/engine/model";
import { type OptionValues, requireOptions } from "../src/engine/options";
import { Rng } from "../src/engine/rng/rng";
import { Batches } from "../src/engine/run/batches";
import { memoryAndProposals } from "../src/engine/run/budget";
import type { RunOptions } from "../src/engine/run/options";
import { stepOnce } from "../src/engine/run/stepOnce";
import { type BenchResult, benchResult, measureRate } from "./result";

const NUM_RUNS = 3;
const BATCH = 20;
const OPTIONS: OptionValues = { size: "paper", transforms: "40", images: 200, batch: BATCH, sleep: "replay" };
const NO_FILES = async () => new Uint8Array();

/** Steps at K = 3 and 10 with replay and with dreams by halves, then proposals, scores and gradients by themselves. */
export async function benchStrokes(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const particles of [3, 10]) {
    for (const sleep of ["replay", "mix"]) {
      results.push(await benchSteps(`strokes.step.k${particles}.${sleep}`, { particles, sleep }));
    }
  }
  return [...results, ...(await benchParts(10))];
}

async function build(given: OptionValues): Promise<{ instance: DomainInstance<Images>; options: RunOptions }> {
  // The casts: requireOptions has checked every value against the domain's table; the runtime builds its own kind.
  const options = requireOptions(strokes.options, { ...OPTIONS, ...given }) as RunOptions;
  const runtime = await strokes.load();
  const request = { options, backend: "wasm", rng: new Rng(1), userData: null, readAsset: NO_FILES } as const;
  return { options, instance: (await runtime.build(request)) as DomainInstance<Images> };
}

async function benchSteps(name: string, given: OptionValues): Promise<BenchResult> {
  const { instance, options } = await build(given);
  const rng = new Rng(options.seed);
  const batches = new Batches(instance.train, options.batch, rng);
  const { memorySize } = memoryAndProposals(options);
  const memory = createProgramMemory(instance.train.count, memorySize, instance.model.programLength);
  const rest = { instance, algorithm: mws, memory, options, on: () => undefined, beforeCommit: () => undefined };
  let step = 0;
  const work = () => {
    step += 1;
    return stepOnce({ ...rest, batch: batches.at(step), rng: rng.fork("step").fork(step), step });
  };
  const rate = await measureRate(work, BATCH * options.particles, { runs: NUM_RUNS, seconds: 1 });
  instance.dispose();
  return benchResult(name, "programs", rate, null, NUM_RUNS);
}

/** K programs a row proposed, scored, and learned from; each call on a batch that no network has seen. */
async function benchParts(particles: number): Promise<BenchResult[]> {
  const { instance } = await build({ particles });
  const { model, train } = instance;
  const batchOf = (): Batch<Images> => ({ observations: train, ids: Int32Array.from({ length: BATCH }, (_, b) => b) });
  const batch = batchOf();
  const { programs } = await model.propose(batch, particles, new Rng(2));
  const one = { ...programs, numParticles: 1, values: programs.values.slice(0, BATCH * programs.length) };
  const term = (target: Term["target"]): Term<Images> => {
    return { target, batch: batchOf(), programs: one, coefficient: new Float64Array(BATCH).fill(1) };
  };
  const parts: readonly (readonly [name: string, unit: string, perCall: number, work: () => unknown])[] = [
    ["propose", "programs", BATCH * particles, () => model.propose(batchOf(), particles, new Rng(2))],
    ["score", "programs", BATCH * particles, () => model.score(batchOf(), programs)],
    ["dream", "programs", BATCH, () => model.dream(BATCH, new Rng(3))],
    ["learnTheta", "programs", BATCH, () => model.accumulate([term("theta")])],
    ["learnPhi", "programs", BATCH, () => model.accumulate([term("phi")])],
  ];
  const results: BenchResult[] = [];
  for (const [name, unit, perCall, work] of parts) {
    const rate = await measureRate(work, perCall, { runs: NUM_RUNS, seconds: 0.5 });
    results.push(benchResult(`strokes.${name}`, unit, rate, null, NUM_RUNS));
  }
  instance.dispose();
  return results;
}
