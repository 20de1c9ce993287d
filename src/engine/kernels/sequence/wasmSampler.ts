// Draws sequences on the wasm kernels, step by step. Lanes of a group that drew the same tokens so far are one node: a
// thousand draws for one group begin as one row a text.

import type { SequenceSpec } from "../../nn/sequence";
import type { Rng } from "../../rng/rng";
import type { Kernels } from "../assembly/module";
import { paddedTo8 } from "../network/wasmTensor";
import { nextState } from "./calls";
import type { Arena } from "./wasmArena";
import type { LstmPass } from "./wasmLstm";
import type { Reading } from "./wasmReader";
import type { WasmWriter } from "./wasmWriter";

/** Distinct prefixes of one length that lanes still write on, in the order of group, then prefix. */
type Front = {
  /** [nodes] */
  readonly groups: Int32Array;
  readonly states: Int32Array;
  readonly inputs: Int32Array;
  /** [nodes] first row of the parent in the step before; -1 at the first step. */
  readonly parentRows: Int32Array;
  /** [nodes + 1] and [lanes]: the lanes of node n are lanes[laneStarts[n]] to lanes[laneStarts[n + 1]]. */
  readonly laneStarts: Int32Array;
  readonly lanes: Int32Array;
};

/** [N, L] prefilled with the end token, and [N] zeros: what sampling writes into. */
export type Drawn = { readonly tokens: Int32Array; readonly logProb: Float64Array };

export class WasmSampler {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly spec: SequenceSpec;
  private readonly writer: WasmWriter;

  constructor(kernels: Kernels, arena: Arena, spec: SequenceSpec, writer: WasmWriter) {
    this.kernels = kernels;
    this.arena = arena;
    this.spec = spec;
    this.writer = writer;
  }

  /**
   * Draws the given lanes into `drawn`.
   *
   * @param lanes ids, in the order of their groups
   * @param groups [N] the group of every lane; ignored without a reading
   * @param mostRows at least the texts of all these lanes' groups together, lane by lane
   */
  draw(lanes: Int32Array, groups: Int32Array, reading: Reading | null, mostRows: number, rng: Rng, drawn: Drawn): void {
    const { arena, spec } = this;
    const size = mostRows * spec.hidden;
    const held = { states: arena.take(size), cells: arena.take(size) };
    const mark = arena.mark();
    let front = this.firstFront(lanes, groups, reading !== null);
    for (let step = 0; front.lanes.length > 0; step++) {
      const { pass, starts, tokens } = this.step(front, step, reading, held, rng, drawn);
      const memory = new Uint8Array(this.kernels.memory.buffer);
      const bytes = pass.count * spec.hidden * 4;
      memory.copyWithin(held.states, pass.states, pass.states + bytes);
      memory.copyWithin(held.cells, pass.cells, pass.cells + bytes);
      front = this.nextFront(front, starts, tokens, step);
      arena.release(mark);
    }
  }

  /** One node a group that has lanes. */
  private firstFront(lanes: Int32Array, groups: Int32Array, isConditioned: boolean): Front {
    const firsts: number[] = [];
    const groupOf = (lane: number) => (isConditioned ? groups[lane]! : 0);
    for (let k = 0; k < lanes.length; k++) {
      if (k === 0 || groupOf(lanes[k]!) !== groupOf(lanes[k - 1]!)) firsts.push(k);
    }
    return {
      groups: Int32Array.from(firsts, (k) => groupOf(lanes[k]!)),
      states: new Int32Array(firsts.length),
      inputs: new Int32Array(firsts.length).fill(this.spec.grammar.tokens),
      parentRows: new Int32Array(firsts.length).fill(-1),
      laneStarts: Int32Array.from([...firsts, lanes.length]),
      lanes,
    };
  }

