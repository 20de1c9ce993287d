// The text that a person types: with undo, read by the domain's parser at every change.

/** What stands in the field, and what stood there before; the latest last. */
export type HandText = { readonly text: string; readonly past: readonly string[] };

export const NO_HAND_TEXT: HandText = { text: "", past: [] };

/** Longest text of the field, and texts that undo remembers. */
export const MAX_TYPED = 120;
const MAX_PAST = 200;

/** A new text; the present one can come back. */
export function typed({ text, past }: HandText, next: string): HandText {
  if (next === text) return { text, past };
  return { text: next, past: [...past, text].slice(-MAX_PAST) };
}

/** The text before the last change. */
export function undone({ text, past }: HandText): HandText {
  const last = past[past.length - 1];
  return last === undefined ? { text, past } : { text: last, past: past.slice(0, -1) };
}

/**
 * Where a reader's sentence points, as an index of code points from 0: it always says "at position N" (from 1) or
 * "from position N".
 */
export function problemPlace(message: string): number | null {
  const found = /\bposition (\d+)/.exec(message);
  return found ? Number(found[1]) - 1 : null;
}
