// The clusters model written with eager tfjs operations and autodiff: the reference for speed, and an oracle for tests.
// Tensors are float32. Sampling stays on the host, which flatters the reference: seven multinomials would cost more.

import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { ClustersModel } from "../src/domains/clusters/clustersModel";
import { enumeration } from "../src/domains/clusters/enumeration";
import { firstPrograms } from "../src/domains/clusters/firstPrograms";
import type { PlainPassNetwork } from "../src/domains/clusters/passNetwork";
import { NUM_COORDINATES, type PointSets } from "../src/domains/clusters/pointSets";
import { labelOf, NUM_POINTS } from "../src/domains/clusters/program";
import { NUM_HIDDEN, NUM_LOGITS, OFFSET, sampleProgram } from "../src/domains/clusters/recognition";
import type { Batch, Model, Programs, Term } from "../src/engine/model";
import { emptyPrograms } from "../src/engine/model";
import type { Rng } from "../src/engine/rng/rng";

const LOG_TWO_PI = Math.log(2 * Math.PI);
const MASKED = -1e9;

/** tfjs-core with its gradients registered and a backend set; the caller's, so that there is only one copy. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/** Wraps a model: the same parameters, the same draws, every score and gradient by eager tfjs. */
export class EagerClustersModel implements Model<PointSets> {
  readonly programLength = 1;
  readonly blocks: ClustersModel["blocks"];

  constructor(
    private readonly tf: Tfjs,
    private readonly model: ClustersModel<PlainPassNetwork>,
  ) {
    this.blocks = model.blocks;
  }

  async propose(batch: Batch<PointSets>, numParticles: number, rng: Rng) {
    const { tf } = this;
    const logits = tf.tidy(() => this.logits(batch, this.phiTensors()).dataSync());
    const programs = emptyPrograms(numParticles, batch.ids.length, 1);
    const pass = { ...(await this.model.pass(batch)), logits: Float64Array.from(logits) };
    programs.values.forEach((_, i) => {
      programs.values[i] = sampleProgram(pass, i % batch.ids.length, rng);
    });
    return { programs, logQ: await this.logQ(batch, programs) };
  }

  async score(batch: Batch<PointSets>, programs: Programs) {
    const { tf } = this;
    const all = enumeration();
    const logPrior = Float64Array.from(programs.values, (program) => all.logPrior[all.indexOf(program)]!);
    const values = tf.tidy(() => this.logLikelihood(batch, programs, this.thetaTensor()).dataSync());
    return { logPrior, logLikelihood: Float64Array.from(values) };
  }

  async logQ(batch: Batch<PointSets>, programs: Programs): Promise<Float64Array> {
    const { tf } = this;
    return Float64Array.from(tf.tidy(() => this.logQTensor(batch, programs, this.phiTensors()).dataSync()));
  }

  async accumulate(terms: readonly Term<PointSets>[]): Promise<Float64Array> {
    const { tf } = this;
    return Float64Array.from(terms, (term) => tf.tidy(() => this.accumulateTerm(term)));
  }

  dream(count: number, rng: Rng) {
    return this.model.dream(count, rng);
  }

  async firstPrograms(batch: Batch<PointSets>, memorySize: number, rng: Rng) {
    return firstPrograms(await this.model.pass(batch), memorySize, rng);
  }

  dispose(): void {
    this.model.dispose();
  }

  private accumulateTerm(term: Term<PointSets>): number {
    const { tf } = this;
    const { batch, programs } = term;
    const weight = tf.tensor1d(Float32Array.from(term.coefficient, (c) => c / programs.batchSize));
    const isTheta = term.target === "theta";
    const objective = (...parameters: Tensor[]) => {
      const logs = isTheta
        ? this.logLikelihood(batch, programs, parameters[0]!)
        : this.logQTensor(batch, programs, parameters);
      return tf.sum(tf.mul(logs, weight)) as Scalar; // a sum over everything
    };
    const { value, grads } = tf.valueAndGrads(objective)(isTheta ? [this.thetaTensor()] : this.phiTensors());
    const block = isTheta ? this.model.theta : this.model.network;
    let at = 0;
    for (const gradient of grads) {
      for (const entry of gradient.dataSync()) block.gradient[at] = block.gradient[at++]! - entry;
    }
    const all = enumeration();
    const prior = (i: number) => (isTheta ? all.logPrior[all.indexOf(programs.values[i]!)]! : 0);
    const priorPart = term.coefficient.reduce((sum, c, i) => sum + (c * prior(i)) / programs.batchSize, 0);
    return value.dataSync()[0]! + priorPart;
  }

  private thetaTensor(): Tensor {
    const { tf } = this;
    return tf.tensor2d(Float32Array.from(this.model.theta.values), [2, 2]);
  }

  private phiTensors(): Tensor[] {
    const { tf } = this;
    const all = Float32Array.from(this.model.network.values);
    return [
      tf.tensor2d(all.subarray(0, OFFSET.bias1), [NUM_COORDINATES, NUM_HIDDEN]),
      tf.tensor1d(all.subarray(OFFSET.bias1, OFFSET.weight2)),
      tf.tensor2d(all.subarray(OFFSET.weight2, OFFSET.bias2), [NUM_HIDDEN, NUM_LOGITS]),
      tf.tensor1d(all.subarray(OFFSET.bias2)),
    ];
  }

