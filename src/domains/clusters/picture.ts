// The picture of one set for the page: its points, what the memory holds, and the exact answer beside it.
// A flat record of freshly allocated typed arrays and numbers (it is transferred); about 20 kB.

import { logSumExp } from "../../engine/dists/logs";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Rng } from "../../engine/rng/rng";
import { clusterPosteriors, sampleCloud } from "./clusterPosterior";
import type { ClustersModel } from "./clustersModel";
import type { ClusterSplit } from "./data";
import { enumeration } from "./enumeration";
import { allLogQ, memoryClusterings, sampledClusterings } from "./evaluate";
import { descending, type ExactAnswer, exactAnswer, klFloor, klToPosterior, posterior, togetherness } from "./exact";
import { covarianceOfSigma, sigmaOf } from "./likelihood";
import { NUM_CLUSTERINGS } from "./program";

/** Rows of the three top lists. */
const NUM_TOP = 10;

/** Packed programs are as in program.ts; probabilities and weights sum to 1 over the whole list they are taken from. */
export type ClusterPicture = {
  readonly selected: number;
  readonly step: number;
  /** [14] x_1, y_1, x_2, y_2, ... */
  readonly points: Float64Array;
  /** Generating clustering, or -1 where unknown. */
  readonly truth: number;
  /** Learned Sigma [xx, xy, yx, yy]. */
  readonly sigma: Float64Array;
  readonly trueSigma: Float64Array;
  /** "memory" (MWS), "particles" (K weighted samples, repeats merged) or "none" before the first visit. */
  readonly source: "memory" | "particles" | "none";
  /** [m] members, largest weight first. */
  readonly programs: Int32Array;
  /** [m] softmax of the log joint under the learned model (importance weights for particles). */
  readonly weights: Float64Array;
  /** [m] exact posterior of each member under the learned model, and under the true one. */
  readonly exact: Float64Array;
  readonly exactTrue: Float64Array;
  /** [10] most probable clusterings: exact posterior of the learned model, recognition model, prior. */
  readonly topPrograms: Int32Array;
  readonly topProbability: Float64Array;
  readonly topTrueProbability: Float64Array;
  readonly recognitionPrograms: Int32Array;
  readonly recognitionProbability: Float64Array;
  /** [10] exact posterior (learned model) of the recognition model's and of the prior's favourites. */
  readonly recognitionExact: Float64Array;
  readonly priorPrograms: Int32Array;
  readonly priorProbability: Float64Array;
  readonly priorExact: Float64Array;
  /** [7, 7] probability that two points share a cluster. Memory's is all 0 before the first visit. */
  readonly togetherMemory: Float64Array;
  readonly togetherExact: Float64Array;
  readonly togetherTrue: Float64Array;
  readonly togetherRecognition: Float64Array;
  /** The memory's best clustering (the exact best before the first visit), and one drawn by weight. */
  readonly best: number;
  readonly sampled: number;
  /** Clusters of `best`: sizes [k], posterior means of the centres [k, 2], their covariances [k, 4]. */
  readonly clusterSizes: Int32Array;
  readonly clusterMeans: Float64Array;
  readonly clusterCovariances: Float64Array;
  /** [700, 2] samples of the centres of `sampled`, 100 n_c each; predictive adds Sigma. Cluster labels [700]. */
  readonly cloud: Float32Array;
  readonly predictiveCloud: Float32Array;
  readonly cloudLabels: Uint8Array;
  /** Nats. bound: log sum exp of the members' log joint, NaN without a memory; logPx: exact, learned model. */
  readonly bound: number;
  readonly logPx: number;
  readonly logPxTrue: number;
  /** KL from the weighted members to the exact posterior of the learned and of the true model; NaN before the first visit. */
  readonly klOwn: number;
  readonly klTrue: number;
  /** The best KL that as many members could have, true model. */
  readonly klFloor: number;
  /** Exact posterior mass that the members hold together, learned model. */
  readonly memoryMass: number;
};

export type PictureInput = {
  readonly model: ClustersModel;
  readonly split: ClusterSplit;
  readonly memory: ProgramMemory | null;
  readonly selected: number;
  readonly step: number;
  readonly numParticles: number;
  readonly rng: Rng;
};

