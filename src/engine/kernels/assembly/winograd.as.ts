// Winograd's F(2x2, 3x3): a 4x4 tile of the input gives a 2x2 tile of the output of a 3x3 convolution of stride 1 with 16
// products per pair of channels instead of 36. Source: Lavin & Gray 2016, section 4.1: Y = A'[(G g G') * (B' d B)]A.
// Here: B' d B and A' M A, and their adjoints for the gradients. Tiles lie in 16 planes [tile][channel], `planeBytes` apart,
// so that the products of one plane are one matrix product. Channels are a multiple of 8; tiles are found through tables.

import { tanh4 } from "./arithmetic.as";

/** planes = B' d B of `count` tiles: 4x4 pixels whose first is at `source` plus an entry of `tiles`. */
export function winogradInput(
  source: usize, tiles: usize, rowBytes: usize, channels: i32, planes: usize, planeBytes: usize, count: i32,
): void {
  const pixel = <usize>channels << 2;
  for (let t: usize = 0; t < <usize>count; t++) {
    const from = source + <usize>load<u32>(tiles + (t << 2));
    for (let c: usize = 0; c < pixel; c += 16) {
      const row0 = from + c, row1 = row0 + rowBytes, row2 = row1 + rowBytes, row3 = row2 + rowBytes;
      const to = planes + pixel * t + c, down = planeBytes << 2;
      inputRow(row0, row2, false, pixel, to, planeBytes);
      inputRow(row1, row2, true, pixel, to + down, planeBytes);
      inputRow(row2, row1, false, pixel, to + 2 * down, planeBytes);
      inputRow(row1, row3, false, pixel, to + 3 * down, planeBytes);
    }
  }
}

/** One row of B' d (the sum or difference of two rows of d), times B. */
// @ts-ignore: decorator
@inline
function inputRow(a: usize, b: usize, isSum: bool, pixel: usize, to: usize, planeBytes: usize): void {
  const e0 = combined(a, b, isSum), e1 = combined(a + pixel, b + pixel, isSum);
  const e2 = combined(a + 2 * pixel, b + 2 * pixel, isSum), e3 = combined(a + 3 * pixel, b + 3 * pixel, isSum);
  v128.store(to, f32x4.sub(e0, e2));
  v128.store(to + planeBytes, f32x4.add(e1, e2));
  v128.store(to + 2 * planeBytes, f32x4.sub(e2, e1));
  v128.store(to + 3 * planeBytes, f32x4.sub(e1, e3));
}

// @ts-ignore: decorator
@inline
function combined(a: usize, b: usize, isSum: bool): v128 {
  return isSum ? f32x4.add(v128.load(a), v128.load(b)) : f32x4.sub(v128.load(a), v128.load(b));
}

/**
 * Adds B dV B' to the 4x4 pixels of `count` tiles: the adjoint of winogradInput. Tiles overlap, so the target is zeroed
 * before the first.
 */
export function winogradInputGradient(
  target: usize, tiles: usize, rowBytes: usize, channels: i32, planes: usize, planeBytes: usize, count: i32,
): void {
  const pixel = <usize>channels << 2;
  for (let t: usize = 0; t < <usize>count; t++) {
    const to = target + <usize>load<u32>(tiles + (t << 2));
    for (let c: usize = 0; c < pixel; c += 16) {
      const from = planes + pixel * t + c, down = planeBytes << 2;
      let at = to + c;
      addColumn(at, rowBytes, v128.load(from), v128.load(from + down), v128.load(from + 2 * down), v128.load(from + 3 * down));
      at += pixel;
      addColumn(
        at, rowBytes, inner(from, planeBytes, false), inner(from + down, planeBytes, false),
        inner(from + 2 * down, planeBytes, false), inner(from + 3 * down, planeBytes, false),
      );
      at += pixel;
      addColumn(
        at, rowBytes, inner(from, planeBytes, true), inner(from + down, planeBytes, true),
        inner(from + 2 * down, planeBytes, true), inner(from + 3 * down, planeBytes, true),
      );
      at += pixel;
      const last = from + 3 * planeBytes;
      addColumn(
        at, rowBytes, f32x4.neg(v128.load(last)), f32x4.neg(v128.load(last + down)),
        f32x4.neg(v128.load(last + 2 * down)), f32x4.neg(v128.load(last + 3 * down)),
      );
    }
  }
}

/** One row of planes times a middle column of B': v1 - v2 + v3, or -v0 + v1 + v2. */
// @ts-ignore: decorator
@inline
function inner(row: usize, planeBytes: usize, isSecond: bool): v128 {
  const v1 = v128.load(row + planeBytes), v2 = v128.load(row + 2 * planeBytes);
  if (isSecond) return f32x4.sub(f32x4.add(v1, v2), v128.load(row));
  return f32x4.add(f32x4.sub(v1, v2), v128.load(row + 3 * planeBytes));
}

