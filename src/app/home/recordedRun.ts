// The recorded run: what the engine found for one small picture in its first 120 steps, written by scripts/record-demo.mjs.
// It plays on Home and stands in where the engine is missing.

import { version } from "../../../package.json";
import recorded from "./recordedRun.json";

/** A remembered rule at one step. */
export type RecordedRule = {
  readonly rule: number;
  readonly weight: number;
  /** How many nats its log joint lies below the best one's. */
  readonly below: number;
};

export type RecordedFrame = {
  readonly step: number;
  /** Learned noise level. */
  readonly noise: number;
  /** Bound of the training batch, nats per picture; null before the first step. */
  readonly bound: number | null;
  /** Best first. */
  readonly rules: readonly RecordedRule[];
};

/** One frame a step, from step 0. */
export const FRAMES: readonly RecordedFrame[] = recorded.frames.map(({ step, noise, bound, rules }) => ({
  step,
  noise,
  bound,
  rules: rules.map(([rule = 0, weight = 0, below = 0]) => ({ rule, weight, below })),
}));

/** The picture: [height][width] of 0 and 1. */
export const ROWS: readonly (readonly number[])[] = recorded.rows.map((row) => [...row].map(Number));

/** Steps at which another rule became the best of this picture. */
export const NEW_BEST_AT: readonly number[] = FRAMES.flatMap((frame, at) => {
  const before = FRAMES[at - 1]?.rules[0]?.rule;
  const best = frame.rules[0]?.rule;
  return best !== undefined && best !== before ? [frame.step] : [];
});

/** The rule that made the picture. */
export const TRUE_RULE = recorded.rule;

/**
 * Codes of the observed picture and what `rule` expects after it: 0, 1 observed, 2, 3 predicted (all 2 without a rule).
 *
 * @returns [height * (width + columns)], row by row
 */
export function continuedCells(rule: number | null, columns: number): Uint8Array {
  const height = ROWS.length;
  const width = ROWS[0]?.length ?? 0;
  const total = width + columns;
  const cells = new Uint8Array(height * total);
  for (let y = 0; y < height; y++) cells.set(ROWS[y] ?? [], y * total);
  for (let j = width; j < total; j++) {
    for (let y = 0; y < height; y++) {
      const at = (row: number) => (cells[((row + height) % height) * total + j - 1] ?? 0) & 1;
      const index = 4 * at(y - 1) + 2 * at(y) + at(y + 1);
      cells[y * total + j] = 2 + (rule === null ? 0 : (rule >>> index) & 1);
    }
  }
  return cells;
}

/** Lines that exports of the recording carry. */
export const PROVENANCE: readonly string[] = [
  `Wake-Sleep Lab ${version}, cellular automata, a recorded run`,
  `made by ${recorded.madeBy}`,
  `the same run live: ${recorded.link}`,
];
