// A picture seen through affine maps, four programs at a time: probabilities stand as [pixel][4], so that the four reads
// of a bilinear tap are whole vectors. Source: MWS specification, section 3.4.
// Logs are postponed: factors of four pixels are multiplied (each is at least 2^-23), then the power of two is split off
// and counted exactly; one log of the mantissa is left for each program and transform.

import { fma } from "./arithmetic.as";

/** 2^-23, and 1 minus it. */
const LEAST: f32 = 1.1920929e-7;
const MOST: f32 = 0.99999988;

/** Taps of one transform: offsets [pixels] of u32 bytes into the picture, weights [pixels][4] of right, down, and rests. */
// @ts-ignore: decorator
@inline
function tapAt(picture: usize, rowBytes: usize, right: v128, down: v128): v128 {
  const a = v128.load(picture), b = v128.load(picture, 16);
  const below = picture + rowBytes, c = v128.load(below), d = v128.load(below, 16);
  const upper = fma(right, f32x4.sub(b, a), a), lower = fma(right, f32x4.sub(d, c), c);
  return fma(down, f32x4.sub(lower, upper), upper);
}

/** Probability of what the picture shows: P for ink, 1 - P without. */
// @ts-ignore: decorator
@inline
function factorAt(picture: usize, rowBytes: usize, tap: usize, blank: usize): v128 {
  const p = tapAt(picture + load<u32>(tap), rowBytes, v128.load32_splat(tap, 4), v128.load32_splat(tap, 8));
  const q = f32x4.abs(f32x4.sub(v128.load(blank), p));
  return f32x4.pmin(f32x4.pmax(q, f32x4.splat(LEAST)), f32x4.splat(MOST));
}

/**
 * Likelihood of four pictures under each of `transforms` maps.
 *
 * @param taps [transforms][pixels] of (u32 byte offset, f32 right, f32 down); `pixels` is a multiple of 4
 * @param picture [height + 2][width + 2][4], rowBytes a row
 * @param blanks [pixels][4]
 * @param sums [transforms][8] written: four exponents (i32), four mantissas
 */
export function strokeWarp(
  taps: usize,
  transforms: i32,
  pixels: i32,
  picture: usize,
  rowBytes: usize,
  blanks: usize,
  sums: usize,
): void {
  const mantissaBits = i32x4.splat(0x7fffff), oneBits = i32x4.splat(0x3f800000), excess = i32x4.splat(127);
  for (let t = 0; t < transforms; t++) {
    let product = f32x4.splat(1), powers = i32x4.splat(0), blank = blanks;
    for (const end = blanks + (<usize>pixels << 4); blank < end; blank += 64) {
      const first = f32x4.mul(factorAt(picture, rowBytes, taps, blank), factorAt(picture, rowBytes, taps + 12, blank + 16));
      const second = f32x4.mul(factorAt(picture, rowBytes, taps + 24, blank + 32), factorAt(picture, rowBytes, taps + 36, blank + 48));
      product = f32x4.mul(product, f32x4.mul(first, second));
      powers = i32x4.add(powers, i32x4.sub(i32x4.shr_u(product, 23), excess));
      product = v128.or(v128.and(product, mantissaBits), oneBits);
      taps += 48;
    }
    v128.store(sums, powers);
    v128.store(sums, product, 16);
    sums += 32;
  }
}

/**
 * Adds the gradient of four pictures under one map.
 *
 * @param taps [height * width] of this map
 * @param xs [width] and ys [height]: coordinates -1 to 1 of the output pixels
 * @param flows [4] gradient by each picture's log likelihood under this map
 * @param pictureGradient [height + 2][width + 2][4] added to
 * @param sums [6][4] added to: gradient by the column read times x, y, 1, then by the row read times x, y, 1
 */
export function strokeWarpGradient(
  taps: usize,
  height: i32,
  width: i32,
  xs: usize,
  ys: usize,
  picture: usize,
  rowBytes: usize,
  blanks: usize,
  flows: usize,
  pictureGradient: usize,
  sums: usize,
): void {
  const flow = v128.load(flows), one = f32x4.splat(1), least = f32x4.splat(LEAST), most = f32x4.splat(MOST);
  const away = pictureGradient - picture;
  for (let row = 0; row < height; row++) {
    let u = f32x4.splat(0), v = f32x4.splat(0), ux = f32x4.splat(0), vx = f32x4.splat(0);
    for (let column = 0; column < width; column++) {
      const at = picture + load<u32>(taps), right = v128.load32_splat(taps, 4), down = v128.load32_splat(taps, 8);
      const blank = v128.load(blanks);
      taps += 12;
      blanks += 16;
      const a = v128.load(at), b = v128.load(at, 16), below = at + rowBytes, c = v128.load(below), d = v128.load(below, 16);
      const rise = f32x4.sub(b, a), riseBelow = f32x4.sub(d, c);
      const upper = fma(right, rise, a), lower = fma(right, riseBelow, c), fall = f32x4.sub(lower, upper);
      const p = fma(down, fall, upper);
      const q = f32x4.abs(f32x4.sub(blank, p)), isFree = v128.and(f32x4.ge(q, least), f32x4.le(q, most));
      // d log q / dp is 1 / q for ink and -1 / q without; nothing where the probability is clamped.
      const sign = f32x4.sub(one, f32x4.add(blank, blank));
      const g = v128.and(f32x4.div(f32x4.mul(flow, sign), q), isFree);
      const byLower = f32x4.mul(g, down), byUpper = f32x4.sub(g, byLower);
      const byD = f32x4.mul(byLower, right), byB = f32x4.mul(byUpper, right);
      add(at + away, f32x4.sub(byUpper, byB));
      add(at + away + 16, byB);
      add(below + away, f32x4.sub(byLower, byD));
      add(below + away + 16, byD);
      const byU = f32x4.mul(g, fma(down, f32x4.sub(riseBelow, rise), rise)), byV = f32x4.mul(g, fall);
      const x = v128.load32_splat(xs + (<usize>column << 2));
      u = f32x4.add(u, byU);
      v = f32x4.add(v, byV);
      ux = fma(byU, x, ux);
      vx = fma(byV, x, vx);
    }
    const y = v128.load32_splat(ys + (<usize>row << 2));
    add(sums, ux);
    add(sums + 16, f32x4.mul(u, y));
    add(sums + 32, u);
    add(sums + 48, vx);
    add(sums + 64, f32x4.mul(v, y));
    add(sums + 80, v);
  }
}

// @ts-ignore: decorator
@inline
function add(to: usize, value: v128): void {
  v128.store(to, f32x4.add(v128.load(to), value));
}
