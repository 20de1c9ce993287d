// From states to the parts of a token on the wasm kernels: the logits, then for each part the log probability of its value
// (or the value drawn), and the way back. The columns of each part are padded to 8; masks leave the padding out.

import type { FactorPlan } from "../../nn/factorPlan";
import type { FactorSequenceSpec } from "../../nn/factorSequence";
import type { Rng } from "../../rng/rng";
import { allocate, writeWords } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import { paddedTo8 } from "../network/wasmTensor";
import type { Arena } from "../sequence/wasmArena";
import type { Rows, WasmDense } from "../sequence/wasmDense";
import type { Starts } from "./wasmContext";
import type { FactorParameters } from "./wasmParameters";
import type { StepLanes } from "./wasmSteps";

/** One part of a token: its columns among the logits. */
type FactorColumns = { readonly first: number; readonly columns: number; readonly mask: number };

/** Addresses of [rows, columns] logits, of those of the first step [groups, columns], and of float64 [count] log probabilities. */
export type FactorPass = { readonly logits: Rows; readonly first: Rows; readonly logProbs: number };

export class WasmFactors {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly plan: FactorPlan;
  private readonly output: WasmDense;
  private readonly columns: number;
  private readonly hidden: number;
  private readonly factors: readonly FactorColumns[];
  private readonly scratch: number;

  constructor(
    kernels: Kernels,
    arena: Arena,
    parameters: FactorParameters,
    spec: FactorSequenceSpec,
    plan: FactorPlan,
  ) {
    this.kernels = kernels;
    this.arena = arena;
    this.plan = plan;
    this.output = parameters.dense("output", "outputBias");
    this.hidden = parameters.part("output").rows;
    let first = 0;
    this.factors = spec.factors.map((values) => {
      const columns = paddedTo8(values);
      const words = Array.from({ length: columns }, (_, value) => (value < values ? 0xffffffff : 0));
      const factor = { first, columns, mask: writeWords(kernels, words) };
      first += columns;
      return factor;
    });
    this.columns = first;
    this.scratch = allocate(kernels, first);
  }

  pack(): void {
    this.output.pack();
  }

  /** @param numSteps steps whose logits are kept; at least 1 */
  open(count: number, numSteps: number, numGroups: number): FactorPass {
    const { arena } = this;
    return {
      logits: this.rowsOf(count * numSteps + MIN_ROWS),
      first: this.rowsOf(numGroups + MIN_ROWS),
      logProbs: arena.takeZeroed(2 * count),
    };
  }

  /** The logits of the first step, which the lanes of a group share, to the rows of the lanes. */
  forwardFirst({ logits, first }: FactorPass, states: Rows, starts: Starts): void {
    this.output.forward(states, first, starts.ids.length);
    const count = starts.index.length;
    this.kernels.gatherInputs(logits.address, count, this.columns, first.address, starts.groups, 0, 0, 0, 0, 0);
  }

  /**
   * The logits of one step to the rows from `row` on.
   *
   * @param states table of the rows of its states
   */
  forward({ logits }: FactorPass, states: number, row: number, count: number): void {
    this.output.forward({ address: 0, table: states }, rowsFrom(logits, row), count);
  }

  /** Adds the log probabilities of one step's tokens. With `coefficients` (float64 [count]) the logits become gradients. */
  score(pass: FactorPass, lanes: StepLanes, step: number, row: number, coefficients: number): void {
    const { kernels, plan, columns, scratch } = this;
    const logits = pass.logits.address + row * columns * 4;
    for (const [f, { first, columns: width, mask }] of this.factors.entries()) {
      const part = step * plan.numFactors + f;
      const at = logits + 4 * first;
      if (plan.forced[part]! >= 0) {
        if (coefficients) kernels.clearPart(at, lanes.count, width, columns * 4);
        continue;
      }
      kernels.scorePart(
        at,
        lanes.count,
        width,
        columns * 4,
        mask,
        lanes.tokens + 4 * part,
        plan.forced.length * 4,
        coefficients,
        pass.logProbs,
        scratch,
        coefficients !== 0,
      );
    }
  }

  /** Draws one step's parts that are not forced into the lanes' tokens; the first lane is lane `from` of the call. */
  draw(pass: FactorPass, lanes: StepLanes, step: number, from: number, rng: Rng): void {
    const { kernels, plan, columns, scratch } = this;
    const perLane = plan.forced.length;
    for (const [f, { first, columns: width, mask }] of this.factors.entries()) {
      const part = step * plan.numFactors + f;
      if (plan.forced[part]! >= 0) continue;
      kernels.drawPart(
        pass.logits.address + 4 * first,
        lanes.count,
        width,
        columns * 4,
        mask,
        lanes.tokens + 4 * part,
        perLane * 4,
        from * perLane + part,
        perLane,
        rng.seed,
        rng.streamA,
        rng.streamB,
        pass.logProbs,
        scratch,
      );
    }
  }

  /**
   * Adds the gradients of the weights, from that of the logits, which stands in their place.
   *
   * @param firstStates the states of the groups after the first step
   * @param states table of the rows of the states after the others, `count` in all
   * @returns addresses of the gradients of both, [groups, H] and [count, H]
   */
  backward({ logits, first }: FactorPass, starts: Starts, firstStates: Rows, states: number, count: number) {
    const { kernels, columns } = this;
    const numLanes = starts.index.length;
    const numGroups = starts.ids.length;
    kernels.zero(first.address, numGroups * columns * 4);
    kernels.spreadInputs(logits.address, numLanes, columns, first.address, starts.groups, 0, 0, 0, 0, 0);
    return {
      toFirst: this.productBackward(firstStates, first, numGroups),
      toStates: this.productBackward({ address: 0, table: states }, rowsFrom(logits, numLanes), count),
    };
  }

  private productBackward(states: Rows, delta: Rows, count: number): number {
    const { arena, output, hidden } = this;
    const address = arena.take((count + MIN_ROWS) * hidden);
    if (count === 0) return address;
    const toStates = { address, table: arena.offsets(count + MIN_ROWS, hidden * 4) };
    output.addGradient(states, delta, count);
    output.inputGradient(delta, toStates, count);
    return address;
  }

  private rowsOf(count: number): Rows {
    const { arena, columns } = this;
    return { address: arena.take(count * columns), table: arena.offsets(count, columns * 4) };
  }
}

function rowsFrom({ address, table }: Rows, row: number): Rows {
  return { address, table: table + 4 * row };
}
