// Which concepts a search finds, which rows of the list are in view, and where a key leads. Pure.

import type { Concept } from "../../../domains/strings/concepts";

/** Indices of the concepts whose name or any string contains the text, whatever its case; all for an empty text. */
export function conceptMatches(concepts: readonly Concept[], text: string): readonly number[] {
  const sought = text.toLowerCase();
  const all = concepts.map((_, i) => i);
  if (sought === "") return all;
  return all.filter((i) => {
    const { name, strings, heldOut } = concepts[i] as Concept; // `i` is an index of it
    return [name, ...strings, ...heldOut].some((one) => one.toLowerCase().includes(sought));
  });
}

/** Places `first` to before `end` of a scrolled grid that are in view, two rows beyond it on either side; and all rows. */
export function rowsInView(grid: {
  readonly count: number;
  readonly columns: number;
  /** Scrolled by, px. */
  readonly top: number;
  /** Height of a row, px. */
  readonly row: number;
  /** Rows that the box has room for. */
  readonly shown: number;
}): { readonly first: number; readonly end: number; readonly rows: number } {
  const rows = Math.ceil(grid.count / grid.columns);
  // A narrowed list may be shorter than what was scrolled past.
  const at = Math.min(Math.floor(grid.top / grid.row), Math.max(0, rows - grid.shown));
  const first = Math.max(0, at - 2) * grid.columns;
  return { first, end: Math.min(grid.count, (at + grid.shown + 3) * grid.columns), rows };
}

/** Place that a key leads to from `place` (-1: none chosen); null for keys that mean nothing here. */
export function gridStep(key: string, place: number, count: number, columns: number, shown: number): number | null {
  if (count === 0) return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * shown,
    PageUp: -columns * shown,
    Home: -place,
    End: count - 1 - place,
  };
  const step = steps[key];
  if (step === undefined) return null;
  if (place < 0) return 0;
  return Math.min(count - 1, Math.max(0, place + step));
}
