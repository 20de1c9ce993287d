// The recognition model q_phi(z | x): a network that reads a picture and gives each rule bit a probability.
// Source: automata specification, section 4. One forward pass per batch serves sampling, scoring and gradients.

import type { BackendName } from "../../engine/backend";
import { type Batch, emptyPrograms, type Programs, type Proposals, type Term } from "../../engine/model";
import { createNetwork } from "../../engine/nn/createNetwork";
import type { LayerSpec, Network, NetworkSpec } from "../../engine/nn/network";
import { CountedBlock } from "../../engine/optim/countedBlock";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { type BitLawOptions, type BitTables, bitTables } from "./bitLaw";
import type { PictureSize } from "./generative";
import { numBits } from "./grid";
import type { Pictures } from "./observations";

/** Largest batch of one call of the network. */
const MOST_ROWS = 64;

/** Layers of the generic network: three strided convolutions, pooling to at most 4 by 4, 128 hidden units. */
function genericLayers(size: PictureSize): LayerSpec[] {
  const conv = (kernel: number, channels: number): LayerSpec => {
    const pad = kernel >> 1;
    return { kind: "conv", kernel: [kernel, kernel], stride: 2, padding: [pad, pad], channels, activation: "relu" };
  };
  return [
    conv(5, 16),
    conv(3, 32),
    conv(3, 64),
    { kind: "averagePool", grid: [poolSide(size.height), poolSide(size.width)] },
    { kind: "dense", units: 128, activation: "relu" },
  ];
}

/** Cells of the pooled grid along a side: 4 where the side after three strides is a multiple of 4, else fewer. */
function poolSide(side: number): number {
  const left = Math.ceil(side / 8);
  return [4, 3, 2].find((grid) => left % grid === 0) ?? 1;
}

/** Layers of the aligned network: local detectors of k rows by 2 columns, averaged over the picture. */
function alignedLayers(size: PictureSize): LayerSpec[] {
  const detector = { kind: "conv", stride: 1, channels: 64, activation: "relu" } as const;
  return [
    { ...detector, kernel: [size.neighbours, 2], padding: [size.neighbours >> 1, 0] },
    { ...detector, kernel: [1, 1], padding: [0, 0] },
    { kind: "averagePool", grid: [1, 1] },
  ];
}

/** The network of the recognition model: input [height, width, 1] of x - 1/2, output 2^k logits. */
export function networkSpec(kind: "generic" | "aligned", size: PictureSize): NetworkSpec {
  const layers = kind === "aligned" ? alignedLayers(size) : genericLayers(size);
  return {
    name: `automata ${kind}`,
    input: [size.height, size.width, 1],
    layers: [...layers, { kind: "dense", units: numBits(size.neighbours), activation: "none" }],
  };
}

export class Recogniser {
  readonly block: ParameterBlock;
  private readonly counted: CountedBlock;
  private readonly network: Network;
  private readonly law: BitLawOptions;
  private readonly bits: number;
  private readonly input: Float32Array;
  private readonly cache = new WeakMap<Batch<Pictures>, { version: number; tables: BitTables }>();
  /** The batch whose activations the network holds, if it fitted into one call. */
  private held: { batch: Batch<Pictures>; version: number } | null = null;

  constructor(network: Network, law: BitLawOptions) {
    this.network = network;
    this.law = law;
    this.bits = network.outputSize;
    this.input = new Float32Array(network.capacity * network.inputSize);
    this.counted = new CountedBlock(network.block);
    this.block = this.counted;
  }

  /** Rows `from`..`to` of a batch through the network: raw logits [to - from, 2^k]. */
  private async forwardRows(batch: Batch<Pictures>, from: number, to: number): Promise<Float32Array> {
    const { pixels } = batch.observations;
    const area = this.network.inputSize;
    for (let b = from; b < to; b++) {
      const source = batch.ids[b]! * area;
      const target = (b - from) * area;
      for (let i = 0; i < area; i++) this.input[target + i] = pixels[source + i]! - 0.5;
    }
    const isWhole = from === 0 && to === batch.ids.length;
    this.held = isWhole ? { batch, version: this.counted.version } : null;
    return this.network.forward(this.input, to - from);
  }

  /** Bit probabilities of a batch under the current phi; computed once per batch and phi. */
  async tables(batch: Batch<Pictures>): Promise<BitTables> {
    const known = this.cache.get(batch);
    if (known && known.version === this.counted.version) return known.tables;
    const version = this.counted.version;
    const count = batch.ids.length;
    const logits = new Float32Array(count * this.bits);
    for (let from = 0; from < count; from += this.network.capacity) {
      const to = Math.min(count, from + this.network.capacity);
      logits.set(await this.forwardRows(batch, from, to), from * this.bits);
    }
    const tables = bitTables(logits, this.law);
    this.cache.set(batch, { version, tables });
    return tables;
  }

