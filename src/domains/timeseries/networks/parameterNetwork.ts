// An LSTM that writes the raw parameters of an expression, one step per base kernel in order of appearance: p(z_c | z_d) or
// q(z_c | z_d, x). Each step sees the context and the parameters before. By default only slots that a kernel reads count
// and the others are 0; with `allSlots` all sixteen do, as in the reference. Source: HMWS specification, section 9.

import type { Recurrent, Tape } from "../../../engine/nn/recurrent";
import type { Expression } from "../grammar/expression";
import type { LaneNoise } from "../laneNoise";
import { CONTINUOUS_LENGTH, NUM_SLOTS } from "../program";
import { type Floats, SINGLE } from "./floats";
import { isFreeLogStd, logNormal, logStdOf, NUM_OUTPUTS } from "./gaussianStep";
import { type ParameterLanes, type ParameterPrograms, parameterLanes } from "./parameterLanes";

export type ParameterPass = {
  readonly programs: ParameterPrograms;
  readonly lanes: ParameterLanes;
  readonly outputs: Float32Array;
  readonly tape: Tape | null;
  /** [N] nats; 0 for programs without base kernels. */
  readonly logProb: Float64Array;
};

/** Raw parameters [N, CONTINUOUS_LENGTH] and the log density of each program's, nats. */
export type DrawnParameters = { readonly values: Float64Array; readonly logProb: Float64Array };

export class ParameterNetwork {
  constructor(
    private readonly network: Recurrent,
    private readonly allSlots: boolean,
    private readonly Numbers: Floats = SINGLE,
  ) {}

  /** log density of each program's parameters, [N] nats. @param context [G, C] */
  async logProb(programs: ParameterPrograms, context: Float32Array, keep: boolean): Promise<ParameterPass> {
    const lanes = parameterLanes(programs, context, this.Numbers);
    const { outputs, tape } = await this.network.forward(lanes, keep);
    const logProb = new Float64Array(programs.expressions.length);
    this.eachSlot({ programs, lanes }, (n, at, slot, index) => {
      logProb[n] = logProb[n]! + logNormal(outputs, at, slot, programs.values[index]!);
    });
    return { programs, lanes, outputs, tape, logProb };
  }

  /** Mean and deviation of each number of a pass given those before it, [N, CONTINUOUS_LENGTH]; 0 where none is read. */
  moments({ programs, lanes, outputs }: ParameterPass): { mean: Float64Array; deviation: Float64Array } {
    const mean = new Float64Array(programs.values.length);
    const deviation = new Float64Array(mean.length);
    this.eachSlot({ programs, lanes }, (_n, at, slot, index) => {
      mean[index] = outputs[at + slot]!;
      deviation[index] = Math.exp(logStdOf(outputs, at, slot));
    });
    return { mean, deviation };
  }

  /**
   * Adds the gradient of -sum_n weight_n log p_n to the block (descent direction); uses up the pass.
   *
   * @returns that sum's gradient with respect to the context, [G, C]
   */
  async backward(pass: ParameterPass, weight: ArrayLike<number>): Promise<Float32Array> {
    const gradient = this.outputGradient(pass, weight);
    return (await this.network.backward(pass.tape!, gradient, null, false)).context!;
  }

  /**
   * [N, CONTINUOUS_LENGTH] gradient of sum_n weight_n log p_n with respect to the parameters, by way of later steps too.
   * Leaves the block alone; uses up the pass.
   */
  async valueGradient(pass: ParameterPass, weight: ArrayLike<number>): Promise<Float64Array> {
    const { programs, lanes, outputs } = pass;
    const descent = this.outputGradient(pass, weight);
    const { inputs } = await this.network.backward(pass.tape!, descent, null, true, true);
    const gradient = this.fromInputs(pass, (at) => -inputs![at]!);
    this.eachSlot({ programs, lanes }, (n, at, slot, index) => {
      const precision = Math.exp(-2 * logStdOf(outputs, at, slot));
      gradient[index] = gradient[index]! - weight[n]! * (programs.values[index]! - outputs[at + slot]!) * precision;
    });
    return gradient;
  }

  /**
   * The pathwise gradient: values = mean + deviation * noise with the noise held, of a function whose gradient with
   * respect to the values is given, minus sum_n weight_n log p_n. Adds the gradient of minus that to the block.
   *
   * A step's mean depends on the values before, so the gradient goes from step to step. The passes are linear in what they
   * are given: each takes what the one before left for the inputs, and after as many as there are steps nothing is left.
   *
   * @param toValues [N, CONTINUOUS_LENGTH]
   * @returns the gradient of minus the function with respect to the context, [G, C]
   */
  async pathwise(
    programs: ParameterPrograms,
    context: Float32Array,
    toValues: Float64Array,
    weight: ArrayLike<number>,
  ): Promise<Float32Array> {
    const sum = new this.Numbers(context.length);
    let left = toValues;
    for (let round = 0; ; round++) {
      const pass = await this.logProb(programs, context, true);
      const descent = new this.Numbers(pass.outputs.length);
      this.eachSlot(pass, (n, at, slot, index) => {
        const { outputs } = pass;
        const byDeviation = (programs.values[index]! - outputs[at + slot]!) * left[index]!;
        descent[at + slot] = descent[at + slot]! - left[index]!;
        if (!isFreeLogStd(outputs, at, slot)) return;
        // -log p = log deviation + noise^2 / 2 + constant, and the noise is held.
        const entropy = round === 0 ? weight[n]! : 0;
        descent[at + NUM_SLOTS + slot] = descent[at + NUM_SLOTS + slot]! - byDeviation - entropy;
      });
      const { context: toContext, inputs } = await this.network.backward(pass.tape!, descent, null, true);
      for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + toContext![i]!;
      if (round + 1 >= pass.lanes.steps) return sum;
      left = this.fromInputs(pass, (at) => -inputs![at]!);
    }
  }

