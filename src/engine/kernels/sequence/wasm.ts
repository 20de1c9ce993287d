// The sequence network on the wasm kernels. Calls are split into chunks of groups and of lanes, so that memory is bounded
// however many there are; what was read is kept while the parameters stand still.

import { distinctLanes } from "../../nn/distinctLanes";
import type { Lanes, SequenceNetwork, SequenceSpec, Texts } from "../../nn/sequence";
import type { SequencePlan } from "../../nn/sequencePlan";
import type { Rng } from "../../rng/rng";
import { allocate } from "../assembly/jobs";
import { instantiateKernels, type Kernels, type WasmBuild } from "../assembly/module";
import { requireHeld } from "../network/calls";
import type { WasmBlock } from "../network/wasmBlock";
import { paddedTo8 } from "../network/wasmTensor";
import { allowedLength, requireAllowed, requireGroups, requireLanes } from "./calls";
import { Arena } from "./wasmArena";
import { type Chunk, type ChunkLimits, planChunks } from "./wasmChunks";
import { Parameters } from "./wasmParameters";
import { type Reading, type ReadingGradient, WasmReader } from "./wasmReader";
import { WasmSampler } from "./wasmSampler";
import { WasmWriter } from "./wasmWriter";

/** Floats of working memory that one chunk of texts, and one of lanes, may take. */
const CHUNK_FLOATS = 3 << 20;

/**
 * A sequence network in a wasm instance of its own.
 *
 * @param block name, group and first weights [parameterCount] of the network's parameter block
 * @param build which build of the kernels; the best one of this machine when absent
 * @param limits how much one chunk may hold: bounds the working memory, not the result
 */
export async function createWasmSequence(
  spec: SequenceSpec,
  plan: SequencePlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  build?: WasmBuild,
  limits = chunkLimits(spec),
): Promise<WasmSequence> {
  const network = new WasmSequence(await instantiateKernels(build), spec, plan, block, limits);
  network.block.setValues(block.initial);
  return network;
}

/** What a network that was not disposed has. */
type Held = {
  readonly kernels: Kernels;
  readonly parameters: Parameters;
  readonly arena: Arena;
  readonly reader: WasmReader | null;
  readonly writer: WasmWriter;
  readonly sampler: WasmSampler;
  readonly limits: ChunkLimits;
};

/** What was read last; it stands at the bottom of the arena. */
type Kept = { readonly reading: Reading; readonly top: number; hasGates: boolean };

export class WasmSequence implements SequenceNetwork {
  readonly spec: SequenceSpec;
  readonly block: WasmBlock;
  private held: Held | null;
  private readonly bottom: number;
  private kept: Kept | null = null;

  constructor(
    kernels: Kernels,
    spec: SequenceSpec,
    plan: SequencePlan,
    block: { readonly name: string; readonly group: "theta" | "phi" },
    limits: ChunkLimits,
  ) {
    this.spec = spec;
    this.held = hold(kernels, spec, plan, block, limits);
    this.block = this.held.parameters.block;
    this.bottom = this.held.arena.mark();
  }

  async sample(texts: Texts | null, groups: Int32Array, rng: Rng) {
    requireGroups(this.spec, texts, groups);
    const { maxLength, end } = this.spec.grammar;
    const tokens = new Int32Array(groups.length * maxLength).fill(end);
    const drawn = { tokens, logProb: new Float64Array(groups.length) };
    const { arena, sampler, limits } = this.prepare();
    const order = Int32Array.from(groups.keys());
    if (this.spec.reader) order.sort((a, b) => groups[a]! - groups[b]! || a - b);
    const sorted = order.map((lane) => groups[lane]!);
    for (const chunk of planChunks(this.textsOf(texts), sorted, () => 1, limits)) {
      const reading = this.readingOf(texts, chunk, false);
      const mark = arena.mark();
      for (const { from, to, rows } of chunk.lanes) {
        sampler.draw(order.subarray(from, to), groups, reading, rows, rng, drawn);
        arena.release(mark);
      }
    }
    return drawn;
  }

  async logProb(texts: Texts | null, lanes: Lanes): Promise<Float64Array> {
    requireLanes(this.spec, lanes);
    requireGroups(this.spec, texts, lanes.groups);
    const { grammar } = this.spec;
    return this.score(texts, lanes, (lane) => allowedLength(grammar, lanes.tokens, lane) > 0, null);
  }

  async accumulate(texts: Texts | null, lanes: Lanes, coefficient: Float64Array): Promise<Float64Array> {
    requireLanes(this.spec, lanes, coefficient);
    requireGroups(this.spec, texts, lanes.groups);
    for (const [lane, factor] of coefficient.entries()) {
      if (factor !== 0) requireAllowed(this.spec, lane, allowedLength(this.spec.grammar, lanes.tokens, lane));
    }
    return this.score(texts, lanes, (lane) => coefficient[lane] !== 0, coefficient);
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.held = null;
    this.kept = null;
    this.block.dispose();
  }

