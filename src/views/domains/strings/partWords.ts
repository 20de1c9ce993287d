// What a part of a program does, in a few words with its learned numbers.

import { weightText } from "../../numberText";
import { type ProgramLayout, type ProgramPart, partText } from "./programLayout";

/** The learned probabilities that the operators use. */
export type OperatorNumbers = {
  readonly starStop: number;
  readonly plusStop: number;
  readonly optKeep: number;
  readonly altLeft: number;
};

const CLASS_WORDS: Readonly<Record<string, string>> = {
  ".": "any one character",
  "\\w": "one letter or digit",
  "\\d": "one digit",
  "\\u": "one capital letter",
  "\\l": "one small letter",
  "\\s": "one space or tab",
};

/** "one digit", "the character ,", "(,\u)* any number of times; stops with probability 0.34 before each". */
export function partWords(layout: ProgramLayout, part: ProgramPart, numbers: OperatorNumbers | null): string {
  const text = partText(layout, part);
  const chance = (value: number | undefined) => (value === undefined ? "" : `, probability ${weightText(value)}`);
  switch (part.kind) {
    case "literal":
      return literalWords(text);
    case "class":
      return CLASS_WORDS[text] ?? "one character";
    case "star":
      return `any number of times, also never${numbers ? `; stops each time with probability ${weightText(numbers.starStop)}` : ""}`;
    case "plus":
      return `once or more${numbers ? `; stops after each with probability ${weightText(numbers.plusStop)}` : ""}`;
    case "optional":
      return `there or not; there${chance(numbers?.optKeep)}`;
    case "choice":
      return `one of several; left of the first bar${chance(numbers?.altLeft)}`;
    case "brackets":
      return "held together by brackets";
  }
}

function literalWords(text: string): string {
  if (text === " ") return "a space";
  if (text === "\\t") return "a tab";
  return `always ${text.length > 1 ? text.slice(1) : text}`;
}
