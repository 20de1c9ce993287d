// Cuboids, part 1: one row of one picture. Where each box reaches in the row follows from its lines; then the boxes are
// composited front to back, four pixels at a time. Distances come in units of sigma / ln 2, so that powers of two do for
// exponentials. Source: scenes specification, sections 5.2 and 5.3.

import { fma } from "./arithmetic.as";

/** Scratch space and sizes, written by kernels/cuboids/wasm.ts. Rows of pixels are `padded` floats long. */
@unmanaged
export class Cuboids {
  side: i32;
  /** `side` rounded up to a multiple of 4. */
  padded: i32;
  background: f32;
  /** [n] Box */
  boxes: usize;
  /** [padded] number of each column, and -1 (all bits) for columns of the picture, 0 for padding. */
  columns: usize;
  inside: usize;
  /** [3][side][padded] the picture to explain minus the background; 0 in the padding. */
  target: usize;
  /** [3][padded] colours of the row in hand; later what they differ from the target by. */
  colors: usize;
  /** [padded] transmittance of the row; later the gradient's product with what is seen behind a box. */
  through: usize;
  /** [n] Span */
  spans: usize;
  /** [n][padded / 4] Sight of the row in hand, packed. */
  sights: usize;
  /** [n][33][4] sums of the gradient, four pixels side by side. */
  sums: usize;
  /** [3][side][padded] a drawn picture. */
  picture: usize;
}

/** A box: its lines c + j * slope + i * rowSlope (six edges, two that are never near; three between faces, one unused). */
export const EDGE: usize = 0;
export const EDGE_SLOPE: usize = 32;
export const EDGE_ROW: usize = 64;
export const FACE: usize = 96;
export const FACE_SLOPE: usize = 112;
export const FACE_ROW: usize = 128;
/** [3] by axis: how far the face is faded in, that times its shade, colour; 1 where a face is fading. */
export const FADE: usize = 144;
export const SHADE: usize = 156;
export const COLOR: usize = 168;
export const IS_FADING: usize = 180;
export const BOX_BYTES: usize = 192;

/** Where a box reaches in the row in hand: bytes from, to (multiples of 16), and its first Sight. */
@unmanaged
export class Span {
  from: usize;
  to: usize;
  sight: usize;
}
const SPAN_BYTES: usize = 12;

/** What is kept of four pixels for the way back: transmittance, alpha, shade, 1 / weight of faces, three odds of faces. */
export const SIGHT_BYTES: usize = 112;

/** 12 sigma: pixels farther outside see less than 1e-5 of a box. */
const REACH: f32 = 17.312340;
/** No column of a picture. */
const BEYOND: f32 = 1e9;
/** Keeps the shade finite where no face is seen. */
export const LEAST_WEIGHT: f32 = 1e-6;
/** Odds beyond 2^34 change nothing in float32, and their products stay finite. */
const MOST_ODDS: f32 = 34;

/** Bytes of the row, from and to, that any box reaches. */
export let hullFrom: usize = 0;
export let hullTo: usize = 0;

// @ts-ignore: decorator
@inline
export function spanOf(job: Cuboids, box: usize): Span {
  return changetype<Span>(job.spans + box * SPAN_BYTES);
}

/** Finds the spans of `count` boxes and their hull, and clears the row there. */
export function openRow(job: Cuboids, count: usize, row: f32): void {
  hullFrom = <usize>job.padded << 2;
  hullTo = 0;
  for (let box: usize = 0; box < count; box++) {
    const span = spanOf(job, box);
    findSpan(job.boxes + box * BOX_BYTES, row, <f32>(job.side - 1), span);
    if (span.from >= span.to) continue;
    hullFrom = min(hullFrom, span.from);
    hullTo = max(hullTo, span.to);
  }
  const plane = <usize>job.padded << 2;
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  for (let at = hullFrom; at < hullTo; at += 16) {
    v128.store(job.through + at, one);
    v128.store(job.colors + at, zero);
    v128.store(job.colors + plane + at, zero);
    v128.store(job.colors + 2 * plane + at, zero);
  }
}

