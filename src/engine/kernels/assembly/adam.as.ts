// Adam over one flat block, and the guard's sum of squares. Source: Kingma & Ba 2015, algorithm 1.

/**
 * One step: value -= rate * (m / correction1) / (sqrt(v / correction2) + epsilon). `count` is a multiple of 4.
 * Corrections are 1 - beta^t.
 */
export function adam(
  values: usize, gradient: usize, moment1: usize, moment2: usize, count: i32,
  rate: f64, beta1: f64, beta2: f64, correction1: f64, correction2: f64, epsilon: f64,
): void {
  const keep1 = f32x4.splat(<f32>beta1), keep2 = f32x4.splat(<f32>beta2);
  const take1 = f32x4.splat(<f32>(1 - beta1)), take2 = f32x4.splat(<f32>(1 - beta2));
  const step = f32x4.splat(<f32>(rate / correction1)), scale = f32x4.splat(<f32>(1 / correction2));
  const floor = f32x4.splat(<f32>epsilon);
  for (let at: usize = 0; at < <usize>count << 2; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(keep1, v128.load(moment1 + at)), f32x4.mul(take1, g));
    const v = f32x4.add(f32x4.mul(keep2, v128.load(moment2 + at)), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(moment1 + at, m);
    v128.store(moment2 + at, v);
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(f32x4.mul(v, scale)), floor));
    v128.store(values + at, f32x4.sub(v128.load(values + at), change));
  }
}

/** Sum of squares in float64; NaN or Infinity if any entry is. `count` is a multiple of 4. */
export function sumSquares(values: usize, count: i32): f64 {
  let low = f64x2.splat(0), high = low;
  for (let at: usize = 0; at < <usize>count << 2; at += 16) {
    const x = v128.load(values + at);
    const a = f64x2.promote_low_f32x4(x), b = f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
