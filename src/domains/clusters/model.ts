// The runtime of the clusters domain: data, model, metrics and pictures of one run. Loaded in the worker only.

import type {
  BuildRequest,
  DataFacts,
  DomainInstance,
  DomainRuntime,
  MetricValues,
  Reference,
} from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { memoryAndProposals } from "../../engine/run/budget";
import type { RunOptions } from "../../engine/run/options";
import { ClustersModel } from "./clustersModel";
import { type ClusterSplit, loadData } from "./data";
import { enumeration } from "./enumeration";
import { evaluateClusters } from "./evaluate";
import { descending, type ExactAnswer, exactAnswer, exactNll, klFloor } from "./exact";
import { samplePoints } from "./generative";
import { covarianceOfSigma, sigmaOf } from "./likelihood";
import { createPassNetwork } from "./passNetwork";
import { type ClusterPicture, clusterPicture } from "./picture";
import { NUM_COORDINATES, PointSets } from "./pointSets";
import { NUM_POINTS } from "./program";

/** DataFacts.data of this domain. */
export type ClusterData = {
  /** [N, 7, 2] training sets, the person's own last. */
  readonly points: Float64Array;
  /** [N] generating clustering, -1 where unknown. */
  readonly truth: Int32Array;
  /** [H, 7, 2] */
  readonly heldOutPoints: Float64Array;
  /** [xx, xy, yx, yy] */
  readonly trueSigma: Float64Array;
};

/** Builds an instance: loads the data, computes the exact answers of the true model once. */
export const runtime: DomainRuntime = {
  async build(request: BuildRequest): Promise<DomainInstance> {
    const { options } = request;
    const split = await loadData({
      dataset: options.dataset,
      // The casts are safe: both are "int" in the domain's option table, which has been validated.
      numSets: options["numSets"] as number,
      dataSeed: options["dataSeed"] as number,
      userData: request.userData,
      readAsset: request.readAsset,
    });
    const network = await createPassNetwork(request.backend, request.rng.fork("parameters"));
    return new ClustersInstance(split, new ClustersModel(network), options);
  },
};

class ClustersInstance implements DomainInstance<PointSets> {
  readonly train: PointSets;
  readonly heldOut: PointSets;
  readonly facts: DataFacts;
  private readonly trueAnswers: readonly ExactAnswer[];

  constructor(
    private readonly split: ClusterSplit,
    readonly model: ClustersModel,
    private readonly options: RunOptions,
  ) {
    this.train = split.train;
    this.heldOut = split.heldOut;
    const trueCov = covarianceOfSigma(split.trueSigma);
    this.trueAnswers = Array.from({ length: split.numBuiltin }, (_, row) => exactAnswer(split.train, row, trueCov));
    this.facts = describeData(split, options, this.trueAnswers);
  }

  learningRate(_blockName: string, options: RunOptions): number {
    return options.learningRate;
  }

  metrics(): MetricValues {
    const sigma = sigmaOf(this.model.theta.values);
    return { sigma: sigma[0]!, sigma22: sigma[3]!, sigma12: sigma[1]! };
  }

  async evaluate(context: { memory: ProgramMemory | null; rng: Rng; samples: number }): Promise<MetricValues> {
    const { memory, rng } = context;
    const { model, split, trueAnswers } = this;
    return evaluateClusters({ model, split, trueAnswers, memory, rng, numParticles: this.options.particles });
  }

  exactLogPx(batch: Batch<PointSets>): Float64Array {
    const cov = this.model.covariance();
    return Float64Array.from(batch.ids, (row) => exactAnswer(batch.observations, row, cov).logPx);
  }

  exactBest(batch: Batch<PointSets>): Programs {
    const cov = this.model.covariance();
    const all = enumeration().programs;
    const values = Int32Array.from(
      batch.ids,
      (row) => all[descending(exactAnswer(batch.observations, row, cov).logJoint)[0]!]!,
    );
    return { values, numParticles: 1, batchSize: batch.ids.length, length: 1 };
  }

  async picture(context: {
    selected: number;
    memory: ProgramMemory | null;
    step: number;
    rng: Rng;
  }): Promise<ClusterPicture> {
    return clusterPicture({
      ...context,
      model: this.model,
      split: this.split,
      numParticles: this.options.particles,
    });
  }

  /** Seven points for each clustering, from the learned covariance. Sets have no start: `like` changes nothing. */
  async imagine(programs: Programs, rng: Rng): Promise<Batch<PointSets>> {
    const count = programs.batchSize;
    const points = new Float64Array(count * NUM_COORDINATES);
    for (let i = 0; i < count; i++) {
      samplePoints(programs.values[i]!, this.model.theta.values, rng, points, i * NUM_COORDINATES);
    }
    return { observations: new PointSets(points), ids: Int32Array.from({ length: count }, (_, i) => i) };
  }

  describeObservation(batch: Batch<PointSets>, index: number): number[][] {
    const row = batch.observations.row(batch.ids[index]!);
    return Array.from({ length: NUM_POINTS }, (_, j) => [row[2 * j]!, row[2 * j + 1]!]);
  }

  dispose(): void {
    this.model.dispose();
  }
}

function describeData(split: ClusterSplit, options: RunOptions, trueAnswers: readonly ExactAnswer[]): DataFacts {
  const { train, heldOut, numBuiltin, trueSigma } = split;
  const data: ClusterData = {
    points: train.points.slice(),
    truth: split.trainTruth.slice(),
    heldOutPoints: heldOut.points.slice(),
    trueSigma: trueSigma.slice(),
  };
  return {
    name: options.dataset,
    numTrain: train.count,
    numHeldOut: heldOut.count,
    references: references(split, options, trueAnswers),
    userRow: train.count > numBuiltin ? numBuiltin : -1,
    data,
  };
}

/** Exact reference lines: the true model's likelihoods, the best KL that so many members can have, the true variance. */
function references(split: ClusterSplit, options: RunOptions, trueAnswers: readonly ExactAnswer[]): Reference[] {
  const mean = (of: (answer: ExactAnswer) => number) =>
    trueAnswers.reduce((sum, answer) => sum + of(answer), 0) / trueAnswers.length;
  const size = options.algorithm === "mws" ? memoryAndProposals(options).memorySize : options.particles;
  const floor = mean((answer) => klFloor(answer, size));
  const floorLabel = `best any ${size} can do`;
  const trueCov = covarianceOfSigma(split.trueSigma);
  return [
    { metric: "nllTrain", value: -mean((answer) => answer.logPx), label: "true model" },
    { metric: "nllTest", value: exactNll(split.heldOut, trueCov), label: "true model" },
    { metric: "klTrue", value: floor, label: floorLabel },
    { metric: "klMemory", value: floor, label: `${floorLabel}, true model` },
    { metric: "sigma", value: split.trueSigma[0]!, label: "true variance" },
    { metric: "sigma22", value: split.trueSigma[3]!, label: "true variance" },
    { metric: "sigma12", value: split.trueSigma[1]!, label: "true covariance" },
  ];
}
