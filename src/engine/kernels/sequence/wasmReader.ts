// The encoder on the wasm kernels: reads the texts of some groups, keeps states and attention keys, and takes gradients
// back. Texts with a common prefix share its states.

import type { Texts } from "../../nn/sequence";
import type { Kernels } from "../assembly/module";
import { MIN_ROWS } from "../network/wasmLayer";
import type { Arena } from "./wasmArena";
import type { WasmDense } from "./wasmDense";
import { type Forest, growForest } from "./wasmForest";
import { type LstmPass, WasmLstm } from "./wasmLstm";
import type { Parameters, Part } from "./wasmParameters";

/** The texts of groups `from` to `to`, numbered from the first text of group `from`. */
export type Reading = {
  readonly texts: Texts;
  readonly from: number;
  readonly to: number;
  readonly pass: LstmPass;
  /** Addresses of [rows, H], states times attention matrix, and [rows, E], states times their half of the tanh layer. */
  readonly keys: number;
  readonly values: number;
  /** Offsets of rows of E floats. */
  readonly valueRows: number;
  /** Address of the rows of every text's states, one after another, and of where each text's list begins and ends. */
  readonly paths: number;
  readonly ranges: number;
  /** Most symbols of a text. */
  readonly longest: number;
  /** [texts] byte offset of each text's last state. */
  readonly summaries: Int32Array;
};

/** Addresses of [rows, H] twice and [rows, E]. */
export type ReadingGradient = { readonly states: number; readonly keys: number; readonly values: number };

export class WasmReader {
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly hidden: number;
  private readonly lstm: WasmLstm;
  private readonly embedding: number;
  private readonly attention: WasmDense;
  private readonly mix: WasmDense;
  private readonly state: Part;

  constructor(kernels: Kernels, arena: Arena, parameters: Parameters, hidden: number, embedding: number) {
    this.kernels = kernels;
    this.arena = arena;
    this.hidden = hidden;
    this.lstm = new WasmLstm(kernels, arena, parameters, "encoder", hidden);
    this.embedding = embedding;
    this.attention = parameters.dense("attention", null);
    this.mix = parameters.dense("mix.weights", null, { first: hidden, rows: hidden });
    this.state = parameters.part("encoder.state");
  }

  pack(): void {
    this.lstm.pack();
    this.attention.pack();
    this.mix.pack();
  }

  read(texts: Texts, from: number, to: number): Reading {
    const { arena, hidden } = this;
    const { forest, order, starts, longest } = forestOf(texts, from, to);
    const { depths, parents, inputs } = forest;
    const rows = { depths, parents, inputs };
    const pass = this.lstm.forward(rows, { address: this.state.values, offsets: null }, true);
    const keys = arena.take((pass.count + MIN_ROWS) * hidden);
    const states = { address: pass.states, table: pass.stateRows };
    this.attention.forward(states, { address: keys, table: pass.stateRows }, pass.count);
    const values = arena.take((pass.count + MIN_ROWS) * this.embedding);
    const valueRows = arena.offsets(pass.count + MIN_ROWS, this.embedding * 4);
    this.mix.forward(states, { address: values, table: valueRows }, pass.count);
    // Text order[s] is sequence s of the forest: its list begins at starts[s].
    const ranges = new Int32Array(2 * order.length);
    const summaries = new Int32Array(order.length);
    for (const [s, text] of order.entries()) {
      ranges[2 * text] = starts[s]!;
      ranges[2 * text + 1] = starts[s + 1]!;
      summaries[text] = forest.paths[starts[s + 1]! - 1]! * hidden * 4;
    }
    const tables = { paths: arena.put(forest.paths), ranges: arena.put(ranges) };
    return { texts, from, to, pass, keys, values, valueRows, ...tables, longest, summaries };
  }

  /** Zeros to collect the gradients of a reading's states, keys and values in. */
  openGradient({ pass }: Reading): ReadingGradient {
    const { arena, hidden, embedding } = this;
    const count = pass.count + MIN_ROWS;
    return {
      states: arena.takeZeroed(count * hidden),
      keys: arena.takeZeroed(count * hidden),
      values: arena.takeZeroed(count * embedding),
    };
  }

  /** Adds the gradients of the encoder's weights. Overwrites the reading's gates: it cannot be taken back twice. */
  backward({ pass, valueRows }: Reading, gradient: ReadingGradient): void {
    const { kernels, arena, hidden } = this;
    const { count, stateRows } = pass;
    const states = { address: pass.states, table: stateRows };
    const carried = { address: arena.take((count + MIN_ROWS) * hidden), table: stateRows };
    const targets = arena.put(pass.rows.parents.map((_, row) => gradient.states + row * hidden * 4));
    const takeBack = (dense: WasmDense, address: number, table: number) => {
      dense.addGradient(states, { address, table }, count);
      dense.inputGradient({ address, table }, carried, count);
      kernels.addRows(carried.address, targets, count, hidden);
    };
    takeBack(this.attention, gradient.keys, stateRows);
    takeBack(this.mix, gradient.values, valueRows);
    this.lstm.backward(pass, gradient.states, { address: this.state.gradient, offsets: null });
  }
}

type TextForest = {
  readonly forest: Forest;
  /** [S] the text of each sequence */
  readonly order: readonly number[];
  /** [S + 1] first symbol of each sequence */
  readonly starts: Int32Array;
  readonly longest: number;
};

function forestOf({ symbols, textOffsets, groupOffsets }: Texts, from: number, to: number): TextForest {
  const first = groupOffsets[from]!;
  const textOf = (text: number) => symbols.subarray(textOffsets[first + text]!, textOffsets[first + text + 1]!);
  const all = Array.from({ length: groupOffsets[to]! - first }, (_, text) => textOf(text));
  const order = Array.from(all.keys()).sort((a, b) => compare(all[a]!, all[b]!));
  const starts = new Int32Array(order.length + 1);
  const sorted = new Int32Array(all.reduce((sum, text) => sum + text.length, 0));
  let longest = 0;
  for (const [s, text] of order.entries()) {
    const { length } = all[text]!;
    sorted.set(all[text]!, starts[s]!);
    starts[s + 1] = starts[s]! + length;
    longest = Math.max(longest, length);
  }
  return { forest: growForest(sorted, starts, new Int32Array(order.length)), order, starts, longest };
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
