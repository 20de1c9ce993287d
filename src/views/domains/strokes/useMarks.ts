// The stroke that people point at or have chosen, in any of the linked pictures.

import { useMemo, useState } from "react";

/** A stroke of the bank, and the token of the program where it was met; null for the stroke as such. */
export type Mark = { readonly stroke: number; readonly token: number | null };

export type Marks = {
  /** Under the pointer, else chosen. */
  readonly shown: Mark | null;
  readonly chosen: Mark | null;
  readonly point: (mark: Mark | null) => void;
  /** Chooses; the same again, or null, chooses nothing. */
  readonly choose: (mark: Mark | null) => void;
};

/** One pointed and one chosen stroke for all pictures. */
export function useMarks(): Marks {
  const [pointed, point] = useState<Mark | null>(null);
  const [chosen, setChosen] = useState<Mark | null>(null);
  return useMemo(
    () => ({
      shown: pointed ?? chosen,
      chosen,
      point,
      choose: (mark) => setChosen((before) => (mark && isSame(before, mark) ? null : mark)),
    }),
    [pointed, chosen],
  );
}

/** True for the same stroke at the same place. */
export function isSame(a: Mark | null, b: Mark | null): boolean {
  return a === b || (a !== null && b !== null && a.stroke === b.stroke && a.token === b.token);
}
