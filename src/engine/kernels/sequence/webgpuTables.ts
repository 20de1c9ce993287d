// The integers that the WGSL programs of a sequence network read, worked out on the CPU: which text or program stands
// where. Rows are LSTMs; row r owns the slots starts[r] to starts[r + 1], one for its first state and one after each step,
// so that nothing is padded: h in slot s is what step s - starts[r] reads, and what step s - starts[r] - 1 wrote.

import type { SequenceSpec, Texts } from "../../nn/sequence";
import { nextState } from "./calls";

/** Named runs of integers in one array. */
export type Packed<Name extends string> = {
  readonly words: Int32Array;
  /** Index of the first word of each run. */
  readonly at: Readonly<Record<Name, number>>;
};

/** Rows of an LSTM: starts [R + 1], symbol of every step by slot, and the steps of each symbol. */
type RowSections = "starts" | "symbols" | "initAt" | "order" | "orderStarts";

export type ReadingTables = {
  readonly packed: Packed<RowSections>;
  readonly numRows: number;
  readonly numSlots: number;
  /** [M + 1] */
  readonly starts: Int32Array;
  /** First row of each group that was read; group g of the texts has the rows from firstRow.get(g) on. */
  readonly firstRow: ReadonlyMap<number, number>;
  readonly longest: number;
};

/** The texts of `groups` as rows of the encoder, in the order of the groups. @param initAt where its first h stands */
export function readingTables(texts: Texts, groups: Iterable<number>, symbols: number, initAt: number): ReadingTables {
  const rows: Int32Array[] = [];
  const firstRow = new Map<number, number>();
  for (const group of groups) {
    firstRow.set(group, rows.length);
    for (let text = texts.groupOffsets[group]!; text < texts.groupOffsets[group + 1]!; text++) {
      rows.push(Int32Array.from(texts.symbols.subarray(texts.textOffsets[text]!, texts.textOffsets[text + 1]!)));
    }
  }
  const sections = rowSections(rows, symbols);
  return {
    packed: pack({ ...sections, initAt: new Int32Array(rows.length).fill(initAt) }),
    numRows: rows.length,
    numSlots: sections.symbols.length,
    starts: sections.starts,
    firstRow,
    longest: rows.reduce((most, row) => Math.max(most, row.length), 0),
  };
}

/** Lanes of one chunk: tokens [N, L], groups [N], in the order of their groups. */
export type LaneChunk = { readonly tokens: Int32Array; readonly groups: Int32Array };

export type CopyTables = {
  /** [N + 1] first row of each lane */
  readonly laneRow: Int32Array;
  /** [R] slot of the first state of the row's text */
  readonly rowText: Int32Array;
  /** [R] symbols of the row's text */
  readonly rowLength: Int32Array;
  /** [R] local number of the row's text */
  readonly rowTextId: Int32Array;
  readonly mostCopies: number;
};

/** The copies of every lane: one per text of its group, or one where nothing is read. */
export function copyTables(texts: Texts | null, groups: Int32Array, reading: ReadingTables | null): CopyTables {
  const laneRow = new Int32Array(groups.length + 1);
  const ids: number[] = [];
  let mostCopies = 1;
  for (const [lane, group] of groups.entries()) {
    const count = reading && texts ? texts.groupOffsets[group + 1]! - texts.groupOffsets[group]! : 1;
    const first = reading?.firstRow.get(group) ?? 0;
    for (let copy = 0; copy < count; copy++) ids.push(first + copy);
    laneRow[lane + 1] = ids.length;
    mostCopies = Math.max(mostCopies, count);
  }
  const rowTextId = Int32Array.from(ids);
  const rowText = rowTextId.map((id) => reading?.starts[id] ?? 0);
  const rowLength = rowTextId.map((id, row) => (reading ? reading.starts[id + 1]! - rowText[row]! - 1 : 0));
  return { laneRow, rowText, rowLength, rowTextId, mostCopies };
}

type WritingSections =
  | RowSections
  | "laneRow"
  | "laneStart"
  | "laneAt"
  | "rowText"
  | "rowLength"
  | "rowOf"
  | "laneOf"
  | "token"
  | "state"
  | "left"
  | "coefficient"
  | "textStarts"
  | "textOf"
  | "textRows"
  | "textRowStarts";

export type WritingTables = {
  readonly packed: Packed<WritingSections>;
  readonly numRows: number;
  /** D */
  readonly numSlots: number;
  /** Tokens of all lanes together. */
  readonly numSteps: number;
  /** [N + 1] first of them, by lane */
  readonly laneStart: Int32Array;
};

/**
 * Everything that scoring the lanes of a chunk, and their gradient, needs.
 *
 * @param lengths [N] tokens of each lane, the end included
 * @param coefficient [N]
 * @param hidden where a row's first h stands: of its text's last state, or `initAt` where nothing is read
 */
