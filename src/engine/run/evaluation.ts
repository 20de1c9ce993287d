// Estimates of log p(x) by importance sampling from the recognition model, exact where the domain can.
// Source: MWS spec 1.7: log p(x) ~ lse_s (log p(z_s, x) - log q(z_s | x)) - log S, a stochastic lower bound.

import { logSumExp } from "../dists/logs";
import type { DomainInstance, MetricValues } from "../domain";
import type { Batch, Model, Observations } from "../model";
import type { Rng } from "../rng/rng";
import { yieldToEvents } from "./yielding";

export type LogPxEstimate = {
  /** [B] nats. */
  readonly logPx: Float64Array;
  /** [B] standard error of each by the delta method: sd(w) / (sqrt(S) mean(w)); 0 where exact. */
  readonly stderr: Float64Array;
  /** [B] effective sample size (sum w)^2 / sum w^2; S where exact. */
  readonly ess: Float64Array;
  /** [B] 1 where no sample explains the row: the estimate stands on the domain's last resort. Zeros where exact. */
  readonly isRescued: Uint8Array;
  /** S. */
  readonly samples: number;
  readonly isExact: boolean;
};

/** What an estimate asks of a domain. */
export type Estimated<O extends Observations> = Pick<DomainInstance<O>, "exactLogPx" | "lastResort"> & {
  readonly model: Pick<Model<O>, "propose" | "score" | "logQ">;
};

export type EstimateOptions = {
  readonly samples: number;
  readonly rng: Rng;
  /** False keeps to sampling even where the domain has an exact answer. Default true. */
  readonly useExact?: boolean;
  /** Observations per call of the model. Default 20. */
  readonly rows?: number;
  /** Samples per call of the model. Default 100. */
  readonly particles?: number;
};

/**
 * Log marginal likelihood of every row of a batch, nats, in chunks with a turn of the event loop between them.
 * Rows that no sample explains stand on the domain's last resort; without one they are -Infinity.
 */
export async function estimateLogPx<O extends Observations>(
  instance: Estimated<O>,
  batch: Batch<O>,
  options: EstimateOptions,
): Promise<LogPxEstimate> {
  const { samples } = options;
  const count = batch.ids.length;
  const exact = options.useExact === false ? null : instance.exactLogPx(batch);
  if (exact) {
    const ess = new Float64Array(count).fill(samples);
    const none = { stderr: new Float64Array(count), isRescued: new Uint8Array(count) };
    return { logPx: exact, ess, samples, isExact: true, ...none };
  }
  const estimate: LogPxEstimate = {
    logPx: new Float64Array(count),
    stderr: new Float64Array(count),
    ess: new Float64Array(count),
    isRescued: new Uint8Array(count),
    samples,
    isExact: false,
  };
  const rows = options.rows ?? 20;
  for (let from = 0; from < count; from += rows) {
    const part: Batch<O> = { observations: batch.observations, ids: batch.ids.slice(from, from + rows) };
    const logWeight = await sampleLogWeights(instance.model, part, options, from);
    summarise(logWeight, part.ids.length, from, estimate);
    if (instance.lastResort) await rescue(instance, part, from, estimate);
    await yieldToEvents();
  }
  return estimate;
}

/**
 * Rows that none of the S samples explains get one more, the last resort z0. The S + 1 draws then come from the mixture
 * (S q + [z = z0]) / (S + 1), in which z0 has density (S q(z0 | x) + 1) / (S + 1): log p(x) ~ log p(z0, x) - log(S q + 1).
 */
async function rescue<O extends Observations>(
  instance: Estimated<O>,
  batch: Batch<O>,
  from: number,
  into: LogPxEstimate,
): Promise<void> {
  const lost = Array.from(batch.ids).flatMap((_, b) => (into.logPx[from + b] === -Infinity ? [b] : []));
  if (lost.length === 0 || !instance.lastResort) return;
  const { model } = instance;
  const rows: Batch<O> = { observations: batch.observations, ids: Int32Array.from(lost, (b) => batch.ids[b]!) };
  const programs = instance.lastResort(rows);
  const { logPrior, logLikelihood } = await model.score(rows, programs);
  const logQ = await model.logQ(rows, programs);
  for (const [i, b] of lost.entries()) {
    into.logPx[from + b] = logPrior[i]! + logLikelihood[i]! - Math.log1p(into.samples * Math.exp(logQ[i]!));
    into.ess[from + b] = 1;
    into.isRescued[from + b] = 1;
  }
}

/** [S, B] log importance weights. */
async function sampleLogWeights<O extends Observations>(
  model: Pick<Model<O>, "propose" | "score">,
  batch: Batch<O>,
  options: EstimateOptions,
  chunk: number,
): Promise<Float64Array> {
  const batchSize = batch.ids.length;
  const logWeight = new Float64Array(options.samples * batchSize);
  const largest = options.particles ?? 100;
  for (let done = 0; done < options.samples; done += largest) {
    const particles = Math.min(largest, options.samples - done);
    const { programs, logQ } = await model.propose(batch, particles, options.rng.fork(chunk).fork(done));
    const { logPrior, logLikelihood } = await model.score(batch, programs);
    for (let i = 0; i < logQ.length; i++) {
      const logJoint = logPrior[i]! + logLikelihood[i]!;
      logWeight[done * batchSize + i] = logJoint === -Infinity ? -Infinity : logJoint - logQ[i]!;
    }
  }
  return logWeight;
}

function summarise(logWeight: Float64Array, batchSize: number, from: number, into: LogPxEstimate): void {
  const { samples } = into;
  for (let b = 0; b < batchSize; b++) {
    const total = logSumExp(logWeight, b, samples, batchSize);
    into.logPx[from + b] = total - Math.log(samples);
    if (total === -Infinity) continue;
    let sumOfSquares = 0; // of weights relative to their mean
    for (let s = 0; s < samples; s++) {
      sumOfSquares += Math.exp(2 * (logWeight[s * batchSize + b]! - total)) * samples * samples;
    }
    const variance = samples > 1 ? Math.max(0, (sumOfSquares - samples) / (samples - 1)) : 0;
    into.stderr[from + b] = Math.sqrt(variance / samples);
    into.ess[from + b] = (samples * samples) / sumOfSquares;
  }
}

/** Means over the rows of an estimate, nats per observation; stderr is that of the mean. */
export function meanEstimate(estimate: LogPxEstimate): { logPx: number; stderr: number; ess: number } {
  const count = estimate.logPx.length;
  let logPx = 0;
  let variance = 0;
  let ess = 0;
  for (let i = 0; i < count; i++) {
    logPx += estimate.logPx[i]!;
    variance += estimate.stderr[i]! ** 2;
    ess += estimate.ess[i]!;
  }
  return { logPx: logPx / count, stderr: Math.sqrt(variance) / count, ess: ess / count };
}

/** `logPx` of the held-out data with its standard error and, where it is an estimate, the effective sample size. */
export async function logPxMetrics(instance: DomainInstance, samples: number, rng: Rng): Promise<MetricValues> {
  const { heldOut } = instance;
  const ids = Int32Array.from({ length: heldOut.count }, (_, i) => i);
  const estimate = await estimateLogPx(instance, { observations: heldOut, ids }, { samples, rng });
  const { logPx, stderr, ess } = meanEstimate(estimate);
  return estimate.isExact ? { logPx } : { logPx, logPxStderr: stderr, logPxEss: ess };
}
