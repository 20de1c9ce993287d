// The recognition model q_phi(z | x): convolutions read a picture into an embedding, an LSTM that sees it at every step
// writes the program. Source: MWS specification, section 3.5.

import { type Batch, emptyPrograms, type Programs, type Proposals, type Term } from "../../engine/model";
import type { FactorSequence } from "../../engine/nn/factorSequence";
import type { LayerSpec, Network, NetworkSpec } from "../../engine/nn/network";
import { CountedBlock } from "../../engine/optim/countedBlock";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { type Images, NUM_ALPHABETS, SIDE } from "./images";
import { factorLanes, gatherLanes, lanesOf, packFactors, spreadLanes } from "./lanes";
import type { NetworkSize } from "./options";
import { NUM_TOKENS } from "./program";

/** The encoder: 28 -> 30 -> 14 -> 14 -> 6 -> 4 -> 2 -> 1, channels as given. */
export function encoderSpec({ channels }: Pick<NetworkSize, "channels">): NetworkSpec {
  const conv = (padding: number, count: number): LayerSpec => ({
    kind: "conv",
    kernel: [3, 3],
    stride: 1,
    padding: [padding, padding],
    channels: count,
    activation: "relu",
  });
  const pool = (window: number): LayerSpec => ({ kind: "maxPool", window, stride: 2 });
  const [first, second, third, fourth] = channels;
  return {
    name: "stroke encoder",
    input: [SIDE, SIDE, 1],
    layers: [conv(2, first), pool(3), conv(1, second), pool(3), conv(0, third), conv(0, fourth), pool(2)],
  };
}

export class Recogniser {
  readonly blocks: readonly ParameterBlock[];
  private readonly encoder: Network;
  private readonly encoderBlock: CountedBlock;
  private readonly writer: FactorSequence;
  private readonly input: Float32Array;
  private readonly contexts = new WeakMap<Batch<Images>, { version: number; context: Float32Array }>();
  /** The batch whose activations the encoder holds, if it fitted into one call. */
  private held: { batch: Batch<Images>; version: number } | null = null;

  constructor(encoder: Network, writer: FactorSequence) {
    this.encoder = encoder;
    this.writer = writer;
    this.encoderBlock = new CountedBlock(encoder.block);
    this.blocks = [this.encoderBlock, writer.block];
    this.input = new Float32Array(encoder.capacity * encoder.inputSize);
  }

  /** Rows `from` to `to` of a batch through the encoder: [to - from, E]. */
  private async forwardRows(batch: Batch<Images>, from: number, to: number): Promise<Float32Array> {
    const { pixels } = batch.observations;
    const area = this.encoder.inputSize;
    for (let b = from; b < to; b++) {
      this.input.set(pixels.subarray(batch.ids[b]! * area, (batch.ids[b]! + 1) * area), (b - from) * area);
    }
    const isWhole = from === 0 && to === batch.ids.length;
    this.held = isWhole ? { batch, version: this.encoderBlock.version } : null;
    return this.encoder.forward(this.input, to - from);
  }

  /** [B, C] what the writer sees of a batch: embeddings, then the alphabet where it is told. Once per batch and phi. */
  private async contextOf(batch: Batch<Images>): Promise<Float32Array> {
    const { version } = this.encoderBlock;
    const known = this.contexts.get(batch);
    if (known?.version === version) return known.context;
    const { capacity, outputSize } = this.encoder;
    const width = this.writer.spec.context;
    const context = new Float32Array(batch.ids.length * width);
    for (let from = 0; from < batch.ids.length; from += capacity) {
      const to = Math.min(batch.ids.length, from + capacity);
      const embedding = await this.forwardRows(batch, from, to);
      for (let b = from; b < to; b++) {
        context.set(embedding.subarray((b - from) * outputSize, (b - from + 1) * outputSize), b * width);
        if (width > outputSize) context[b * width + outputSize + batch.observations.alphabets[batch.ids[b]!]!] = 1;
      }
    }
    this.contexts.set(batch, { version, context });
    return context;
  }

  /** K programs per picture; the pictures are read once. */
  async propose(batch: Batch<Images>, numParticles: number, rng: Rng): Promise<Proposals> {
    const batchSize = batch.ids.length;
    const context = await this.contextOf(batch);
    const groups = Int32Array.from({ length: numParticles * batchSize }, (_, i) => i % batchSize);
    const { tokens, logProb } = await this.writer.sample(context, groups, rng);
    const programs: Programs = { ...emptyPrograms(numParticles, batchSize, NUM_TOKENS), values: packFactors(tokens) };
    return { programs, logQ: logProb };
  }

  /** [K, B] log q(z | x), nats. */
  async logQ(batch: Batch<Images>, programs: Programs): Promise<Float64Array> {
    const context = await this.contextOf(batch);
    const lanes = lanesOf(programs, (row) => row);
    return spreadLanes(lanes, await this.writer.logProb(context, factorLanes(lanes)));
  }

  /**
   * Adds the gradients of phi terms to the blocks: terms that share a batch share one backward pass through the encoder.
   * Batches go in the order of the terms, whatever the encoder holds, so that sums round alike however the step was
   * reached; algorithms put the batch that they proposed for first, and its activations are still there.
   *
   * @returns per term its value, nats
   */
  async accumulate(terms: readonly Term<Images>[]): Promise<number[]> {
    const values = new Map<Term<Images>, number>();
    for (const batch of new Set(terms.map((term) => term.batch))) {
      const context = await this.contextOf(batch);
      const gradient = new Float32Array(batch.ids.length * this.encoder.outputSize);
      for (const term of terms) {
        if (term.batch === batch) values.set(term, await this.addTerm(term, context, gradient));
      }
      await this.backward(batch, gradient);
    }
    return terms.map((term) => values.get(term)!);
  }

  /** Adds a term's gradient to the writer's block and, for the embeddings, to `gradient` [B, E]; returns its value. */
  private async addTerm(term: Term<Images>, context: Float32Array, gradient: Float32Array): Promise<number> {
    const { programs, coefficient } = term;
    const lanes = lanesOf(
      programs,
      (row) => row,
      (i) => coefficient[i] !== 0,
    );
    const share = gatherLanes(
      lanes,
      coefficient.map((value) => value / programs.batchSize),
    );
    const { logProb, contextGradient } = await this.writer.accumulate(context, factorLanes(lanes), share);
    const { outputSize } = this.encoder;
    const width = this.writer.spec.context;
    for (let i = 0; i < gradient.length; i++) {
      const row = Math.floor(i / outputSize);
      gradient[i] = gradient[i]! + contextGradient![row * width + (i % outputSize)]!;
    }
    return share.reduce((sum, w, lane) => (w === 0 ? sum : sum + w * logProb[lane]!), 0);
  }

  private async backward(batch: Batch<Images>, gradient: Float32Array): Promise<void> {
    if (this.held?.batch === batch && this.held.version === this.encoderBlock.version) {
      await this.encoder.backward(gradient);
      return;
    }
    const { capacity, outputSize } = this.encoder;
    for (let from = 0; from < batch.ids.length; from += capacity) {
      const to = Math.min(batch.ids.length, from + capacity);
      await this.forwardRows(batch, from, to);
      await this.encoder.backward(gradient.subarray(from * outputSize, to * outputSize));
    }
  }

  dispose(): void {
    this.encoder.dispose();
    this.writer.dispose();
  }
}

/** Numbers that the writer sees at every step beside the token before. */
export const contextSize = ({ channels }: Pick<NetworkSize, "channels">, isConditional: boolean): number =>
  channels[3] + (isConditional ? NUM_ALPHABETS : 0);
