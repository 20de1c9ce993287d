// The model of the clusters domain as the engine asks for it: propose, score, dream, accumulate on seven-point sets.
// Source: MWS spec part 2. Theta's part in plain float64 arrays; cluster terms are cached per row and per value of theta.

import { LabError } from "../../engine/errors";
import {
  type Batch,
  type Dreams,
  emptyPrograms,
  type Model,
  type Programs,
  type Proposals,
  type Scores,
  type Term,
} from "../../engine/model";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import { enumeration } from "./enumeration";
import { firstPrograms } from "./firstPrograms";
import { samplePairs } from "./generative";
import { addSigmaGradient, type Covariance, clusterTerm, covarianceOfTheta, thetaGradient } from "./likelihood";
import { type PassNetwork, PlainPassNetwork } from "./passNetwork";
import { NUM_MASKS, NUM_STATISTICS, PointSets } from "./pointSets";
import { clusterMasks, NUM_POINTS } from "./program";
import { addLogitGradient, logQOf, NUM_LOGITS, type RecognitionPass, sampleProgram } from "./recognition";

/** Cluster terms of one set of observations, valid where the stamp equals the current version of theta. */
type TermCache = { readonly values: Float64Array; readonly stamps: Int32Array };

/** theta: "theta.sigma" (Theta, 4 numbers, initially I); phi: "phi.network" (1 073 numbers). */
export class ClustersModel<N extends PassNetwork = PassNetwork> implements Model<PointSets> {
  readonly programLength = 1;
  readonly theta = new PlainBlock("theta.sigma", "theta", [1, 0, 0, 1]);
  readonly blocks: readonly ParameterBlock[];
  private readonly seenTheta = new Float64Array(4).fill(Number.NaN);
  private cov: Covariance = covarianceOfTheta([1, 0, 0, 1]);
  private version = 0;
  private readonly caches = new WeakMap<PointSets, TermCache>();
  private latest: {
    readonly batch: Batch<PointSets>;
    readonly version: number;
    readonly pass: RecognitionPass;
  } | null = null;
  private readonly masks = new Int32Array(NUM_POINTS);

  constructor(private readonly layers: N) {
    this.blocks = [this.theta, layers.block];
  }

  /** The block "phi.network". */
  get network(): N["block"] {
    return this.layers.block;
  }

  /** Sigma under the current theta. */
  covariance(): Covariance {
    const { values } = this.theta;
    for (let i = 0; i < 4; i++) {
      if (values[i] === this.seenTheta[i]) continue;
      this.seenTheta.set(values);
      this.cov = covarianceOfTheta(values);
      this.version++;
      break;
    }
    return this.cov;
  }

  /** The forward pass of a batch; reused while neither the batch nor phi changes. */
  async pass(batch: Batch<PointSets>): Promise<RecognitionPass> {
    const version = this.layers.version();
    if (this.latest?.batch === batch && this.latest.version === version) return this.latest.pass;
    const pass = await this.layers.forward(batch.observations, batch.ids);
    this.latest = { batch, version, pass };
    return pass;
  }

  async propose(batch: Batch<PointSets>, numParticles: number, rng: Rng): Promise<Proposals> {
    const pass = await this.pass(batch);
    const batchSize = batch.ids.length;
    const programs = emptyPrograms(numParticles, batchSize, 1);
    const logQ = new Float64Array(numParticles * batchSize);
    for (let i = 0; i < logQ.length; i++) {
      const program = sampleProgram(pass, i % batchSize, rng);
      programs.values[i] = program;
      logQ[i] = logQOf(pass, i % batchSize, program);
    }
    return { programs, logQ };
  }

  async score(batch: Batch<PointSets>, programs: Programs): Promise<Scores> {
    checkShape(batch, programs);
    const size = programs.values.length;
    const logPrior = new Float64Array(size);
    const logLikelihood = new Float64Array(size);
    const cov = this.covariance();
    const cache = this.cacheOf(batch.observations);
    for (let i = 0; i < size; i++) {
      const row = batch.ids[i % programs.batchSize]!;
      logPrior[i] = priorOf(programs.values[i]!);
      logLikelihood[i] = this.logLikelihood(batch.observations, row, programs.values[i]!, cov, cache);
    }
    return { logPrior, logLikelihood };
  }

  async logQ(batch: Batch<PointSets>, programs: Programs): Promise<Float64Array> {
    checkShape(batch, programs);
    const pass = await this.pass(batch);
    const logQ = new Float64Array(programs.values.length);
    for (let i = 0; i < logQ.length; i++) logQ[i] = logQOf(pass, i % programs.batchSize, programs.values[i]!);
    return logQ;
  }