  /** One token for every lane of the front. */
  private step(
    front: Front,
    step: number,
    reading: Reading | null,
    held: { readonly states: number; readonly cells: number },
    rng: Rng,
    drawn: Drawn,
  ): { pass: LstmPass; starts: Int32Array; tokens: Int32Array } {
    const { spec, writer } = this;
    const { groups, inputs, parentRows } = front;
    const depth = { depths: Int32Array.of(0, groups.length), parents: new Int32Array(groups.length).fill(-1), inputs };
    const { rows, copies, roots, starts } = writer.expand(depth, groups, reading);
    let pass: LstmPass;
    if (step === 0) pass = writer.lstm.forward(rows, roots(reading?.pass.states ?? 0), false);
    else {
      const offsets = new Int32Array(rows.parents.length);
      for (let node = 0; node < groups.length; node++) {
        for (let row = starts[node]!; row < starts[node + 1]!; row++) {
          offsets[row] = (parentRows[node]! + row - starts[node]!) * spec.hidden * 4;
        }
      }
      pass = writer.lstm.forward(rows, { address: held.states, offsets }, false, { address: held.cells, offsets });
    }
    const { logits } = writer.readout.forward(pass.states, copies, reading);
    return { pass, starts, tokens: this.drawTokens(front, step, logits.address, rng, drawn) };
  }

  /** Writes the token and adds the log probability of every lane of the front; returns the tokens [lanes]. */
  private drawTokens(front: Front, step: number, logits: number, rng: Rng, drawn: Drawn): Int32Array {
    const { kernels, arena, spec, writer } = this;
    const { grammar, floor } = spec;
    const { maxLength } = grammar;
    const { lanes, states, laneStarts } = front;
    const tokensAt = arena.take(lanes.length);
    const logProbsAt = arena.take(2 * lanes.length);
    kernels.drawTokens(
      logits,
      states.length,
      paddedTo8(grammar.tokens),
      arena.put(states.map((state) => writer.masks.ids[state * (maxLength + 1) + maxLength - step]!)),
      writer.masks.rows,
      writer.masks.shares,
      1 - floor,
      arena.put(laneStarts),
      arena.put(lanes.map((lane) => lane * maxLength + step)),
      rng.seed,
      rng.streamA,
      rng.streamB,
      tokensAt,
      logProbsAt,
      writer.scratch,
    );
    const tokens = new Int32Array(kernels.memory.buffer, tokensAt, lanes.length).slice();
    const logProbs = new Float64Array(kernels.memory.buffer, logProbsAt, lanes.length);
    for (const [k, lane] of lanes.entries()) {
      drawn.tokens[lane * maxLength + step] = tokens[k]!;
      drawn.logProb[lane]! += logProbs[k]!;
    }
    return tokens;
  }

  /** The nodes after this step: one for each token that the lanes of a node drew, but for the end. */
  private nextFront(front: Front, starts: Int32Array, tokens: Int32Array, step: number): Front {
    const { end, maxLength } = this.spec.grammar;
    const nodes: { from: number; token: number; start: number }[] = [];
    const lanes: number[] = [];
    for (let node = 0; node < front.groups.length; node++) {
      const positions: number[] = [];
      for (let k = front.laneStarts[node]!; k < front.laneStarts[node + 1]!; k++) {
        if (tokens[k] !== end) positions.push(k);
      }
      positions.sort((a, b) => tokens[a]! - tokens[b]! || a - b);
      for (const [index, k] of positions.entries()) {
        const token = tokens[k]!;
        if (index === 0 || token !== tokens[positions[index - 1]!])
          nodes.push({ from: node, token, start: lanes.length });
        lanes.push(front.lanes[k]!);
      }
    }
    const left = maxLength - step;
    return {
      groups: Int32Array.from(nodes, ({ from }) => front.groups[from]!),
      states: Int32Array.from(nodes, ({ from, token }) =>
        nextState(this.spec.grammar, front.states[from]!, token, left),
      ),
      inputs: Int32Array.from(nodes, ({ token }) => token),
      parentRows: Int32Array.from(nodes, ({ from }) => starts[from]!),
      laneStarts: Int32Array.from([...nodes.map(({ start }) => start), lanes.length]),
      lanes: Int32Array.from(lanes),
    };
  }
}
