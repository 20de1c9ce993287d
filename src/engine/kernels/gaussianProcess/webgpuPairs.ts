// Numbers of 48 bits as pairs of floats in WGSL (high, low), and exponential, squared sine and root on them. Schur's
// algorithm in plain float32 misses the specification's bound on wide kernels; on pairs it keeps it. A driver that
// reassociates sums may drop the low parts: what remains is plain float32, and nothing fails.
// Source: Dekker 1971; Hida, Li & Bailey 2001.

/** A number as WGSL's pair of floats. */
export function pairLiteral(value: number): string {
  const high = Math.fround(value);
  return `vec2f(${high.toExponential()}, ${Math.fround(value - high).toExponential()})`;
}

/** Coefficients of Horner's rule in `x`, lowest first. */
function horner(coefficients: readonly number[], x: string): string {
  return coefficients
    .map((value) => value.toExponential())
    .reduceRight((inner, value) => `(${value} + ${x} * ${inner})`);
}

/** exp(r) = 1 + r + r^2 / 2 + r^3 * sum r^k / (k + 3)!; |r| <= ln 2 / 2; the tail's rounding is 1e-9. */
const EXP_TAIL = [1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040, 1 / 40320, 1 / 362880];
/** sin^2 x = q - q^2 / 3 + q^3 * this in q = x^2; |x| <= pi / 4; the tail's rounding is 1e-9. */
const SINE_TAIL = [2 / 45, -1 / 315, 2 / 14175, -2 / 467775, 4 / 42567525, -1 / 638512875];
/** ln 2 in two parts; n times the first is exact. */
const LOG_TWO_HIGH = 0.693359375;

/** WGSL functions: sums, products and quotients of pairs, expPair, sineSquared and rootPair. */
export const PAIRS = `
  // 1, but no constant to the compiler: shader optimisers turn (x + 1) - 1 into x, and with it go the low parts.
  fn one() -> f32 { return f32(min(uniforms.size, 1)); }
  fn quickSum(a : f32, b : f32) -> vec2f { let s = a + b; return vec2f(s, b - (s - a)); }
  fn twoSum(a : f32, b : f32) -> vec2f {
    let s = a + b; let c = s - a;
    return vec2f(s, (a - (s - c)) + (b - c));
  }
  fn split(a : f32) -> vec2f {
    let high = bitcast<f32>(bitcast<u32>(a) & 0xfffff000u);
    return vec2f(high, a - high);
  }
  fn twoProduct(a : f32, b : f32) -> vec2f {
    let p = a * b; let x = split(a); let y = split(b);
    return vec2f(p, ((x.x * y.x - p) + x.x * y.y + x.y * y.x) + x.y * y.y);
  }
  fn addPairs(a : vec2f, b : vec2f) -> vec2f {
    let s = twoSum(a.x, b.x);
    return quickSum(s.x, s.y + (a.y + b.y));
  }
  fn multiplyPairs(a : vec2f, b : vec2f) -> vec2f {
    let p = twoProduct(a.x, b.x);
    return quickSum(p.x, p.y + (a.x * b.y + a.y * b.x));
  }
  fn dividePairs(a : vec2f, b : vec2f) -> vec2f {
    let q = a.x / b.x; let p = twoProduct(q, b.x);
    return quickSum(q, (((a.x - p.x) - p.y) + (a.y - q * b.y)) / b.x);
  }
  // exp of x, clamped to -80 .. 80.
  fn expPair(argument : vec2f) -> vec2f {
    var x = argument;
    if (abs(x.x) > 80.0) { x = vec2f(sign(x.x) * 80.0, 0.0); }
    let n = round(x.x * ${Math.LOG2E.toExponential()});
    var r = addPairs(x, vec2f(-n * ${LOG_TWO_HIGH}, 0.0));
    r = addPairs(r, multiplyPairs(vec2f(-n, 0.0), ${pairLiteral(Math.LN2 - LOG_TWO_HIGH)}));
    let half = 0.5 * multiplyPairs(r, r);
    let tail = vec2f(r.x * r.x * r.x * ${horner(EXP_TAIL, "r.x")}, 0.0);
    let value = addPairs(addPairs(vec2f(one(), 0.0), r), addPairs(half, tail));
    return value * bitcast<f32>((i32(n) + 127) << 23u);
  }
  // sin(pi f)^2 for |f| <= 1/2: of the angle to the nearer axis.
  fn sineSquared(f : vec2f) -> vec2f {
    let turned = select(f, -f, f.x < 0.0);
    let isFar = turned.x > 0.25;
    var near = turned;
    if (isFar) { near = addPairs(vec2f(0.5 * one(), 0.0), -turned); }
    let angle = multiplyPairs(near, one() * ${pairLiteral(Math.PI)});
    let q = multiplyPairs(angle, angle);
    let third = multiplyPairs(multiplyPairs(q, q), one() * ${pairLiteral(-1 / 3)});
    let tail = vec2f(q.x * q.x * q.x * ${horner(SINE_TAIL, "q.x")}, 0.0);
    let square = addPairs(q, addPairs(third, tail));
    if (isFar) { return addPairs(vec2f(one(), 0.0), -square); }
    return square;
  }
  // Square root by one step of Newton's.
  fn rootPair(a : vec2f) -> vec2f {
    if (a.x <= 0.0) { return vec2f(0.0, 0.0); }
    let root = sqrt(a.x); let p = twoProduct(root, root);
    return quickSum(root, (((a.x - p.x) - p.y) + a.y) / (2.0 * root));
  }`;
