// Reads token sequences: a flat table of nodes, children before parents, that compiling, printing and explaining share.
// No recursion, so that a text of ten thousand brackets is read like any other. Source: strings specification, section 2.

import { LITERAL_BASE } from "./evaluator";
import { CLOSE, END, OPEN, OPTIONAL, OR, PLUS, STAR } from "./tokens";

/** What a node does. A sequence of more than two parts is a chain of CAT to the left, alternatives are a chain to the right. */
export const ATOM = 0;
export const CAT = 1;
export const ALT = 2;
export const OPT_NODE = 3;
export const STAR_NODE = 4;
export const PLUS_NODE = 5;

/** Why a sequence of tokens is not a program, and the index of the token to point at. */
export type SyntaxProblem = {
  readonly kind:
    | "empty"
    | "nothing-repeated"
    | "nothing-before-or"
    | "nothing-after-or"
    | "empty-brackets"
    | "never-closed"
    | "closes-nothing"
    | "unknown-token";
  readonly token: number;
};

/** Nodes of one program; rows 0 to count - 1 are valid, the last one is the whole program. Reused from call to call. */
export class NodeTable {
  count = 0;
  /** Literals and classes, numbered from left to right. */
  atoms = 0;
  op = new Int32Array(0);
  /** First child; of an atom, the index of its token. */
  left = new Int32Array(0);
  /** Second child, -1 without one. */
  right = new Int32Array(0);
  /** Atoms below a node: atomFrom to atomTo - 1. */
  atomFrom = new Int32Array(0);
  atomTo = new Int32Array(0);
  /** Tokens of a node, its brackets included: tokenFrom to tokenTo - 1. */
  tokenFrom = new Int32Array(0);
  tokenTo = new Int32Array(0);
  /** 1 where brackets stand around the node. */
  bracketed = new Uint8Array(0);
  /** Sequences and alternatives that wait for a bracket or the end. */
  readonly open = new WaitingRoom();

  /** Makes room for a program of `tokens` tokens and forgets the last one. */
  reset(tokens: number): void {
    this.count = 0;
    this.atoms = 0;
    this.open.reset(tokens);
    const rows = 2 * tokens;
    if (this.op.length >= rows) return;
    this.op = new Int32Array(rows);
    this.left = new Int32Array(rows);
    this.right = new Int32Array(rows);
    this.atomFrom = new Int32Array(rows);
    this.atomTo = new Int32Array(rows);
    this.tokenFrom = new Int32Array(rows);
    this.tokenTo = new Int32Array(rows);
    this.bracketed = new Uint8Array(rows);
  }

  addAtom(token: number): number {
    const node = this.count++;
    this.op[node] = ATOM;
    this.left[node] = token;
    this.right[node] = -1;
    this.atomFrom[node] = this.atoms++;
    this.atomTo[node] = this.atoms;
    this.tokenFrom[node] = token;
    this.tokenTo[node] = token + 1;
    this.bracketed[node] = 0;
    return node;
  }

  addPostfix(op: number, child: number, token: number): number {
    const node = this.count++;
    this.op[node] = op;
    this.left[node] = child;
    this.right[node] = -1;
    this.atomFrom[node] = this.atomFrom[child]!;
    this.atomTo[node] = this.atomTo[child]!;
    this.tokenFrom[node] = this.tokenFrom[child]!;
    this.tokenTo[node] = token + 1;
    this.bracketed[node] = 0;
    return node;
  }

  addPair(op: number, left: number, right: number): number {
    const node = this.count++;
    this.op[node] = op;
    this.left[node] = left;
    this.right[node] = right;
    this.atomFrom[node] = this.atomFrom[left]!;
    this.atomTo[node] = this.atomTo[right]!;
    this.tokenFrom[node] = this.tokenFrom[left]!;
    this.tokenTo[node] = this.tokenTo[right]!;
    this.bracketed[node] = 0;
    return node;
  }
}

/** What stands unfinished to the left of the token that is read: per open bracket a sequence and finished alternatives. */
class WaitingRoom {
  depth = 0;
  /** The sequence before the last item, and the last item, which postfix operators still change; -1 for none. */
  sequence = -1;
  item = -1;
  private alternatives = new Int32Array(0);
  private numAlternatives = 0;
  private firstAlternative = 0;
  private saved = new Int32Array(0);