  /** Bytes of the instance's memory: grows with the largest call, not with their number. */
  get memoryBytes(): number {
    return requireHeld(this.held, this.spec.name).kernels.memory.buffer.byteLength;
  }

  /** Each distinct lane that is kept is computed once. With `coefficient` gradients are added, too. */
  private score(
    texts: Texts | null,
    lanes: Lanes,
    isKept: (lane: number) => boolean,
    coefficient: Float64Array | null,
  ): Float64Array {
    const { parameters, arena, reader, writer, limits } = this.prepare();
    const { grammar } = this.spec;
    const { tokens, groups, index } = distinctLanes(lanes, grammar.maxLength, reader !== null, isKept);
    const lengths = groups.map((_, lane) => allowedLength(grammar, tokens, lane));
    const factors = coefficient && sumByLane(coefficient, index, groups.length);
    if (factors) parameters.openGradient();
    const logProb = new Float64Array(groups.length);
    for (const chunk of planChunks(this.textsOf(texts), groups, (lane) => lengths[lane]!, limits)) {
      const reading = this.readingOf(texts, chunk, factors !== null);
      const gradient = (factors && reading && reader?.openGradient(reading)) ?? null;
      const training = factors && { factors, reading: gradient };
      const mark = arena.mark();
      for (const { from, to } of chunk.lanes) {
        logProb.set(writer.score({ tokens, groups, lengths }, from, to, reading, training), from);
        arena.release(mark);
      }
      if (reading && gradient) this.readBackward(reading, gradient);
    }
    const missing = coefficient ? 0 : Number.NEGATIVE_INFINITY;
    return Float64Array.from(index, (at) => (at < 0 ? missing : logProb[at]!));
  }

  /** Packs what has changed and frees the working memory of the call before. */
  private prepare(): Held {
    const held = requireHeld(this.held, this.spec.name);
    if (this.block.takeMoved()) {
      held.reader?.pack();
      held.writer.pack();
      this.kept = null;
    }
    held.arena.release(this.kept?.top ?? this.bottom);
    return held;
  }

  private textsOf(texts: Texts | null): Texts | null {
    return this.spec.reader ? texts : null;
  }

  /** The chunk's texts, read now unless they were read before with these parameters. */
  private readingOf(texts: Texts | null, { from, to }: Chunk, isTraining: boolean): Reading | null {
    const { arena, reader } = requireHeld(this.held, this.spec.name);
    if (reader === null || texts === null) return null;
    const reading = this.kept?.reading;
    const isSame = reading?.texts === texts && reading.from === from && reading.to === to;
    if (!this.kept || !isSame || (isTraining && !this.kept.hasGates)) {
      arena.release(this.bottom);
      const fresh = reader.read(texts, from, to);
      this.kept = { reading: fresh, top: arena.mark(), hasGates: true };
    }
    arena.release(this.kept.top);
    return this.kept.reading;
  }

  private readBackward(reading: Reading, gradient: ReadingGradient): void {
    requireHeld(this.held, this.spec.name).reader?.backward(reading, gradient);
    if (this.kept) this.kept.hasGates = false;
  }
}

function hold(
  kernels: Kernels,
  spec: SequenceSpec,
  plan: SequencePlan,
  block: { readonly name: string; readonly group: "theta" | "phi" },
  limits: ChunkLimits,
): Held {
  const { hidden, reader } = spec;
  const columns = paddedTo8(spec.grammar.tokens);
  const parameters = new Parameters(kernels, plan.list, Math.max(4 * hidden, spec.embedding, columns), block);
  const scratch = allocate(kernels, columns);
  const arena = new Arena(kernels);
  const encoder = reader && new WasmReader(kernels, arena, parameters, hidden, spec.embedding);
  const writer = new WasmWriter(kernels, arena, parameters, spec, scratch);
  const sampler = new WasmSampler(kernels, arena, spec, writer);
  // From here on only the arena allocates.
  arena.start();
  return { kernels, parameters, arena, reader: encoder, writer, sampler, limits };
}

/** Floats that one symbol read and one decoder row take, their gradients included. */
function chunkLimits({ hidden, embedding, grammar }: SequenceSpec): ChunkLimits {
  return {
    symbols: Math.ceil(CHUNK_FLOATS / (14 * hidden)),
    rows: Math.ceil(CHUNK_FLOATS / (9 * hidden + 4 * embedding + paddedTo8(grammar.tokens))),
  };
}

function sumByLane(coefficient: Float64Array, index: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const [lane, at] of index.entries()) if (at >= 0) sums[at]! += coefficient[lane]!;
  return sums;
}
