// An expression in words: its addends, and with parameters how much each moves the series.

import type { OptionValues } from "../../engine/options";
import { type Addend, addendParameters, addendsOf } from "./components";
import type { OwnScale } from "./facts";
import { productWords, standardDeviation, type Wording } from "./kernelWords";
import { schemeOf } from "./parameters";
import { threeDigits } from "./upload/timeText";

const ILL_FORMED = "These symbols are no expression, so they explain no series.";

/** Sentences for people about a program. */
export function explain(program: ArrayLike<number>, options: OptionValues): readonly string[] {
  const wording = { scheme: schemeOf(options), parameters: null, scale: null };
  const addends = addendsOf(program);
  if (addends.length === 0) return [ILL_FORMED];
  return [sentence(addends.map(({ symbols }) => productWords(symbols, wording)))];
}

/** A fitted addend: what it is, and the arrays of its covariance. */
export type FittedAddend = Addend & {
  /** "a smooth trend that changes over about 8 months" */
  readonly words: string;
  /** [MOST_ATOMS, 3] */
  readonly parameters: Float64Array;
};

/**
 * The addends of an expression with parameters, in words.
 *
 * @param parameters [MOST_ATOMS, 3] variance, squared length scale, period
 * @param scale units of a person's own series, null for others
 */
export function fittedAddends(
  program: ArrayLike<number>,
  parameters: ArrayLike<number>,
  scale: OwnScale | null,
): readonly FittedAddend[] {
  return addendsOf(program).map((addend) => {
    const own = addendParameters(addend, parameters);
    return { ...addend, words: productWords(addend.symbols, fitted(own, scale)), parameters: own };
  });
}

/** The same as sentences: what the series is made of, and how much each part moves it. */
export function explainFit(
  program: ArrayLike<number>,
  parameters: ArrayLike<number>,
  scale: OwnScale | null,
): readonly string[] {
  const addends = fittedAddends(program, parameters, scale);
  if (addends.length === 0) return [ILL_FORMED];
  const spreads = addends.map((addend) =>
    threeDigits(standardDeviation(addend.symbols, fitted(addend.parameters, scale))),
  );
  const spread =
    spreads.length === 1
      ? `Its standard deviation is ${spreads[0]}.`
      : `Standard deviations of the parts, in this order: ${listed(spreads)}.`;
  return [sentence(addends.map(({ words }) => words)), spread];
}

const fitted = (parameters: ArrayLike<number>, scale: OwnScale | null): Wording => ({
  // With parameters at hand no wording depends on what they could have been.
  scheme: { kind: "wide" },
  parameters,
  scale,
});

/** "A smooth trend plus noise.", "A smooth trend, noise and a constant level." Equal parts are counted. */
function sentence(parts: readonly string[]): string {
  const counted = [...new Set(parts)].map((part) => {
    const times = parts.filter((other) => other === part).length;
    return times === 1 ? part : `${part} (${times === 2 ? "twice" : `${times} times`})`;
  });
  const words = counted.length === 2 ? counted.join(" plus ") : listed(counted);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** "a", "a and b", "a, b and c". */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
