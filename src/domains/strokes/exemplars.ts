// New exemplars of a character: the same program written again by a hand that varies a little. Each stroke is drawn with
// another length, direction and bend, and the whole is seen through one of the learned maps.

import { canvasProbabilities } from "../../engine/kernels/strokes/arcs";
import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { warp } from "../../engine/kernels/strokes/warp";
import type { Rng } from "../../engine/rng/rng";
import { isDown, packToken, strokeOf } from "./program";

/** Standard deviations of a stroke's own variation: log of its length, its direction and its bend in radians. */
const [LENGTH, DIRECTION, BEND] = [0.1, 0.09, 0.1];
/** Moves vary less: else parts of a character would come loose. */
const MOVES = 0.4;

/**
 * Probabilities of ink of one new exemplar, [side * side].
 *
 * @param rng moves by 3 normals a token, then one whole number
 */
export function exemplar(bank: StrokeBank, tokens: ArrayLike<number>, side: number, rng: Rng): Float64Array {
  const own = variedBank(bank, tokens, rng);
  const written = Int32Array.from(tokens, (token, t) => packToken(t, isDown(token)));
  const canvas = canvasProbabilities(own, written, side, side);
  const maps = bank.transforms.length / 6;
  return maps === 0 ? canvas : warp(canvas, bank.transforms, rng.int(maps), { height: side, width: side });
}

/** A bank of one stroke a token, each a varied copy of the token's own. */
function variedBank(bank: StrokeBank, tokens: ArrayLike<number>, rng: Rng): StrokeBank {
  const count = tokens.length;
  const [dx, dy, theta] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let t = 0; t < count; t++) {
    const stroke = strokeOf(tokens[t]!);
    const share = isDown(tokens[t]!) ? 1 : MOVES;
    const long = Math.exp(share * LENGTH * rng.normal());
    const turn = share * DIRECTION * rng.normal();
    const [x, y] = [bank.dx[stroke]!, bank.dy[stroke]!];
    dx[t] = long * (x * Math.cos(turn) - y * Math.sin(turn));
    dy[t] = long * (x * Math.sin(turn) + y * Math.cos(turn));
    // Minor arcs only: half a turn is less than a quarter circle.
    theta[t] = Math.min(1.55, Math.max(-1.55, bank.theta[stroke]! + share * BEND * rng.normal()));
  }
  const column = (values: Float64Array) =>
    Float64Array.from({ length: count }, (_, t) => values[strokeOf(tokens[t]!)]!);
  return { ...bank, dx, dy, theta, sharpness: column(bank.sharpness), width: column(bank.width) };
}
