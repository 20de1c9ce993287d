// The recognition model q_phi(z_d, z_c | x): one network reads a picture into the four heads (heads.ts), from which any
// number of programs is drawn and scored. Source: scenes specification, section 7.

import { type Batch, emptyPrograms, type Programs, type Proposals, type Term } from "../../engine/model";
import type { Network } from "../../engine/nn/network";
import { CountedBlock } from "../../engine/optim/countedBlock";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { type HeadLayout, Heads } from "./heads";
import { picturesOf, type ScenePictures } from "./observations";

/** Gradient of log p_theta(z, x) with respect to z_c, weighted: [K, B, C]; and log p_theta(z, x) [K, B]. */
export type ValueGradient = (
  batch: Batch<ScenePictures>,
  programs: Programs,
  weight: Float64Array,
) => Promise<{ readonly gradient: Float64Array; readonly logJoint: Float64Array }>;

/** Where the random numbers of program i come from: one stream for all, or each its own. */
export type Draws = (index: number) => Rng;

export class Recogniser {
  readonly block: ParameterBlock;
  private readonly counted: CountedBlock;
  private readonly readings = new WeakMap<Batch<ScenePictures>, { version: number; heads: Heads }>();
  /** The batch whose activations the network holds, if it fitted into one call. */
  private held: { batch: Batch<ScenePictures>; version: number } | null = null;

  constructor(
    private readonly network: Network,
    readonly layout: HeadLayout,
    /** Of gradients that go to the network; tests of gradients put double precision in its place. */
    private readonly Floats: new (length: number) => Float32Array = Float32Array,
  ) {
    this.counted = new CountedBlock(network.block);
    this.block = this.counted;
  }

  /** The heads of a batch: its pictures are read once, until phi moves. */
  async read(batch: Batch<ScenePictures>): Promise<Heads> {
    const { version } = this.counted;
    const known = this.readings.get(batch);
    if (known?.version === version) return known.heads;
    const { capacity } = this.network;
    const count = batch.ids.length;
    const outputs = new Float64Array(count * this.layout.width);
    for (let from = 0; from < count; from += capacity) {
      outputs.set(await this.forwardRows(batch, from, Math.min(count, from + capacity)), from * this.layout.width);
    }
    const heads = new Heads(this.layout, outputs);
    this.readings.set(batch, { version, heads });
    return heads;
  }

  /** Rows `from` to `to` of a batch through the network: [to - from, width]. */
  private forwardRows(batch: Batch<ScenePictures>, from: number, to: number): Promise<Float32Array> {
    const isWhole = from === 0 && to === batch.ids.length;
    this.held = isWhole ? { batch, version: this.counted.version } : null;
    const { inputSize } = this.network;
    return this.network.forward(picturesOf(batch).subarray(from * inputSize, to * inputSize), to - from);
  }

  /** Both parts of K programs per picture, or with `isDiscrete` the discrete parts alone; logQ is of what was drawn. */
  async propose(batch: Batch<ScenePictures>, count: number, rng: Rng, isDiscrete = false): Promise<Proposals> {
    const heads = await this.read(batch);
    const batchSize = batch.ids.length;
    const { places } = this.layout;
    const programs = emptyPrograms(count, batchSize, places);
    const discrete = rng.fork("discrete");
    const logQ = Float64Array.from({ length: count * batchSize }, (_, i) =>
      heads.drawDiscrete(i % batchSize, discrete, programs.values, i * places),
    );
    if (isDiscrete) return { programs, logQ };
    const continuous = rng.fork("continuous");
    const both = await this.drawContinuous(batch, programs, () => continuous);
    return { programs: both.programs, logQ: logQ.map((value, i) => value + both.logQ[i]!) };
  }

  /** Raw locations of q(z_c | z_d, x) for programs [N, B]; logQ is log q(z_c | z_d, x), -Infinity for those left out. */
  async drawContinuous(
    batch: Batch<ScenePictures>,
    programs: Programs,
    draws: Draws,
    isWanted: (index: number) => boolean = () => true,
  ): Promise<Proposals> {
    const heads = await this.read(batch);
    const { places } = this.layout;
    const continuous = new Float64Array(programs.values.length);
    const logQ = new Float64Array(programs.values.length / places).fill(-Infinity);
    for (let i = 0; i < logQ.length; i++) {
      if (!isWanted(i)) continue;
      logQ[i] = heads.drawContinuous(i % programs.batchSize, draws(i), programs.values, continuous, i * places);
    }
    return { programs: { ...programs, continuous }, logQ };
  }

