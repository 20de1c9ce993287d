// From the decoder's states to logits on the wasm kernels: the tanh layer with what each row attends to, the maximum over
// the texts of a group, the output layer; and back. Parts that a network lacks are skipped. The context goes through its
// half of the tanh layer before the weighted sum (the sum is linear), once a text instead of once a row.

import type { SequenceSpec } from "../../nn/sequence";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import { paddedTo8 } from "../network/wasmTensor";
import type { Arena } from "./wasmArena";
import type { Rows, WasmDense } from "./wasmDense";
import type { Parameters } from "./wasmParameters";
import type { Reading, ReadingGradient } from "./wasmReader";

/** Decoder rows and the nodes that they are copies of: one copy a text, those of a node are neighbours. */
export type Copies = {
  readonly nodes: number;
  readonly rows: number;
  /** Tables in wasm memory: [nodes + 1] first row of every node; [rows] number of the text of every row. */
  readonly starts: number;
  readonly texts: number;
};

/** Addresses of what the forward pass leaves. */
export type ReadoutPass = {
  /** [rows, H] */
  readonly states: Rows;
  /** [rows, longest text] */
  readonly weights: number;
  readonly stride: number;
  /** [rows, E] of every copy (rows); [nodes, E] after the maximum, and which row won. */
  readonly mixed: Rows;
  readonly pooled: Rows;
  readonly winners: number;
  /** [nodes, padded V] */
  readonly logits: Rows;
};

export class WasmReadout {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly hidden: number;
  private readonly embedding: number;
  private readonly columns: number;
  private readonly mix: WasmDense | null;
  private readonly output: WasmDense;

  constructor(kernels: Kernels, arena: Arena, parameters: Parameters, spec: SequenceSpec) {
    this.kernels = kernels;
    this.arena = arena;
    this.hidden = spec.hidden;
    this.embedding = spec.embedding;
    this.columns = paddedTo8(spec.grammar.tokens);
    this.mix = spec.embedding > 0 ? parameters.dense("mix.weights", "mix.bias", { rows: spec.hidden }) : null;
    this.output = parameters.dense("output.weights", "output.bias");
  }

  pack(): void {
    this.mix?.pack();
    this.output.pack();
  }

  /** @param states address of [rows, H] */
  forward(states: number, copies: Copies, reading: Reading | null): ReadoutPass {
    const { kernels, arena, hidden, embedding } = this;
    const stateRows: Rows = { address: states, table: arena.offsets(copies.rows + MIN_ROWS, hidden * 4) };
    let mixed = stateRows;
    if (this.mix) {
      const table = arena.offsets(copies.rows + MIN_ROWS, embedding * 4);
      mixed = { address: arena.take((copies.rows + MIN_ROWS) * embedding), table };
      this.mix.forward(stateRows, mixed, copies.rows, reading ? "none" : "tanh");
    }
    const stride = reading ? (reading.longest + 3) & ~3 : 0;
    const weights = reading ? this.attend(states, copies, reading, stride, mixed.address) : 0;
    let pooled = mixed;
    let winners = 0;
    if (reading) {
      pooled = { address: arena.take((copies.nodes + MIN_ROWS) * embedding), table: mixed.table };
      winners = arena.take(copies.nodes * embedding);
      kernels.maxOverRows(mixed.address, copies.starts, pooled.address, winners, copies.nodes, embedding);
    }
    const logits: Rows = {
      address: arena.take((copies.nodes + MIN_ROWS) * this.columns),
      table: arena.offsets(copies.nodes + MIN_ROWS, this.columns * 4),
    };
    this.output.forward(pooled, logits, copies.nodes);
    return { states: stateRows, weights, stride, mixed, pooled, winners, logits };
  }

  /**
   * Adds the gradients of the weights and of the reading, from that of the logits, which stands in their place.
   *
   * @returns address of the gradient of the states, [rows, H]
   */
  backward(pass: ReadoutPass, copies: Copies, reading: Reading | null, gradient: ReadingGradient | null): number {
    const { arena, hidden, embedding } = this;
    const { states, pooled, logits } = pass;
    const toStates: Rows = { address: arena.take((copies.rows + MIN_ROWS) * hidden), table: states.table };
    this.output.addGradient(pooled, logits, copies.nodes);
    if (this.mix === null) {
      this.output.inputGradient(logits, toStates, copies.nodes);
      return toStates.address;
    }
    const toPooled: Rows = { address: arena.take((copies.nodes + MIN_ROWS) * embedding), table: pooled.table };
    // Without a reader the tanh layer itself is what the output reads, and its derivative joins the product.
    this.output.inputGradient(logits, toPooled, copies.nodes, reading ? undefined : pooled);
    const toMixed = reading ? this.spread(pass, copies, toPooled) : toPooled;
    this.mix.addGradient(states, toMixed, copies.rows);
    this.mix.inputGradient(toMixed, toStates, copies.rows);
    if (reading && gradient) this.attendBackward(pass, copies, reading, gradient, toMixed, toStates.address);
    return toStates.address;
  }

  /** Adds what the rows attend to, takes the tanh, and returns the address of the weights. */
  private attend(states: number, copies: Copies, reading: Reading, stride: number, mixed: number): number {
    const { kernels, arena, hidden, embedding } = this;
    const weights = arena.take(copies.rows * stride);
    const { keys, values, ranges, paths } = reading;
    const { texts, rows } = copies;
    kernels.attend(states, texts, ranges, paths, keys, values, weights, stride, mixed, rows, hidden, embedding);
    return weights;
  }

  /** The gradient before the tanh of every copy, from that of the maximum. */
  private spread({ mixed, pooled, winners }: ReadoutPass, copies: Copies, toPooled: Rows): Rows {
    const { kernels, arena, embedding } = this;
    const address = arena.take((copies.rows + MIN_ROWS) * embedding);
    const { starts, nodes } = copies;
    kernels.maxOverRowsBackward(pooled.address, winners, toPooled.address, starts, address, nodes, embedding);
    return { address, table: mixed.table };
  }

  private attendBackward(
    { states, weights, stride }: ReadoutPass,
    { rows, texts }: Copies,
    { ranges, paths, keys, values }: Reading,
    gradient: ReadingGradient,
    toMixed: Rows,
    toStates: number,
  ): void {
    this.kernels.attendBackward(
      states.address,
      texts,
      ranges,
      paths,
      keys,
      values,
      weights,
      stride,
      toMixed.address,
      toStates,
      gradient.keys,
      gradient.values,
      this.arena.take(stride),
      rows,
      this.hidden,
      this.embedding,
    );
  }
}
