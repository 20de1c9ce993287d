// The first column of a covariance matrix over an equally spaced grid, from a postfix expression over stationary kernels,
// and the reverse pass through it. Float64. Source: HMWS specification, sections 7 and 8.

import { type GaussianProcessSpec, OP } from "./gaussianProcess";

/** Numbers of an atom in `parameters`: variance, squared length scale, period. */
export const ATOM_PARAMETERS = 3;

/** What each operation of an expression left on the stack, for the reverse pass. Reused from lane to lane. */
export class ColumnTape {
  /** [mostOps, lags] value of each operation. */
  readonly values: Float64Array;
  /** [mostOps, lags] the atoms' kernels of variance 1, and their sin^2(pi d / p) or d^2. */
  readonly shapes: Float64Array;
  readonly distances: Float64Array;
  /** [mostOps] operands of each operator, or the atom's row in `left`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly adjoints: Float64Array;
  count = 0;

  constructor(
    readonly spec: GaussianProcessSpec,
    readonly lags: number,
  ) {
    const size = spec.mostOps * lags;
    this.values = new Float64Array(size);
    this.shapes = new Float64Array(size);
    this.distances = new Float64Array(size);
    this.adjoints = new Float64Array(size);
    this.left = new Int32Array(spec.mostOps);
    this.right = new Int32Array(spec.mostOps);
  }

  /** Values of the whole expression, [lags]; valid after a forward pass that gave true. */
  get column(): Float64Array {
    return rowOf(this.values, this.count - 1, this.lags);
  }
}

/**
 * Noise-free covariance k(0), k(spacing), ... of an expression, at any number of lags.
 *
 * @param ops [mostOps] postfix (OP)
 * @param parameters [mostAtoms, 3] variance, squared length scale, period per atom
 * @returns [lags]; NaN throughout for ops that are no expression
 */
export function covarianceColumn(
  ops: Uint8Array,
  parameters: Float64Array,
  spec: GaussianProcessSpec,
  lags: number,
): Float64Array {
  const tape = new ColumnTape(spec, lags);
  return forwardColumn(tape, ops, parameters) ? tape.column.slice() : new Float64Array(lags).fill(Number.NaN);
}

/** Diagonal of A for a kernel that is `variance` at lag 0: the noise first, then the jitter, which sees the noise. */
export function noisyDiagonal(variance: number, spec: GaussianProcessSpec, noise = spec.noise): number {
  const diagonal = variance + noise;
  return diagonal + spec.jitter * (1 + diagonal);
}

/** Evaluates an expression into `tape.column`. False where ops are no postfix expression of at most mostAtoms atoms. */
export function forwardColumn(tape: ColumnTape, ops: Uint8Array, parameters: Float64Array): boolean {
  const { spec, left, right, values, lags } = tape;
  const stack: number[] = [];
  let atoms = 0;
  let at = 0;
  for (; at < spec.mostOps; at++) {
    const op = ops[at]!;
    if (op === OP.end) break;
    if (op === OP.times || op === OP.plus) {
      if (stack.length < 2) return false;
      right[at] = stack.pop()!;
      left[at] = stack.pop()!;
      combine(op, rowOf(values, left[at]!, lags), rowOf(values, right[at]!, lags), rowOf(values, at, lags));
    } else {
      if (op > OP.constant || atoms === spec.mostAtoms) return false;
      left[at] = atoms;
      evaluateAtom(tape, at, op, parameters.subarray(ATOM_PARAMETERS * atoms, ATOM_PARAMETERS * (atoms + 1)));
      atoms += 1;
    }
    stack.push(at);
  }
  tape.count = at;
  return stack.length === 1;
}

/**
 * Adds sum over m of weights[m] d column[m] / d parameter to `gradient`, after a forward pass with the same arguments.
 *
 * @param weights [lags]
 * @param gradient [mostAtoms, 3]
 */
