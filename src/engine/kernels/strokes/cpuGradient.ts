// How log p(x | z) changes with the numbers of the bank, in float64: from changes of every pixel's ink to changes of the
// strokes that own the pixels. Source: MWS specification, section 3.3; derivatives of the stable form in arcs.ts.

import { type Arc, arcOf, inkExponent, isInsideSector, pixelX, pixelY, squaredDistance, startPoints } from "./arcs";
import { bankLayout } from "./bank";
import type { StrokeBank, StrokeRendererSpec } from "./renderer";

/** Change of the squared distance with x, y, dx, dy and theta of the arc. */
export type ArcSlopes = { x: number; y: number; dx: number; dy: number; theta: number };

/** Gradient of `squaredDistance(arc, px, py)`. */
export function squaredDistanceSlopes(arc: Arc, px: number, py: number): ArcSlopes {
  const { dx, dy, sine, cosine } = arc;
  const [vx, vy] = [px - arc.x, py - arc.y];
  if (!isInsideSector(arc, px, py)) {
    const [wx, wy] = [px - (arc.x + dx), py - (arc.y + dy)];
    const isEnd = wx * wx + wy * wy < vx * vx + vy * vy;
    const [x, y] = isEnd ? [-2 * wx, -2 * wy] : [-2 * vx, -2 * vy];
    return { x, y, dx: isEnd ? x : 0, dy: isEnd ? y : 0, theta: 0 };
  }
  const dots = vx * (vx - dx) + vy * (vy - dy);
  const cross = vx * dy - vy * dx;
  const [qx, qy] = [sine * (vx - dx / 2) - (cosine / 2) * dy, sine * (vy - dy / 2) + (cosine / 2) * dx];
  const [reach, length] = [Math.hypot(qx, qy), Math.hypot(dx, dy)];
  const below = reach + length / 2;
  const distance = (sine * dots - cosine * cross) / below;
  // d(distance^2) = 2 distance / below * (d numerator - distance * d below); at the circle's centre q has no direction.
  const [ux, uy] = reach > 0 ? [qx / reach, qy / reach] : [0, 0];
  const factor = (2 * distance) / below;
  const turned = cosine * (ux * (vx - dx / 2) + uy * (vy - dy / 2)) + (sine / 2) * (ux * dy - uy * dx);
  return {
    x: factor * (sine * (dx - 2 * vx) + cosine * dy + distance * sine * ux),
    y: factor * (sine * (dy - 2 * vy) - cosine * dx + distance * sine * uy),
    dx: factor * (cosine * vy - sine * vx - distance * ((cosine * uy - sine * ux) / 2 + dx / (2 * length))),
    dy: factor * (-cosine * vx - sine * vy - distance * ((-cosine * ux - sine * uy) / 2 + dy / (2 * length))),
    theta: factor * (cosine * dots + sine * cross - distance * turned),
  };
}

/**
 * Adds the gradient of one program's loss to the bank's.
 *
 * @param inkGradient [height * width] gradient with respect to the largest ink value of each pixel
 * @param winners [height * width] the token that owns it; A for none
 * @param gradient [rawSize] block order, derived values
 */
export function addInkGradient(
  spec: StrokeRendererSpec,
  bank: StrokeBank,
  tokens: Int32Array,
  inkGradient: Float64Array,
  winners: Uint8Array,
  gradient: Float64Array,
): void {
  const at = bankLayout(spec);
  const starts = startPoints(bank, tokens);
  const startGradient = new Float64Array(2 * tokens.length);
  const arcs = Array.from(tokens, (token, t) => arcOf(bank, token >> 1, starts[2 * t]!, starts[2 * t + 1]!));
  const add = (index: number, value: number) => {
    gradient[index] = gradient[index]! + value;
  };
  for (let pixel = 0; pixel < winners.length; pixel++) {
    const t = winners[pixel]!;
    const inflow = inkGradient[pixel]!;
    if (t === tokens.length || inflow === 0) continue;
    const [px, py] = [pixelX(pixel % spec.width, spec.width), pixelY(Math.floor(pixel / spec.width), spec.height)];
    const arc = arcs[t]!;
    const stroke = tokens[t]! >> 1;
    const [sharpness, width] = [bank.sharpness[stroke]!, bank.width[stroke]!];
    const square = squaredDistance(arc, px, py);
    const exponent = inkExponent(sharpness, width, square);
    const share = Math.exp(Math.min(0, exponent));
    add(at.bias, inflow);
    add(at.scale, inflow * share);
    const flow = inflow * bank.scale * share;
    if (exponent >= 0 || flow === 0) continue;
    const slopes = squaredDistanceSlopes(arc, px, py);
    const steep = -flow * sharpness * sharpness;
    add(at.sharpness + stroke, flow * 2 * sharpness * (width * width - square));
    add(at.width + stroke, flow * sharpness * sharpness * 2 * width);
    add(at.theta + stroke, steep * slopes.theta);
    add(2 * stroke, steep * slopes.dx);
    add(2 * stroke + 1, steep * slopes.dy);
    startGradient[2 * t] = startGradient[2 * t]! + steep * slopes.x;
    startGradient[2 * t + 1] = startGradient[2 * t + 1]! + steep * slopes.y;
  }
  addStartGradient(tokens, startGradient, gradient);
}

/** A stroke starts where all strokes before it end, pen up or down. */
function addStartGradient(tokens: Int32Array, startGradient: Float64Array, gradient: Float64Array): void {
  let [x, y] = [0, 0];
  for (let t = tokens.length - 1; t > 0; t--) {
    x += startGradient[2 * t]!;
    y += startGradient[2 * t + 1]!;
    const stroke = tokens[t - 1]! >> 1;
    gradient[2 * stroke] = gradient[2 * stroke]! + x;
    gradient[2 * stroke + 1] = gradient[2 * stroke + 1]! + y;
  }
}
