// The recurrent network on WebGPU: parameters, tapes and states stay on the GPU. A call uploads its lanes and reads back
// once; all steps of all lanes are one dispatch, big calls take several.

import type { Recurrent, RecurrentLanes, RecurrentSpec, RecurrentState, Tape } from "../../nn/recurrent";
import type { RecurrentPlan } from "../../nn/recurrentPlan";
import { type ContextPlace, type Opened, openStarts, startsBackward } from "../factorSequence/webgpuContext";
import { requireHeld } from "../network/calls";
import { WebgpuBlock } from "../network/webgpuBlock";
import { integer, matrix } from "../sequence/webgpuMatrix";
import { type GpuArray, openWebgpu, readOnce, type WebgpuSession } from "../tfjsWebgpu";
import {
  requireContextRows,
  requireKept,
  requireNumbers,
  requireRecurrentGradients,
  requireRecurrentLanes,
} from "./calls";
import { type ChunkLimits, planLayouts } from "./layout";
import { cellsProgram, recurrentOffset, workgroupsFor } from "./webgpuCells";
import {
  freePass,
  fromSlots,
  type Given,
  type Network,
  type Pass,
  runBackward,
  runForward,
  runOutputs,
  runReadout,
} from "./webgpuPass";

/** Numbers that the trace of one chunk may hold: 96 MiB where every device binds 128. */
const MOST_NUMBERS = 24 * 2 ** 20;

/**
 * A recurrent network on this worker's graphics device.
 *
 * @param block name, group and first weights [parameterCount] of the network's parameter block
 * @param limits how much one chunk may hold: bounds the working memory, not the result
 * @throws LabError("backend") if there is no adapter
 */
export async function createWebgpuRecurrent(
  spec: RecurrentSpec,
  plan: RecurrentPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  limits?: ChunkLimits,
): Promise<WebgpuRecurrent> {
  const session = await openWebgpu();
  // A lane of one step has two slots of 6 H numbers.
  const rows = Math.floor(MOST_NUMBERS / (12 * spec.hidden));
  const stored = new WebgpuBlock(session, block.name, block.group, block.initial);
  return new WebgpuRecurrent({ session, spec, plan, block: stored }, limits ?? { lanes: rows, rows });
}

type Kept = { readonly opened: Opened; readonly passes: readonly Pass[] };

/** Lanes that are run step by step: their states [h, H | c, H], their groups, and what their gates start from. */
type Standing = { readonly opened: Opened; readonly states: GpuArray; readonly groups: GpuArray };

export class WebgpuRecurrent implements Recurrent {
  readonly spec: RecurrentSpec;
  readonly block: WebgpuBlock;
  /** Null once disposed. */
  private held: Network | null;
  private readonly place: ContextPlace;
  private readonly limits: ChunkLimits;
  private readonly tapes = new Map<Tape, Kept>();
  private readonly open = new Map<RecurrentState, Standing>();

  constructor(network: Network, limits: ChunkLimits) {
    const { spec, plan, block } = network;
    this.spec = spec;
    this.block = block;
    this.held = network;
    this.limits = limits;
    const [context, bias] = [recurrentOffset(plan, "context"), recurrentOffset(plan, "bias")];
    this.place = { context, bias, inputs: spec.context, units: spec.hidden };
  }

  async forward(lanes: RecurrentLanes, keep: boolean) {
    const network = requireHeld(this.held, this.spec.name);
    requireRecurrentLanes(this.spec, lanes);
    const { session } = network;
    const { hidden, outputs: width } = this.spec;
    const count = lanes.lengths.length;
    const outputs = new Float32Array(count * lanes.steps * width);
    const last = new Float32Array(count * hidden);
    const opened = openStarts(session, this.block.state, this.place, lanes.context);
    const passes: Pass[] = [];
    const reads: Promise<void>[] = [];
    for (const layout of planLayouts(lanes, this.limits)) {
      const pass = runForward(network, lanes, layout, opened, keep);
      const reading = readOnce(session, runOutputs(network, pass)).then((rows) => {
        fromSlots(pass, rows, outputs, lanes.steps, width, 1);
        const states = rows.subarray(pass.numSlots * width);
        for (const [at, lane] of layout.lanes.entries()) {
          last.set(states.subarray(at * hidden, (at + 1) * hidden), lane * hidden);
        }
      });
      reads.push(reading);
      if (keep) passes.push(pass);
      else freePass(session, pass);
    }
    if (!keep) for (const array of opened.owned) session.free(array);
    await Promise.all(reads);
    return { outputs, last, tape: keep ? this.tapeOf(session, lanes, { opened, passes }) : null };
  }

