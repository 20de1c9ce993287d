// The generative model p_theta(z, x): a prior over rules and the noise level phi = sigmoid(a) / 2, initial a = 0.
// Source: automata specification, sections 1 and 2. Everything here is float64 and works on counts.

import { logSumExpOverParticles, sigmoid, softplus } from "../../engine/dists/logs";
import type { Batch, Programs, Term } from "../../engine/model";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import { PlainBlock } from "../../engine/optim/plainBlock";
import type { Rng } from "../../engine/rng/rng";
import { growInPlace } from "./extrapolate";
import { randomColumn } from "./generate";
import type { Boundary, Neighbours } from "./grid";
import { numBits } from "./grid";
import { logMarginal, mismatches, posteriorBits } from "./likelihood";
import { Pictures } from "./observations";
import type { RulePrior } from "./rulePrior";

export type PictureSize = Pick<Pictures, "height" | "width" | "neighbours">;

/** Rules up to which a dependent prior is enumerated. */
const MOST_RULES = 256;

export class GenerativeModel {
  readonly blocks: readonly ParameterBlock[];
  readonly prior: RulePrior;
  private readonly noise = new PlainBlock("theta.noise", "theta", [0]);
  private readonly size: PictureSize;
  private readonly boundary: Boundary;

  constructor(size: PictureSize, boundary: Boundary, prior: RulePrior) {
    this.size = size;
    this.boundary = boundary;
    this.prior = prior;
    this.blocks = [this.noise, ...prior.blocks];
  }

  get neighbours(): Neighbours {
    return this.size.neighbours;
  }

  /** phi, the learned share of flipped cells, in (0, 1/2). */
  get phi(): number {
    return sigmoid(this.noise.values[0]!) / 2;
  }

  /** log phi and log(1 - phi), without cancellation. */
  private logs(): { wrong: number; right: number } {
    return { wrong: -softplus(-this.noise.values[0]!) - Math.LN2, right: Math.log1p(-this.phi) };
  }

  /** [K, B] log p(x | z), nats. */
  logLikelihood(batch: Batch<Pictures>, programs: Programs): Float64Array {
    const { counts, transitions, height, neighbours } = batch.observations;
    const bits = numBits(neighbours);
    const { wrong, right } = this.logs();
    const first = -height * Math.LN2;
    const batchSize = batch.ids.length;
    const out = new Float64Array(programs.numParticles * batchSize);
    for (let i = 0; i < out.length; i++) {
      const m = mismatches(counts, 2 * bits * batch.ids[i % batchSize]!, bits, programs.values[i]!);
      out[i] = first + m * wrong + (transitions - m) * right;
    }
    return out;
  }

  /** Adds the gradient of a theta term to the blocks; returns the term's value, nats. */
  accumulate(term: Term<Pictures>): number {
    const { batch, programs, coefficient } = term;
    const { counts, transitions, neighbours, height } = batch.observations;
    const bits = numBits(neighbours);
    const batchSize = batch.ids.length;
    const { wrong, right } = this.logs();
    const logPrior = this.prior.logProb(programs.values);
    const weight = new Float64Array(coefficient.length);
    const phi = this.phi;
    let value = 0;
    let slope = 0;
    for (let i = 0; i < coefficient.length; i++) {
      const c = coefficient[i]! / batchSize;
      if (c === 0) continue;
      weight[i] = c;
      const m = mismatches(counts, 2 * bits * batch.ids[i % batchSize]!, bits, programs.values[i]!);
      value += c * (logPrior[i]! - height * Math.LN2 + m * wrong + (transitions - m) * right);
      // d log p / d a = (m / phi - (T - m) / (1 - phi)) * phi (1 - 2 phi)
      slope += c * (1 - 2 * phi) * (m - ((transitions - m) * phi) / (1 - phi));
    }
    this.noise.gradient[0] = this.noise.gradient[0]! - slope;
    this.prior.accumulate(programs.values, weight);
    return value;
  }

  /** Pairs (z, x) at the current theta: rules from the prior, a uniform first column, noise phi. */
  dream(count: number, rng: Rng): { rules: Int32Array; pictures: Pictures } {
    const rules = this.prior.sample(count, rng.fork("rules"));
    return { rules, pictures: this.grow(rules, rng.fork("cells"), null) };
  }

  /**
   * Pictures that the given rules grow at the present noise.
   *
   * @param like first column and boundary of all of them; null for uniform first columns and the run's boundary
   */
  grow(
    rules: Int32Array,
    cells: Rng,
    like: { readonly first: Uint8Array; readonly boundary: Boundary } | null,
  ): Pictures {
    const { height, width, neighbours } = this.size;
    const count = rules.length;
    const pixels = new Uint8Array(count * height * width);
    const column = new Uint8Array(height);
    const boundary = like?.boundary ?? this.boundary;
    const phi = this.phi;
    for (let n = 0; n < count; n++) {
      const from = n * height * width;
      const first = like?.first ?? randomColumn(height, cells, column);
      for (let y = 0; y < height; y++) pixels[from + y * width] = first[y]!;
      growInPlace(pixels, from, this.size, { rule: rules[n]!, neighbours, boundary }, phi, cells);
    }
    const isWrapped = new Uint8Array(count).fill(boundary === "wrap" ? 1 : 0);
    return new Pictures(this.size, pixels, isWrapped);
  }

  /** [B] exact log p(x), nats: closed form for independent bits, all 256 rules else; null if neither is possible. */
  exactLogPx(batch: Batch<Pictures>): Float64Array | null {
    const { counts, height, neighbours } = batch.observations;
    const bits = numBits(neighbours);
    const logits = this.prior.bitLogits();
    if (logits) {
      return Float64Array.from(batch.ids, (row) =>
        logMarginal({ counts, from: 2 * bits * row, bits, height }, this.phi, logits),
      );
    }
    if (2 ** bits > MOST_RULES) return null;
    return this.enumerate(batch, 2 ** bits);
  }

  /** [B] the most probable rule of each picture under independent prior bits; null for other priors. */
  bestRules(batch: Batch<Pictures>): Int32Array | null {
    const { counts, height, neighbours } = batch.observations;
    const bits = numBits(neighbours);
    const logits = this.prior.bitLogits();
    if (!logits) return null;
    return Int32Array.from(batch.ids, (row) => {
      const posterior = posteriorBits({ counts, from: 2 * bits * row, bits, height }, this.phi, logits);
      return posterior.reduce((rule, p, bit) => (p > 0.5 ? rule | (1 << bit) : rule), 0);
    });
  }

  /** [B] log sum over all `numRules` rules of p(z, x), nats. */
  enumerate(batch: Batch<Pictures>, numRules: number): Float64Array {
    const batchSize = batch.ids.length;
    const rules = Int32Array.from({ length: numRules }, (_, z) => z);
    const logPrior = this.prior.logProb(rules);
    const values = Int32Array.from({ length: numRules * batchSize }, (_, i) => Math.floor(i / batchSize));
    const programs: Programs = { values, numParticles: numRules, batchSize, length: 1 };
    const logLikelihood = this.logLikelihood(batch, programs);
    const joint = logLikelihood.map((value, i) => value + logPrior[Math.floor(i / batchSize)]!);
    return logSumExpOverParticles(joint, numRules, batchSize);
  }
}
