// Words of the estimator lens that the algorithms for hybrid models share.

import type { LensFacts } from "./algorithm";
import { numberText } from "./lensWords";

/** What stands under rows whose recognition model also dreams. */
export const DREAMS_NOTE = "The rest, 1 \u2212 \u03bb, \u03c6 learns from dreams, which are not among these.";

/** The draws of all programs, one after the other. */
export const everyDraw = (table: readonly (readonly number[])[] | undefined): readonly number[] => table?.flat() ?? [];

/** The draw that log q(z_c | z_d, x) learns most from: "draw 3 of SE + C gets 0.12". */
export function bestDraw({ printed, inner }: LensFacts): string {
  let best = { p: 0, k: 0, value: -Infinity };
  for (const [p, row] of (inner?.phi ?? []).entries()) {
    for (const [k, value] of row.entries()) if (value > best.value) best = { p, k, value };
  }
  return `draw ${best.k + 1} of ${printed[best.p] ?? ""} gets ${numberText(best.value)}`;
}

/** "\u03bb = 0.50 of"; of replay or wake, what phi takes of the weights. */
export const shareText = ({ lambda }: LensFacts): string => `\u03bb = ${numberText(lambda ?? 1)}`;