  async dream(count: number, rng: Rng): Promise<Dreams<PointSets>> {
    const { points, clusterings } = samplePairs(count, this.theta.values, rng);
    const batch = { observations: new PointSets(points), ids: Int32Array.from({ length: count }, (_, i) => i) };
    return { batch, programs: { values: clusterings, numParticles: 1, batchSize: count, length: 1 } };
  }

  async firstPrograms(batch: Batch<PointSets>, memorySize: number, rng: Rng) {
    return firstPrograms(await this.pass(batch), memorySize, rng);
  }

  async accumulate(terms: readonly Term<PointSets>[]): Promise<Float64Array> {
    const values = new Float64Array(terms.length);
    for (const [i, term] of terms.entries()) {
      checkShape(term.batch, term.programs);
      values[i] = term.target === "theta" ? this.accumulateTheta(term) : await this.accumulatePhi(term);
    }
    return values;
  }

  dispose(): void {
    this.latest = null;
    this.layers.dispose();
  }

  private accumulateTheta({ batch, programs, coefficient }: Term<PointSets>): number {
    const cov = this.covariance();
    const cache = this.cacheOf(batch.observations);
    const sigmaGradient = new Float64Array(3);
    const { batchSize } = programs;
    let value = 0;
    for (let i = 0; i < coefficient.length; i++) {
      const weight = coefficient[i]! / batchSize;
      if (weight === 0) continue;
      const program = programs.values[i]!;
      const row = batch.ids[i % batchSize]!;
      const logJoint = priorOf(program) + this.logLikelihood(batch.observations, row, program, cov, cache);
      value += weight * logJoint;
      const count = clusterMasks(program, this.masks);
      for (let c = 0; c < count; c++) {
        const at = (row * NUM_MASKS + this.masks[c]!) * NUM_STATISTICS;
        addSigmaGradient(batch.observations.statistics, at, cov, weight, sigmaGradient);
      }
    }
    const ascent = thetaGradient(sigmaGradient, this.theta.values);
    for (let i = 0; i < 4; i++) this.theta.gradient[i] = this.theta.gradient[i]! - ascent[i]!;
    return value;
  }

  private async accumulatePhi({ batch, programs, coefficient }: Term<PointSets>): Promise<number> {
    const pass = await this.pass(batch);
    const { batchSize } = programs;
    const logitGradient = new Float64Array(batchSize * NUM_LOGITS);
    let value = 0;
    for (let i = 0; i < coefficient.length; i++) {
      const weight = coefficient[i]! / batchSize;
      if (weight === 0) continue;
      value += weight * logQOf(pass, i % batchSize, programs.values[i]!);
      addLogitGradient(pass, i % batchSize, programs.values[i]!, -weight, logitGradient);
    }
    await this.layers.backward(pass, logitGradient);
    return value;
  }

  private logLikelihood(sets: PointSets, row: number, program: number, cov: Covariance, cache: TermCache): number {
    sets.ready(row);
    const count = clusterMasks(program, this.masks);
    let sum = 0;
    for (let c = 0; c < count; c++) {
      const at = row * NUM_MASKS + this.masks[c]!;
      if (cache.stamps[at] !== this.version) {
        cache.values[at] = clusterTerm(sets.statistics, at * NUM_STATISTICS, cov);
        cache.stamps[at] = this.version;
      }
      sum += cache.values[at]!;
    }
    return sum;
  }

  private cacheOf(sets: PointSets): TermCache {
    let cache = this.caches.get(sets);
    if (!cache) {
      const size = sets.count * NUM_MASKS;
      cache = { values: new Float64Array(size), stamps: new Int32Array(size).fill(-1) };
      this.caches.set(sets, cache);
    }
    return cache;
  }
}

/** The model with its network in plain float64 arrays: the oracle. @param rng stream of the initial weights */
export function plainClustersModel(rng: Rng): ClustersModel<PlainPassNetwork> {
  return new ClustersModel(new PlainPassNetwork(rng));
}

/** log p(z) by table; NaN for an integer that is no clustering, which the step's guard then reports. */
function priorOf(program: number): number {
  const all = enumeration();
  return all.logPrior[all.indexOf(program)] ?? Number.NaN;
}

function checkShape(batch: Batch<PointSets>, programs: Programs): void {
  if (programs.batchSize === batch.ids.length && programs.length === 1) return;
  const message = `programs: [K, ${programs.batchSize}, ${programs.length}] (expected [K, ${batch.ids.length}, 1])`;
  throw new LabError("shape", { message, help: "Reload the page; if it happens again, report it." }, {});
}