/** The columns whose distance to every edge is above -REACH: an interval, because the outline is convex. */
function findSpan(box: usize, row: f32, last: f32, span: Span): void {
  let lower = f32x4.splat(0), upper = f32x4.splat(last);
  const rows = f32x4.splat(row), reach = f32x4.splat(REACH), zero = f32x4.splat(0);
  for (let half: usize = 0; half < 32; half += 16) {
    const slope = v128.load(box + EDGE_SLOPE + half);
    const rest = fma(rows, v128.load(box + EDGE_ROW + half), f32x4.add(v128.load(box + EDGE + half), reach));
    const crossing = f32x4.neg(f32x4.div(rest, slope));
    lower = f32x4.pmax(lower, v128.bitselect(crossing, zero, f32x4.gt(slope, zero)));
    upper = f32x4.pmin(upper, v128.bitselect(crossing, f32x4.splat(BEYOND), f32x4.lt(slope, zero)));
    const isBeside = v128.and(f32x4.eq(slope, zero), f32x4.lt(rest, zero));
    upper = v128.bitselect(f32x4.splat(-1), upper, isBeside);
  }
  lower = f32x4.pmax(lower, v128.shuffle<i32>(lower, lower, 2, 3, 2, 3));
  upper = f32x4.pmin(upper, v128.shuffle<i32>(upper, upper, 2, 3, 2, 3));
  lower = f32x4.ceil(f32x4.pmax(lower, v128.shuffle<i32>(lower, lower, 1, 1, 1, 1)));
  upper = f32x4.floor(f32x4.pmin(upper, v128.shuffle<i32>(upper, upper, 1, 1, 1, 1)));
  // Saturating: whatever a box of absurd size gives, the columns are the picture's.
  const first = i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(f32x4.pmin(lower, f32x4.splat(last + 1))), 0);
  const end = i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(f32x4.pmax(upper, f32x4.splat(-1))), 0) + 1;
  span.from = <usize>((first & ~3) << 2);
  span.to = first < end ? <usize>(((end + 3) & ~3) << 2) : 0;
}

