// What a program's tokens alone decide about its position automaton: which position may follow which, what each emits,
// how long its strings are, with what they begin. The numbers come later (weigh.ts) and change while learning.
// Source: strings specification, section 4 (table) and 6.1.

import { LITERAL_BASE } from "../evaluator";
import { notAProgram } from "../program";
import { ALT, ATOM, CAT, NodeTable, OPT_NODE, PLUS_NODE, readNodes, STAR_NODE } from "../syntax";
import { CLASS_NAMES, FIRST_CLASS, OUTSIDE, SIGMA, STAR, symbolOf } from "../tokens";
import { LEAF_OF_SYMBOL } from "./numbers";

/** One row of `nodes` per node, children before parents. */
export const NODE = { op: 0, left: 1, right: 2, atomFrom: 3, atomTo: 4, firstTo: 5, lastFrom: 6, nullable: 7, size: 8 };

export type Topology = {
  readonly numAtoms: number;
  readonly numNodes: number;
  /** [atoms] the symbol id of a literal, ~(index of the class in CLASS_NAMES) of a class. */
  readonly emit: Int32Array;
  /**
   * [nodes, NODE.size]. Of a node's atoms, only atomFrom to firstTo - 1 can come first in it, and only lastFrom to
   * atomTo - 1 last; nullable is 1 where it can be the empty string.
   */
  readonly nodes: Int32Array;
  /** Edges by target: those into atom j are start[j] to start[j + 1], `source` their other ends. */
  readonly start: Int32Array;
  readonly source: Int32Array;
  /** What node v adds to edges: triples (atom i, atom j, edge) from joinStart[v] to joinStart[v + 1], counted in triples. */
  readonly joins: Int32Array;
  readonly joinStart: Int32Array;
  readonly minLength: number;
  /** Infinity without a bound. */
  readonly maxLength: number;
  /** [4] bit set of the symbols with which a string can begin; OUTSIDE stands for all outside Sigma. */
  readonly begins: Int32Array;
};

const CLASS_LEAVES: readonly string[] = ["dulsp", "dul", "d", "u", "l", "s"];

/** [6, 4] bit sets of the members of each class. */
const CLASS_BITS = classBits();

function classBits(): Int32Array {
  const bits = new Int32Array(4 * CLASS_NAMES.length);
  for (const [row, leaves] of CLASS_LEAVES.entries()) {
    for (let symbol = 0; symbol < SIGMA.length; symbol++) {
      const isMember = leaves.includes("dulsp"[LEAF_OF_SYMBOL[symbol]!]!);
      if (isMember) bits[4 * row + (symbol >> 5)]! |= 1 << (symbol & 31);
    }
  }
  return bits;
}

/** The symbol that a literal token emits; ids outside Sigma that name a member of it are that member. */
function emissionOf(token: number): number {
  if (token < FIRST_CLASS) return token;
  if (token < STAR) return ~(token - FIRST_CLASS);
  const symbol = symbolOf(token - LITERAL_BASE);
  return symbol === OUTSIDE ? token : symbol;
}

/** Working space of one compilation at a time, kept from call to call. */
class Draft {
  readonly table = new NodeTable();
  rows = new Int32Array(0);
  minLength = new Float64Array(0);
  maxLength = new Float64Array(0);
  joinStart = new Int32Array(0);
  /** Per atom: whether it can come first or last in the largest node finished so far that holds it. */
  isFirst = new Uint8Array(0);
  isLast = new Uint8Array(0);
  /** Edges in order of discovery, chained by target. */
  newest = new Int32Array(0);
  edgeSource = new Int32Array(64);
  edgeBefore = new Int32Array(64);
  numEdges = 0;
  joins = new Int32Array(192);
  numJoins = 0;

