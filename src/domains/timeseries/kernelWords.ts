// Products of base kernels in words: "a rhythm of period 0.5 that drifts slowly". With parameters the numbers are fitted
// ones, in a person's units where the scale is known; without, what the parameter scheme allows.

import type { OwnScale } from "./facts";
import { PARAMETER, type ParameterScheme, PERIOD_INTERVALS, PERIODS } from "./parameters";
import { SYMBOL } from "./program";
import { spanText, threeDigits } from "./upload/timeText";

export type Wording = {
  readonly scheme: ParameterScheme;
  /** [atoms, 3] of the product's kernels: variance, squared length scale, period; null where unknown. */
  readonly parameters: ArrayLike<number> | null;
  /** Units of a person's own series; null for those of the grid (x from -2 to 2) and standardised values. */
  readonly scale: OwnScale | null;
};

/** From x = -2 to 2: the wide scheme is for series of other lengths, so its periods are said as shares. */
const LENGTH = 4;
/** Ranges up to which the centre stands for a period. */
const NARROW_ENOUGH = 0.05;

/**
 * One product of base kernels in words. White noise swallows what it is multiplied with, a constant only scales, smooth
 * kernels multiply to a smooth one.
 *
 * @param symbols base kernels
 */
export function productWords(symbols: readonly number[], wording: Wording): string {
  if (symbols.includes(SYMBOL.whiteNoise)) return `noise${spreadWords(symbols, wording)}`;
  const rhythms = periodsOf(symbols, wording);
  const isSmooth = symbols.includes(SYMBOL.smooth);
  if (rhythms.length === 0)
    return isSmooth ? `a smooth trend${overWords(symbols, wording, " that changes")}` : "a constant level";
  const [first, ...others] = rhythms;
  const more =
    others.length === 0
      ? []
      : [`swells and fades with ${others.length > 1 ? "periods" : "period"} ${others.join(" and ")}`];
  if (isSmooth) more.push(overWords(symbols, wording, "drifts") || "drifts slowly");
  return `a rhythm of period ${first}${more.length > 0 ? ` that ${more.join(" and ")}` : ""}`;
}

/** Standard deviation of a product, in a person's units where the scale is known. */
export function standardDeviation(symbols: readonly number[], { parameters, scale }: Wording): number {
  const variance = symbols.reduce((product, _, i) => product * parameters![3 * i + PARAMETER.variance]!, 1);
  return Math.sqrt(variance) * (scale?.deviation ?? 1);
}

function spreadWords(symbols: readonly number[], wording: Wording): string {
  return wording.parameters ? ` of standard deviation ${threeDigits(standardDeviation(symbols, wording))}` : "";
}

/** "<verb> over about 8 months": one over the squared length scale of a product is the sum of those of its smooth kernels. */
function overWords(symbols: readonly number[], { parameters, scale }: Wording, verb: string): string {
  if (!parameters) return "";
  let inverse = 0;
  for (const [i, symbol] of symbols.entries()) {
    if (symbol === SYMBOL.smooth) inverse += 1 / parameters[3 * i + PARAMETER.lengthSquared]!;
  }
  return `${verb} over about ${lengthWords(1 / Math.sqrt(inverse), scale)}`;
}

/** The periods in words, the shortest first; without parameters each kernel once. */
function periodsOf(symbols: readonly number[], { scheme, parameters, scale }: Wording): string[] {
  const periodic = symbols.flatMap((symbol, i) => (symbol >= SYMBOL.periodic && symbol < SYMBOL.constant ? [i] : []));
  if (parameters) {
    const lengths = periodic.map((i) => parameters[3 * i + PARAMETER.period]!).sort((a, b) => a - b);
    return [...new Set(lengths.map((length) => lengthWords(length, scale)))];
  }
  const kernels = [...new Set(periodic.map((i) => symbols[i]! - SYMBOL.periodic))].sort((a, b) => a - b);
  return kernels.map((kernel) => usualPeriod(kernel, scheme));
}

/** What the parameters of PER1 (kernel 0) to PER4 can be. */
function usualPeriod(kernel: number, scheme: ParameterScheme): string {
  if (scheme.kind === "wide") {
    const [low, high] = PERIOD_INTERVALS[kernel]!.map((period) => threeDigits((100 * period) / LENGTH));
    return `${low} to ${high} % of the series`;
  }
  return `${scheme.range <= NARROW_ENOUGH ? "" : "about "}${PERIODS[kernel]}`;
}

const lengthWords = (length: number, scale: OwnScale | null): string =>
  scale ? spanText(scale, length) : threeDigits(length);
