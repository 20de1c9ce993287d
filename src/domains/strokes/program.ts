// A stroke program: ten tokens, each a stroke of the bank drawn with the pen down or moved along with the pen up.
// Packed as ten integers, 2 * stroke + (1 where the pen is down). Source: MWS specification, section 3.1.

/** A: tokens of every program. */
export const NUM_TOKENS = 10;
/** Strokes of the bank, unless an option says otherwise. */
export const NUM_STROKES = 64;

/** Stroke of a packed token. */
export const strokeOf = (token: number): number => token >> 1;
/** True where the pen is down. */
export const isDown = (token: number): boolean => (token & 1) === 1;
/** Packs a token. */
export const packToken = (stroke: number, down: boolean): number => 2 * stroke + (down ? 1 : 0);
/** The canonical form: the first token is a free pen move. Nothing else is equal: moves with the pen up count. */
export function canonical(program: Int32Array): Int32Array {
  const out = program.slice();
  out[0] = packToken(strokeOf(out[0]!), false);
  return out;
}
