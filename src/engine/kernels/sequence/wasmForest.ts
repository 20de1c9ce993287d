// Sequences as trees of their prefixes: what an LSTM makes of a common prefix is computed once.

/** Nodes are numbered depth by depth. The node of a sequence at depth t stands for its first t + 1 symbols. */
export type Forest = {
  /** [D + 1] first node of every depth; the last entry is the number of nodes. */
  readonly depths: Int32Array;
  /** [nodes] node one symbol shorter, -1 at depth 0. */
  readonly parents: Int32Array;
  /** [nodes] last symbol. */
  readonly inputs: Int32Array;
  /** [nodes] the first sequence that goes through it. */
  readonly sequences: Int32Array;
  /** Node of symbol i of all sequences together: of sequence s at depth t at index starts[s] + t. */
  readonly paths: Int32Array;
};

/**
 * @param symbols all sequences one after another
 * @param starts [S + 1] where each begins; none is empty
 * @param trees [S] sequences of different trees share nothing; sequences stand in the order of tree, then symbols
 */
export function growForest(symbols: Int32Array, starts: Int32Array, trees: Int32Array): Forest {
  const count = starts.length - 1;
  const shared = new Int32Array(count);
  const perDepth: number[] = [];
  for (let s = 0; s < count; s++) {
    if (s > 0 && trees[s] === trees[s - 1]) shared[s] = commonPrefix(symbols, starts, s);
    for (let t = shared[s]!; t < starts[s + 1]! - starts[s]!; t++) perDepth[t] = (perDepth[t] ?? 0) + 1;
  }
  const depths = new Int32Array(perDepth.length + 1);
  for (const [t, nodes] of perDepth.entries()) depths[t + 1] = depths[t]! + nodes;
  const nodes = depths[perDepth.length]!;
  const parents = new Int32Array(nodes);
  const inputs = new Int32Array(nodes);
  const sequences = new Int32Array(nodes);
  const paths = new Int32Array(symbols.length);
  const next = depths.slice();
  for (let s = 0; s < count; s++) {
    const start = starts[s]!;
    const length = starts[s + 1]! - start;
    for (let t = 0; t < length; t++) {
      if (t < shared[s]!) {
        paths[start + t] = paths[starts[s - 1]! + t]!;
        continue;
      }
      const node = next[t]!;
      next[t] = node + 1;
      parents[node] = t === 0 ? -1 : paths[start + t - 1]!;
      inputs[node] = symbols[start + t]!;
      sequences[node] = s;
      paths[start + t] = node;
    }
  }
  return { depths, parents, inputs, sequences, paths };
}

/** Symbols that sequence s begins with like the one before it. */
function commonPrefix(symbols: Int32Array, starts: Int32Array, s: number): number {
  const before = starts[s - 1]!;
  const start = starts[s]!;
  const most = Math.min(start - before, starts[s + 1]! - start);
  let length = 0;
  while (length < most && symbols[before + length] === symbols[start + length]) length++;
  return length;
}