  /** K rules per picture, independent bits. */
  async propose(batch: Batch<Pictures>, numParticles: number, rng: Rng): Promise<Proposals> {
    const tables = await this.tables(batch);
    const batchSize = batch.ids.length;
    const programs = emptyPrograms(numParticles, batchSize, 1);
    for (let i = 0; i < programs.values.length; i++) {
      const at = (i % batchSize) * this.bits;
      let rule = 0;
      for (let bit = 0; bit < this.bits; bit++) if (rng.uniform() < tables.probability[at + bit]!) rule |= 1 << bit;
      programs.values[i] = rule;
    }
    return { programs, logQ: this.logQOf(tables, programs) };
  }

  /** [K, B] log q(z | x), nats. */
  async logQ(batch: Batch<Pictures>, programs: Programs): Promise<Float64Array> {
    return this.logQOf(await this.tables(batch), programs);
  }

  private logQOf({ logOn, logOff }: BitTables, programs: Programs): Float64Array {
    const out = new Float64Array(programs.values.length);
    for (let i = 0; i < out.length; i++) {
      const at = (i % programs.batchSize) * this.bits;
      const rule = programs.values[i]!;
      let sum = 0;
      for (let bit = 0; bit < this.bits; bit++) sum += (rule >>> bit) & 1 ? logOn[at + bit]! : logOff[at + bit]!;
      out[i] = sum;
    }
    return out;
  }

  /** Most probable rule of each picture of a batch, [B]. */
  async mostProbable(batch: Batch<Pictures>): Promise<Int32Array> {
    const { probability } = await this.tables(batch);
    return Int32Array.from(batch.ids, (_, b) => {
      let rule = 0;
      for (let bit = 0; bit < this.bits; bit++) if (probability[b * this.bits + bit]! > 0.5) rule |= 1 << bit;
      return rule;
    });
  }

  /**
   * Adds the gradients of phi terms to the block: terms that share a batch share one backward pass. Batches go in the
   * order of the terms, whatever the network holds, so that sums round alike however the step was reached; algorithms
   * put the batch that they proposed for first, and its activations are still there.
   *
   * @returns per term its value, nats
   */
  async accumulate(terms: readonly Term<Pictures>[]): Promise<number[]> {
    const batches = new Set(terms.map((term) => term.batch));
    const values = new Map<Term<Pictures>, number>();
    for (const batch of batches) {
      const tables = await this.tables(batch);
      const gradient = new Float64Array(batch.ids.length * this.bits);
      for (const term of terms) if (term.batch === batch) values.set(term, this.addTerm(term, tables, gradient));
      await this.backward(batch, Float32Array.from(gradient));
    }
    return terms.map((term) => values.get(term)!);
  }

  /** Adds minus the gradient of a term with respect to the raw logits [B, 2^k]; returns the term's value. */
  private addTerm({ programs, coefficient }: Term<Pictures>, tables: BitTables, gradient: Float64Array): number {
    const { batchSize } = programs;
    let value = 0;
    for (let i = 0; i < coefficient.length; i++) {
      const c = coefficient[i]! / batchSize;
      if (c === 0) continue;
      const at = (i % batchSize) * this.bits;
      const rule = programs.values[i]!;
      for (let bit = 0; bit < this.bits; bit++) {
        const j = at + bit;
        const isOn = (rule >>> bit) & 1;
        value += c * (isOn ? tables.logOn[j]! : tables.logOff[j]!);
        gradient[j] = gradient[j]! - c * (isOn ? tables.slopeOn[j]! : tables.slopeOff[j]!);
      }
    }
    return value;
  }

  private async backward(batch: Batch<Pictures>, gradient: Float32Array): Promise<void> {
    const count = batch.ids.length;
    if (this.held?.batch === batch && this.held.version === this.counted.version) {
      await this.network.backward(gradient);
      return;
    }
    for (let from = 0; from < count; from += this.network.capacity) {
      const to = Math.min(count, from + this.network.capacity);
      await this.forwardRows(batch, from, to);
      await this.network.backward(gradient.subarray(from * this.bits, to * this.bits));
    }
  }

  dispose(): void {
    this.network.dispose();
  }
}

/** Builds the recognition model of a run. `batchSize` is the run's; larger batches go through in parts. */
export async function createRecogniser(
  kind: "generic" | "aligned",
  size: PictureSize,
  law: BitLawOptions,
  build: { readonly backend: BackendName; readonly rng: Rng; readonly batchSize: number },
): Promise<Recogniser> {
  const capacity = Math.min(MOST_ROWS, Math.max(20, build.batchSize));
  return new Recogniser(await createNetwork(networkSpec(kind, size), build.backend, build.rng, capacity), law);
}
