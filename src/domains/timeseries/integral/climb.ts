// From starts to optima of log p(z_c | z_d) + log p(x | z), and bells around them: Adam, then Newton's steps from finite
// differences of the gradient. Many strings side by side; each string's climb depends on nothing but string and series.

import type { Expression } from "../grammar/expression";
import { CONTINUOUS_LENGTH } from "../program";
import type { Bells, Objective, Point } from "./objective";
import { type Bell, eigen } from "./studentT";

/** Adam in raw numbers: steps, first and last rate, steps between two looks at the prior; no number leaves the bound. */
const STEPS = 22;
const [FIRST_RATE, LAST_RATE] = [0.35, 0.04];
const LOOK_EVERY = 12;
const BOUND = 8;
const [BETA1, BETA2, EPSILON] = [0.8, 0.95, 1e-8];
/** Newton's steps, the shares of one that are tried, and how far the longest goes. */
const NEWTON_STEPS = 2;
const SHARES = [1, 0.25];
const LONGEST = 1;
/** Difference of the finite differences, and the least curvature. */
const DIFFERENCE = 2e-3;
const LEAST_CURVATURE = 0.05;

export type Summit = { readonly point: Point; readonly value: number; readonly bell: Bell };

/** The summit that each start leads to; null where the covariance is not positive definite on the way. */
export async function climb(objective: Objective, starts: readonly Point[]): Promise<(Summit | null)[]> {
  let points = await adam(objective, starts);
  for (let step = 0; step < NEWTON_STEPS; step++) points = await newton(objective, points);
  const bells = await objective.bells(points);
  const { value } = await objective.heights(points, bells);
  const curvatures = await curvaturesOf(objective, points, bells);
  return points.map((point, n) => {
    const curvature = curvatures[n]!;
    if (!Number.isFinite(value[n]!) || !curvature.values.every(Number.isFinite)) return null;
    const slots = usedSlots(point.expression);
    const centre = Float64Array.from(slots, (slot) => point.raw[slot]!);
    return {
      point,
      value: value[n]!,
      bell: { centre, precisions: curvature.values.map(atLeast), directions: curvature.vectors },
    };
  });
}

/** Places in the raw numbers that an expression reads. */
export function usedSlots({ used }: Expression): number[] {
  return Array.from(used.keys()).filter((slot) => used[slot] === 1);
}

const atLeast = (curvature: number): number => Math.max(LEAST_CURVATURE, Math.abs(curvature));

/** The best points met. */
async function adam(objective: Objective, starts: readonly Point[]): Promise<Point[]> {
  const at = starts.map((point) => ({ ...point, raw: point.raw.slice() }));
  const best = at.map((point) => ({ ...point, raw: point.raw.slice() }));
  const most = new Float64Array(at.length).fill(Number.NEGATIVE_INFINITY);
  const first = new Float64Array(at.length * CONTINUOUS_LENGTH);
  const second = first.slice();
  let bells = await objective.bells(at);
  for (let step = 1; step <= STEPS; step++) {
    if (step % LOOK_EVERY === 0) bells = await objective.bells(at);
    const { value, gradient } = await objective.heights(at, bells);
    const rate = FIRST_RATE * (LAST_RATE / FIRST_RATE) ** ((step - 1) / (STEPS - 1));
    for (const [n, point] of at.entries()) {
      if (value[n]! > most[n]!) {
        most[n] = value[n]!;
        best[n]!.raw.set(point.raw);
      }
      for (const slot of usedSlots(point.expression)) {
        const i = n * CONTINUOUS_LENGTH + slot;
        first[i] = BETA1 * first[i]! + (1 - BETA1) * gradient[i]!;
        second[i] = BETA2 * second[i]! + (1 - BETA2) * gradient[i]! ** 2;
        const size = Math.sqrt(second[i]! / (1 - BETA2 ** step)) + EPSILON;
        point.raw[slot] = within(point.raw[slot]! + (rate * first[i]!) / (1 - BETA1 ** step) / size);
      }
    }
  }
  return best;
}

