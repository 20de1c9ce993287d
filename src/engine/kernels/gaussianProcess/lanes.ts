// What the wasm and webgpu kernels share: a lane's program with constants computed once per atom, and the factors that turn
// sums over lags into derivatives.

import { ATOM_PARAMETERS } from "./covariance";
import { type GaussianProcessSpec, OP } from "./gaussianProcess";

/** Numbers of an atom as the kernels read it: variance, exponent, spacing / period. */
export const ATOM_NUMBERS = 3;
/** Sums over lags of an atom: by variance, by length and by period; one unused. */
export const ATOM_SUMS = 4;

export const LOG_TWO_PI = Math.log(2 * Math.PI);

/** True where ops are a postfix expression of at most mostAtoms atoms. */
export function isExpression({ mostOps, mostAtoms }: GaussianProcessSpec, ops: Uint8Array): boolean {
  let depth = 0;
  let atoms = 0;
  for (let at = 0; at < mostOps; at++) {
    const op = ops[at]!;
    if (op === OP.end) break;
    if (op > OP.plus) return false;
    if (op === OP.times || op === OP.plus) {
      depth -= 1;
      if (depth < 1) return false;
    } else {
      depth += 1;
      atoms += 1;
    }
  }
  return depth === 1 && atoms <= mostAtoms;
}

/**
 * Writes a lane's ops and atoms; a lane whose ops are no expression becomes white noise of no variance, which fails.
 *
 * @param ops [mostOps], copied to `toOps`
 * @param parameters [mostAtoms, 3]
 * @param toAtoms [mostAtoms, ATOM_NUMBERS] written
 */
export function writeLane(
  spec: GaussianProcessSpec,
  ops: Uint8Array,
  parameters: Float64Array,
  toOps: Uint8Array,
  toAtoms: Float64Array,
): void {
  if (!isExpression(spec, ops)) {
    toOps.fill(OP.end);
    toOps[0] = OP.whiteNoise;
    toAtoms[0] = Number.NaN;
    return;
  }
  let atom = 0;
  for (let at = 0; at < spec.mostOps; at++) {
    const op = ops[at]!;
    toOps[at] = op;
    if (op >= OP.times) continue;
    const row = ATOM_PARAMETERS * atom;
    writeAtom(spec.spacing, op, parameters, row, toAtoms, ATOM_NUMBERS * atom);
    atom += 1;
  }
}

/** SE: exponent of m^2; PER: exponent of sin^2(pi m turns). */
function writeAtom(
  spacing: number,
  op: number,
  parameters: Float64Array,
  row: number,
  to: Float64Array,
  at: number,
): void {
  const lengthSquared = parameters[row + 1]!;
  to[at] = parameters[row]!;
  if (op !== OP.squaredExponential && op !== OP.periodic) return;
  to[at + 1] = (op === OP.periodic ? -2 : -0.5 * spacing * spacing) / lengthSquared;
  to[at + 2] = op === OP.periodic ? spacing / parameters[row + 2]! : 0;
}

/**
 * Derivatives of a lane by its parameters from its atoms' sums over lags.
 *
 * @param sums [mostAtoms, ATOM_SUMS]
 * @param to [mostAtoms, 3] written
 */
export function finishGradient(
  { spacing, mostOps }: GaussianProcessSpec,
  ops: Uint8Array,
  parameters: Float64Array,
  sums: Float32Array | Float64Array,
  to: Float64Array,
): void {
  let atom = 0;
  for (let at = 0; at < mostOps && ops[at] !== OP.end; at++) {
    const op = ops[at]!;
    if (op >= OP.times) continue;
    const row = ATOM_PARAMETERS * atom;
    const from = ATOM_SUMS * atom;
    atom += 1;
    const variance = parameters[row]!;
    const lengthSquared = parameters[row + 1]!;
    const period = parameters[row + 2]!;
    const byLength = (variance * sums[from + 1]!) / (lengthSquared * lengthSquared);
    to[row] = sums[from]!;
    if (op === OP.squaredExponential) to[row + 1] = 0.5 * spacing * spacing * byLength;
    if (op !== OP.periodic) continue;
    to[row + 1] = 2 * byLength;
    to[row + 2] = (2 * Math.PI * spacing * variance * sums[from + 2]!) / (lengthSquared * period * period);
  }
}

/**
 * Log likelihood of a lane from the pivots of its factorisation and the squares of the whitened series, summed in
 * float64. -Infinity where a pivot is not positive or a number is not finite.
 *
 * @param pivots from `offset` on, `stride` apart, n of them; `squares` alike
 */
export function sumLogLikelihood(
  pivots: Float32Array | Float64Array,
  squares: Float32Array | Float64Array,
  offset: number,
  stride: number,
  points: number,
): number {
  let square = 0;
  let logDeterminant = 0;
  // One logarithm for four pivots: only pivots beyond 1e+-77 leave the range of a double.
  let product = 1;
  for (let k = 0, at = offset; k < points; k++, at += stride) {
    const pivot = pivots[at]!;
    if (!(pivot > 0)) return Number.NEGATIVE_INFINITY;
    product *= pivot;
    square += squares[at]!;
    if ((k & 3) !== 3) continue;
    logDeterminant += Math.log(product);
    product = 1;
  }
  const value = -0.5 * (square + logDeterminant + Math.log(product) + points * LOG_TWO_PI);
  return Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY;
}
