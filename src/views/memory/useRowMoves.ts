// Rows that change rank move to their new place: each program's row starts where it stood and slides (first, last,
// invert, play). The time is the token's, so that reduced motion makes it instant.

import { type RefObject, useLayoutEffect, useRef } from "react";
import type { MemoryView } from "../../engine/run/records";

/** Programs with the number of rows that each has come down (positive) or up, among those in both orders. */
export function rankMoves(before: readonly string[], after: readonly string[]): ReadonlyMap<string, number> {
  const moves = new Map<string, number>();
  for (const [rank, program] of after.entries()) {
    const old = before.indexOf(program);
    if (old >= 0 && old !== rank) moves.set(program, rank - old);
  }
  return moves;
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

function slide(body: HTMLElement, moves: ReadonlyMap<string, number>): void {
  const style = getComputedStyle(body);
  const duration = milliseconds(style.getPropertyValue("--d-move"));
  if (!(duration > 0)) return;
  const easing = style.getPropertyValue("--ease-in-out") || "ease-in-out";
  for (const row of body.querySelectorAll<HTMLElement>("tr[data-program]")) {
    const move = moves.get(row.dataset["program"] ?? "");
    if (move === undefined) continue;
    for (const running of row.getAnimations()) running.cancel();
    const from = `translateY(${-move * row.offsetHeight}px)`;
    row.animate([{ transform: from }, { transform: "none" }], { duration, easing });
  }
}