/** Adds B times one column of four to four pixels below each other. */
// @ts-ignore: decorator
@inline
function addColumn(at: usize, rowBytes: usize, u0: v128, u1: v128, u2: v128, u3: v128): void {
  v128.store(at, f32x4.add(v128.load(at), u0));
  at += rowBytes;
  v128.store(at, f32x4.add(v128.load(at), f32x4.add(f32x4.sub(u1, u2), u3)));
  at += rowBytes;
  v128.store(at, f32x4.add(v128.load(at), f32x4.sub(f32x4.add(u1, u2), u0)));
  at += rowBytes;
  v128.store(at, f32x4.sub(v128.load(at), u3));
}

/** The 2x2 pixels of `count` tiles = act(A' M A + bias). `activation` as in Product: 0 none, 1 relu, 2 tanh. */
export function winogradOutput(
  planes: usize, planeBytes: usize, channels: i32, target: usize, tiles: usize, rowBytes: usize,
  bias: usize, activation: i32, count: i32,
): void {
  const pixel = <usize>channels << 2, down = planeBytes << 2;
  for (let t: usize = 0; t < <usize>count; t++) {
    const to = target + <usize>load<u32>(tiles + (t << 2));
    for (let c: usize = 0; c < pixel; c += 16) {
      let from = planes + pixel * t + c;
      const b = v128.load(bias + c);
      let upper = columnSum(from, down), lower = columnDifference(from, down);
      let y00 = f32x4.add(b, upper), y10 = f32x4.add(b, lower);
      from += planeBytes;
      upper = columnSum(from, down); lower = columnDifference(from, down);
      y00 = f32x4.add(y00, upper); y10 = f32x4.add(y10, lower);
      let y01 = f32x4.add(b, upper), y11 = f32x4.add(b, lower);
      from += planeBytes;
      upper = columnSum(from, down); lower = columnDifference(from, down);
      y00 = f32x4.add(y00, upper); y10 = f32x4.add(y10, lower);
      y01 = f32x4.sub(y01, upper); y11 = f32x4.sub(y11, lower);
      from += planeBytes;
      y01 = f32x4.sub(y01, columnSum(from, down)); y11 = f32x4.sub(y11, columnDifference(from, down));
      const at = to + c;
      v128.store(at, activated(y00, activation));
      v128.store(at + pixel, activated(y01, activation));
      v128.store(at + rowBytes, activated(y10, activation));
      v128.store(at + rowBytes + pixel, activated(y11, activation));
    }
  }
}

// @ts-ignore: decorator
@inline
function columnSum(at: usize, down: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(at), v128.load(at + down)), v128.load(at + 2 * down));
}

// @ts-ignore: decorator
@inline
function columnDifference(at: usize, down: usize): v128 {
  return f32x4.sub(f32x4.sub(v128.load(at + down), v128.load(at + 2 * down)), v128.load(at + 3 * down));
}

// @ts-ignore: decorator
@inline
function activated(x: v128, activation: i32): v128 {
  if (activation == 1) return f32x4.max(x, f32x4.splat(0));
  return activation == 2 ? tanh4(x) : x;
}

/** planes = A dY A' of the 2x2 pixels of `count` tiles: the adjoint of winogradOutput. Adds the sums of dY to `bias`. */
export function winogradOutputGradient(
  planes: usize, planeBytes: usize, channels: i32, source: usize, tiles: usize, rowBytes: usize,
  bias: usize, count: i32,
): void {
  const pixel = <usize>channels << 2, down = planeBytes << 2;
  for (let t: usize = 0; t < <usize>count; t++) {
    const from = source + <usize>load<u32>(tiles + (t << 2));
    for (let c: usize = 0; c < pixel; c += 16) {
      const at = from + c, to = planes + pixel * t + c;
      const y00 = v128.load(at), y01 = v128.load(at + pixel);
      const y10 = v128.load(at + rowBytes), y11 = v128.load(at + rowBytes + pixel);
      const left = f32x4.add(y00, y10), right = f32x4.add(y01, y11);
      v128.store(bias + c, f32x4.add(v128.load(bias + c), f32x4.add(left, right)));
      outputRow(to, planeBytes, y00, y01);
      outputRow(to + down, planeBytes, left, right);
      outputRow(to + 2 * down, planeBytes, f32x4.sub(y00, y10), f32x4.sub(y01, y11));
      outputRow(to + 3 * down, planeBytes, f32x4.neg(y10), f32x4.neg(y11));
    }
  }
}

/** One row of A dY, times A'. */
// @ts-ignore: decorator
@inline
function outputRow(to: usize, planeBytes: usize, left: v128, right: v128): void {
  v128.store(to, left);
  v128.store(to + planeBytes, f32x4.add(left, right));
  v128.store(to + 2 * planeBytes, f32x4.sub(left, right));
  v128.store(to + 3 * planeBytes, f32x4.neg(right));
}
