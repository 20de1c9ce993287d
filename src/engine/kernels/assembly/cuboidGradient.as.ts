// Cuboids, part 2: the way back over one row, back to front. A box needs the gradient by the pixels' colours, that gradient's
// product with what is seen behind it, and what drawSpan kept. Sums stay four pixels wide until the end.
// Source: scenes specification, section 5.5, with the odds E of the faces in place of their sigmoids.

import { fma } from "./arithmetic.as";
import {
  COLOR, Cuboids, EDGE, EDGE_ROW, EDGE_SLOPE, FADE, IS_FADING, LEAST_WEIGHT, SHADE, SIGHT_BYTES, Span, splat, startOf,
} from "./cuboidRow.as";

/** Bytes of one sum, and of the 33 of a box: by line of weight, times column, times row; fade times by fade; by colour. */
const SUM: usize = 16;
const FADE_SUMS: usize = 27 * SUM;
const COLOR_SUMS: usize = 30 * SUM;
export const BOX_SUM_BYTES: usize = 33 * SUM;

// @ts-ignore: decorator
@inline
function add(at: usize, value: v128): void {
  v128.store(at, f32x4.add(v128.load(at), value));
}

// @ts-ignore: decorator
@inline
function addLine(at: usize, weight: v128, column: v128, row: v128): void {
  add(at, weight);
  v128.store(at, fma(weight, column, v128.load(at, SUM)), SUM);
  v128.store(at, fma(weight, row, v128.load(at, 2 * SUM)), 2 * SUM);
}

/** The share of `weight` whose pixels are nearest to this edge; earlier edges have taken theirs. */
// @ts-ignore: decorator
@inline
function takeNearest(weight: v128, distance: v128, least: v128): v128 {
  return v128.and(weight, f32x4.eq(distance, least));
}

/** Adds a box's sums over its span, and moves the product with what is seen behind to what is seen behind the next. */
export function learnSpan(job: Cuboids, box: usize, row: f32, span: Span, sums: usize): void {
  const plane = <usize>job.padded << 2;
  const one = f32x4.splat(1), rows = f32x4.splat(row);
  let sight = span.sight;
  for (let at = span.from; at < span.to; at += 16) {
    const column = v128.load(job.columns + at);
    const through = v128.load(sight), alpha = v128.load(sight, 16), shade = v128.load(sight, 32);
    const red = v128.load(job.colors + at), green = v128.load(job.colors + plane + at);
    const blue = v128.load(job.colors + 2 * plane + at);
    let byShade = f32x4.mul(splat(box + COLOR), red);
    byShade = fma(splat(box + COLOR + 4), green, byShade);
    byShade = fma(splat(box + COLOR + 8), blue, byShade);
    const behind = v128.load(job.through + at);
    const contrast = f32x4.sub(f32x4.mul(shade, byShade), behind);
    v128.store(job.through + at, fma(alpha, contrast, behind));
    const share = f32x4.mul(through, alpha);
    const seen = f32x4.mul(share, shade);
    v128.store(sums, fma(seen, red, v128.load(sums, COLOR_SUMS)), COLOR_SUMS);
    v128.store(sums, fma(seen, green, v128.load(sums, COLOR_SUMS + SUM)), COLOR_SUMS + SUM);
    v128.store(sums, fma(seen, blue, v128.load(sums, COLOR_SUMS + 2 * SUM)), COLOR_SUMS + 2 * SUM);
    const byDistance = f32x4.mul(f32x4.mul(share, f32x4.sub(one, alpha)), contrast);
    learnEdges(box, row, byDistance, column, rows, sums);
    const byLit = f32x4.mul(f32x4.mul(share, byShade), v128.load(sight, 48));
    learnFaces(box, sight, byLit, shade, column, rows, sums);
    sight += SIGHT_BYTES;
  }
}

