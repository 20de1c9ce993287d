// The factored sequence on WebGPU: parameters, states and gradients stay on the GPU. A call uploads its tokens and reads
// back once; all steps of all lanes are one dispatch, big calls take several.

import type { FactorPlan } from "../../nn/factorPlan";
import type { FactorLanes, FactorSequence, FactorSequenceSpec } from "../../nn/factorSequence";
import type { Rng } from "../../rng/rng";
import { requireHeld } from "../network/calls";
import { WebgpuBlock } from "../network/webgpuBlock";
import { integer } from "../sequence/webgpuMatrix";
import { pack } from "../sequence/webgpuTables";
import { type GpuArray, openWebgpu, readOnce, type WebgpuSession } from "../tfjsWebgpu";
import { requireContext, requireFactorLanes } from "./calls";
import { type ContextPlace, openStarts, startsBackward } from "./webgpuContext";
import { runFactorPass } from "./webgpuGradient";
import { factorOffset, rowsPerGroup, stepsProgram } from "./webgpuSteps";

/**
 * What one pass or dispatch may hold. numbers: of its largest array, 96 MiB where every device binds 128. work:
 * multiplications of one dispatch; browsers take away a device that does not answer for seconds.
 */
const BOUNDS = { numbers: 24 * 2 ** 20, work: 2e10 };

/**
 * A factored sequence on this worker's graphics device.
 *
 * @param block name, group and first weights [parameterCount] of the network's parameter block
 * @throws LabError("backend") if there is no adapter
 */
export async function createWebgpuFactorSequence(
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
  bounds = BOUNDS,
): Promise<WebgpuFactorSequence> {
  const session = await openWebgpu();
  const stored = new WebgpuBlock(session, block.name, block.group, block.initial);
  return new WebgpuFactorSequence(session, spec, plan, stored, bounds);
}

export class WebgpuFactorSequence implements FactorSequence {
  readonly spec: FactorSequenceSpec;
  readonly block: WebgpuBlock;
  private readonly plan: FactorPlan;
  private readonly place: ContextPlace;
  /** Null once disposed. */
  private held: WebgpuSession | null;
  /** Most lanes of a training pass, and of a dispatch that keeps nothing. */
  private readonly mostKept: number;
  private readonly mostLanes: number;

  constructor(
    session: WebgpuSession,
    spec: FactorSequenceSpec,
    plan: FactorPlan,
    block: WebgpuBlock,
    bounds: typeof BOUNDS,
  ) {
    this.spec = spec;
    this.plan = plan;
    this.held = session;
    this.block = block;
    const { hidden, steps, context } = spec;
    const [contextAt, biasAt] = [factorOffset(plan, "context"), factorOffset(plan, "bias")];
    this.place = { context: contextAt, bias: biasAt, inputs: context, units: hidden };
    this.mostKept = Math.max(1, Math.floor(bounds.numbers / ((steps + 1) * (6 * hidden + plan.numValues))));
    this.mostLanes = Math.max(1, Math.floor(bounds.work / (steps * hidden * (4 * hidden + plan.numValues))));
  }

  async sample(context: Float32Array | null, groups: Int32Array, rng: Rng) {
    requireContext(this.spec, context, groups);
    const values = await this.write(context, groups, null, rng);
    const tokens = Int32Array.from(values.subarray(0, groups.length * this.plan.forced.length));
    return { tokens, logProb: Float64Array.from(values.subarray(tokens.length)) };
  }

  async logProb(context: Float32Array | null, lanes: FactorLanes): Promise<Float64Array> {
    requireFactorLanes(this.spec, this.plan, lanes);
    requireContext(this.spec, context, lanes.groups);
    return Float64Array.from(await this.write(context, lanes.groups, lanes.tokens, null));
  }

