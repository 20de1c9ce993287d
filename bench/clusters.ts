// Clusters: training iterations a second through the whole run loop, and joint scores a second, on one thread.
// Reference: the same loop with the model's scores and gradients by eager tfjs on its plain JavaScript backend.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type ClustersModel, plainClustersModel } from "../src/domains/clusters/clustersModel";
import { generateData } from "../src/domains/clusters/data";
import { clusters } from "../src/domains/clusters/index";
import type { PlainPassNetwork } from "../src/domains/clusters/passNetwork";
import type { DomainInstance, DomainSpec } from "../src/engine/domain";
import type { Batch, Model } from "../src/engine/model";
import { Rng } from "../src/engine/rng/rng";
import { createRun } from "../src/engine/run/createRun";
import { EagerClustersModel } from "./clustersEager";
import { type BenchResult, benchResult, measureRate, median } from "./result";

// In Node, only the full package's own CommonJS entry registers gradients on the copy of the core that it uses.
const tf: typeof import("@tensorflow/tfjs-core") = createRequire(import.meta.url)("@tensorflow/tfjs");

const NUM_RUNS = 3;
const ITERATIONS = 3000;
const REFERENCE_ITERATIONS = 30;

/** MWS with M = R = 5 and batch 20 on the fixed data; 200 joint scores (20 sets, 10 clusterings) under a moving theta. */
export async function benchClusters(): Promise<readonly BenchResult[]> {
  await tf.setBackend("cpu");
  const rates: number[] = [];
  for (let run = 0; run < NUM_RUNS; run++) rates.push(await iterationsPerSecond(ITERATIONS, false));
  const reference = await iterationsPerSecond(REFERENCE_ITERATIONS, true);
  const model = plainClustersModel(new Rng(1));
  const scores = await scoresPerSecond(model, model, NUM_RUNS);
  const referenceScores = await scoresPerSecond(model, new EagerClustersModel(tf, model), 1);
  return [
    benchResult("clusters.train", "iterations", median(rates), reference, NUM_RUNS),
    benchResult("clusters.score", "joint scores", scores, referenceScores, NUM_RUNS),
  ];
}

/** Iterations a second of a whole run, the evaluations at its two ends included. */
async function iterationsPerSecond(iterations: number, isEager: boolean): Promise<number> {
  const readAsset = async (path: string) =>
    new Uint8Array(await readFile(new URL(`../public/${path}`, import.meta.url)));
  const { run } = await createRun({
    spec: isEager ? EAGER_CLUSTERS : clusters,
    options: { memory: 5, proposals: 5, iterations, evaluateEvery: iterations, backend: isEager ? "cpu" : "auto" },
    userData: null,
    checkpoint: null,
    readAsset,
  });
  const start = performance.now();
  await run.advance("free");
  return (1000 * iterations) / (performance.now() - start);
}

const EAGER_CLUSTERS: DomainSpec = {
  ...clusters,
  load: async () => ({ build: async (request) => withEagerModel(await (await clusters.load()).build(request)) }),
};

/** The same instance with its model's arithmetic done by eager tfjs. */
function withEagerModel(instance: DomainInstance): DomainInstance {
  const { train, heldOut, facts } = instance;
  return {
    // The cast: the clusters runtime builds its instances around a ClustersModel.
    model: new EagerClustersModel(tf, instance.model as ClustersModel<PlainPassNetwork>),
    train,
    heldOut,
    facts,
    learningRate: (name, options) => instance.learningRate(name, options),
    metrics: () => instance.metrics(),
    evaluate: (context) => instance.evaluate(context),
    exactLogPx: (batch) => instance.exactLogPx(batch),
    picture: (context) => instance.picture(context),
    imagine: (programs, rng, like) => instance.imagine(programs, rng, like),
    describeObservation: (batch, index) => instance.describeObservation(batch, index),
    dispose: () => instance.dispose(),
  };
}

/** Theta moves before each call, so no cached cluster term can be reused between calls. */
async function scoresPerSecond(owner: ClustersModel, model: Model, runs: number): Promise<number> {
  const batch: Batch = { observations: generateData(20, 1).train, ids: Int32Array.from({ length: 20 }, (_, i) => i) };
  const { programs } = await owner.propose(batch as Parameters<ClustersModel["propose"]>[0], 10, new Rng(2)); // PointSets
  let isUp = false;
  const score = () => {
    isUp = !isUp;
    owner.theta.values[0] = isUp ? 0.51 : 0.5;
    return model.score(batch, programs);
  };
  return measureRate(score, programs.values.length, { runs });
}
