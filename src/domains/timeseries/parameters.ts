// From the raw numbers of z_c to the parameters of base kernels, and back down for gradients. An atom reads one to three
// of its sixteen slots. Source: HMWS specification, section 7.

import { sigmoid, softplus } from "../../engine/dists/logs";
import type { OptionValues } from "../../engine/options";
import type { Expression } from "./grammar/expression";
import { CONTINUOUS_LENGTH, MOST_ATOMS, NUM_SLOTS, SYMBOL } from "./program";

/**
 * narrow: centre - range / 2 + range * sigmoid(raw), centres 0.5 and the four periods below, the same range for all.
 * wide: variance softplus(raw) + 0.01, squared length scale softplus(raw) + 0.1, period by sigmoid within its interval.
 */
export type ParameterScheme = { readonly kind: "narrow"; readonly range: number } | { readonly kind: "wide" };

/** The scheme that the options `scheme` ("narrow", "wide") and `range` name. */
export function schemeOf({ scheme, range }: OptionValues): ParameterScheme {
  return scheme === "wide" ? { kind: "wide" } : { kind: "narrow", range: Number(range ?? NARROW.range) };
}

/** The reference's scheme. */
export const NARROW = { kind: "narrow", range: 0.02 } as const satisfies ParameterScheme;

/** Numbers of an atom: variance, squared length scale, period; the columns of the Gaussian process's parameters. */
export const NUM_PARAMETERS = 3;
export const PARAMETER = { variance: 0, lengthSquared: 1, period: 2 } as const;

/** Periods of PER1 to PER4 at the centre of the narrow scheme, and their intervals in the wide one. */
export const PERIODS: readonly number[] = [0.2, 0.5, 1, 1.5];
export const PERIOD_INTERVALS: readonly (readonly [number, number])[] = [
  [0.1, 0.2],
  [0.2, 0.5],
  [0.5, 1],
  [1, 4],
];

const CENTRE = 0.5;
const LEAST_VARIANCE = 0.01;
const LEAST_LENGTH_SQUARED = 0.1;

/** [symbol][parameter] slot that an atom reads for it, or -1. A period's slot lies between the two others. */
export const SLOTS: readonly (readonly [number, number, number])[] = [
  [0, -1, -1],
  [1, 2, -1],
  ...PERIODS.map((_, i) => [3 + 3 * i, 5 + 3 * i, 4 + 3 * i] as const),
  [15, -1, -1],
];

/** Slots of an atom in ascending order: variance first, then the period where it has one, then the squared length. */
export const slotsOf = (symbol: number): number[] => SLOTS[symbol]!.filter((slot) => slot >= 0).sort((a, b) => a - b);

/** The constrained value of one raw number. */
export function constrain(symbol: number, parameter: number, raw: number, scheme: ParameterScheme): number {
  const period = symbol - SYMBOL.periodic;
  if (scheme.kind === "narrow") {
    const centre = parameter === PARAMETER.period ? PERIODS[period]! : CENTRE;
    return centre - scheme.range / 2 + scheme.range * sigmoid(raw);
  }
  if (parameter === PARAMETER.variance) return softplus(raw) + LEAST_VARIANCE;
  if (parameter === PARAMETER.lengthSquared) return softplus(raw) + LEAST_LENGTH_SQUARED;
  const [low, high] = PERIOD_INTERVALS[period]!;
  return low + (high - low) * sigmoid(raw);
}

/** Its derivative with respect to the raw number. */
export function constrainDerivative(symbol: number, parameter: number, raw: number, scheme: ParameterScheme): number {
  const s = sigmoid(raw);
  if (scheme.kind === "narrow") return scheme.range * s * (1 - s);
  if (parameter !== PARAMETER.period) return s;
  const [low, high] = PERIOD_INTERVALS[symbol - SYMBOL.periodic]!;
  return (high - low) * s * (1 - s);
}

/**
 * Constrained parameters of N programs, as the Gaussian process takes them.
 *
 * @param continuous [N, MOST_ATOMS * NUM_SLOTS] raw
 * @param expressions [N]
 * @returns [N, MOST_ATOMS, 3] variance, squared length scale, period; 0 where an atom has none
 */
export function toParameters(
  continuous: ArrayLike<number>,
  expressions: readonly Expression[],
  scheme: ParameterScheme,
): Float64Array {
  const parameters = new Float64Array(expressions.length * MOST_ATOMS * NUM_PARAMETERS);
  forEachUsed(expressions, (symbol, parameter, at, slot) => {
    parameters[at] = constrain(symbol, parameter, continuous[slot]!, scheme);
  });
  return parameters;
}

/**
 * The chain rule: a gradient with respect to the parameters becomes one with respect to the raw numbers.
 *
 * @param gradient [N, MOST_ATOMS, 3]
 * @returns [N, MOST_ATOMS * NUM_SLOTS], 0 in unused slots
 */
export function toRawGradient(
  gradient: ArrayLike<number>,
  continuous: ArrayLike<number>,
  expressions: readonly Expression[],
  scheme: ParameterScheme,
): Float64Array {
  const raw = new Float64Array(expressions.length * CONTINUOUS_LENGTH);
  forEachUsed(expressions, (symbol, parameter, at, slot) => {
    raw[slot] = gradient[at]! * constrainDerivative(symbol, parameter, continuous[slot]!, scheme);
  });
  return raw;
}

/** Calls with every parameter in use: its place in [N, MOST_ATOMS, 3] and that of its raw number in [N, MOST_ATOMS * NUM_SLOTS]. */
function forEachUsed(
  expressions: readonly Expression[],
  visit: (symbol: number, parameter: number, at: number, slot: number) => void,
): void {
  for (const [n, { atoms, numAtoms }] of expressions.entries()) {
    for (let i = 0; i < numAtoms; i++) {
      const slots = SLOTS[atoms[i]!]!;
      const atom = n * MOST_ATOMS + i;
      for (let parameter = 0; parameter < NUM_PARAMETERS; parameter++) {
        const slot = slots[parameter]!;
        if (slot >= 0) visit(atoms[i]!, parameter, atom * NUM_PARAMETERS + parameter, atom * NUM_SLOTS + slot);
      }
    }
  }
}
