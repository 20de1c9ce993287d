// The factored sequence on the wasm kernels. Calls are split into chunks of lanes, so that memory is bounded however many
// there are and what a step works on stays in the cache.

import type { FactorPlan } from "../../nn/factorPlan";
import type { FactorLanes, FactorSequence, FactorSequenceSpec } from "../../nn/factorSequence";
import type { Rng } from "../../rng/rng";
import { instantiateKernels, type Kernels, type WasmBuild } from "../assembly/module";
import { requireHeld } from "../network/calls";
import type { WasmBlock } from "../network/wasmBlock";
import { Arena } from "../sequence/wasmArena";
import { requireContext, requireFactorLanes } from "./calls";
import { WasmContext } from "./wasmContext";
import { WasmFactors } from "./wasmFactors";
import { type FactorParameters, factorParameters } from "./wasmParameters";
import { type StepLanes, WasmSteps } from "./wasmSteps";

/** Lanes that one chunk takes; 64 to 512 are within 5 % of each other for a writer of 64 units. */
export type ChunkSizes = { readonly training: number; readonly forward: number };
const CHUNK_SIZES: ChunkSizes = { training: 128, forward: 256 };

/**
 * A factored sequence in a wasm instance of its own.
 *
 * @param block name, group and first weights [parameterCount] of the network's parameter block
 * @param build which build of the kernels; the best one of this machine when absent
 * @param sizes how many lanes one chunk may hold: bounds the working memory, not the result
 */
export async function createWasmFactorSequence(
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  build?: WasmBuild,
  sizes = CHUNK_SIZES,
): Promise<WasmFactorSequence> {
  const network = new WasmFactorSequence(await instantiateKernels(build), spec, plan, block, sizes);
  network.block.setValues(block.initial);
  return network;
}

/** What a network that was not disposed has. */
type Held = {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly parameters: FactorParameters;
  readonly context: WasmContext;
  readonly steps: WasmSteps;
  readonly factors: WasmFactors;
};

export class WasmFactorSequence implements FactorSequence {
  readonly spec: FactorSequenceSpec;
  readonly block: WasmBlock;
  private held: Held | null;
  private readonly plan: FactorPlan;
  private readonly sizes: ChunkSizes;
  /** Where the working memory begins. */
  private readonly bottom: number;

  constructor(
    kernels: Kernels,
    spec: FactorSequenceSpec,
    plan: FactorPlan,
    block: { readonly name: string; readonly group: "theta" | "phi" },
    sizes: ChunkSizes,
  ) {
    this.spec = spec;
    this.plan = plan;
    this.sizes = sizes;
    this.held = hold(kernels, spec, plan, block);
    this.block = this.held.parameters.block;
    this.bottom = this.held.arena.mark();
  }

  async sample(context: Float32Array | null, groups: Int32Array, rng: Rng) {
    requireContext(this.spec, context, groups);
    const perLane = this.plan.forced.length;
    const tokens = new Int32Array(groups.length * perLane);
    // Forced parts are not drawn.
    for (let i = 0; i < tokens.length; i++) tokens[i] = Math.max(0, this.plan.forced[i % perLane]!);
    const logProb = new Float64Array(groups.length);
    const { kernels, arena, context: contexts, steps, factors } = this.prepare();
    for (const [from, to] of chunksOf(groups.length, this.sizes.forward)) {
      const lanes = this.openLanes(tokens.subarray(from * perLane, to * perLane), to - from);
      const { starts } = contexts.forward(arena, context, groups.subarray(from, to), false);
      const pass = steps.open(lanes, starts, 0);
      const choices = factors.open(lanes.count, 1, starts.ids.length);
      for (let step = 0; step < this.spec.steps; step++) {
        if (step === 0) factors.forwardFirst(choices, pass.first.states, starts);
        else factors.forward(choices, steps.forward(pass, step), 0, lanes.count);
        factors.draw(choices, lanes, step, from, rng);
      }
      tokens.set(new Int32Array(kernels.memory.buffer, lanes.tokens, lanes.count * perLane), from * perLane);
      logProb.set(new Float64Array(kernels.memory.buffer, choices.logProbs, lanes.count), from);
    }
    return { tokens, logProb };
  }

  async logProb(context: Float32Array | null, lanes: FactorLanes): Promise<Float64Array> {
    requireFactorLanes(this.spec, this.plan, lanes);
    requireContext(this.spec, context, lanes.groups);
    const perLane = this.plan.forced.length;
    const logProb = new Float64Array(lanes.groups.length);
    const { kernels, arena, context: contexts, steps, factors } = this.prepare();
    for (const [from, to] of chunksOf(logProb.length, this.sizes.forward)) {
      const chunk = this.openLanes(lanes.tokens.subarray(from * perLane, to * perLane), to - from);
      const { starts } = contexts.forward(arena, context, lanes.groups.subarray(from, to), false);
      const pass = steps.open(chunk, starts, 0);
      const choices = factors.open(chunk.count, 1, starts.ids.length);
      for (let step = 0; step < this.spec.steps; step++) {
        if (step === 0) factors.forwardFirst(choices, pass.first.states, starts);
        else factors.forward(choices, steps.forward(pass, step), 0, chunk.count);
        factors.score(choices, chunk, step, 0, 0);
      }
      logProb.set(new Float64Array(kernels.memory.buffer, choices.logProbs, chunk.count), from);
    }
    return logProb;
  }

