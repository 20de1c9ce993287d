// From ink to probabilities and back, and the likelihood of pixels that are Bernoulli of the ink's logits.
// logaddexp(ink, log 1e-6) is never formed: P = (e + 1e-6) / (1 + e + 1e-6) with e = exp(ink).

import { exp4, fma } from "./arithmetic.as";
import { Canvas } from "./strokeInk.as";

const FLOOR: f32 = 1e-6;
/** exp(ink) is taken of at most this; beyond, log(1 - P) goes on as minus the ink. */
const MOST_INK: f32 = 80;

/** Ink of four pixels from their exponents. */
// @ts-ignore: decorator
@inline
function inkOf(canvas: Canvas, exponents: usize): v128 {
  const share = exp4(f32x4.pmin(f32x4.splat(0), v128.load(exponents)));
  return fma(share, f32x4.splat(canvas.scale), f32x4.splat(canvas.bias));
}

/** exp(ink) of four pixels; 0 where no stroke has the pen down. */
// @ts-ignore: decorator
@inline
function oddsOf(canvas: Canvas, exponents: usize, down: i32): v128 {
  if (!down) return f32x4.splat(0);
  return exp4(f32x4.pmin(inkOf(canvas, exponents), f32x4.splat(MOST_INK)));
}

/**
 * Writes one program's probabilities and one picture into lane `lane` of arrays of four.
 *
 * @param image [height][width] bytes of 0 and 1
 * @param picture [height + 2][width + 2][4] probabilities, with a border of zeros that is left alone
 * @param blanks [height][width][4] 1 for a pixel without ink, 0 for ink
 */
export function strokePicture(
  canvas: Canvas,
  exponents: usize,
  down: i32,
  image: usize,
  picture: usize,
  blanks: usize,
  lane: i32,
): void {
  const one = f32x4.splat(1), floor = f32x4.splat(FLOOR);
  let blank = blanks + (<usize>lane << 2);
  for (let row = 0; row < canvas.height; row++) {
    let to = picture + (<usize>((row + 1) * (canvas.width + 2) + 1) << 4) + (<usize>lane << 2);
    const from = exponents + (<usize>(row * canvas.padded) << 2);
    for (let column = 0; column < canvas.width; column += 4) {
      const odds = f32x4.add(oddsOf(canvas, from + (<usize>column << 2), down), floor);
      const p = f32x4.div(odds, f32x4.add(one, odds));
      const left = canvas.width - column;
      store<f32>(to, f32x4.extract_lane(p, 0));
      if (left > 1) store<f32>(to, f32x4.extract_lane(p, 1), 16);
      if (left > 2) store<f32>(to, f32x4.extract_lane(p, 2), 32);
      if (left > 3) store<f32>(to, f32x4.extract_lane(p, 3), 48);
      to += 64;
    }
    for (let column = 0; column < canvas.width; column++) {
      store<f32>(blank, <f32>1 - <f32>load<u8>(image++));
      blank += 16;
    }
  }
}

/**
 * Gradient by ink from the gradient by the probabilities of one lane: times dP / d ink = e / (1 + e + 1e-6)^2.
 *
 * @param pictureGradient [height + 2][width + 2][4]
 * @param deltas [height][padded] written, 0 in the padding
 */
export function strokeDeltas(
  canvas: Canvas,
  exponents: usize,
  pictureGradient: usize,
  lane: i32,
  deltas: usize,
): void {
  const one = f32x4.splat(1 + FLOOR);
  for (let row = 0; row < canvas.height; row++) {
    let from = pictureGradient + (<usize>((row + 1) * (canvas.width + 2) + 1) << 4) + (<usize>lane << 2);
    for (let column = 0; column < canvas.padded; column += 4) {
      const at = <usize>(row * canvas.padded + column) << 2, left = canvas.width - column;
      let gradient = f32x4.splat(load<f32>(from));
      if (left > 1) gradient = f32x4.replace_lane(gradient, 1, load<f32>(from, 16));
      if (left > 2) gradient = f32x4.replace_lane(gradient, 2, load<f32>(from, 32));
      if (left > 3) gradient = f32x4.replace_lane(gradient, 3, load<f32>(from, 48));
      const odds = oddsOf(canvas, exponents + at, 1), share = f32x4.div(one, f32x4.add(one, odds));
      const slope = f32x4.mul(f32x4.mul(odds, share), share);
      const isColumn = v128.load(canvas.columns + (<usize>column << 2));
      v128.store(deltas + at, v128.and(f32x4.mul(gradient, slope), isColumn));
      from += 64;
    }
  }
}

/**
 * log Bernoulli(image; sigmoid(logits)) of one program, and factor times its gradient by ink.
 *
 * The likelihood is ln 2 * (sum of four exponents) + sum of log of four mantissas - sum of four rests.
 *
 * @param image [height][width] bytes of 0 and 1
 * @param factor 0 where no gradient is wanted
 * @param deltas [height][padded] written, 0 in the padding
 * @param sums [12] written: exponents (i32), mantissas, rests
 */
export function strokePlainPixels(
  canvas: Canvas,
  exponents: usize,
  down: i32,
  image: usize,
  factor: f32,
  deltas: usize,
  sums: usize,
): void {
  const one = f32x4.splat(1), floor = f32x4.splat(FLOOR), nothing = f32x4.splat(0), most = f32x4.splat(MOST_INK);
  const mantissaBits = i32x4.splat(0x7fffff), oneBits = i32x4.splat(0x3f800000), factors = f32x4.splat(factor);
  let product = one, powers = i32x4.splat(0), rests = nothing;
  for (let row = 0; row < canvas.height; row++) {
    for (let column = 0; column < canvas.padded; column += 4) {
      const at = <usize>(row * canvas.padded + column) << 2;
      const isColumn = v128.load(canvas.columns + (<usize>column << 2));
      const bytes = v128.load32_zero(image + row * canvas.width + column);
      const isInk = i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
      const odds = oddsOf(canvas, exponents + at, down), floored = f32x4.add(odds, floor);
      const off = f32x4.div(one, f32x4.add(one, floored)), on = f32x4.mul(floored, off);
      const q = v128.bitselect(v128.bitselect(on, off, isInk), one, isColumn);
      product = f32x4.mul(product, q);
      powers = i32x4.add(powers, i32x4.sub(i32x4.shr_u(product, 23), i32x4.splat(127)));
      product = v128.or(v128.and(product, mantissaBits), oneBits);
      if (down) {
        const rest = f32x4.pmax(nothing, f32x4.sub(inkOf(canvas, exponents + at), most));
        rests = f32x4.add(rests, v128.and(rest, v128.andnot(isColumn, isInk)));
      }
      // x - P, times the share of e in e + 1e-6.
      const slope = f32x4.mul(v128.bitselect(off, f32x4.neg(on), isInk), f32x4.div(odds, floored));
      v128.store(deltas + at, v128.and(f32x4.mul(factors, slope), isColumn));
    }
  }
  v128.store(sums, powers);
  v128.store(sums, product, 16);
  v128.store(sums, rests, 32);
}