/** One step that never goes down. */
async function newton(objective: Objective, points: readonly Point[]): Promise<Point[]> {
  const bells = await objective.bells(points);
  const { value, gradient } = await objective.heights(points, bells);
  const curvatures = await curvaturesOf(objective, points, bells);
  const tried = SHARES.flatMap((share) =>
    points.map((point, n) => stepped(point, gradient.subarray(n * CONTINUOUS_LENGTH), curvatures[n]!, share)),
  );
  const owners = SHARES.flatMap(() => [...points.keys()]);
  const heights = await objective.heights(tried, repeated(bells, owners));
  return points.map((point, n) => {
    let best = { point, value: value[n]! };
    for (let k = n; k < tried.length; k += points.length) {
      if (heights.value[k]! > best.value) best = { point: tried[k]!, value: heights.value[k]! };
    }
    return best.point;
  });
}

type Curvature = { readonly values: Float64Array; readonly vectors: Float64Array };

function stepped(point: Point, gradient: Float64Array, { values, vectors }: Curvature, share: number): Point {
  const slots = usedSlots(point.expression);
  const d = slots.length;
  const move = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    let along = 0;
    for (let i = 0; i < d; i++) along += vectors[i * d + j]! * gradient[slots[i]!]!;
    along /= atLeast(values[j]!);
    for (let i = 0; i < d; i++) move[i] = move[i]! + vectors[i * d + j]! * along;
  }
  const length = Math.hypot(...move);
  const scale = share * (length > LONGEST ? LONGEST / length : 1);
  const raw = point.raw.slice();
  for (const [i, slot] of slots.entries()) raw[slot] = within(raw[slot]! + scale * move[i]!);
  return { ...point, raw };
}

const within = (raw: number): number => Math.max(-BOUND, Math.min(BOUND, raw));

/** Minus the second derivatives at each point, by central differences of the gradient, as curvatures and directions. */
async function curvaturesOf(objective: Objective, points: readonly Point[], bells: Bells): Promise<Curvature[]> {
  const around = points.flatMap((point) =>
    usedSlots(point.expression).flatMap((slot) => [moved(point, slot, DIFFERENCE), moved(point, slot, -DIFFERENCE)]),
  );
  const owners = points.flatMap(({ expression }, n) => new Array<number>(2 * expression.numUsed).fill(n));
  const { gradient } = await objective.heights(around, repeated(bells, owners));
  let from = 0;
  return points.map(({ expression }) => {
    const slots = usedSlots(expression);
    const d = slots.length;
    const matrix = new Float64Array(d * d);
    for (let i = 0; i < d; i++) {
      const up = (from + 2 * i) * CONTINUOUS_LENGTH;
      for (let j = 0; j < d; j++) {
        const slope = (gradient[up + slots[j]!]! - gradient[up + CONTINUOUS_LENGTH + slots[j]!]!) / (2 * DIFFERENCE);
        matrix[i * d + j] = matrix[i * d + j]! - slope / 2;
        matrix[j * d + i] = matrix[j * d + i]! - slope / 2;
      }
    }
    from += 2 * d;
    return eigen(matrix, d);
  });
}

function moved(point: Point, slot: number, by: number): Point {
  const raw = point.raw.slice();
  raw[slot] = raw[slot]! + by;
  return { ...point, raw };
}

/** Rows of bells as often as they are needed. */
function repeated({ mean, deviation }: Bells, rows: readonly number[]): Bells {
  const pick = (numbers: Float64Array) => {
    const out = new Float64Array(rows.length * CONTINUOUS_LENGTH);
    for (const [k, n] of rows.entries()) {
      out.set(numbers.subarray(n * CONTINUOUS_LENGTH, (n + 1) * CONTINUOUS_LENGTH), k * CONTINUOUS_LENGTH);
    }
    return out;
  };
  return { mean: pick(mean), deviation: pick(deviation) };
}