  reset(): void {
    const { count, atoms } = this.table;
    this.numEdges = 0;
    this.numJoins = 0;
    if (this.joinStart.length <= count) {
      this.rows = new Int32Array(2 * count * NODE.size);
      this.minLength = new Float64Array(2 * count);
      this.maxLength = new Float64Array(2 * count);
      this.joinStart = new Int32Array(2 * count + 1);
    }
    if (this.newest.length < atoms) {
      this.isFirst = new Uint8Array(2 * atoms);
      this.isLast = new Uint8Array(2 * atoms);
      this.newest = new Int32Array(2 * atoms);
    }
    for (let j = 0; j < atoms; j++) {
      this.isFirst[j] = 1;
      this.isLast[j] = 1;
      this.newest[j] = -1;
    }
  }

  /** Lets every last atom of `left` be followed by every first atom of `right`. */
  join(left: number, right: number): void {
    const rows = this.rows;
    const iEnd = rows[left + NODE.atomTo]!;
    const jEnd = rows[right + NODE.firstTo]!;
    for (let i = rows[left + NODE.lastFrom]!; i < iEnd; i++) {
      if (this.isLast[i] === 0) continue;
      for (let j = rows[right + NODE.atomFrom]!; j < jEnd; j++) {
        if (this.isFirst[j] === 1) this.addJoin(i, j, left === right);
      }
    }
  }

  /** Two atoms meet in one sequence only, but loops around each other may join them again. */
  private addJoin(i: number, j: number, mayExist: boolean): void {
    let edge = mayExist ? this.newest[j]! : -1;
    while (edge >= 0 && this.edgeSource[edge] !== i) edge = this.edgeBefore[edge]!;
    if (edge < 0) edge = this.addEdge(i, j);
    const at = 3 * this.numJoins++;
    if (at + 3 > this.joins.length) this.joins = doubled(this.joins);
    this.joins[at] = i;
    this.joins[at + 1] = j;
    this.joins[at + 2] = edge;
  }

  private addEdge(i: number, j: number): number {
    const edge = this.numEdges++;
    if (edge >= this.edgeSource.length) {
      this.edgeSource = doubled(this.edgeSource);
      this.edgeBefore = doubled(this.edgeBefore);
    }
    this.edgeSource[edge] = i;
    this.edgeBefore[edge] = this.newest[j]!;
    this.newest[j] = edge;
    return edge;
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * values.length);
  larger.set(values);
  return larger;
}

const draft = new Draft();

/**
 * Compiles the topology of a program.
 * @param length tokens without the end
 * @throws RangeError for tokens that are no program
 */
export function compileTopology(program: ArrayLike<number>, length: number): Topology {
  const { table } = draft;
  const problem = readNodes(program, length, table);
  if (problem) throw notAProgram(problem);
  draft.reset();
  const emit = new Int32Array(table.atoms);
  for (let node = 0; node < table.count; node++) {
    draft.joinStart[node] = draft.numJoins;
    if (table.op[node] === ATOM) emit[table.atomFrom[node]!] = emissionOf(program[table.left[node]!]!);
    addNode(node);
  }
  draft.joinStart[table.count] = draft.numJoins;
  const root = table.count - 1;
  const { start, source } = sortedEdges(table.atoms);
  return {
    numAtoms: table.atoms,
    numNodes: table.count,
    emit,
    nodes: draft.rows.slice(0, table.count * NODE.size),
    start,
    source,
    joins: draft.joins.slice(0, 3 * draft.numJoins),
    joinStart: draft.joinStart.slice(0, table.count + 1),
    minLength: draft.minLength[root]!,
    maxLength: draft.maxLength[root]!,
    begins: beginsOf(emit, draft.rows[root * NODE.size + NODE.firstTo]!),
  };
}

