// Strokes in words: for lists, tables and people who do not see the picture.

import { countText, percentText } from "../../numberText";
import type { Drawing, StrokeBank } from "./strokesView";

/** Pixels of the canvas from its first to its last column. */
const REACH = 27;
/** Degrees below which a stroke counts as straight. */
const STRAIGHT = 12;

/** "up right, 7 pixels, turns right by 40°". */
export function strokeWords(drawing: Drawing, bank: StrokeBank, stroke: number): string {
  const { length, direction, turn } = drawing.strokeFacts(bank, stroke);
  if (direction === "nowhere") return "a dot";
  const bend =
    Math.abs(turn) < STRAIGHT ? "straight" : `turns ${turn > 0 ? "right" : "left"} by ${countText(Math.abs(turn))}°`;
  return `${direction}, ${countText(length * REACH)} pixels, ${bend}`;
}

/** "stroke 22, pen down" or "stroke 17, pen up". */
export function tokenWords(stroke: number, isDown: boolean): string {
  return `stroke ${stroke}, pen ${isDown ? "down" : "up"}`;
}

/** "12 % of all strokes drawn, in 31 of 100 characters". */
export function usageWords(share: number, characters: number, all: number, many: string): string {
  if (characters === 0) return "no best program draws it now";
  const percent = share < 0.01 ? "less than 1\u00a0%" : percentText(share);
  return `${percent} of all strokes drawn, in ${countText(characters)} of ${countText(all)} ${many}`;
}