export function writingTables(
  spec: SequenceSpec,
  chunk: LaneChunk,
  lengths: Int32Array,
  coefficient: Float64Array,
  copies: CopyTables,
  reading: ReadingTables | null,
  initAt: number,
): WritingTables {
  const { laneRow, rowText, rowLength, rowTextId } = copies;
  const { maxLength, tokens: start } = spec.grammar;
  const numLanes = chunk.groups.length;
  const numRows = rowTextId.length;
  const laneOf = new Int32Array(numRows);
  for (let lane = 0; lane < numLanes; lane++) laneOf.fill(lane, laneRow[lane]!, laneRow[lane + 1]!);
  const inputs = Array.from({ length: numLanes }, (_, lane) => {
    const row = chunk.tokens.slice(lane * maxLength, lane * maxLength + lengths[lane]!);
    row.copyWithin(1, 0);
    row[0] = start;
    return row;
  });
  const sections = rowSections(
    Array.from(laneOf, (lane) => inputs[lane]!),
    start + 1,
  );
  const rowOf = new Int32Array(sections.symbols.length);
  for (let row = 0; row < numRows; row++) rowOf.fill(row, sections.starts[row]!, sections.starts[row + 1]!);
  const choices = choiceSections(spec, chunk, lengths, coefficient);
  const { hidden } = spec;
  const packed = pack({
    ...sections,
    ...choices,
    ...textSections(rowTextId, reading),
    initAt: rowText.map((slot, row) => (reading ? (slot + rowLength[row]!) * hidden : initAt)),
    laneRow,
    rowText,
    rowLength,
    rowOf,
    laneOf,
  });
  const numSteps = choices.token.length;
  return { packed, numRows, numSlots: sections.symbols.length, numSteps, laneStart: choices.laneStart };
}

/** For each token of each lane: what it is, the grammar's state before it, the tokens left, the lane's coefficient. */
function choiceSections(spec: SequenceSpec, chunk: LaneChunk, lengths: Int32Array, coefficient: Float64Array) {
  const { grammar } = spec;
  const laneStart = new Int32Array(lengths.length + 1);
  for (const [lane, length] of lengths.entries()) laneStart[lane + 1] = laneStart[lane]! + length;
  const count = laneStart[lengths.length]!;
  const [token, state, left, laneAt] = Array.from({ length: 4 }, () => new Int32Array(count)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ]; // four
  const factor = new Float32Array(count);
  for (const [lane, length] of lengths.entries()) {
    let before = 0;
    for (let step = 0; step < length; step++) {
      const at = laneStart[lane]! + step;
      token[at] = chunk.tokens[lane * grammar.maxLength + step]!;
      state[at] = before;
      left[at] = grammar.maxLength - step;
      factor[at] = coefficient[lane]!;
      laneAt[at] = lane;
      before = nextState(grammar, before, token[at]!, left[at]!);
    }
  }
  // Floats travel as their bits: programs cast them back.
  return { laneStart, laneAt, token, state, left, coefficient: new Int32Array(factor.buffer) };
}

/** Which rows write about each text, and where the text's states stand; empty where nothing is read. */
function textSections(rowTextId: Int32Array, reading: ReadingTables | null) {
  const numTexts = reading?.numRows ?? 0;
  const textOf = new Int32Array(reading?.numSlots ?? 0);
  const textStarts = reading?.starts ?? new Int32Array(1);
  for (let text = 0; text < numTexts; text++) textOf.fill(text, textStarts[text]!, textStarts[text + 1]!);
  const { order, starts } = sortByKey(reading ? rowTextId : new Int32Array(0), numTexts);
  return { textOf, textStarts, textRows: order, textRowStarts: starts };
}

function rowSections(rows: readonly Int32Array[], numSymbols: number) {
  const starts = new Int32Array(rows.length + 1);
  for (const [row, symbols] of rows.entries()) starts[row + 1] = starts[row]! + symbols.length + 1;
  const symbols = new Int32Array(starts[rows.length]!).fill(-1);
  for (const [row, values] of rows.entries()) symbols.set(values, starts[row]!);
  const { order, starts: orderStarts } = sortByKey(symbols, numSymbols);
  return { starts, symbols, order, orderStarts };
}

/** Indices of `keys` by key, those below 0 left out; those of key k stand from starts[k] to starts[k + 1]. */
export function sortByKey(keys: Int32Array, numKeys: number): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(numKeys + 1);
  for (const key of keys) if (key >= 0) starts[key + 1] = starts[key + 1]! + 1;
  for (let key = 0; key < numKeys; key++) starts[key + 1] = starts[key + 1]! + starts[key]!;
  const next = starts.slice();
  const order = new Int32Array(starts[numKeys]!);
  for (const [index, key] of keys.entries()) {
    if (key < 0) continue;
    order[next[key]!] = index;
    next[key] = next[key]! + 1;
  }
  return { order, starts };
}

/** One array that holds all the runs, one after another. */
export function pack<Name extends string>(sections: Readonly<Record<Name, Int32Array>>): Packed<Name> {
  const entries = Object.entries<Int32Array>(sections);
  const words = new Int32Array(entries.reduce((sum, [, values]) => sum + values.length, 0));
  const at: Record<string, number> = {};
  let next = 0;
  for (const [name, values] of entries) {
    at[name] = next;
    words.set(values, next);
    next += values.length;
  }
  return { words, at: at as Record<Name, number> }; // the names are those of `sections`
}