/** Draws up the picture of training row `selected`. Stochastic only in `sampled`, the clouds and the particles. */
export async function clusterPicture(input: PictureInput): Promise<ClusterPicture> {
  const { model, split, memory, selected, step } = input;
  const points = split.train.row(selected).slice();
  const sigma = sigmaOf(model.theta.values);
  const answer = exactAnswer(split.train, selected, model.covariance());
  const trueAnswer = exactAnswer(split.train, selected, covarianceOfSigma(split.trueSigma));
  const own = posterior(answer);
  const truth = posterior(trueAnswer);
  const pass = await model.pass({ observations: split.train, ids: Int32Array.of(selected) });
  const recognition = allLogQ(pass, 0).map(Math.exp);
  const { indices, weights } = heaviestFirst(
    memory
      ? memoryClusterings(memory, selected, answer)
      : sampledClusterings(pass, 0, answer, input.numParticles, input.rng.fork("particles")),
  );
  const isEmpty = indices.length === 0;
  const { programs } = enumeration();
  const top = descending(answer.logJoint).slice(0, NUM_TOP);
  const best = programs[isEmpty ? top[0]! : indices[0]!]!;
  const drawn = input.rng.fork("sampled").categorical(weights);
  const sampled = drawn < 0 ? best : programs[indices[drawn]!]!;
  const exact = pick(own, indices);
  return {
    selected,
    step,
    points,
    truth: split.trainTruth[selected]!,
    sigma,
    trueSigma: split.trueSigma.slice(),
    source: isEmpty ? "none" : memory ? "memory" : "particles",
    programs: indices.map((i) => programs[i]!),
    weights,
    exact,
    exactTrue: pick(truth, indices),
    topPrograms: top.map((i) => programs[i]!),
    topProbability: pick(own, top),
    topTrueProbability: pick(truth, top),
    ...favourites(recognition, own),
    togetherMemory: togetherness(indices, weights),
    togetherExact: togetherness(ALL_INDICES, own),
    togetherTrue: togetherness(ALL_INDICES, truth),
    togetherRecognition: togetherness(ALL_INDICES, recognition),
    best,
    sampled,
    ...drawnClusters(points, best, sampled, sigma, input.rng),
    bound: memory && !isEmpty ? logSumExp(pick(answer.logJoint, indices)) : Number.NaN,
    ...distances(answer, trueAnswer, indices, weights),
    klFloor: klFloor(trueAnswer, memory?.memorySize ?? input.numParticles),
    memoryMass: exact.reduce((sum, value) => sum + value, 0),
  };
}

const ALL_INDICES = Int32Array.from({ length: NUM_CLUSTERINGS }, (_, i) => i);

/** The most probable clusterings of the recognition model and of the prior, with their exact posterior. */
function favourites(recognition: Float64Array, own: Float64Array) {
  const { programs, logPrior } = enumeration();
  const byRecognition = descending(recognition).slice(0, NUM_TOP);
  const byPrior = descending(logPrior).slice(0, NUM_TOP);
  return {
    recognitionPrograms: byRecognition.map((i) => programs[i]!),
    recognitionProbability: pick(recognition, byRecognition),
    recognitionExact: pick(own, byRecognition),
    priorPrograms: byPrior.map((i) => programs[i]!),
    priorProbability: Float64Array.from(byPrior, (i) => Math.exp(logPrior[i]!)),
    priorExact: pick(own, byPrior),
  };
}

/** Cluster posteriors of the best clustering and both clouds of the sampled one. */
function drawnClusters(points: Float64Array, best: number, sampled: number, sigma: Float64Array, rng: Rng) {
  const clusters = clusterPosteriors(points, best, sigma);
  const cloud = sampleCloud(points, sampled, sigma, false, rng.fork("cloud"));
  return {
    clusterSizes: clusters.sizes,
    clusterMeans: clusters.means,
    clusterCovariances: clusters.covariances,
    cloud: cloud.points,
    cloudLabels: cloud.labels,
    predictiveCloud: sampleCloud(points, sampled, sigma, true, rng.fork("predictive")).points,
  };
}

/** How far the weighted members are from the exact posteriors; NaN where there are none. */
function distances(answer: ExactAnswer, trueAnswer: ExactAnswer, indices: Int32Array, weights: Float64Array) {
  const isEmpty = indices.length === 0;
  return {
    logPx: answer.logPx,
    logPxTrue: trueAnswer.logPx,
    klOwn: isEmpty ? Number.NaN : klToPosterior(indices, weights, answer),
    klTrue: isEmpty ? Number.NaN : klToPosterior(indices, weights, trueAnswer),
  };
}

function heaviestFirst({ indices, weights }: { indices: Int32Array; weights: Float64Array }) {
  const order = descending(weights);
  return { indices: order.map((i) => indices[i]!), weights: pick(weights, order) };
}

function pick(values: Float64Array, indices: Int32Array): Float64Array {
  return Float64Array.from(indices, (i) => values[i]!);
}
