// Kernel expressions as people read them: printed forms taken apart, the caption with parameters, a sentence of words.
// Works on the canonical printed form ("SE * PER2 + C"), so that any program of the domain can be shown.

import type { SeriesFit } from "../../../domains/timeseries/facts";
import { fixedText } from "../../numberText";

/** One symbol of an expression. `subscript` is the number of a periodic kernel, "" for the others. */
export type KernelSymbol = {
  readonly text: string;
  readonly subscript: string;
  readonly isAtom: boolean;
  /** A space stands before it. */
  readonly isApart: boolean;
};

const SYMBOL = /( ?)(WN|SE|PER[1-4]|C|[*+()])/g;
/** Numbers of each base kernel in the caption: positions in [variance, squared length scale, period]. */
const CAPTION_PARTS: Readonly<Record<string, readonly number[]>> = { WN: [0], SE: [0, 1], PER: [0, 2, 1], C: [0] };
const PART_NAMES = ["variance", "squared length scale", "period"] as const;

/** The symbols of a printed expression, in order, ill-formed ones too. */
export function kernelSymbols(printed: string): readonly KernelSymbol[] {
  return Array.from(printed.matchAll(SYMBOL), ([, space, token = ""]) => {
    const isPeriodic = token.startsWith("PER");
    return {
      text: token === "*" ? "×" : isPeriodic ? "PER" : token,
      subscript: isPeriodic ? token.slice(3) : "",
      isAtom: /^[A-Z]/.test(token),
      isApart: space !== "",
    };
  });
}

/** "SE × PER2 + C": the expression as plain text with the times sign. */
export const kernelText = (printed: string): string => printed.replaceAll("*", "×");

/** Numbers in brackets after each base kernel, by its place among the base kernels: "(0.50, 0.49)". */
export function atomNumbers(printed: string, parameters: SeriesFit["parameters"]): readonly string[] {
  return kernelSymbols(printed)
    .filter((symbol) => symbol.isAtom)
    .map(({ text }, atom) => {
      const numbers = (CAPTION_PARTS[text] ?? []).map((part) =>
        fixedText(parameters[3 * atom + part] ?? Number.NaN, 2),
      );
      return `(${numbers.join(", ")})`;
    });
}

/** "SE(0.50, 0.50) + WN(0.49)": the expression with its constrained parameters to two decimals. */
export function captionText(printed: string, parameters: SeriesFit["parameters"]): string {
  const numbers = atomNumbers(printed, parameters);
  let atom = 0;
  return kernelSymbols(printed)
    .map(({ text, subscript, isAtom, isApart }) => {
      const after = isAtom ? (numbers[atom++] ?? "") : "";
      return `${isApart ? " " : ""}${text}${subscript}${after}`;
    })
    .join("");
}

/** What the numbers after a base kernel are, for its tip: "PER2: variance 0.50, period 0.52, squared length scale 0.49". */
export function atomWords(symbol: KernelSymbol, atom: number, parameters: SeriesFit["parameters"]): string {
  const parts = (CAPTION_PARTS[symbol.text] ?? []).map(
    (part) => `${PART_NAMES[part]} ${fixedText(parameters[3 * atom + part] ?? Number.NaN, 2)}`,
  );
  return `${symbol.text}${symbol.subscript}: ${parts.join(", ")}`;
}

/** "A smooth trend plus a rhythm of period 0.52": the addends of a fit in one line. */
export function fitWords(fit: SeriesFit): string {
  const words = fit.components.map((component) => component.words).join(" plus ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
