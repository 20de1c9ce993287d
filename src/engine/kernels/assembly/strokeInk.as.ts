// Strokes on a canvas: for every pixel the largest exponent sharpness^2 (width^2 - d^2) among the strokes drawn, and the
// token that it is of. Ink grows with the exponent, so one exp a pixel is taken later. Four pixels of a row at a time.
// Source: MWS specification, section 3.3; the form without unit chords is explained in kernels/strokes/arcs.ts.

import { fma } from "./arithmetic.as";

/** A stroke of the bank, written by wasmTables.ts whenever the parameters have moved. */
@unmanaged
export class Stroke {
  dx: f32;
  dy: f32;
  sine: f32;
  cosine: f32;
  sharpnessSquared: f32;
  widthSquared: f32;
  /** Of the chord. */
  lengthSquared: f32;
  halfLength: f32;
  /** 1, or 0 for a chord too short to have a sector. */
  hasSector: f32;
  /** Box around the stroke, from its start, outside of which its ink is below e^-32. */
  left: f32;
  right: f32;
  bottom: f32;
  top: f32;
  sharpness: f32;
  width: f32;
  /** 1 / (2 length), 0 for dots. */
  halfPerLength: f32;
}

/** Sizes of a canvas and the two numbers that all strokes share. */
@unmanaged
export class Canvas {
  /** [padded] x of each column; [height] y of each row. */
  xs: usize;
  ys: usize;
  /** [padded] -1 for columns of the picture, 0 for padding. */
  columns: usize;
  height: i32;
  width: i32;
  /** Columns, rounded up to a multiple of 4. */
  padded: i32;
  /** max(1, width - 1) and max(1, height - 1). */
  across: f32;
  along: f32;
  scale: f32;
  bias: f32;
}

/** The exponent of pixels that no stroke reaches. */
export const UNREACHED: f32 = -80;

/** Pixels that the box of a stroke at (x, y) covers: `firstRow`, `lastRow`, `firstColumn` (a multiple of 4), `lastColumn`. */
export let firstRow: i32 = 0;
export let lastRow: i32 = 0;
export let firstColumn: i32 = 0;
export let lastColumn: i32 = 0;

/** Sets the four bounds above. */
export function boundBox(stroke: Stroke, canvas: Canvas, x: f32, y: f32): void {
  const columns = <f32>(canvas.width - 1), rows = <f32>(canvas.height - 1);
  firstColumn = <i32>Mathf.ceil(min(max((x + stroke.left) * canvas.across, 0), columns + 1)) & ~3;
  lastColumn = <i32>Mathf.floor(min(max((x + stroke.right) * canvas.across, -1), columns));
  firstRow = <i32>Mathf.ceil(min(max((<f32>1 - (y + stroke.top)) * canvas.along, 0), rows + 1));
  lastRow = <i32>Mathf.floor(min(max((<f32>1 - (y + stroke.bottom)) * canvas.along, -1), rows));
}

/**
 * Draws one program of `count` tokens.
 *
 * @param starts [count][2] written: where each stroke starts
 * @param exponents [height][padded] f32, written
 * @param winners [height][padded] i32, written: -1 where no stroke reaches
 * @returns how many strokes have the pen down
 */
export function strokeInk(
  strokes: usize,
  tokens: usize,
  count: i32,
  canvas: Canvas,
  starts: usize,
  exponents: usize,
  winners: usize,
): i32 {
  const bytes = <usize>(canvas.height * canvas.padded) << 2;
  const unreached = f32x4.splat(UNREACHED), nobody = i32x4.splat(-1);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(exponents + at, unreached);
    v128.store(winners + at, nobody);
  }
  let x: f32 = 0.5, y: f32 = 0.5, down = 0;
  for (let t = 0; t < count; t++) {
    const token = load<i32>(tokens + (<usize>t << 2));
    const stroke = changetype<Stroke>(strokes + (<usize>(token >> 1) << 6));
    store<f32>(starts + (<usize>t << 3), x);
    store<f32>(starts + (<usize>t << 3), y, 4);
    if (token & 1) {
      down++;
      boundBox(stroke, canvas, x, y);
      drawStroke(stroke, canvas, x, y, t, exponents, winners);
    }
    x += stroke.dx;
    y += stroke.dy;
  }
  return down;
}

/** The end is x + dx, as the next stroke's start is: joints are exact ties, and the earlier stroke wins them. */
function drawStroke(stroke: Stroke, canvas: Canvas, x: f32, y: f32, t: i32, exponents: usize, winners: usize): void {
  const dx = f32x4.splat(stroke.dx), dy = f32x4.splat(stroke.dy);
  const sine = f32x4.splat(stroke.sine), cosine = f32x4.splat(stroke.cosine);
  const steep = f32x4.splat(stroke.sharpnessSquared), wide = f32x4.splat(stroke.widthSquared);
  const square = f32x4.splat(stroke.lengthSquared), half = f32x4.splat(stroke.halfLength);
  const hasSector = f32x4.gt(f32x4.splat(stroke.hasSector), f32x4.splat(0));
  const startX = f32x4.splat(x), endX = f32x4.splat(x + stroke.dx), endY = y + stroke.dy, token = i32x4.splat(t);
  const qFromX = f32x4.splat(<f32>-0.5 * (stroke.sine * stroke.dx + stroke.cosine * stroke.dy));
  for (let row = firstRow; row <= lastRow; row++) {
    const vy = load<f32>(canvas.ys + (<usize>row << 2)) - y, wy = load<f32>(canvas.ys + (<usize>row << 2)) - endY;
    const q = stroke.sine * (vy - <f32>0.5 * stroke.dy) + <f32>0.5 * stroke.cosine * stroke.dx;
    const rowDots = f32x4.splat(vy * wy), rowCross = f32x4.splat(-vy * stroke.dx), rowAlong = f32x4.splat(vy * stroke.dy);
    const qySquared = f32x4.splat(q * q), vySquared = f32x4.splat(vy * vy), wySquared = f32x4.splat(wy * wy);
    for (let column = firstColumn; column <= lastColumn; column += 4) {
      const px = v128.load(canvas.xs + (<usize>column << 2)), vx = f32x4.sub(px, startX), wx = f32x4.sub(px, endX);
      const cross = fma(vx, dy, rowCross), along = fma(vx, dx, rowAlong), side = f32x4.mul(sine, cross);
      const before = f32x4.ge(f32x4.mul(cosine, along), side);
      const after = f32x4.ge(f32x4.mul(cosine, f32x4.sub(square, along)), side);
      const isInside = v128.and(v128.and(before, after), hasSector);
      const numerator = f32x4.sub(f32x4.mul(sine, fma(vx, wx, rowDots)), f32x4.mul(cosine, cross));
      const qx = fma(sine, vx, qFromX);
      const distance = f32x4.div(numerator, f32x4.add(f32x4.sqrt(fma(qx, qx, qySquared)), half));
      const ends = f32x4.pmin(fma(vx, vx, vySquared), fma(wx, wx, wySquared));
      const apart = v128.bitselect(f32x4.mul(distance, distance), ends, isInside);
      const exponent = f32x4.mul(steep, f32x4.sub(wide, apart));
      const at = <usize>(row * canvas.padded + column) << 2;
      const held = v128.load(exponents + at), isMore = f32x4.gt(exponent, held);
      v128.store(exponents + at, v128.bitselect(exponent, held, isMore));
      v128.store(winners + at, v128.bitselect(token, v128.load(winners + at), isMore));
    }
  }
}