  /** Draws the parameters of N programs: number i of program n has the noise of lane n, place i. */
  async sample(
    { expressions, groups }: Omit<ParameterPrograms, "values">,
    context: Float32Array,
    noise: LaneNoise,
  ): Promise<DrawnParameters> {
    const values = new Float64Array(expressions.length * CONTINUOUS_LENGTH);
    const logProb = new Float64Array(expressions.length);
    const draw = (n: number, step: number, outputs: Float32Array, at: number) => {
      this.eachSlotOf(expressions[n]!, step, (slot) => {
        const index = n * CONTINUOUS_LENGTH + step * NUM_SLOTS + slot;
        const deviation = Math.exp(logStdOf(outputs, at, slot));
        values[index] = outputs[at + slot]! + deviation * noise.normal(n, step * NUM_SLOTS + slot);
        logProb[n] = logProb[n]! + logNormal(outputs, at, slot, values[index]);
      });
    };
    const first = parameterLanes({ expressions, groups, values }, context, this.Numbers, 1);
    if (first.lengths.length === 0) return { values, logProb };
    const { outputs } = await this.network.forward(first, false);
    for (const [n, lane] of first.laneOf.entries()) if (lane >= 0) draw(n, 0, outputs, lane * NUM_OUTPUTS);
    await this.sampleLater({ expressions, groups, values }, context, draw);
    return { values, logProb };
  }

  /** Steps 2 and on of the programs that have such, one at a time. */
  private async sampleLater(
    { expressions, groups, values }: ParameterPrograms,
    context: Float32Array,
    draw: (n: number, step: number, outputs: Float32Array, at: number) => void,
  ): Promise<void> {
    const longer = Int32Array.from(expressions.keys()).filter((n) => expressions[n]!.numAtoms > 1);
    if (longer.length === 0) return;
    const steps = longer.reduce((most, n) => Math.max(most, expressions[n]!.numAtoms), 0);
    const state = await this.network.start(
      context,
      longer.map((n) => groups[n]!),
    );
    const inputs = new this.Numbers(longer.length * NUM_SLOTS);
    for (let step = 0; step < steps; step++) {
      // The first step's outputs are known: it only moves the states.
      const outputs = await this.network.advance(state, inputs, step > 0);
      for (const [row, n] of longer.entries()) {
        if (step > 0 && step < expressions[n]!.numAtoms) draw(n, step, outputs, row * NUM_OUTPUTS);
        const from = n * CONTINUOUS_LENGTH + step * NUM_SLOTS;
        inputs.set(values.subarray(from, from + NUM_SLOTS), row * NUM_SLOTS);
      }
    }
    state.release();
  }

  /** Gradient of -sum_n weight_n log p_n with respect to the outputs. */
  private outputGradient({ programs, lanes, outputs }: ParameterPass, weight: ArrayLike<number>): Float32Array {
    const gradient = new this.Numbers(outputs.length);
    this.eachSlot({ programs, lanes }, (n, at, slot, index) => {
      const inverse = Math.exp(-logStdOf(outputs, at, slot));
      const noise = (programs.values[index]! - outputs[at + slot]!) * inverse;
      gradient[at + slot] = gradient[at + slot]! - weight[n]! * noise * inverse;
      if (!isFreeLogStd(outputs, at, slot)) return;
      gradient[at + NUM_SLOTS + slot] = gradient[at + NUM_SLOTS + slot]! - weight[n]! * (noise * noise - 1);
    });
    return gradient;
  }

  /** [N, CONTINUOUS_LENGTH] what the gradient of the inputs says of the values that came in a step later. */
  private fromInputs(pass: Pick<ParameterPass, "programs" | "lanes">, read: (at: number) => number): Float64Array {
    const { programs, lanes } = pass;
    const gradient = new Float64Array(programs.values.length);
    this.eachSlot(pass, (n, _at, _slot, index) => {
      const place = index - n * CONTINUOUS_LENGTH;
      if (place >= (programs.expressions[n]!.numAtoms - 1) * NUM_SLOTS) return;
      gradient[index] = read((lanes.laneOf[n]! * lanes.steps + 1) * NUM_SLOTS + place);
    });
    return gradient;
  }

  /** Every number in use: program, where its step's outputs begin, slot, place in the values. */
  private eachSlot(
    { programs, lanes }: Pick<ParameterPass, "programs" | "lanes">,
    visit: (n: number, at: number, slot: number, index: number) => void,
  ): void {
    for (const [n, expression] of programs.expressions.entries()) {
      const lane = lanes.laneOf[n]!;
      for (let step = 0; step < expression.numAtoms; step++) {
        const at = (lane * lanes.steps + step) * NUM_OUTPUTS;
        const from = n * CONTINUOUS_LENGTH + step * NUM_SLOTS;
        this.eachSlotOf(expression, step, (slot) => visit(n, at, slot, from + slot));
      }
    }
  }

  private eachSlotOf({ used }: Expression, step: number, visit: (slot: number) => void): void {
    for (let slot = 0; slot < NUM_SLOTS; slot++) {
      if (this.allSlots || used[step * NUM_SLOTS + slot] === 1) visit(slot);
    }
  }
}
