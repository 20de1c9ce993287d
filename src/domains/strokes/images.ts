// Packed observations of the strokes domain: binary pictures, and the alphabet that each comes from.

import type { Observations } from "../../engine/model";

/** Side of the pictures that the model sees. */
export const SIDE = 28;
/** Alphabets that the alphabet-conditional model can tell apart. */
export const NUM_ALPHABETS = 50;

export interface Images extends Observations {
  /** [count, SIDE * SIDE] of 0 and 1 (ink), row 0 on top. */
  readonly pixels: Uint8Array;
  /** [count] 0 to NUM_ALPHABETS - 1. */
  readonly alphabets: Int32Array;
}

/** A named set of pictures as generators and readers make it, before binarised rows are packed for a run. */
export type ImageSet = {
  readonly name: string;
  /** [count, SIDE * SIDE] of 0 and 1. */
  readonly pixels: Uint8Array;
  readonly alphabets: Int32Array;
  /** Names of the alphabets (or classes) by number; at most NUM_ALPHABETS. */
  readonly alphabetNames: readonly string[];
  /** [count] character (or drawing class) within the alphabet, for "same character, another drawer"; -1 where unknown. */
  readonly characters: Int32Array;
  /** [count] who drew it; -1 where unknown. */
  readonly drawers: Int32Array;
};