  /** [K, B] log q(z | x), nats: of both parts, or of the discrete one where the programs have no other. */
  async logQ(batch: Batch<ScenePictures>, { values, continuous, batchSize }: Programs): Promise<Float64Array> {
    const heads = await this.read(batch);
    const { places } = this.layout;
    return Float64Array.from({ length: values.length / places }, (_, i) => {
      const discrete = heads.logDiscrete(i % batchSize, values, i * places);
      return continuous ? discrete + heads.logContinuous(i % batchSize, values, continuous, i * places) : discrete;
    });
  }

  /**
   * Adds the gradients of phi terms to the block: terms that share a batch share one backward pass. Batches go in the order
   * of the terms, whatever the network holds, so that sums round alike however the step was reached; algorithms put the
   * batch that they proposed for first, and its activations are still there.
   *
   * @returns per term its value, nats
   */
  async accumulate(terms: readonly Term<ScenePictures>[], valueGradient: ValueGradient): Promise<number[]> {
    const values = new Map<Term<ScenePictures>, number>();
    for (const batch of new Set(terms.map((term) => term.batch))) {
      const heads = await this.read(batch);
      const gradient = new Float64Array(batch.ids.length * this.layout.width);
      for (const term of terms) {
        if (term.batch !== batch) continue;
        const value = term.isPathwise
          ? await this.addPathwise(term, heads, gradient, valueGradient)
          : this.addTerm(term, heads, gradient);
        values.set(term, value);
      }
      await this.backward(batch, gradient);
    }
    return terms.map((term) => values.get(term)!);
  }

  private addTerm(
    { programs, coefficient, factor }: Term<ScenePictures>,
    heads: Heads,
    gradient: Float64Array,
  ): number {
    const { values, continuous: raw, batchSize } = programs;
    let value = 0;
    for (const [i, own] of coefficient.entries()) {
      if (own === 0) continue;
      const b = i % batchSize;
      const at = i * this.layout.places;
      const weight = own / batchSize;
      if (factor !== "continuous") {
        heads.addDiscrete(b, values, at, weight, gradient);
        value += weight * heads.logDiscrete(b, values, at);
      }
      if (factor !== "discrete" && raw) {
        heads.addContinuous(b, { values, raw, at }, weight, gradient);
        value += weight * heads.logContinuous(b, values, raw, at);
      }
    }
    return value;
  }

  private async addPathwise(
    { batch, programs, coefficient }: Term<ScenePictures>,
    heads: Heads,
    gradient: Float64Array,
    valueGradient: ValueGradient,
  ): Promise<number> {
    const { values, continuous, batchSize } = programs;
    const raw = continuous!;
    const weight = coefficient.map((own) => own / batchSize);
    const { gradient: toRaw, logJoint } = await valueGradient(batch, programs, weight);
    let value = 0;
    for (const [i, own] of weight.entries()) {
      if (own === 0) continue;
      const b = i % batchSize;
      const at = i * this.layout.places;
      heads.addPathwise(b, { values, raw, at }, toRaw, own, gradient);
      value += own * (logJoint[i]! - heads.logContinuous(b, values, raw, at));
    }
    return value;
  }

  /** Descends: what reaches the network is minus the gradient. */
  private async backward(batch: Batch<ScenePictures>, gradient: Float64Array): Promise<void> {
    const descent = new this.Floats(gradient.length);
    for (const [i, value] of gradient.entries()) descent[i] = -value;
    if (this.held?.batch === batch && this.held.version === this.counted.version) {
      await this.network.backward(descent);
      return;
    }
    const { capacity } = this.network;
    const { width } = this.layout;
    for (let from = 0; from < batch.ids.length; from += capacity) {
      const to = Math.min(batch.ids.length, from + capacity);
      await this.forwardRows(batch, from, to);
      await this.network.backward(descent.subarray(from * width, to * width));
    }
  }

  dispose(): void {
    this.network.dispose();
  }
}