/** 2^x for x in -60 to 60: 2^n p(r), p of degree 5, relative error 1e-7. */
// @ts-ignore: decorator
@inline
function power2(x: v128): v128 {
  const shifted = f32x4.add(x, f32x4.splat(12582912));
  const r = f32x4.sub(x, f32x4.sub(shifted, f32x4.splat(12582912)));
  let p = fma(f32x4.splat(0.0013276472), r, f32x4.splat(0.0096755423));
  p = fma(p, r, f32x4.splat(0.055507132));
  p = fma(p, r, f32x4.splat(0.2402212));
  p = fma(p, r, f32x4.splat(0.693147));
  p = fma(p, r, f32x4.splat(1.0000001));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

// @ts-ignore: decorator
@inline
export function splat(address: usize): v128 {
  return v128.load_splat<f32>(address);
}

/** Line number `line` of a group at row `row`, as far as the column does not matter. */
// @ts-ignore: decorator
@inline
export function startOf(box: usize, group: usize, rowSlopes: usize, line: usize, row: f32): v128 {
  return f32x4.splat(load<f32>(box + group + 4 * line) + row * load<f32>(box + rowSlopes + 4 * line));
}

/** Odds of one side of a line between faces. */
// @ts-ignore: decorator
@inline
function odds(start: v128, slope: v128, column: v128): v128 {
  const distance = fma(slope, column, start);
  return power2(f32x4.pmin(f32x4.pmax(distance, f32x4.splat(-MOST_ODDS)), f32x4.splat(MOST_ODDS)));
}

/** Composites a box over its span. `sight`: where to keep what the gradient needs, 0 for nowhere. Gives the end of that. */
// @ts-ignore: decorator
@inline
export function drawSpan(job: Cuboids, box: usize, row: f32, span: Span, sight: usize): usize {
  const e0 = startOf(box, EDGE, EDGE_ROW, 0, row), e1 = startOf(box, EDGE, EDGE_ROW, 1, row);
  const e2 = startOf(box, EDGE, EDGE_ROW, 2, row), e3 = startOf(box, EDGE, EDGE_ROW, 3, row);
  const e4 = startOf(box, EDGE, EDGE_ROW, 4, row), e5 = startOf(box, EDGE, EDGE_ROW, 5, row);
  const f0 = startOf(box, FACE, FACE_ROW, 0, row), f1 = startOf(box, FACE, FACE_ROW, 1, row);
  const f2 = startOf(box, FACE, FACE_ROW, 2, row);
  const plane = <usize>job.padded << 2;
  const one = f32x4.splat(1);
  for (let at = span.from; at < span.to; at += 16) {
    const column = v128.load(job.columns + at);
    let least = fma(splat(box + EDGE_SLOPE), column, e0);
    least = f32x4.pmin(least, fma(splat(box + EDGE_SLOPE + 4), column, e1));
    least = f32x4.pmin(least, fma(splat(box + EDGE_SLOPE + 8), column, e2));
    least = f32x4.pmin(least, fma(splat(box + EDGE_SLOPE + 12), column, e3));
    least = f32x4.pmin(least, fma(splat(box + EDGE_SLOPE + 16), column, e4));
    least = f32x4.pmin(least, fma(splat(box + EDGE_SLOPE + 20), column, e5));
    least = f32x4.pmin(f32x4.pmax(least, f32x4.splat(-MOST_ODDS)), f32x4.splat(MOST_ODDS));
    const alpha = f32x4.div(one, f32x4.add(one, power2(f32x4.neg(least))));
    // With odds E the sigmoids are E / (1 + E); the common denominator of the weights cancels.
    const x = odds(f0, splat(box + FACE_SLOPE), column);
    const y = odds(f1, splat(box + FACE_SLOPE + 4), column);
    const z = odds(f2, splat(box + FACE_SLOPE + 8), column);
    const x1 = f32x4.add(x, one), y1 = f32x4.add(y, one), z1 = f32x4.add(z, one);
    const ofX = f32x4.mul(x, y1), ofY = f32x4.mul(y, z1), ofZ = f32x4.mul(z, x1);
    let weight = f32x4.mul(f32x4.mul(x1, f32x4.splat(LEAST_WEIGHT)), f32x4.mul(y1, z1));
    weight = fma(splat(box + FADE), ofX, weight);
    weight = fma(splat(box + FADE + 4), ofY, weight);
    weight = fma(splat(box + FADE + 8), ofZ, weight);
    let lit = f32x4.mul(splat(box + SHADE), ofX);
    lit = fma(splat(box + SHADE + 4), ofY, lit);
    lit = fma(splat(box + SHADE + 8), ofZ, lit);
    const inverse = f32x4.div(one, weight);
    const shade = f32x4.mul(lit, inverse);
    const through = v128.load(job.through + at);
    const share = f32x4.mul(through, alpha);
    const seen = f32x4.mul(share, shade);
    v128.store(job.through + at, f32x4.sub(through, share));
    const color = job.colors + at;
    v128.store(color, fma(seen, splat(box + COLOR), v128.load(color)));
    v128.store(color + plane, fma(seen, splat(box + COLOR + 4), v128.load(color + plane)));
    v128.store(color + 2 * plane, fma(seen, splat(box + COLOR + 8), v128.load(color + 2 * plane)));
    if (sight == 0) continue;
    v128.store(sight, through);
    v128.store(sight, alpha, 16);
    v128.store(sight, shade, 32);
    v128.store(sight, inverse, 48);
    v128.store(sight, x, 64);
    v128.store(sight, y, 80);
    v128.store(sight, z, 96);
    sight += SIGHT_BYTES;
  }
  return sight;
}