export function backwardColumn(
  tape: ColumnTape,
  ops: Uint8Array,
  parameters: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const { lags, adjoints, values, left, right } = tape;
  rowOf(adjoints, tape.count - 1, lags).set(weights);
  for (let at = tape.count - 1; at >= 0; at--) {
    const op = ops[at]!;
    const adjoint = rowOf(adjoints, at, lags);
    if (op !== OP.times && op !== OP.plus) {
      backwardAtom(tape, at, op, parameters, gradient);
      continue;
    }
    const first = left[at]!;
    const second = right[at]!;
    const isSum = op === OP.plus;
    for (let m = 0; m < lags; m++) {
      adjoints[first * lags + m] = adjoint[m]! * (isSum ? 1 : values[second * lags + m]!);
      adjoints[second * lags + m] = adjoint[m]! * (isSum ? 1 : values[first * lags + m]!);
    }
  }
}

function combine(op: number, first: Float64Array, second: Float64Array, to: Float64Array): void {
  if (op === OP.plus) for (let m = 0; m < to.length; m++) to[m] = first[m]! + second[m]!;
  else for (let m = 0; m < to.length; m++) to[m] = first[m]! * second[m]!;
}

/** d = m * spacing from the integer lag; d / p is reduced to its distance from the nearest integer before the sine. */
function evaluateAtom(tape: ColumnTape, at: number, op: number, [variance, lengthSquared, period]: Float64Array): void {
  const { lags, spec } = tape;
  const values = rowOf(tape.values, at, lags);
  const shapes = rowOf(tape.shapes, at, lags);
  const distances = rowOf(tape.distances, at, lags);
  for (let m = 0; m < lags; m++) {
    const distance = m * spec.spacing;
    if (op === OP.squaredExponential) {
      distances[m] = distance * distance;
      shapes[m] = Math.exp(-distances[m]! / (2 * lengthSquared!));
    } else if (op === OP.periodic) {
      const sine = Math.sin(Math.PI * phaseOf(distance, period!));
      distances[m] = sine * sine;
      shapes[m] = Math.exp((-2 * distances[m]!) / lengthSquared!);
    } else shapes[m] = op === OP.constant || m === 0 ? 1 : 0;
    values[m] = variance! * shapes[m]!;
  }
}

/** distance / period less the nearest integer, in -1/2 .. 1/2. */
function phaseOf(distance: number, period: number): number {
  const turns = distance / period;
  return turns - Math.round(turns);
}

/** dk/dvariance = shape; SE: dk/dl2 = k d^2 / (2 l2^2); PER: 2 k sin^2 / l2^2 and k 2 pi d sin(2 pi d/p) / (l2 p^2). */
function backwardAtom(
  tape: ColumnTape,
  at: number,
  op: number,
  parameters: Float64Array,
  gradient: Float64Array,
): void {
  const { lags, spec, values, shapes, distances, adjoints, left } = tape;
  const row = ATOM_PARAMETERS * left[at]!;
  const lengthSquared = parameters[row + 1]!;
  const period = parameters[row + 2]!;
  let byVariance = 0;
  let byLength = 0;
  let byPeriod = 0;
  for (let m = 0, i = at * lags; m < lags; m++, i++) {
    const adjoint = adjoints[i]!;
    byVariance += adjoint * shapes[i]!;
    byLength += adjoint * values[i]! * distances[i]!;
    if (op !== OP.periodic) continue;
    const distance = m * spec.spacing;
    byPeriod += adjoint * values[i]! * distance * Math.sin(2 * Math.PI * phaseOf(distance, period));
  }
  gradient[row]! += byVariance;
  if (op === OP.squaredExponential) gradient[row + 1]! += byLength / (2 * lengthSquared * lengthSquared);
  if (op !== OP.periodic) return;
  gradient[row + 1]! += (2 * byLength) / (lengthSquared * lengthSquared);
  gradient[row + 2]! += (2 * Math.PI * byPeriod) / (lengthSquared * period * period);
}

function rowOf(values: Float64Array, row: number, length: number): Float64Array {
  return values.subarray(row * length, (row + 1) * length);
}
