// Light pure functions for the domain's views and for the command line: exact answers, groups, clouds, words.

import { Rng } from "../../engine/rng/rng";
import { type Cloud, type ClusterPosteriors, clusterPosteriors, sampleCloud } from "./clusterPosterior";
import { enumeration } from "./enumeration";
import { descending, exactAnswer, posterior, togetherness } from "./exact";
import { explainProgram } from "./explain";
import { covarianceOfSigma } from "./likelihood";
import { PointSets } from "./pointSets";
import { type MassStudy, posteriorMassStudy } from "./posteriorMass";
import { unpackLabels } from "./program";

/** All 877 clusterings, most probable first. */
export type ExactPosterior = {
  /** [877] packed programs. */
  readonly programs: Int32Array;
  /** [877] p(z | x), sums to 1. */
  readonly probability: Float64Array;
  /** [877] log p(z, x), nats. */
  readonly logJoint: Float64Array;
  readonly logPx: number;
};

export type ClusterTools = {
  /** Labels [7], 0-based, of a packed program. */
  labels(program: number): Int32Array;
  /** One sentence, points numbered from 1. */
  explain(program: number): string;
  /** Exact posterior of points [14] under sigma [xx, xy, yx, yy]. */
  exactPosterior(points: ArrayLike<number>, sigma: ArrayLike<number>): ExactPosterior;
  /** [7, 7] probability that two points share a cluster, under weighted packed programs. */
  together(programs: ArrayLike<number>, weights: ArrayLike<number>): Float64Array;
  /** Posterior N(m, V) of each cluster's mean. */
  clusterPosteriors(points: ArrayLike<number>, program: number, sigma: ArrayLike<number>): ClusterPosteriors;
  /** 100 n_c samples a cluster, of its mean or (predictive) of a new point; the same seed draws the same cloud. */
  cloud(points: ArrayLike<number>, program: number, sigma: ArrayLike<number>, predictive: boolean, seed: number): Cloud;
  /** How many clusterings carry the posterior mass of sets [N, 14] under sigma. */
  posteriorMassStudy(points: ArrayLike<number>, sigma: ArrayLike<number>): MassStudy;
};

/** The domain's tools. */
export const tools: ClusterTools = {
  labels: unpackLabels,
  explain: explainProgram,
  exactPosterior,
  together: (programs, weights) =>
    togetherness(
      Int32Array.from(programs, (program) => enumeration().indexOf(program)),
      weights,
    ),
  clusterPosteriors,
  cloud: (points, program, sigma, predictive, seed) =>
    sampleCloud(points, program, sigma, predictive, new Rng(seed).fork("cloud")),
  posteriorMassStudy: (points, sigma) => posteriorMassStudy(new PointSets(Float64Array.from(points)), sigma),
};

function exactPosterior(points: ArrayLike<number>, sigma: ArrayLike<number>): ExactPosterior {
  const answer = exactAnswer(new PointSets(Float64Array.from(points)), 0, covarianceOfSigma(sigma));
  const all = posterior(answer);
  const order = descending(answer.logJoint);
  return {
    programs: order.map((i) => enumeration().programs[i]!),
    probability: Float64Array.from(order, (i) => all[i]!),
    logJoint: Float64Array.from(order, (i) => answer.logJoint[i]!),
    logPx: answer.logPx,
  };
}
