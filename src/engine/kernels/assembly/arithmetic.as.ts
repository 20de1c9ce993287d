// Four-lane arithmetic. `fma` is one rounding in the relaxed-SIMD build and two in the plain SIMD build.

// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * exp by Cephes: 2^n * p(r), r = x - n ln 2 in two parts, p of degree 6; relative error about 1e-7. Clamped to -87..88.
 * Adding 1.5 * 2^23 rounds to the nearest integer and leaves n in the low bits.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(88));
  const shifted = f32x4.add(f32x4.mul(y, f32x4.splat(1.44269504)), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  let r = fma(n, f32x4.splat(-0.693359375), y);
  r = fma(n, f32x4.splat(2.1219444e-4), r);
  let p = f32x4.splat(1.98756915e-4);
  p = fma(p, r, f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(5.0000001201e-1));
  p = fma(f32x4.mul(p, r), r, f32x4.add(r, f32x4.splat(1)));
  return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000)));
}

/**
 * tanh as an odd polynomial of degree 13 over an even one of degree 6: absolute error below 4e-7, half the time of tanh4,
 * which keeps small arguments relative. Coefficients as in generic_fast_tanh_float of Eigen.
 */
// @ts-ignore: decorator
@inline
export function gateTanh4(argument: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(argument, f32x4.splat(-7.9053111)), f32x4.splat(7.9053111));
  const square = f32x4.mul(x, x);
  let p = fma(square, f32x4.splat(-2.76076847742355e-16), f32x4.splat(2.00018790482477e-13));
  p = fma(square, p, f32x4.splat(-8.60467152213735e-11));
  p = fma(square, p, f32x4.splat(5.12229709037114e-8));
  p = fma(square, p, f32x4.splat(1.48572235717979e-5));
  p = fma(square, p, f32x4.splat(6.37261928875436e-4));
  p = fma(square, p, f32x4.splat(4.89352455891786e-3));
  let q = fma(square, f32x4.splat(1.19825839466702e-6), f32x4.splat(1.18534705686654e-4));
  q = fma(square, q, f32x4.splat(2.268434632439e-3));
  q = fma(square, q, f32x4.splat(4.89352518554385e-3));
  return f32x4.div(f32x4.mul(x, p), q);
}

/** sigmoid(x) = (1 + tanh(x / 2)) / 2. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return fma(half, gateTanh4(f32x4.mul(x, half)), half);
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum4(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<i32>(x, x, 2, 3, 2, 3));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function max4(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<i32>(x, x, 2, 3, 2, 3));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/**
 * tanh as 1 - 2 / (exp(2x) + 1). exp by Cephes: 2^n * p(r), r = y - n ln 2 in two parts, p a polynomial of degree 6.
 * The argument is clamped to +-40, where float32 tanh is +-1. Near 0, where the difference cancels, the Taylor series.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const one = f32x4.splat(1);
  const y = f32x4.min(f32x4.max(f32x4.add(x, x), f32x4.splat(-40)), f32x4.splat(40));
  const n = f32x4.nearest(f32x4.mul(y, f32x4.splat(1.44269504)));
  let r = f32x4.sub(y, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = fma(p, r, f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(5.0000001201e-1));
  p = fma(f32x4.mul(p, r), r, f32x4.add(r, one));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(f32x4.mul(p, exponent), one)));
  const square = f32x4.mul(x, x);
  let series = fma(square, f32x4.splat(-17.0 / 315.0), f32x4.splat(2.0 / 15.0));
  series = fma(square, series, f32x4.splat(-1.0 / 3.0));
  const small = fma(f32x4.mul(x, square), series, x);
  return v128.bitselect(small, large, f32x4.lt(f32x4.abs(x), f32x4.splat(0.1)));
}
