// Which generated columns are kept. Source: strings specification, section 10.2, "Filters"; the paper's own filters drop
// columns of numbers only, of English words over five letters and of common names.

import { MAX_STRING } from "../tokens";

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const LONG_WORD = /[A-Za-z]{6,}/;

/** True for a column of numbers only. */
export function isAllNumbers(cells: readonly string[]): boolean {
  return cells.every((cell) => PLAIN_NUMBER.test(cell));
}

/** True if some cell has a run of more than five letters, as in an English word. */
export function hasLongWord(cells: readonly string[]): boolean {
  return cells.some((cell) => LONG_WORD.test(cell));
}

/** True if ten distinct cells are fit to be a concept. @param hasWords long runs of letters are meant */
export function isFit(cells: readonly string[], hasWords: boolean): boolean {
  if (cells.some((cell) => cell.length < 1 || cell.length > MAX_STRING || cell !== cell.trim())) return false;
  return !isAllNumbers(cells) && (hasWords || !hasLongWord(cells));
}
