// The weights' side of Winograd's F(2x2, 3x3) (see winograd.as.ts): weights [3][3][count] <-> 16 planes of `count` numbers.
// `count` = input channels x output channels, a multiple of 4.

/** planes = G g G'. G = [1 0 0; 1/2 1/2 1/2; 1/2 -1/2 1/2; 0 0 1]. */
export function winogradWeights(weights: usize, planes: usize, count: i32): void {
  const tap = <usize>count << 2, row = 3 * tap;
  for (let at: usize = 0; at < tap; at += 16) {
    const g0 = weights + at, g1 = g0 + row, g2 = g1 + row;
    let to = planes + at;
    weightsRow(to, tap, v128.load(g0), v128.load(g0 + tap), v128.load(g0 + 2 * tap));
    to += 4 * tap;
    weightsRow(to, tap, mean(g0, g1, g2, false), mean(g0 + tap, g1 + tap, g2 + tap, false), mean(g0 + 2 * tap, g1 + 2 * tap, g2 + 2 * tap, false));
    to += 4 * tap;
    weightsRow(to, tap, mean(g0, g1, g2, true), mean(g0 + tap, g1 + tap, g2 + tap, true), mean(g0 + 2 * tap, g1 + 2 * tap, g2 + 2 * tap, true));
    to += 4 * tap;
    weightsRow(to, tap, v128.load(g2), v128.load(g2 + tap), v128.load(g2 + 2 * tap));
  }
}

/** (g0 + g1 + g2) / 2, or (g0 - g1 + g2) / 2. */
// @ts-ignore: decorator
@inline
function mean(g0: usize, g1: usize, g2: usize, isAlternating: bool): v128 {
  const outer = f32x4.add(v128.load(g0), v128.load(g2)), middle = v128.load(g1);
  return f32x4.mul(f32x4.splat(0.5), isAlternating ? f32x4.sub(outer, middle) : f32x4.add(outer, middle));
}

/** One row of G g, times G'. */
// @ts-ignore: decorator
@inline
function weightsRow(to: usize, plane: usize, a: v128, b: v128, c: v128): void {
  const half = f32x4.splat(0.5);
  const outer = f32x4.mul(half, f32x4.add(a, c)), middle = f32x4.mul(half, b);
  v128.store(to, a);
  v128.store(to + plane, f32x4.add(outer, middle));
  v128.store(to + 2 * plane, f32x4.sub(outer, middle));
  v128.store(to + 3 * plane, c);
}

/** gradient (+)= G' dU G: the adjoint of winogradWeights. */
export function winogradWeightGradient(planes: usize, gradient: usize, count: i32, isAdding: bool): void {
  const tap = <usize>count << 2, down = tap << 2, half = f32x4.splat(0.5);
  for (let at: usize = 0; at < tap; at += 16) {
    const row0 = planes + at, row1 = row0 + down, row2 = row1 + down, row3 = row2 + down;
    let to = gradient + at;
    for (let r = 0; r < 3; r++) {
      // Column j of row r of G' dU, for the four j in turn.
      let plane: usize = 0;
      const e0 = gradientRow(row0, row1, row2, row3, r);
      plane += tap;
      const e1 = gradientRow(row0 + plane, row1 + plane, row2 + plane, row3 + plane, r);
      plane += tap;
      const e2 = gradientRow(row0 + plane, row1 + plane, row2 + plane, row3 + plane, r);
      plane += tap;
      const e3 = gradientRow(row0 + plane, row1 + plane, row2 + plane, row3 + plane, r);
      const both = f32x4.mul(half, f32x4.add(e1, e2));
      put(to, f32x4.add(e0, both), isAdding);
      put(to + tap, f32x4.mul(half, f32x4.sub(e1, e2)), isAdding);
      put(to + 2 * tap, f32x4.add(both, e3), isAdding);
      to += 3 * tap;
    }
  }
}

/** Row r of G' times a column of four: u0 + (u1 + u2) / 2, (u1 - u2) / 2, (u1 + u2) / 2 + u3. */
// @ts-ignore: decorator
@inline
function gradientRow(u0: usize, u1: usize, u2: usize, u3: usize, r: i32): v128 {
  const half = f32x4.splat(0.5), a = v128.load(u1), b = v128.load(u2);
  if (r == 1) return f32x4.mul(half, f32x4.sub(a, b));
  return f32x4.add(f32x4.mul(half, f32x4.add(a, b)), v128.load(r == 0 ? u0 : u3));
}

// @ts-ignore: decorator
@inline
function put(to: usize, x: v128, isAdding: bool): void {
  v128.store(to, isAdding ? f32x4.add(v128.load(to), x) : x);
}

/**
 * Copies `rows` rows of `floats` numbers (a multiple of 4), times the derivative of an activation at the values in `mask`
 * (0 none, 3 relu, 4 tanh).
 */
export function copySloped(
  from: usize, fromBytes: usize, to: usize, toBytes: usize, mask: usize, maskBytes: usize,
  activation: i32, rows: i32, floats: i32,
): void {
  const length = <usize>floats << 2, nothing = f32x4.splat(0), one = f32x4.splat(1);
  for (; rows > 0; rows--) {
    for (let at: usize = 0; at < length; at += 16) {
      let x = v128.load(from + at);
      const y = v128.load(mask + at);
      if (activation == 3) x = v128.and(x, f32x4.gt(y, nothing));
      else if (activation == 4) x = f32x4.mul(x, f32x4.sub(one, f32x4.mul(y, y)));
      v128.store(to + at, x);
    }
    from += fromBytes; to += toBytes; mask += maskBytes;
  }
}