  async accumulate(context: Float32Array | null, lanes: FactorLanes, coefficient: Float64Array) {
    const session = requireHeld(this.held, this.spec.name);
    requireFactorLanes(this.spec, this.plan, lanes, coefficient);
    requireContext(this.spec, context, lanes.groups);
    const kept = Int32Array.from(coefficient.keys()).filter((lane) => coefficient[lane] !== 0);
    const numContext = this.spec.context > 0 && context ? context.length : 0;
    const logProb = new Float64Array(coefficient.length);
    if (kept.length === 0) return { logProb, contextGradient: numContext > 0 ? new Float32Array(numContext) : null };
    const outcome = session.allocate(kept.length + numContext);
    this.runPasses(session, context, lanes, coefficient, kept, outcome);
    const values = await readOnce(session, outcome);
    for (const [at, lane] of kept.entries()) logProb[lane] = values[at]!;
    return { logProb, contextGradient: numContext > 0 ? values.slice(kept.length) : null };
  }

  dispose(): void {
    if (this.held !== null) this.block.dispose();
    this.held = null;
  }

  /** Draws, or scores what is given: [tokens of every lane (drawing only) | log probabilities]. */
  private async write(
    context: Float32Array | null,
    laneGroups: Int32Array,
    given: Int32Array | null,
    rng: Rng | null,
  ): Promise<Float32Array> {
    const session = requireHeld(this.held, this.spec.name);
    const { spec, plan, block } = this;
    const count = laneGroups.length;
    const logProbAt = given ? 0 : count * plan.forced.length;
    if (count === 0) return new Float32Array(0);
    const seen = openStarts(session, block.state, this.place, context);
    const groups = this.groupsOf(laneGroups);
    const { words, at } = pack({ groups, forced: plan.forced, tokens: given ?? new Int32Array(0) });
    const ints = session.upload(words);
    const result = session.allocate(logProbAt + count);
    const program = stepsProgram(spec, plan, false);
    const rows = rowsPerGroup(spec, plan);
    const stream = [rng?.seed ?? 0, rng?.streamA ?? 0, rng?.streamB ?? 0].map((word) => word | 0);
    for (let first = 0; first < count; first += this.mostLanes) {
      const end = Math.min(first + this.mostLanes, count);
      const tokensAt = given ? at.tokens : -1;
      const numbers = [first, end, at.groups, seen.starts.from, at.forced, tokensAt, logProbAt, 0, 0, ...stream];
      const inputs = [block.state, seen.starts.array, ints];
      session.run(program, inputs, numbers.map(integer), Math.ceil((end - first) / rows), result);
    }
    for (const array of [ints, ...seen.owned]) session.free(array);
    return readOnce(session, result);
  }

  /** The gradient of every run of lanes, one after another; log probabilities and context gradient go to `outcome`. */
  private runPasses(
    session: WebgpuSession,
    context: Float32Array | null,
    lanes: FactorLanes,
    coefficient: Float64Array,
    kept: Int32Array,
    outcome: GpuArray,
  ): void {
    const { spec, plan, block } = this;
    const perLane = plan.forced.length;
    const width = 4 * spec.hidden;
    const seen = openStarts(session, block.state, this.place, context);
    const { numGroups } = seen.starts;
    const wasZeroed = block.takeZeroed();
    const toStarts = seen.context ? session.allocate(numGroups * width) : null;
    for (let from = 0; from < kept.length; from += this.mostKept) {
      const chunk = kept.subarray(from, from + this.mostKept);
      const tokens = new Int32Array(chunk.length * perLane);
      for (const [at, lane] of chunk.entries()) {
        tokens.set(lanes.tokens.subarray(lane * perLane, (lane + 1) * perLane), at * perLane);
      }
      const groups = this.groupsOf(chunk.map((lane) => lanes.groups[lane]!));
      const factors = Float64Array.from(chunk, (lane) => coefficient[lane]!);
      const isFirst = from === 0;
      const target = {
        block: block.state,
        gradient: block.gradient,
        isAdding: !(wasZeroed && isFirst),
        toStarts,
        isFirst,
        logProb: outcome,
        logProbFrom: from,
      };
      runFactorPass(session, spec, plan, { tokens, groups }, factors, seen.starts, target);
    }
    if (toStarts) {
      const gradient = { array: block.gradient, isAdding: !wasZeroed };
      startsBackward(session, block.state, this.place, seen, toStarts, gradient, outcome, kept.length);
      session.free(toStarts);
    }
    for (const array of seen.owned) session.free(array);
  }

  private groupsOf(groups: Int32Array): Int32Array {
    return this.spec.context > 0 ? groups : new Int32Array(groups.length);
  }
}
