// The generative model p_theta(z, x): a small LSTM prior over programs, and the renderer with its learned bank of strokes.
// Source: MWS specification, sections 3.2 to 3.5.

import type { StrokeLanes, StrokeRenderer } from "../../engine/kernels/strokes/renderer";
import type { Batch, Programs, Term } from "../../engine/model";
import type { FactorSequence } from "../../engine/nn/factorSequence";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { type Images, NUM_ALPHABETS, pixelsOf } from "./images";
import { factorLanes, gatherLanes, lanesOf, packFactors, spreadLanes } from "./lanes";
import { NUM_TOKENS } from "./program";

export class GenerativeModel {
  readonly blocks: readonly ParameterBlock[];
  readonly prior: FactorSequence;
  readonly renderer: StrokeRenderer;
  /** [50, 50] row a is alphabet a; null where the prior is not told. */
  private readonly alphabets: Float32Array | null;

  constructor(prior: FactorSequence, renderer: StrokeRenderer) {
    this.prior = prior;
    this.renderer = renderer;
    this.blocks = [prior.block, renderer.block];
    this.alphabets = prior.spec.context > 0 ? oneHots(NUM_ALPHABETS) : null;
  }

  /** The prior's group of each batch row: its alphabet, or null where it knows none. */
  private groupOf({ observations, ids }: Batch<Images>): ((row: number) => number) | null {
    return this.alphabets ? (row) => observations.alphabets[ids[row]!]! : null;
  }

  /** [K, B] log p_theta(z), nats. */
  async logPrior(batch: Batch<Images>, programs: Programs): Promise<Float64Array> {
    const lanes = lanesOf(programs, this.groupOf(batch));
    return spreadLanes(lanes, await this.prior.logProb(this.alphabets, factorLanes(lanes)));
  }

  /** [K, B] log p_theta(x | z), nats. */
  async logLikelihood(batch: Batch<Images>, programs: Programs): Promise<Float64Array> {
    return this.renderer.logLikelihood(strokeLanes(programs), pixelsOf(batch));
  }

  /** Adds the gradient of a theta term to the blocks; returns the term's value, nats. */
  async accumulate({ batch, programs, coefficient }: Term<Images>): Promise<number> {
    const share = coefficient.map((value) => value / batch.ids.length);
    const written = lanesOf(programs, this.groupOf(batch), (i) => coefficient[i] !== 0);
    const priorShare = gatherLanes(written, share);
    const { logProb } = await this.prior.accumulate(this.alphabets, factorLanes(written), priorShare);
    const logLikelihood = await this.renderer.accumulate(strokeLanes(programs), pixelsOf(batch), share);
    return weightedSum(priorShare, logProb) + weightedSum(share, logLikelihood);
  }

  /**
   * Programs of the prior, [1, B, A] with B = alphabets.length.
   *
   * @param alphabets [B]; only the alphabet-conditional prior looks at them
   */
  async samplePrograms(alphabets: Int32Array, rng: Rng): Promise<Programs> {
    const { tokens } = await this.prior.sample(this.alphabets, alphabets, rng);
    return { values: packFactors(tokens), numParticles: 1, batchSize: alphabets.length, length: NUM_TOKENS };
  }

  /** One picture per program of [1, C, A]: a transform, then pixels. */
  async samplePictures(programs: Programs, alphabets: Int32Array, rng: Rng): Promise<Images> {
    const pixels = await this.renderer.sample(programs.values, rng);
    return { count: programs.batchSize, pixels, alphabets };
  }

  dispose(): void {
    this.prior.dispose();
    this.renderer.dispose();
  }
}

/** Every program with the picture of its row; the renderer draws equal ones once. */
function strokeLanes({ values, numParticles, batchSize }: Programs): StrokeLanes {
  return { tokens: values, groups: Int32Array.from({ length: numParticles * batchSize }, (_, i) => i % batchSize) };
}

function weightedSum(weight: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (const [i, w] of weight.entries()) if (w !== 0) sum += w * values[i]!;
  return sum;
}

/** [n, n] the identity. */
export function oneHots(n: number): Float32Array {
  const out = new Float32Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}
