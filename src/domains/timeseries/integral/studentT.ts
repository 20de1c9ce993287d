// Heavy-tailed bells around an optimum: what an integral's draws come from. Symmetric matrices of up to fifteen rows.

import type { LaneNoise } from "../laneNoise";

/** d numbers of freedom around `centre`. */
export type Bell = {
  /** [d] */
  readonly centre: Float64Array;
  /** [d] curvatures, and [d, d] their directions: column j belongs to number j. */
  readonly precisions: Float64Array;
  readonly directions: Float64Array;
};

/** Degrees of freedom, and how much wider than the curvature says. */
const FREEDOM = 5;
const WIDER = 1.2;
const SWEEPS = 12;

/** Eigenvalues [d] and eigenvectors [d, d] (columns) of a symmetric matrix [d, d], by Jacobi rotations; uses it up. */
export function eigen(matrix: Float64Array, d: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(d * d);
  for (let i = 0; i < d; i++) vectors[i * d + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rest = 0;
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) {
        const off = Math.abs(matrix[p * d + q]!);
        rest = Math.max(rest, off);
        if (off > 1e-12) rotate(matrix, vectors, d, p, q);
      }
    }
    if (rest < 1e-9) break;
  }
  return { values: Float64Array.from({ length: d }, (_, i) => matrix[i * d + i]!), vectors };
}

function rotate(matrix: Float64Array, vectors: Float64Array, d: number, p: number, q: number): void {
  const theta = (matrix[q * d + q]! - matrix[p * d + p]!) / (2 * matrix[p * d + q]!);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (numbers: Float64Array, first: number, second: number) => {
    const [a, b] = [numbers[first]!, numbers[second]!];
    numbers[first] = c * a - s * b;
    numbers[second] = s * a + c * b;
  };
  for (let k = 0; k < d; k++) turn(matrix, k * d + p, k * d + q);
  for (let k = 0; k < d; k++) turn(matrix, p * d + k, q * d + k);
  for (let k = 0; k < d; k++) turn(vectors, k * d + p, k * d + q);
}

/** One draw, [d]; reads d + FREEDOM places of the noise. */
export function drawBell({ centre, precisions, directions }: Bell, noise: LaneNoise, lane: number): Float64Array {
  const d = centre.length;
  let chi = 0;
  for (let i = 0; i < FREEDOM; i++) chi += noise.normal(lane, d + i) ** 2;
  const stretch = WIDER * Math.sqrt(FREEDOM / chi);
  const drawn = centre.slice();
  for (let j = 0; j < d; j++) {
    const along = (stretch * noise.normal(lane, j)) / Math.sqrt(precisions[j]!);
    for (let i = 0; i < d; i++) drawn[i] = drawn[i]! + directions[i * d + j]! * along;
  }
  return drawn;
}

/** Log density of the multivariate Student t, nats. @param at [d] */
export function logBell({ centre, precisions, directions }: Bell, at: ArrayLike<number>): number {
  const d = centre.length;
  let distance = 0;
  let logScale = 0;
  for (let j = 0; j < d; j++) {
    let along = 0;
    for (let i = 0; i < d; i++) along += directions[i * d + j]! * (at[i]! - centre[i]!);
    const precision = precisions[j]! / WIDER ** 2;
    distance += along * along * precision;
    logScale += 0.5 * Math.log(precision);
  }
  const constant = logGammaOfHalf(FREEDOM + d) - logGammaOfHalf(FREEDOM) - (d / 2) * Math.log(FREEDOM * Math.PI);
  return constant + logScale - ((FREEDOM + d) / 2) * Math.log1p(distance / FREEDOM);
}

/** log Gamma(n / 2) of a whole number n > 0. */
function logGammaOfHalf(n: number): number {
  let value = n % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let twice = n % 2 === 0 ? 2 : 1; twice < n; twice += 2) value += Math.log(twice / 2);
  return value;
}
