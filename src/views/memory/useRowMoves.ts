// Rows that change rank move to their new place: each program's row starts where it stood and slides (first, last,
// invert, play). The time is the token's, so that reduced motion makes it instant.

import { type RefObject, useLayoutEffect, useRef } from "react";
import type { MemoryView } from "../../engine/run/records";

/** Nobody follows more rows at once, and a memory of hundreds, ten times a second, would hold up the whole page. */
const MOST_MOVES = 40;

/**
 * Programs with the number of rows that each has come down (positive) or up, among those in both orders; none where more
 * than 40 trade places at once.
 */
export function rankMoves(before: readonly string[], after: readonly string[]): ReadonlyMap<string, number> {
  const moves = new Map<string, number>();
  for (const [rank, program] of after.entries()) {
    const old = before.indexOf(program);
    if (old >= 0 && old !== rank) moves.set(program, rank - old);
  }
  return moves.size > MOST_MOVES ? new Map() : moves;
}

type Shown = { readonly list: string; readonly order: readonly string[] };

/** Animates the rows of `body`, one `tr[data-program]` an entry, when programs of the same list trade places. */
export function useRowMoves(body: RefObject<HTMLTableSectionElement | null>, memory: MemoryView | null): void {
  const shown = useRef<Shown | null>(null);
  useLayoutEffect(() => {
    const before = shown.current;
    const list = memory ? `${memory.source} ${memory.observation}` : "";
    const order = memory?.entries.map((entry) => entry.printed) ?? [];
    shown.current = { list, order };
    if (!body.current || before?.list !== list) return;
    const moves = rankMoves(before.order, order);
    if (moves.size > 0) slide(body.current, moves);
  }, [body, memory]);
}

/** "240ms" or, as a build shortens it, ".24s". */
export function milliseconds(time: string): number {
  return Number.parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000);
}

/** The latest motion of each row. Asking the page for it (getAnimations) would bring all styles up to date, row by row. */
const sliding = new WeakMap<HTMLElement, Animation>();

function slide(body: HTMLElement, moves: ReadonlyMap<string, number>): void {
  const style = getComputedStyle(body);
  const duration = milliseconds(style.getPropertyValue("--d-move"));
  if (!(duration > 0)) return;
  const easing = style.getPropertyValue("--ease-in-out") || "ease-in-out";
  const rows = [...body.querySelectorAll<HTMLElement>("tr[data-program]")].flatMap((row) => {
    const move = moves.get(row.dataset["program"] ?? "");
    return move === undefined ? [] : [{ row, from: `translateY(${-move * row.offsetHeight}px)` }];
  });
  // Heights are read before anything is set in motion: otherwise every row would lay the page out anew.
  for (const { row, from } of rows) {
    sliding.get(row)?.cancel();
    sliding.set(row, row.animate([{ transform: from }, { transform: "none" }], { duration, easing }));
  }
}
