// Every small change of a program that a search tries, by kind: for the local search, which tries all, and for variation
// while a model is trained, which draws one. Programs stay canonical: the first token has the pen up.

import { isDown, NUM_TOKENS, packToken, strokeOf } from "../program";
import type { Moves } from "./sketch";

export type EditKind = {
  /** "replace a stroke", ... */
  readonly name: string;
  readonly count: (strokes: number) => number;
  /** The i-th change, 0 <= i < count; null where there is none of that number, or it changes nothing. */
  readonly make: (program: Int32Array, i: number, moves: Moves) => Int32Array | null;
};

const A = NUM_TOKENS;

function changed(program: Int32Array, at: number, token: number): Int32Array | null {
  const own = at === 0 ? packToken(strokeOf(token), false) : token;
  if (program[at] === own) return null;
  const out = program.slice();
  out[at] = own;
  return out;
}

/** Another token in one place; what follows shifts along. */
const replace: EditKind = {
  name: "replace a token",
  count: (strokes) => A * 2 * strokes,
  make: (program, i) => {
    const tokens = i % A;
    const token = Math.floor(i / A);
    return tokens === 0 && isDown(token) ? null : changed(program, tokens, token);
  },
};

const toggle: EditKind = {
  name: "lift or lower the pen",
  count: () => A - 1,
  make: (program, i) => changed(program, i + 1, program[i + 1]! ^ 1),
};

/** Another token in one place, and the pen-up move nearest to what brings the rest back to where it was. */
const reroute: EditKind = {
  name: "replace a token and make up for it",
  count: (strokes) => A * 2 * strokes * 2,
  make: (program, i, moves) => {
    const at = Math.floor(i / 2) % A;
    const token = Math.floor(i / (2 * A));
    const out = changed(program, at, token);
    if (!out || (at === 0 && isDown(token))) return null;
    const other = i % 2 === 0 ? moveAfter(program, at) : moveBefore(program, at);
    return other < 0 ? null : madeUp(out, program, other, at, moves);
  },
};

/** A token less: what follows moves up, and a move comes last. */
const remove: EditKind = {
  name: "leave out a token",
  count: () => A,
  make: (program, i) => {
    const out = program.slice();
    out.copyWithin(i, i + 1);
    out[0] = packToken(strokeOf(out[0]!), false);
    out[A - 1] = packToken(strokeOf(program[A - 1]!), false);
    return same(out, program) ? null : out;
  },
};

/** A token more, in place of the last one. */
const insert: EditKind = {
  name: "put in a token",
  count: (strokes) => (A - 1) * 2 * strokes,
  make: (program, i) => {
    const at = 1 + (i % (A - 1));
    const out = program.slice();
    out.copyWithin(at + 1, at, A - 1);
    out[at] = Math.floor(i / (A - 1));
    return same(out, program) ? null : out;
  },
};

/** Two neighbours in the other order: what follows stays where it is. */
const swap: EditKind = {
  name: "swap two tokens",
  count: () => A - 1,
  make: (program, i) => {
    const out = program.slice();
    out[i] = program[i + 1]!;
    out[i + 1] = program[i]!;
    if (i === 0) {
      out[0] = packToken(strokeOf(out[0]!), false);
      out[1] = packToken(strokeOf(out[1]!), isDown(program[1]!));
    }
    return same(out, program) ? null : out;
  },
};

/** Every kind of change. */
export const EDIT_KINDS: readonly EditKind[] = [replace, toggle, reroute, remove, insert, swap];

/** The next token after `at` with the pen up, -1 if there is none. */
function moveAfter(program: Int32Array, at: number): number {
  for (let t = at + 1; t < A; t++) if (!isDown(program[t]!)) return t;
  return -1;
}

function moveBefore(program: Int32Array, at: number): number {
  for (let t = at - 1; t >= 0; t--) if (!isDown(program[t]!)) return t;
  return -1;
}

/** `out` with the move at `other` such that both tokens together lead about as far as they did in `program`. */
function madeUp(out: Int32Array, program: Int32Array, other: number, at: number, moves: Moves): Int32Array {
  const [lost, gained, old] = [strokeOf(program[at]!), strokeOf(out[at]!), strokeOf(program[other]!)];
  const column = moves.columns[old]! + moves.columns[lost]! - moves.columns[gained]!;
  const row = moves.rows[old]! + moves.rows[lost]! - moves.rows[gained]!;
  let nearest = 0;
  let least = Infinity;
  for (let stroke = 0; stroke < moves.columns.length; stroke++) {
    const square = (moves.columns[stroke]! - column) ** 2 + (moves.rows[stroke]! - row) ** 2;
    if (square < least) [nearest, least] = [stroke, square];
  }
  out[other] = packToken(nearest, false);
  return out;
}

function same(first: Int32Array, second: Int32Array): boolean {
  return first.every((token, i) => token === second[i]);
}