/** A pixel's weight goes to its nearest edge alone. */
// @ts-ignore: decorator
@inline
function learnEdges(box: usize, row: f32, byDistance: v128, column: v128, rows: v128, sums: usize): void {
  const d0 = fma(splat(box + EDGE_SLOPE), column, startOf(box, EDGE, EDGE_ROW, 0, row));
  const d1 = fma(splat(box + EDGE_SLOPE + 4), column, startOf(box, EDGE, EDGE_ROW, 1, row));
  const d2 = fma(splat(box + EDGE_SLOPE + 8), column, startOf(box, EDGE, EDGE_ROW, 2, row));
  const d3 = fma(splat(box + EDGE_SLOPE + 12), column, startOf(box, EDGE, EDGE_ROW, 3, row));
  const d4 = fma(splat(box + EDGE_SLOPE + 16), column, startOf(box, EDGE, EDGE_ROW, 4, row));
  const d5 = fma(splat(box + EDGE_SLOPE + 20), column, startOf(box, EDGE, EDGE_ROW, 5, row));
  const least = f32x4.pmin(f32x4.pmin(f32x4.pmin(d0, d1), f32x4.pmin(d2, d3)), f32x4.pmin(d4, d5));
  let rest = byDistance;
  let own = takeNearest(rest, d0, least);
  addLine(sums, own, column, rows);
  rest = v128.xor(rest, own);
  own = takeNearest(rest, d1, least);
  addLine(sums + 3 * SUM, own, column, rows);
  rest = v128.xor(rest, own);
  own = takeNearest(rest, d2, least);
  addLine(sums + 6 * SUM, own, column, rows);
  rest = v128.xor(rest, own);
  own = takeNearest(rest, d3, least);
  addLine(sums + 9 * SUM, own, column, rows);
  rest = v128.xor(rest, own);
  own = takeNearest(rest, d4, least);
  addLine(sums + 12 * SUM, own, column, rows);
  rest = v128.xor(rest, own);
  addLine(sums + 15 * SUM, takeNearest(rest, d5, least), column, rows);
}

/** @param byLit gradient by the shade over the weight of all faces */
// @ts-ignore: decorator
@inline
function learnFaces(box: usize, sight: usize, byLit: v128, shade: v128, column: v128, rows: v128, sums: usize): void {
  const one = f32x4.splat(1);
  const x = v128.load(sight, 64), y = v128.load(sight, 80), z = v128.load(sight, 96);
  const x1 = f32x4.add(x, one), y1 = f32x4.add(y, one), z1 = f32x4.add(z, one);
  // fade (own shade - shade) by axis.
  const fadeX = splat(box + FADE), fadeY = splat(box + FADE + 4), fadeZ = splat(box + FADE + 8);
  const byX = f32x4.sub(splat(box + SHADE), f32x4.mul(fadeX, shade));
  const byY = f32x4.sub(splat(box + SHADE + 4), f32x4.mul(fadeY, shade));
  const byZ = f32x4.sub(splat(box + SHADE + 8), f32x4.mul(fadeZ, shade));
  const least = f32x4.mul(shade, f32x4.splat(LEAST_WEIGHT));
  const gx = fma(y1, f32x4.sub(byX, f32x4.mul(least, z1)), f32x4.mul(byZ, z));
  const gy = fma(z1, f32x4.sub(byY, f32x4.mul(least, x1)), f32x4.mul(byX, x));
  const gz = fma(x1, f32x4.sub(byZ, f32x4.mul(least, y1)), f32x4.mul(byY, y));
  addLine(sums + 18 * SUM, f32x4.mul(byLit, f32x4.mul(x, gx)), column, rows);
  addLine(sums + 21 * SUM, f32x4.mul(byLit, f32x4.mul(y, gy)), column, rows);
  addLine(sums + 24 * SUM, f32x4.mul(byLit, f32x4.mul(z, gz)), column, rows);
  if (load<i32>(box, IS_FADING) == 0) return;
  add(sums + FADE_SUMS, f32x4.mul(byLit, f32x4.mul(byX, f32x4.mul(x, y1))));
  add(sums + FADE_SUMS + SUM, f32x4.mul(byLit, f32x4.mul(byY, f32x4.mul(y, z1))));
  add(sums + FADE_SUMS + 2 * SUM, f32x4.mul(byLit, f32x4.mul(byZ, f32x4.mul(z, x1))));
}