  /** [B, 49] */
  private logits(batch: Batch<PointSets>, [weight1, bias1, weight2, bias2]: Tensor[]): Tensor2D {
    const { tf } = this;
    const x = tf.tensor2d(pointsOf(batch), [batch.ids.length, NUM_COORDINATES]);
    const hidden = tf.tanh(tf.add(tf.matMul(x, weight1 as Tensor2D), bias1!)); // rank 2 by phiTensors
    return tf.add(tf.matMul(hidden as Tensor2D, weight2 as Tensor2D), bias2!); // as above
  }

  /** [K * B] */
  private logQTensor(batch: Batch<PointSets>, programs: Programs, phi: Tensor[]): Tensor {
    const { tf } = this;
    const count = programs.values.length;
    const tiled = tf.tile(this.logits(batch, phi), [programs.numParticles, 1]);
    const logits = tf.reshape(tiled, [count, NUM_POINTS, NUM_POINTS]);
    const { chosen, mask } = assignments(tf, programs);
    const logProbability = tf.logSoftmax(tf.transpose(tf.add(logits, mask), [0, 2, 1]));
    return tf.sum(tf.mul(tf.transpose(logProbability, [0, 2, 1]), chosen), [1, 2]);
  }

  /** [K * B] closed form of MWS spec 2.2 on [K * B, 7 clusters] tensors. */
  private logLikelihood(batch: Batch<PointSets>, programs: Programs, theta: Tensor): Tensor {
    const { tf } = this;
    const { chosen } = assignments(tf, programs);
    const count = programs.values.length;
    const points = tf.tensor2d(pointsOf(batch), [batch.ids.length, NUM_COORDINATES]);
    const x: Tensor3D = tf.reshape(tf.tile(points, [programs.numParticles, 1]), [count, NUM_POINTS, 2]);
    const sigma = tf.matMul(theta as Tensor2D, theta as Tensor2D, false, true); // theta is [2, 2]
    const entry = (r: number, c: number) => tf.reshape(tf.slice(sigma, [r, c], [1, 1]), []);
    const [xx, xy, yy] = [entry(0, 0), entry(0, 1), entry(1, 1)];
    const n = tf.sum(chosen, 2);
    const size = tf.maximum(n, 1);
    const column = (values: Tensor, c: number) =>
      tf.reshape(tf.slice(values, [0, 0, c], [-1, -1, 1]), [count, NUM_POINTS]);
    const sums = tf.matMul(chosen, x);
    const [mx, my] = [tf.div(column(sums, 0), size), tf.div(column(sums, 1), size)];
    const [px, py] = [column(x, 0), column(x, 1)];
    const products = tf.matMul(chosen, tf.stack([tf.mul(px, px), tf.mul(px, py), tf.mul(py, py)], 2) as Tensor3D); // rank 3
    const scatter = (c: number, a: Tensor, b: Tensor) => tf.sub(column(products, c), tf.mul(n, tf.mul(a, b)));
    const quadratic = (a: Tensor, b: Tensor, c: Tensor, u: Tensor, v: Tensor, w: Tensor) =>
      tf.add(tf.sub(tf.mul(c, u), tf.mul(2, tf.mul(b, v))), tf.mul(a, w));
    const determinant = tf.sub(tf.mul(xx, yy), tf.mul(xy, xy));
    const [aXX, aYY] = [tf.add(xx, n), tf.add(yy, n)];
    const determinantA = tf.sub(tf.mul(aXX, aYY), tf.mul(xy, xy));
    const trace = tf.div(
      quadratic(xx, xy, yy, scatter(0, mx, mx), scatter(1, mx, my), scatter(2, my, my)),
      determinant,
    );
    const form = tf.div(quadratic(aXX, xy, aYY, tf.mul(mx, mx), tf.mul(mx, my), tf.mul(my, my)), determinantA);
    const logs = tf.add(tf.mul(tf.sub(n, 1), tf.log(determinant)), tf.log(determinantA));
    const halves = tf.add(tf.add(logs, trace), tf.mul(n, form));
    const term = tf.sub(tf.mul(n, -LOG_TWO_PI), tf.mul(0.5, halves));
    return tf.sum(tf.where(tf.greater(n, 0), term, tf.zerosLike(term)), 1);
  }
}

function pointsOf(batch: Batch<PointSets>): Float32Array {
  const points = new Float32Array(batch.ids.length * NUM_COORDINATES);
  for (const [b, row] of batch.ids.entries()) points.set(batch.observations.row(row), b * NUM_COORDINATES);
  return points;
}

/** [K * B, 7 labels, 7 points]: 1 where a point has a label, and 0 or -1e9 where a label is allowed or not. */
function assignments(tf: Tfjs, programs: Programs): { chosen: Tensor3D; mask: Tensor3D } {
  const count = programs.values.length;
  const chosen = new Float32Array(count * NUM_LOGITS);
  const mask = new Float32Array(count * NUM_LOGITS);
  for (const [i, program] of programs.values.entries()) {
    let used = 0;
    for (let j = 0; j < NUM_POINTS; j++) {
      for (let c = used + 1; c < NUM_POINTS; c++) mask[i * NUM_LOGITS + c * NUM_POINTS + j] = MASKED;
      const label = labelOf(program, j);
      chosen[i * NUM_LOGITS + label * NUM_POINTS + j] = 1;
      used = Math.max(used, label + 1);
    }
  }
  const shape: [number, number, number] = [count, NUM_POINTS, NUM_POINTS];
  return { chosen: tf.tensor3d(chosen, shape), mask: tf.tensor3d(mask, shape) };
}
