// The evaluator's learned numbers as the page shows them: rows of labelled bars, and what one character costs.

import type { StringsTools } from "../../../domains/strings";
import type { EvaluatorNumbers } from "../../../domains/strings/scoring/numbers";
import type { TipLines } from "../../frame/Tip";
import { fixedText, weightText } from "../../numberText";

export type BarRow = {
  /** "\d", "mix of \w". */
  readonly name: string;
  readonly help: string;
  readonly bars: readonly { readonly label: string; readonly share: number }[];
};

/** One probability of an operator. */
export type OperatorRow = {
  readonly id: "starStop" | "plusStop" | "optKeep" | "altLeft";
  /** "*" */
  readonly sign: string;
  readonly words: string;
  readonly value: number;
  readonly tip: TipLines;
};

/** The four operators with their formulas. */
export function operatorRows(numbers: EvaluatorNumbers): readonly OperatorRow[] {
  const { starStop, plusStop, optKeep, altLeft } = numbers;
  const mean = (value: number) => fixedText(value, 1);
  return [
    {
      id: "starStop",
      sign: "*",
      words: "stops",
      value: starStop,
      tip: {
        symbols: "p(n copies) = s (1 − s)ⁿ,   n = 0, 1, 2, …",
        numbers: `s = ${weightText(starStop)}; on average ${mean((1 - starStop) / starStop)} copies`,
        meaning: "Before each copy the star stops with probability s.",
      },
    },
    {
      id: "plusStop",
      sign: "+",
      words: "stops",
      value: plusStop,
      tip: {
        symbols: "p(n copies) = s (1 − s)ⁿ⁻¹,   n = 1, 2, 3, …",
        numbers: `s = ${weightText(plusStop)}; on average ${mean(1 / plusStop)} copies`,
        meaning: "After each copy the plus stops with probability s.",
      },
    },
    {
      id: "optKeep",
      sign: "?",
      words: "keeps",
      value: optKeep,
      tip: {
        symbols: "p(there) = k,   p(not there) = 1 − k",
        numbers: `k = ${weightText(optKeep)}, 1 − k = ${weightText(1 - optKeep)}`,
        meaning: "What stands before a question mark is there with probability k.",
      },
    },
    {
      id: "altLeft",
      sign: "|",
      words: "goes left",
      value: altLeft,
      tip: {
        symbols: "p(left) = a;   in a chain a, (1 − a) a, (1 − a)², …",
        numbers: `a = ${weightText(altLeft)}; of three branches ${[altLeft, (1 - altLeft) * altLeft, (1 - altLeft) ** 2].map(weightText).join(", ")}`,
        meaning: "A bar takes what stands at its left with probability a; the order of branches matters.",
      },
    },
  ];
}

/** Tables of the classes: members of each leaf, and how \w and the dot mix the leaves. */
export function classRows(tools: StringsTools, numbers: EvaluatorNumbers): readonly BarRow[] {
  const leaf = (name: "d" | "u" | "l" | "s" | "p") =>
    tools
      .membersOf(name)
      .map((symbol) => ({ label: labelOf(tools.sigma[symbol] ?? ""), share: numbers.leaf[symbol] ?? 0 }));
  const mix = (shares: Float64Array, names: readonly string[]) =>
    names.map((label, i) => ({ label, share: shares[i] ?? 0 }));
  return [
    { name: "\\d", help: "Digits: probability of each, wherever a program writes \\d.", bars: leaf("d") },
    { name: "\\u", help: "Capital letters.", bars: leaf("u") },
    { name: "\\l", help: "Small letters.", bars: leaf("l") },
    { name: "marks", help: "Punctuation marks, which only the dot emits.", bars: leaf("p") },
    { name: "\\s", help: "Space and tab.", bars: leaf("s") },
    {
      name: "\\w",
      help: "How often \\w is a digit, a capital or a small letter.",
      bars: mix(numbers.mixW, ["\\d", "\\u", "\\l"]),
    },
    {
      name: ".",
      help: "How often the dot is a digit, a capital, a small letter, a space or a mark.",
      bars: mix(numbers.mixDot, ["\\d", "\\u", "\\l", "\\s", "marks"]),
    },
  ];
}

function labelOf(character: string): string {
  if (character === " ") return "space";
  return character === "\t" ? "tab" : character;
}

/** The most probable members in words: "0 0.21, 1 0.14, 5 0.11". */
export function topMembers({ bars }: BarRow, count: number): string {
  return [...bars]
    .sort((a, b) => b.share - a.share)
    .slice(0, count)
    .map((bar) => `${bar.label} ${weightText(bar.share)}`)
    .join(", ");
}

/** Nats that one character costs under the class token `name` ("\d", "."); 0 under a literal. */
export function characterCost(tools: StringsTools, numbers: EvaluatorNumbers, name: string, character: string): number {
  const row = tools.classNames.findIndex((known) => name === (known === "dot" ? "." : `\\${known}`));
  if (row < 0) return 0;
  const size = numbers.tables.length / tools.classNames.length;
  const p = numbers.tables[row * size + tools.symbolOf(character.codePointAt(0) ?? 0)] ?? 0;
  return p > 0 ? -Math.log(p) : 0;
}