  reset(tokens: number): void {
    this.depth = 0;
    this.sequence = -1;
    this.item = -1;
    this.numAlternatives = 0;
    this.firstAlternative = 0;
    if (this.alternatives.length >= tokens) return;
    this.alternatives = new Int32Array(tokens);
    this.saved = new Int32Array(3 * tokens);
  }

  /** The innermost open bracket. */
  get bracket(): number {
    return this.saved[3 * this.depth - 3]!;
  }

  /** Joins the last item to the sequence before it. */
  finishItem(nodes: NodeTable): void {
    if (this.item < 0) return;
    this.sequence = this.sequence < 0 ? this.item : nodes.addPair(CAT, this.sequence, this.item);
    this.item = -1;
  }

  finishAlternative(nodes: NodeTable): void {
    this.finishItem(nodes);
    this.alternatives[this.numAlternatives++] = this.sequence;
    this.sequence = -1;
  }

  /** The node of everything since the last open bracket. */
  finishLevel(nodes: NodeTable): number {
    this.finishItem(nodes);
    let node = this.sequence;
    while (this.numAlternatives > this.firstAlternative)
      node = nodes.addPair(ALT, this.alternatives[--this.numAlternatives]!, node);
    return node;
  }

  push(token: number): void {
    const at = 3 * this.depth++;
    this.saved[at] = token;
    this.saved[at + 1] = this.sequence;
    this.saved[at + 2] = this.firstAlternative;
    this.sequence = -1;
    this.firstAlternative = this.numAlternatives;
  }

  pop(item: number): void {
    const at = 3 * --this.depth;
    this.sequence = this.saved[at + 1]!;
    this.firstAlternative = this.saved[at + 2]!;
    this.item = item;
  }
}

/** Number of tokens before END or the end of the array. */
export function numTokens(program: ArrayLike<number>): number {
  const length = program.length;
  for (let t = 0; t < length; t++) if (program[t] === END) return t;
  return length;
}

/** Whether a token emits a symbol: a literal or a class. */
export function isAtom(token: number): boolean {
  return (token >= 0 && token < STAR) || (token >= LITERAL_BASE && token <= LITERAL_BASE + 0x10ffff);
}

/**
 * Fills `nodes` with the program's nodes.
 * @param length tokens without END
 * @returns null, or why the tokens are no program (`nodes` is then unusable)
 */
export function readNodes(program: ArrayLike<number>, length: number, nodes: NodeTable): SyntaxProblem | null {
  nodes.reset(length);
  const open = nodes.open;
  for (let t = 0; t < length; t++) {
    const token = program[t]!;
    if (isAtom(token)) {
      open.finishItem(nodes);
      open.item = nodes.addAtom(t);
    } else if (token === OPEN) {
      open.finishItem(nodes);
      open.push(t);
    } else {
      const problem = readOperator(program, t, nodes);
      if (problem) return problem;
    }
  }
  if (open.depth > 0) return { kind: "never-closed", token: open.bracket };
  if (open.item < 0)
    return length === 0 ? { kind: "empty", token: 0 } : { kind: "nothing-after-or", token: length - 1 };
  open.finishLevel(nodes);
  return null;
}

function readOperator(program: ArrayLike<number>, t: number, nodes: NodeTable): SyntaxProblem | null {
  const open = nodes.open;
  const token = program[t]!;
  if (!(token >= STAR && token <= CLOSE)) return { kind: "unknown-token", token: t };
  if (token === CLOSE && open.depth === 0) return { kind: "closes-nothing", token: t };
  if (open.item < 0) {
    if (token === OR) return { kind: "nothing-before-or", token: t };
    if (token !== CLOSE) return { kind: "nothing-repeated", token: t };
    if (program[t - 1] === OR) return { kind: "nothing-after-or", token: t - 1 };
    return { kind: "empty-brackets", token: t - 1 };
  }
  if (token === OR) {
    open.finishAlternative(nodes);
  } else if (token === CLOSE) {
    const node = open.finishLevel(nodes);
    const from = open.bracket;
    nodes.bracketed[node] = 1;
    nodes.tokenFrom[node] = from;
    nodes.tokenTo[node] = t + 1;
    open.pop(node);
  } else {
    open.item = nodes.addPostfix(POSTFIX_OP[token] ?? 0, open.item, t);
  }
  return null;
}

const POSTFIX_OP: Readonly<Record<number, number>> = { [STAR]: STAR_NODE, [PLUS]: PLUS_NODE, [OPTIONAL]: OPT_NODE };
