// The recurrent network on the wasm kernels. Calls are split into chunks of lanes, so that memory is bounded however many
// there are and what a step works on stays in the cache; a tape holds the memory of its chunks until it is used.

import type { Recurrent, RecurrentLanes, RecurrentSpec, RecurrentState, Tape } from "../../nn/recurrent";
import type { RecurrentPlan } from "../../nn/recurrentPlan";
import { instantiateKernels, type Kernels, type WasmBuild } from "../assembly/module";
import { requireHeld } from "../network/calls";
import type { WasmBlock } from "../network/wasmBlock";
import {
  requireContextRows,
  requireKept,
  requireNumbers,
  requireRecurrentGradients,
  requireRecurrentLanes,
} from "./calls";
import { type ChunkLimits, planLayouts } from "./layout";
import { type RecurrentParameters, recurrentParameters } from "./wasmParameters";
import { Pieces, Pool } from "./wasmPool";
import { copyRows, WasmReadout } from "./wasmReadout";
import { type Pass, WasmRecurrence } from "./wasmRecurrence";
import { type Standing, WasmStates } from "./wasmStates";

const CHUNK_LIMITS: ChunkLimits = { lanes: 256, rows: 8192 };

/**
 * A recurrent network in a wasm instance of its own.
 *
 * @param block name, group and first weights [parameterCount] of the network's parameter block
 * @param build which build of the kernels; the best one of this machine when absent
 * @param limits how much one chunk may hold: bounds the working memory, not the result
 */
export async function createWasmRecurrent(
  spec: RecurrentSpec,
  plan: RecurrentPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  build?: WasmBuild,
  limits = CHUNK_LIMITS,
): Promise<WasmRecurrent> {
  const network = new WasmRecurrent(await instantiateKernels(build), spec, plan, block, limits);
  network.block.setValues(block.initial);
  return network;
}

/** What a network that was not disposed has. */
type Held = {
  readonly kernels: Kernels;
  readonly pool: Pool;
  readonly parameters: RecurrentParameters;
  readonly recurrence: WasmRecurrence;
  readonly readout: WasmReadout;
  readonly states: WasmStates;
};

export class WasmRecurrent implements Recurrent {
  readonly spec: RecurrentSpec;
  readonly block: WasmBlock;
  private held: Held | null;
  private readonly limits: ChunkLimits;
  private readonly tapes = new WeakMap<Tape, readonly Pass[]>();
  private readonly open = new WeakMap<RecurrentState, Standing>();

  constructor(
    kernels: Kernels,
    spec: RecurrentSpec,
    plan: RecurrentPlan,
    block: { readonly name: string; readonly group: "theta" | "phi" },
    limits: ChunkLimits,
  ) {
    this.spec = spec;
    this.limits = limits;
    const parameters = recurrentParameters(kernels, spec, plan, block);
    const recurrence = new WasmRecurrence(kernels, parameters, spec);
    const readout = new WasmReadout(kernels, parameters, spec);
    const states = new WasmStates(kernels, spec, recurrence, readout, limits.lanes);
    // From here on only the pool allocates.
    this.held = { kernels, pool: new Pool(kernels), parameters, recurrence, readout, states };
    this.block = parameters.block;
  }

  async forward(lanes: RecurrentLanes, keep: boolean) {
    requireRecurrentLanes(this.spec, lanes);
    const { pool, recurrence, readout } = this.prepare();
    const count = lanes.lengths.length;
    const outputs = new Float32Array(count * lanes.steps * this.spec.outputs);
    const last = new Float32Array(count * this.spec.hidden);
    const passes: Pass[] = [];
    for (const layout of planLayouts(lanes, this.limits)) {
      const pass = recurrence.forward(new Pieces(pool), lanes, layout, keep);
      const work = new Pieces(pool);
      readout.forward(work, recurrence.states(work, pass), layout, lanes.steps, outputs);
      work.release();
      this.readLast(pass, last);
      if (keep) passes.push(pass);
      else pass.pieces.release();
    }
    return { outputs, last, tape: keep ? this.tapeOf(lanes, passes) : null };
  }

  async backward(
    tape: Tape,
    outputs: Float32Array | null,
    last: Float32Array | null,
    wantsInputs: boolean,
    isFrozen = false,
  ) {
    const passes = requireKept(this.spec, "tape", this.tapes.get(tape));
    const { lanes } = tape;
    requireRecurrentGradients(this.spec, lanes, outputs, last);
    const { kernels, pool, parameters, recurrence, readout } = this.prepare();
    if (!isFrozen) parameters.openGradient();
    const toContext = this.spec.context > 0 ? new Float32Array(lanes.context!.length) : null;
    const toInputs = wantsInputs ? new Float32Array(lanes.inputs.length) : null;
    const { steps } = lanes;
    for (const pass of passes) {
      const work = new Pieces(pool);
      const { layout } = pass;
      const states = recurrence.states(work, pass);
      const toStates = outputs ? readout.backward(work, states, layout, { steps, outputs, isFrozen }) : 0;
      recurrence.backward(work, pass, toStates, last, toContext, isFrozen);
      if (toInputs) {
        const { address, stride } = recurrence.inputGradients(work, pass);
        const width = this.spec.inputs;
        copyRows(kernels, { address, stride }, layout, { all: toInputs, width, steps });
      }
      work.release();
    }
    tape.release();
    return { context: toContext, inputs: toInputs };
  }

  async start(context: Float32Array | null, groups: Int32Array): Promise<RecurrentState> {
    requireContextRows(this.spec, context, groups);
    const { pool, states } = this.prepare();
    const standing = states.start(new Pieces(pool), context, groups);
    const release = () => {
      this.open.delete(state);
      standing.pieces.release();
    };
    const state: RecurrentState = { count: groups.length, release };
    this.open.set(state, standing);
    return state;
  }

  async advance(state: RecurrentState, inputs: Float32Array, wantsOutputs = true): Promise<Float32Array> {
    const standing = requireKept(this.spec, "state", this.open.get(state));
    requireNumbers(this.spec, "input", inputs.length, state.count * this.spec.inputs);
    const { pool, states } = this.prepare();
    const work = new Pieces(pool);
    const outputs = states.advance(work, standing, inputs, wantsOutputs);
    work.release();
    return outputs;
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.held = null;
    this.block.dispose();
  }

  /** Bytes of the instance's memory. */
  get memoryBytes(): number {
    return requireHeld(this.held, this.spec.name).kernels.memory.buffer.byteLength;
  }

  private tapeOf(lanes: RecurrentLanes, passes: readonly Pass[]): Tape {
    const release = () => {
      this.tapes.delete(tape);
      for (const { pieces } of passes) pieces.release();
    };
    const tape: Tape = { lanes, release };
    this.tapes.set(tape, passes);
    return tape;
  }

  /** The last states of a chunk's lanes to `last` [N, H]. */
  private readLast({ layout, rows }: Pass, last: Float32Array): void {
    const { kernels, recurrence } = requireHeld(this.held, this.spec.name);
    const { hidden } = this.spec;
    const { stride } = recurrence;
    const all = new Float32Array(kernels.memory.buffer);
    for (const [at, lane] of layout.lanes.entries()) {
      const from = rows.address / 4 + (recurrence.rowAfter(layout, layout.lengths[at]!) + at) * stride;
      last.set(all.subarray(from, from + hidden), lane * hidden);
    }
  }

  /** Packs what has changed. */
  private prepare(): Held {
    const held = requireHeld(this.held, this.spec.name);
    if (this.block.takeMoved()) for (const part of [held.recurrence, held.readout]) part.pack();
    return held;
  }
}
