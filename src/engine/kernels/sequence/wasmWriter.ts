// The decoder on the wasm kernels: scores given sequences, with their gradient. Sequences of a group with a common
// prefix share everything up to where they part.

import type { SequenceSpec } from "../../nn/sequence";
import type { Kernels } from "../assembly/module";
import { paddedTo8 } from "../network/wasmTensor";
import { nextState } from "./calls";
import type { Arena } from "./wasmArena";
import { type Forest, growForest } from "./wasmForest";
import { type LstmRows, type Roots, WasmLstm } from "./wasmLstm";
import { type Masks, writeMasks } from "./wasmMasks";
import type { Parameters, Part } from "./wasmParameters";
import type { Reading, ReadingGradient } from "./wasmReader";
import { type Copies, WasmReadout } from "./wasmReadout";

/** Allowed sequences in the order of `DistinctLanes`. */
export type WriterLanes = {
  /** [D, L] */
  readonly tokens: Int32Array;
  readonly groups: Int32Array;
  /** [D] tokens up to and with the end */
  readonly lengths: Int32Array;
};

/** What scoring also adds to the gradient: factors [D] on minus the log probabilities, and where the reading collects. */
export type Training = { readonly factors: Float64Array; readonly reading: ReadingGradient | null };

export class WasmWriter {
  readonly lstm: WasmLstm;
  readonly readout: WasmReadout;
  readonly masks: Masks;
  /** Room for one row of logits. */
  readonly scratch: number;
  private readonly kernels: Kernels;
  private readonly arena: Arena;
  private readonly spec: SequenceSpec;
  /** The learned first state; null with a reader, where the texts' summaries take its place. */
  private readonly state: Part | null;

  constructor(kernels: Kernels, arena: Arena, parameters: Parameters, spec: SequenceSpec, scratch: number) {
    this.kernels = kernels;
    this.arena = arena;
    this.spec = spec;
    this.scratch = scratch;
    this.lstm = new WasmLstm(kernels, arena, parameters, "decoder", spec.hidden);
    this.readout = new WasmReadout(kernels, arena, parameters, spec);
    this.masks = writeMasks(kernels, spec);
    this.state = spec.reader ? null : parameters.part("decoder.state");
  }

  pack(): void {
    this.lstm.pack();
    this.readout.pack();
  }

  /** [to - from] log probabilities of lanes `from` to `to`; adds gradients with `training`. */
  score(
    lanes: WriterLanes,
    from: number,
    to: number,
    reading: Reading | null,
    training: Training | null,
  ): Float64Array {
    const { forest, starts } = this.forestOf(lanes, from, to);
    const groups = forest.sequences.map((sequence) => lanes.groups[from + sequence]!);
    const { rows, copies, roots } = this.expand(forest, groups, reading);
    const pass = this.lstm.forward(rows, roots(reading?.pass.states ?? 0), training !== null);
    const readout = this.readout.forward(pass.states, copies, reading);
    const logProb = this.scoreUses(lanes, from, forest, starts, readout.logits.address, training);
    if (training) {
      const toStates = this.readout.backward(readout, copies, reading, training.reading);
      this.lstm.backward(pass, toStates, roots(training.reading?.states ?? 0, true));
    }
    return logProb;
  }

  /** Trees of the inputs: the start, then all tokens but the last. */
  private forestOf(lanes: WriterLanes, from: number, to: number): { forest: Forest; starts: Int32Array } {
    const { tokens: start, maxLength } = this.spec.grammar;
    const starts = new Int32Array(to - from + 1);
    for (let s = 0; s < to - from; s++) starts[s + 1] = starts[s]! + lanes.lengths[from + s]!;
    const inputs = new Int32Array(starts[to - from]!);
    for (let s = 0; s < to - from; s++) {
      const at = (from + s) * maxLength;
      inputs[starts[s]!] = start;
      inputs.set(lanes.tokens.subarray(at, at + lanes.lengths[from + s]! - 1), starts[s]! + 1);
    }
    return { forest: growForest(inputs, starts, lanes.groups.subarray(from, to)), starts };
  }

