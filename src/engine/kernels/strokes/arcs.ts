// Pen strokes as circular arcs, and the logits of a canvas with the strokes of a program on it, in float64.
// Light: the page imports this through the domain's tools. Source: MWS specification, section 3.3.
//
// The stable form: no division by tan theta and no unit chord. With v from the start of the chord D to the pixel and
// cross(v, D) = v_x D_y - v_y D_x, the signed distance to the circle is n / (|q| + l / 2) with
//   n = sin theta (|v|^2 - v.D) - cos theta cross(v, D),  q = sin theta (v - D / 2) - cos theta / 2 (D_y, -D_x):
// step 4 of the specification multiplied out (its a = (v - D / 2).D / l, b = cross(v, D) / l), smooth at theta = 0.

import type { StrokeBank } from "./renderer";

/** A stroke placed on the canvas (the unit square, y up). */
export type Arc = {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  /** sin and cos of theta; cos > 0. */
  readonly sine: number;
  readonly cosine: number;
};

/** Chords shorter than this are dots: the distance to their ends. */
export const DOT = 1e-6;
/** Probability below which no pixel falls: the floor of the canvas. */
export const FLOOR = 1e-6;
/** Beyond it sharpness^2 is as good as infinite. */
export const MOST_SHARPNESS_SQUARED = 1e30;

/** Where each stroke of a program starts, [A + 1, 2]: x, y; the last row is where the pen ends. */
export function startPoints(bank: StrokeBank, tokens: ArrayLike<number>): Float64Array {
  const points = new Float64Array(2 * (tokens.length + 1));
  let [x, y] = [0.5, 0.5];
  for (let t = 0; t <= tokens.length; t++) {
    points[2 * t] = x;
    points[2 * t + 1] = y;
    if (t === tokens.length) break;
    x += bank.dx[tokens[t]! >> 1]!;
    y += bank.dy[tokens[t]! >> 1]!;
  }
  return points;
}

/** Stroke `stroke` of the bank, started at (x, y). */
export function arcOf(bank: StrokeBank, stroke: number, x: number, y: number): Arc {
  const theta = bank.theta[stroke]!;
  return { x, y, dx: bank.dx[stroke]!, dy: bank.dy[stroke]!, sine: Math.sin(theta), cosine: Math.cos(theta) };
}

/** True where (px, py) lies between the two radii through the ends of the arc; on a radius counts as inside. */
export function isInsideSector(arc: Arc, px: number, py: number): boolean {
  const { dx, dy, sine, cosine } = arc;
  const [vx, vy] = [px - arc.x, py - arc.y];
  const square = dx * dx + dy * dy;
  if (square < DOT * DOT) return false;
  const along = vx * dx + vy * dy;
  // The two half-plane tests, divided by sin theta so that a straight stroke keeps its ends.
  const side = sine * (vx * dy - vy * dx);
  return cosine * along >= side && cosine * (square - along) >= side;
}

/** Squared distance from (px, py) to the arc. */
export function squaredDistance(arc: Arc, px: number, py: number): number {
  const { dx, dy } = arc;
  const [vx, vy] = [px - arc.x, py - arc.y];
  if (!isInsideSector(arc, px, py)) {
    // The end as the next stroke's start is computed: joints are exact ties, and the earlier stroke wins them.
    const [wx, wy] = [px - (arc.x + dx), py - (arc.y + dy)];
    return Math.min(vx * vx + vy * vy, wx * wx + wy * wy);
  }
  const distance = signedDistance(arc, vx, vy);
  return distance * distance;
}

/** Distance to the whole circle, of either sign, from a pixel at (vx, vy) from the start. */
function signedDistance({ dx, dy, sine, cosine }: Arc, vx: number, vy: number): number {
  const numerator = sine * (vx * (vx - dx) + vy * (vy - dy)) - cosine * (vx * dy - vy * dx);
  const qx = sine * (vx - dx / 2) - (cosine / 2) * dy;
  const qy = sine * (vy - dy / 2) + (cosine / 2) * dx;
  return numerator / (Math.hypot(qx, qy) + Math.hypot(dx, dy) / 2);
}

/** Distance from (px, py) to the arc, in canvas sides. */
export function arcDistance(arc: Arc, px: number, py: number): number {
  return Math.sqrt(squaredDistance(arc, px, py));
}

/** sharpness^2 (width^2 - d^2), before it is clamped to at most 0. */
export function inkExponent(sharpness: number, width: number, distanceSquared: number): number {
  return Math.min(sharpness * sharpness, MOST_SHARPNESS_SQUARED) * (width * width - distanceSquared);
}

/**
 * The largest ink value among the strokes of a program's first `count` tokens that have the pen down, -Infinity where
 * none has, and which token it is of (the first of equals; `tokens.length` for none).
 *
 * @param winners [height * width] written if given
 * @returns [height * width], row 0 on top
 */
export function canvasInk(
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  height: number,
  width: number,
  count = tokens.length,
  winners?: Uint8Array,
): Float64Array {
  const ink = new Float64Array(height * width).fill(Number.NEGATIVE_INFINITY);
  winners?.fill(tokens.length);
  const starts = startPoints(bank, tokens);
  for (let t = 0; t < count; t++) {
    if ((tokens[t]! & 1) === 0) continue;
    const stroke = tokens[t]! >> 1;
    const arc = arcOf(bank, stroke, starts[2 * t]!, starts[2 * t + 1]!);
    for (let pixel = 0; pixel < ink.length; pixel++) {
      const square = squaredDistance(arc, pixelX(pixel % width, width), pixelY(Math.floor(pixel / width), height));
      const exponent = inkExponent(bank.sharpness[stroke]!, bank.width[stroke]!, square);
      const value = bank.scale * Math.exp(Math.min(0, exponent)) + bank.bias;
      if (!(value > ink[pixel]!)) continue;
      ink[pixel] = value;
      if (winners) winners[pixel] = t;
    }
  }
  return ink;
}

/** Logits of ink [height * width] after the first `count` tokens; the floor is log 1e-6. */
export function canvasLogits(
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  height: number,
  width: number,
  count = tokens.length,
): Float64Array {
  return canvasInk(bank, tokens, height, width, count).map(logitOfInk);
}

/** Probabilities of ink [height * width] after the first `count` tokens, before any transform. */
export function canvasProbabilities(
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  height: number,
  width: number,
  count = tokens.length,
): Float64Array {
  return canvasInk(bank, tokens, height, width, count).map(probabilityOfInk);
}

/** logaddexp(ink, log 1e-6). */
export function logitOfInk(ink: number): number {
  return ink > 0 ? ink + Math.log1p(FLOOR * Math.exp(-ink)) : Math.log(Math.exp(ink) + FLOOR);
}

/** sigmoid(logitOfInk(ink)). */
export function probabilityOfInk(ink: number): number {
  return 1 / (1 + 1 / (Math.exp(ink) + FLOOR));
}

/** x of a column's pixels on the canvas. */
export function pixelX(column: number, width: number): number {
  return column / Math.max(1, width - 1);
}

/** y of a row's pixels on the canvas: 1 on top. */
export function pixelY(row: number, height: number): number {
  return 1 - row / Math.max(1, height - 1);
}
