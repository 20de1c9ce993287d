// The Schur algorithm for symmetric positive definite Toeplitz matrices, float64: Cholesky's factor column by column in
// O(n^2) from the first column alone, the Gaussian log likelihood, and its gradient with respect to that column.
// Source: HMWS specification, section 8; Gohberg & Semencul 1972 for the inverse.

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Called with k, L_kk and the array that holds column k of Cholesky's factor at k..n-1. */
export type FactorColumn = (k: number, pivot: number, column: Float64Array, reflection: number) => void;

/**
 * Walks over the columns of Cholesky's factor of the Toeplitz matrix with this first column.
 *
 * @param t [n] first column
 * @param on may read its array during the call only; `reflection` is what led here from column k - 1 (0 for k = 0)
 * @returns false where the matrix is not positive definite or not finite
 */
export function eachFactorColumn(t: Float64Array, on: FactorColumn): boolean {
  const n = t.length;
  const scale = 1 / Math.sqrt(t[0]!);
  if (!(t[0]! > 0) || !Number.isFinite(scale)) return false;
  const u = t.map((value) => value * scale);
  const v = u.slice();
  v[0] = 0;
  on(0, u[0]!, u, 0);
  for (let k = 0; k + 1 < n; k++) {
    const reflection = v[k + 1]! / u[k]!;
    if (!(Math.abs(reflection) < 1)) return false;
    const c = 1 / Math.sqrt((1 - reflection) * (1 + reflection));
    for (let i = n - 1; i > k; i--) {
      const shifted = u[i - 1]!;
      const other = v[i]!;
      u[i] = c * (shifted - reflection * other);
      v[i] = c * (other - reflection * shifted);
    }
    on(k + 1, u[k + 1]!, u, reflection);
  }
  return true;
}

/** log N(x; 0, A), nats, A the Toeplitz matrix with first column t; -Infinity where A is not positive definite. */
export function logDensity(t: Float64Array, x: ArrayLike<number>): number {
  const n = t.length;
  const rest = Float64Array.from(x);
  let square = 0;
  let halfLogDeterminant = 0;
  const isPositive = eachFactorColumn(t, (k, pivot, column) => {
    const z = rest[k]! / pivot;
    square += z * z;
    halfLogDeterminant += Math.log(pivot);
    for (let i = k + 1; i < n; i++) rest[i]! -= column[i]! * z;
  });
  return isPositive ? finite(-square / 2 - halfLogDeterminant - (n / 2) * LOG_TWO_PI) : Number.NEGATIVE_INFINITY;
}

/** What logDensityGradient writes: d log N / d t_m [n], the first column of A's inverse [n], and A's inverse times x [n]. */
export type DensityGradient = {
  readonly byLag: Float64Array;
  readonly inverseColumn: Float64Array;
  readonly weights: Float64Array;
};

/** logDensity with its derivatives written to `to`; nothing sensible is in `to` where it gives -Infinity. */
export function logDensityGradient(t: Float64Array, x: ArrayLike<number>, to: DensityGradient): number {
  const n = t.length;
  const rest = Float64Array.from(x);
  const { weights, inverseColumn: predictor } = to;
  weights.fill(0);
  predictor.fill(0);
  predictor[0] = 1;
  let last = 1;
  let square = 0;
  let halfLogDeterminant = 0;
  const isPositive = eachFactorColumn(t, (k, pivot, column, reflection) => {
    if (k > 0) extendPredictor(predictor, k, reflection);
    const z = rest[k]! / pivot;
    square += z * z;
    halfLogDeterminant += Math.log(pivot);
    for (let i = k + 1; i < n; i++) rest[i]! -= column[i]! * z;
    for (let i = 0; i <= k; i++) weights[i]! += (z / pivot) * predictor[k - i]!;
    last = pivot;
  });
  if (!isPositive) return Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) predictor[i]! /= last * last;
  addDiagonals(to);
  return finite(-square / 2 - halfLogDeterminant - (n / 2) * LOG_TWO_PI);
}

/** a_{1..k} -= reflection * reverse(a_{0..k-1}), in place from both ends at once. */
function extendPredictor(a: Float64Array, k: number, reflection: number): void {
  for (let i = 0, j = k; i <= j; i++, j--) {
    const low = a[i]!;
    const high = a[j]!;
    a[i] = low - reflection * high;
    a[j] = high - reflection * low;
  }
}

/** G_m = sum_i alpha_i alpha_{i+m} - (1 / g_0) sum_i (n - m - 2 i) g_i g_{i+m}, G_0 halved. */
function addDiagonals({ byLag, inverseColumn: g, weights }: DensityGradient): void {
  const n = g.length;
  for (let m = 0; m < n; m++) {
    let sum = 0;
    let trace = 0;
    for (let i = 0; i + m < n; i++) {
      sum += weights[i]! * weights[i + m]!;
      trace += (n - m - 2 * i) * g[i]! * g[i + m]!;
    }
    byLag[m] = sum - trace / g[0]!;
  }
  byLag[0]! /= 2;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY;
}