  async backward(
    tape: Tape,
    outputs: Float32Array | null,
    last: Float32Array | null,
    wantsInputs: boolean,
    isFrozen = false,
  ) {
    const network = requireHeld(this.held, this.spec.name);
    const kept = requireKept(this.spec, "tape", this.tapes.get(tape));
    const { lanes } = tape;
    requireRecurrentGradients(this.spec, lanes, outputs, last);
    const context = this.spec.context > 0 ? new Float32Array(lanes.context!.length) : null;
    const inputs = wantsInputs ? new Float32Array(lanes.inputs.length) : null;
    const outcome = this.runBack(
      network,
      kept,
      { outputs, last, steps: lanes.steps, isFrozen },
      context?.length ?? 0,
      wantsInputs,
    );
    tape.release();
    if (outcome === null) return { context, inputs };
    const values = await readOnce(network.session, outcome);
    const numContext = context?.length ?? 0;
    context?.set(values.subarray(0, numContext));
    let from = numContext;
    for (const pass of inputs ? kept.passes : []) {
      const end = from + pass.numSlots * this.spec.inputs;
      fromSlots(pass, values.subarray(from, end), inputs!, lanes.steps, this.spec.inputs, 0);
      from = end;
    }
    return { context, inputs };
  }

  async start(context: Float32Array | null, groups: Int32Array): Promise<RecurrentState> {
    const { session } = requireHeld(this.held, this.spec.name);
    requireContextRows(this.spec, context, groups);
    const count = groups.length;
    const standing = {
      opened: openStarts(session, this.block.state, this.place, context),
      states: session.upload(new Float32Array(Math.max(1, 2 * count * this.spec.hidden))),
      groups: session.upload(this.spec.context > 0 && count > 0 ? groups : new Int32Array(Math.max(1, count))),
    };
    const release = () => {
      if (!this.open.delete(state)) return;
      for (const array of [standing.states, standing.groups, ...standing.opened.owned]) session.free(array);
    };
    const state: RecurrentState = { count, release };
    this.open.set(state, standing);
    return state;
  }

  async advance(state: RecurrentState, inputs: Float32Array, wantsOutputs = true): Promise<Float32Array> {
    const network = requireHeld(this.held, this.spec.name);
    const { opened, states, groups } = requireKept(this.spec, "state", this.open.get(state));
    const { count } = state;
    const { hidden, inputs: numInputs, outputs: width } = this.spec;
    requireNumbers(this.spec, "input", inputs.length, count * numInputs);
    if (count === 0) return new Float32Array(0);
    const { session } = network;
    const x = session.upload(inputs);
    const numbers = [count, count, 0, 0, opened.starts.from].map(integer);
    const program = cellsProgram(this.spec, network.plan, "step");
    session.run(program, [this.block.state, opened.starts.array, x, groups], numbers, workgroupsFor(count), states);
    session.free(x);
    if (width === 0 || !wantsOutputs) return new Float32Array(0);
    const result = session.allocate(count * width);
    runReadout(network, matrix(states, 0, hidden), count, result);
    return readOnce(session, result);
  }

  dispose(): void {
    if (this.held === null) return;
    for (const open of [...this.tapes.keys(), ...this.open.keys()]) open.release();
    this.block.dispose();
    this.held = null;
  }

  /** The way back of all chunks: a new array [gradient of the context | those of the inputs of every chunk's slots]. */
  private runBack(
    network: Network,
    { opened, passes }: Kept,
    given: Given,
    numContext: number,
    wantsInputs: boolean,
  ): GpuArray | null {
    if (passes.length === 0) return null;
    const { session, spec, block } = network;
    const numInputs = wantsInputs ? passes.reduce((sum, pass) => sum + pass.numSlots * spec.inputs, 0) : 0;
    const outcome = numContext + numInputs > 0 ? session.allocate(numContext + numInputs) : null;
    const { numGroups } = opened.starts;
    const toStarts = numContext > 0 ? session.allocate(numGroups * 4 * spec.hidden) : null;
    if (!given.isFrozen) block.settle();
    let from = numContext;
    for (const [index, pass] of passes.entries()) {
      runBackward(network, pass, given, {
        toStarts: toStarts && { array: toStarts, numGroups, isAdding: index > 0 },
        toInputs: wantsInputs && outcome ? { array: outcome, from } : null,
      });
      from += pass.numSlots * spec.inputs;
    }
    if (toStarts && outcome) {
      const gradient = given.isFrozen ? null : { array: block.gradient, isAdding: true };
      startsBackward(session, block.state, this.place, opened, toStarts, gradient, outcome, 0);
      session.free(toStarts);
    }
    return outcome;
  }

  private tapeOf(session: WebgpuSession, lanes: RecurrentLanes, kept: Kept): Tape {
    const release = () => {
      if (!this.tapes.delete(tape)) return;
      for (const pass of kept.passes) freePass(session, pass);
      for (const array of kept.opened.owned) session.free(array);
    };
    const tape: Tape = { lanes, release };
    this.tapes.set(tape, kept);
    return tape;
  }
}
