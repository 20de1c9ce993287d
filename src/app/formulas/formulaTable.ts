// Typed access to the formulas that the build has set as MathML. To add one: a line in formulas.json.

import { formulas, symbols } from "virtual:formulas";
import type source from "./formulas.json";

/** Names of all formulas: keys of formulas.json. */
export type FormulaId = keyof (typeof source)["formulas"];

export type SymbolMeaning = { readonly id: string; readonly html: string; readonly meaning: string };

export type FormulaEntry = {
  /** MathML, made at build time from our own file. */
  readonly html: string;
  /** The formula read aloud. */
  readonly words: string;
  readonly symbols: readonly SymbolMeaning[];
};

/** A formula with its words and the meaning of each of its symbols. */
export function formulaOf(id: FormulaId): FormulaEntry {
  const { html, words, symbols: names } = formulas[id]!;
  return { html, words, symbols: names.map((name) => ({ id: name, ...symbols[name]! })) };
}

/** True if a name from a content file (a lesson) is a formula. */
export function isFormula(id: string): id is FormulaId {
  return id in formulas;
}
