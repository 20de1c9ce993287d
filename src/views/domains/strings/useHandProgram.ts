// The program that a person types, read at every change. While the text is ill-formed the last well-formed one stays on
// show, so that the picture does not flicker at every bracket.

import { useRef, useState } from "react";
import type { StringsTools } from "../../../domains/strings";
import { type HandText, NO_HAND_TEXT } from "./handEdit";

export type HandProgram = {
  readonly hand: HandText;
  readonly change: (hand: HandText) => void;
  /** What is wrong at which position, or null. */
  readonly problem: string | null;
  /** The latest well-formed program of the field; null for an empty field. */
  readonly program: { readonly printed: string; readonly program: Int32Array } | null;
};

/** State of the field. */
export function useHandProgram(tools: StringsTools): HandProgram {
  const [hand, change] = useState(NO_HAND_TEXT);
  const kept = useRef<HandProgram["program"]>(null);
  if (hand.text === "") {
    kept.current = null;
    return { hand, change, problem: null, program: null };
  }
  const read = tools.parseTokens(hand.text);
  if (!read.ok) return { hand, change, problem: read.message, program: kept.current };
  const printed = tools.printProgram(read.tokens);
  if (kept.current?.printed !== printed) kept.current = { printed, program: read.tokens };
  return { hand, change, problem: null, program: kept.current };
}
