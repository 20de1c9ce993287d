// Programs without a model: uniform random ones.

import type { Rng } from "../../engine/rng/rng";
import { NUM_TOKENS, packToken } from "./program";

/** A uniform program of `strokes` strokes; its first token is pen up. */
export function randomProgram(strokes: number, rng: Rng): Int32Array {
  return Int32Array.from({ length: NUM_TOKENS }, (_, t) => packToken(rng.int(strokes), t > 0 && rng.int(2) === 1));
}