  async accumulate(context: Float32Array | null, lanes: FactorLanes, coefficient: Float64Array) {
    requireFactorLanes(this.spec, this.plan, lanes, coefficient);
    requireContext(this.spec, context, lanes.groups);
    const kept = Int32Array.from(coefficient.keys()).filter((lane) => coefficient[lane] !== 0);
    const logProb = new Float64Array(coefficient.length);
    const contextGradient = this.spec.context > 0 && context ? new Float32Array(context.length) : null;
    const { parameters } = this.prepare();
    parameters.openGradient();
    for (const [from, to] of chunksOf(kept.length, this.sizes.training)) {
      const chunk = kept.subarray(from, to);
      const scored = this.accumulateChunk(context, lanes, coefficient, chunk, contextGradient);
      for (const [at, lane] of chunk.entries()) logProb[lane] = scored[at]!;
    }
    return { logProb, contextGradient };
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.held = null;
    this.block.dispose();
  }

  /** Bytes of the instance's memory: does not grow with the number of lanes. */
  get memoryBytes(): number {
    return requireHeld(this.held, this.spec.name).kernels.memory.buffer.byteLength;
  }

  /** Gradients of the lanes with the numbers in `chunk`; returns their log probabilities. */
  private accumulateChunk(
    context: Float32Array | null,
    { tokens, groups }: FactorLanes,
    coefficient: Float64Array,
    chunk: Int32Array,
    contextGradient: Float32Array | null,
  ): Float64Array {
    const { kernels, arena, context: contexts, steps, factors } = requireHeld(this.held, this.spec.name);
    const perLane = this.plan.forced.length;
    const numSteps = this.spec.steps;
    const count = chunk.length;
    const chosen = new Int32Array(count * perLane);
    for (const [at, lane] of chunk.entries()) {
      chosen.set(tokens.subarray(lane * perLane, (lane + 1) * perLane), at * perLane);
    }
    const lanes = this.openLanes(chosen, count);
    const opened = contexts.forward(
      arena,
      context,
      chunk.map((lane) => groups[lane]!),
      true,
    );
    const coefficients = arena.putDoubles(Float64Array.from(chunk, (lane) => coefficient[lane]!));
    const { starts } = opened;
    const pass = steps.open(lanes, starts, numSteps);
    const choices = factors.open(count, numSteps, starts.ids.length);
    for (let step = 0; step < numSteps; step++) {
      if (step === 0) factors.forwardFirst(choices, pass.first.states, starts);
      else factors.forward(choices, steps.forward(pass, step), step * count, count);
      factors.score(choices, lanes, step, step * count, coefficients);
    }
    const logProb = new Float64Array(kernels.memory.buffer, choices.logProbs, count).slice();
    const laterRows = (numSteps - 1) * count;
    const { toStates, toFirst } = factors.backward(choices, starts, pass.first.states, pass.stateRows, laterRows);
    steps.backward(pass, toStates, toFirst);
    contexts.backward(arena, opened, contextGradient);
    return logProb;
  }

  /** Frees the working memory of the chunk before and puts the tokens of this one there. */
  private openLanes(tokens: Int32Array, count: number): StepLanes {
    const { arena } = requireHeld(this.held, this.spec.name);
    arena.release(this.bottom);
    return { count, tokens: arena.put(tokens) };
  }

  /** Packs what has changed. */
  private prepare(): Held {
    const held = requireHeld(this.held, this.spec.name);
    if (this.block.takeMoved()) for (const part of [held.context, held.steps, held.factors]) part.pack();
    return held;
  }
}

function hold(
  kernels: Kernels,
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  block: { readonly name: string; readonly group: "theta" | "phi" },
): Held {
  const parameters = factorParameters(kernels, spec, plan, block);
  const arena = new Arena(kernels);
  const context = new WasmContext(kernels, parameters, spec.context);
  const steps = new WasmSteps(kernels, arena, parameters, plan);
  const factors = new WasmFactors(kernels, arena, parameters, spec, plan);
  // From here on only the arena allocates.
  arena.start();
  return { kernels, arena, parameters, context, steps, factors };
}

/** Ranges [from, to) of at most `size`, in order, of about the same length. */
function chunksOf(count: number, size: number): (readonly [from: number, to: number])[] {
  const numChunks = Math.ceil(count / size);
  const at = (chunk: number) => Math.round((chunk * count) / numChunks);
  return Array.from({ length: numChunks }, (_, chunk) => [at(chunk), at(chunk + 1)] as const);
}
