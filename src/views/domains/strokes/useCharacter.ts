// The chosen character under the program in force: best transform, the pen on the picture, canvases after each token.
// Nothing is computed again while program, bank and character stay the same.

import { useMemo } from "react";
import type { PenStroke } from "./PenOverlay";
import { type Drawing, imageOf, type StrokeBank, type StrokesView } from "./strokesView";

export type Character = {
  readonly tokens: readonly number[];
  readonly printed: string;
  readonly bank: StrokeBank;
  /** Number of the transform that explains the picture best, -1 without transforms. */
  readonly transform: number;
  /** Log likelihood under that transform alone, nats; NaN without transforms. */
  readonly transformScore: number;
  readonly strokes: readonly PenStroke[];
  /** Seconds that the pen takes for each token in a replay. */
  readonly seconds: readonly number[];
};

/** Points that a stroke is drawn with. */
const POINTS = 21;

/** Null while there is no program, no bank or nothing to draw with. */
export function useCharacter(view: StrokesView, drawing: Drawing | null): Character | null {
  const { bank, shown, data, row } = view;
  const key = shown?.tokens.join() ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the program
  return useMemo(() => {
    if (!bank || !shown || !drawing) return null;
    const { tokens, printed } = shown;
    const scores = drawing.transformScores(bank, tokens, imageOf(data, row), data.side);
    const transform = drawing.bestTransform(scores);
    const strokes = drawing.penStrokes(bank, tokens, transform, data.side, POINTS);
    const seconds = strokes.map(({ stroke, isDown }) => penSeconds(drawing.strokeFacts(bank, stroke).length, isDown));
    return { tokens, printed, bank, transform, transformScore: scores[transform] ?? Number.NaN, strokes, seconds };
  }, [bank, drawing, data, row, key]);
}

/** A hand's pace: longer strokes take longer, moves less. */
export function penSeconds(length: number, isDown: boolean): number {
  return isDown ? 0.18 + 1.4 * length : 0.12 + 0.6 * length;
}
