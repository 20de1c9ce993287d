// Packed observations of the strokes domain: binary pictures, and the alphabet that each comes from.

import type { Batch, Observations } from "../../engine/model";

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

const gathered = new WeakMap<Batch<Images>, Uint8Array>();

/** [B, SIDE * SIDE] the pictures of a batch, gathered once. */
export function pixelsOf(batch: Batch<Images>): Uint8Array {
  const known = gathered.get(batch);
  if (known) return known;
  const area = SIDE * SIDE;
  const out = new Uint8Array(batch.ids.length * area);
  for (const [b, id] of batch.ids.entries()) {
    out.set(batch.observations.pixels.subarray(id * area, (id + 1) * area), b * area);
  }
  gathered.set(batch, out);
  return out;
}

/** A batch of all rows. */
export function everyRow(observations: Images): Batch<Images> {
  return { observations, ids: Int32Array.from({ length: observations.count }, (_, i) => i) };
}
