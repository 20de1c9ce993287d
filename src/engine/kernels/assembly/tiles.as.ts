// Inner tiles of a matrix product A^T B: A packed [depth][rows], B packed [depth][8], rows of C `rowBytes` apart.
// Keep them this plain: no unrolling, no epilogue. V8 then emits the multiply-adds without a spill (35 GFLOP/s); with an
// activation or an accumulate branch in the same loop it runs out of registers and halves the speed.

import { fma } from "./arithmetic.as";

/** Scratch for one tile of up to 6 x 8 floats, for callers that add an epilogue. */
export const TILE: usize = memory.data(256, 64);

/**
 * 6 rows. Without fused multiply-add a product needs a register of its own, and 6 x 8 sums no longer fit x86's sixteen:
 * two passes of 3 x 8 are 1.4 times as fast.
 */
export function tile6(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) return tile6Fused(a, b, depth, c, rowBytes);
  tile3(a, b, depth, c, rowBytes);
  tile3(a + 12, b, depth, c + 3 * rowBytes, rowBytes);
}

/** 3 of the 6 packed rows. */
// @ts-ignore: decorator
@inline
function tile3(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize): void {
  let x: v128, b0 = f32x4.splat(0), b1 = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0;
  for (let k = depth; k > 0; k--) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a, 0); s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load32_splat(a, 4); s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load32_splat(a, 8); s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    a += 24; b += 32;
  }
  v128.store(c, s00); v128.store(c, s01, 16); c += rowBytes;
  v128.store(c, s10); v128.store(c, s11, 16); c += rowBytes;
  v128.store(c, s20); v128.store(c, s21, 16);
}

// @ts-ignore: decorator
@inline
function tile6Fused(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize): void {
  let x: v128, b0 = f32x4.splat(0), b1 = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0;
  let s30 = b0, s31 = b0, s40 = b0, s41 = b0, s50 = b0, s51 = b0;
  for (let k = depth; k > 0; k--) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a, 0); s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load32_splat(a, 4); s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load32_splat(a, 8); s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load32_splat(a, 12); s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
    x = v128.load32_splat(a, 16); s40 = fma(x, b0, s40); s41 = fma(x, b1, s41);
    x = v128.load32_splat(a, 20); s50 = fma(x, b0, s50); s51 = fma(x, b1, s51);
    a += 24; b += 32;
  }
  v128.store(c, s00); v128.store(c, s01, 16); c += rowBytes;
  v128.store(c, s10); v128.store(c, s11, 16); c += rowBytes;
  v128.store(c, s20); v128.store(c, s21, 16); c += rowBytes;
  v128.store(c, s30); v128.store(c, s31, 16); c += rowBytes;
  v128.store(c, s40); v128.store(c, s41, 16); c += rowBytes;
  v128.store(c, s50); v128.store(c, s51, 16);
}

/** 5 rows: the most that x86 holds without fused multiply-add. */
export function tile5(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize): void {
  let x: v128, b0 = f32x4.splat(0), b1 = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0;
  let s30 = b0, s31 = b0, s40 = b0, s41 = b0;
  for (let k = depth; k > 0; k--) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a, 0); s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load32_splat(a, 4); s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load32_splat(a, 8); s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load32_splat(a, 12); s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
    x = v128.load32_splat(a, 16); s40 = fma(x, b0, s40); s41 = fma(x, b1, s41);
    a += 20; b += 32;
  }
  v128.store(c, s00); v128.store(c, s01, 16); c += rowBytes;
  v128.store(c, s10); v128.store(c, s11, 16); c += rowBytes;
  v128.store(c, s20); v128.store(c, s21, 16); c += rowBytes;
  v128.store(c, s30); v128.store(c, s31, 16); c += rowBytes;
  v128.store(c, s40); v128.store(c, s41, 16);
}

/** 4 rows. */
export function tile4(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize): void {
  let x: v128, b0 = f32x4.splat(0), b1 = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0, s30 = b0, s31 = b0;
  for (let k = depth; k > 0; k--) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a, 0); s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load32_splat(a, 4); s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load32_splat(a, 8); s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load32_splat(a, 12); s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
    a += 16; b += 32;
  }
  v128.store(c, s00); v128.store(c, s01, 16); c += rowBytes;
  v128.store(c, s10); v128.store(c, s11, 16); c += rowBytes;
  v128.store(c, s20); v128.store(c, s21, 16); c += rowBytes;
  v128.store(c, s30); v128.store(c, s31, 16);
}

/** 1 row. */
export function tile1(a: usize, b: usize, depth: i32, c: usize): void {
  let s0 = f32x4.splat(0), s1 = s0;
  for (let k = depth; k > 0; k--) {
    const x = v128.load32_splat(a);
    s0 = fma(x, v128.load(b), s0); s1 = fma(x, v128.load(b, 16), s1);
    a += 4; b += 32;
  }
  v128.store(c, s0); v128.store(c, s1, 16);
}
