// Programs without a model: uniform random ones, and ones with a single small change.

import type { Rng } from "../../engine/rng/rng";
import { isDown, NUM_TOKENS, packToken, strokeOf } from "./program";

/** A uniform program of `strokes` strokes; its first token is pen up. */
export function randomProgram(strokes: number, rng: Rng): Int32Array {
  return Int32Array.from({ length: NUM_TOKENS }, (_, t) => packToken(rng.int(strokes), t > 0 && rng.int(2) === 1));
}

/** Changes one token in place: another stroke, the pen the other way, or its place taken by its neighbour. */
export function varyProgram(program: Int32Array, strokes: number, rng: Rng): void {
  const at = rng.int(NUM_TOKENS);
  const kind = rng.int(3);
  const token = program[at]!;
  if (kind === 0 || at === 0) {
    const other = (strokeOf(token) + 1 + rng.int(strokes - 1)) % strokes;
    program[at] = packToken(other, isDown(token));
  } else if (kind === 1) program[at] = packToken(strokeOf(token), !isDown(token));
  else {
    const before = program[at - 1]!;
    program[at - 1] = at === 1 ? packToken(strokeOf(token), false) : token;
    program[at] = before;
  }
}