/** Fills the row of a node and joins its children. */
function addNode(node: number): void {
  const { table, rows, minLength, maxLength } = draft;
  const op = table.op[node]!;
  const at = node * NODE.size;
  rows[at + NODE.op] = op;
  rows[at + NODE.left] = table.left[node]!;
  rows[at + NODE.right] = table.right[node]!;
  rows[at + NODE.atomFrom] = table.atomFrom[node]!;
  rows[at + NODE.atomTo] = table.atomTo[node]!;
  if (op === CAT || op === ALT) {
    addPair(node, op);
    return;
  }
  const child = op === ATOM ? -1 : table.left[node]!;
  const from = child * NODE.size;
  rows[at + NODE.firstTo] = op === ATOM ? table.atomTo[node]! : rows[from + NODE.firstTo]!;
  rows[at + NODE.lastFrom] = op === ATOM ? table.atomFrom[node]! : rows[from + NODE.lastFrom]!;
  rows[at + NODE.nullable] = op === OPT_NODE || op === STAR_NODE ? 1 : op === ATOM ? 0 : rows[from + NODE.nullable]!;
  minLength[node] = op === ATOM ? 1 : op === PLUS_NODE ? minLength[child]! : 0;
  maxLength[node] = op === ATOM ? 1 : op === OPT_NODE ? maxLength[child]! : Number.POSITIVE_INFINITY;
  if (op === STAR_NODE || op === PLUS_NODE) draft.join(from, from);
}

function addPair(node: number, op: number): void {
  const { table, rows, minLength, maxLength, isFirst, isLast } = draft;
  const at = node * NODE.size;
  const left = table.left[node]!;
  const right = table.right[node]!;
  const a = left * NODE.size;
  const b = right * NODE.size;
  const isCat = op === CAT;
  if (isCat) draft.join(a, b);
  const nullA = rows[a + NODE.nullable]!;
  const nullB = rows[b + NODE.nullable]!;
  const passesA = !isCat || nullA === 1;
  const passesB = !isCat || nullB === 1;
  rows[at + NODE.firstTo] = passesA ? rows[b + NODE.firstTo]! : rows[a + NODE.firstTo]!;
  rows[at + NODE.lastFrom] = passesB ? rows[a + NODE.lastFrom]! : rows[b + NODE.lastFrom]!;
  if (passesA) isFirst.fill(0, rows[a + NODE.firstTo]!, rows[a + NODE.atomTo]!);
  if (passesB) isLast.fill(0, rows[b + NODE.atomFrom]!, rows[b + NODE.lastFrom]!);
  rows[at + NODE.nullable] = isCat ? nullA & nullB : nullA | nullB;
  const minA = minLength[left]!;
  const minB = minLength[right]!;
  minLength[node] = isCat ? minA + minB : Math.min(minA, minB);
  const maxA = maxLength[left]!;
  const maxB = maxLength[right]!;
  maxLength[node] = isCat ? maxA + maxB : Math.max(maxA, maxB);
}

/** Edges in order of their targets; joins point at the sorted edges afterwards. */
function sortedEdges(numAtoms: number): { start: Int32Array; source: Int32Array } {
  const { numEdges, newest, edgeSource, edgeBefore, joins, numJoins } = draft;
  const start = new Int32Array(numAtoms + 1);
  const source = new Int32Array(numEdges);
  let slot = 0;
  for (let j = 0; j < numAtoms; j++) {
    start[j] = slot;
    for (let edge = newest[j]!; edge >= 0; ) {
      source[slot] = edgeSource[edge]!;
      edgeSource[edge] = slot++;
      edge = edgeBefore[edge]!;
    }
  }
  start[numAtoms] = slot;
  for (let at = 2; at < 3 * numJoins; at += 3) joins[at] = edgeSource[joins[at]!]!;
  return { start, source };
}

function beginsOf(emit: Int32Array, firstTo: number): Int32Array {
  const bits = new Int32Array(4);
  for (let j = 0; j < firstTo; j++) {
    if (draft.isFirst[j] === 0) continue;
    const symbol = emit[j]!;
    if (symbol < 0) {
      for (let word = 0; word < 4; word++) bits[word]! |= CLASS_BITS[4 * ~symbol + word]!;
    } else {
      const member = Math.min(symbol, OUTSIDE);
      bits[member >> 5]! |= 1 << (member & 31);
    }
  }
  return bits;
}