  /** Every node once for each text of its group. */
  expand(forest: Pick<Forest, "depths" | "parents" | "inputs">, groups: Int32Array, reading: Reading | null) {
    const { depths, parents, inputs } = forest;
    const nodes = parents.length;
    const starts = new Int32Array(nodes + 1);
    const offsets = reading?.texts.groupOffsets;
    for (let node = 0; node < nodes; node++) {
      const group = groups[node]!;
      starts[node + 1] = starts[node]! + (offsets ? offsets[group + 1]! - offsets[group]! : 1);
    }
    const count = starts[nodes]!;
    const rows: LstmRows = {
      depths: depths.map((node) => starts[node]!),
      parents: new Int32Array(count),
      inputs: new Int32Array(count),
    };
    const texts = new Int32Array(count);
    const firstText = reading ? reading.texts.groupOffsets[reading.from]! : 0;
    for (let node = 0; node < nodes; node++) {
      const parent = parents[node]!;
      const first = starts[node]!;
      for (let row = first; row < starts[node + 1]!; row++) {
        rows.parents[row] = parent < 0 ? -1 : starts[parent]! + row - first;
        rows.inputs[row] = inputs[node]!;
        texts[row] = (offsets ? offsets[groups[node]!]! - firstText : 0) + row - first;
      }
    }
    const copies: Copies = { nodes, rows: count, starts: this.arena.put(starts), texts: this.arena.put(texts) };
    const roots = (states: number, isGradient = false): Roots => this.rootsOf(rows, texts, reading, states, isGradient);
    return { rows, copies, roots, starts };
  }

  private rootsOf(
    rows: LstmRows,
    texts: Int32Array,
    reading: Reading | null,
    states: number,
    isGradient: boolean,
  ): Roots {
    if (this.state) return { address: isGradient ? this.state.gradient : this.state.values, offsets: null };
    return { address: states, offsets: texts.subarray(0, rows.depths[1]!).map((text) => reading!.summaries[text]!) };
  }

  /** Scores the tokens that the lanes take at every node; the logits become gradients with `training`. */
  private scoreUses(
    lanes: WriterLanes,
    from: number,
    { depths, paths }: Forest,
    starts: Int32Array,
    logits: number,
    training: Training | null,
  ): Float64Array {
    const { kernels, arena, masks, spec } = this;
    const { grammar, floor } = spec;
    const nodes = depths.at(-1)!;
    const nodeMasks = new Int32Array(nodes);
    const useStarts = new Int32Array(nodes + 1);
    for (const node of paths) useStarts[node + 1]!++;
    for (let node = 0; node < nodes; node++) useStarts[node + 1]! += useStarts[node]!;
    const next = useStarts.slice();
    const useTokens = new Int32Array(paths.length);
    const factors = new Float64Array(paths.length);
    const uses = new Int32Array(paths.length);
    for (let s = 0; s + 1 < starts.length; s++) {
      let state = 0;
      for (let t = 0; t < starts[s + 1]! - starts[s]!; t++) {
        const node = paths[starts[s]! + t]!;
        const token = lanes.tokens[(from + s) * grammar.maxLength + t]!;
        nodeMasks[node] = masks.ids[state * (grammar.maxLength + 1) + grammar.maxLength - t]!;
        const use = next[node]!++;
        useTokens[use] = token;
        factors[use] = training?.factors[from + s] ?? 0;
        uses[starts[s]! + t] = use;
        state = nextState(grammar, state, token, grammar.maxLength - t);
      }
    }
    const logProbs = arena.take(2 * paths.length);
    kernels.scoreTokens(
      logits,
      nodes,
      paddedTo8(grammar.tokens),
      arena.put(nodeMasks),
      masks.rows,
      masks.shares,
      1 - floor,
      arena.put(useStarts),
      arena.put(useTokens),
      arena.putDoubles(factors),
      logProbs,
      this.scratch,
      training !== null,
    );
    const perUse = new Float64Array(kernels.memory.buffer, logProbs, paths.length);
    const logProb = new Float64Array(starts.length - 1);
    for (let s = 0; s < logProb.length; s++) {
      for (let i = starts[s]!; i < starts[s + 1]!; i++) logProb[s]! += perUse[uses[i]!]!;
    }
    return logProb;
  }
}
