// Packed observations of the blocks domain: pictures of scenes, drawn when they are first looked at, because 10 000 of
// them at 128 pixels would not fit into memory.

import type { Batch, Observations } from "../../engine/model";

/** Bytes of drawn pictures that a set keeps; older ones are drawn again when needed. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

/** Picture `row`, [R, R, 3], rows from the top, 0 to 1; the same whenever it is asked for. */
export type DrawPicture = (row: number) => Float32Array;

/** A set of square colour pictures. */
export class ScenePictures implements Observations {
  private readonly kept = new Map<number, Float32Array>();
  private readonly fingerprints = new Map<number, number>();
  private readonly mostKept: number;

  constructor(
    readonly count: number,
    /** R */
    readonly side: number,
    private readonly draw: DrawPicture,
  ) {
    this.mostKept = Math.max(64, Math.floor(MOST_KEPT_BYTES / (4 * this.pixels)));
  }

  /** A set of pictures that are there already, [count, R, R, 3]. */
  static of(values: Float32Array, side: number): ScenePictures {
    const pixels = 3 * side * side;
    const count = values.length / pixels;
    return new ScenePictures(count, side, (row) => values.subarray(row * pixels, (row + 1) * pixels));
  }

  /** Numbers of a picture. */
  get pixels(): number {
    return 3 * this.side * this.side;
  }

  /** Picture `row`, [R, R, 3]; not to be written to. */
  picture(row: number): Float32Array {
    const known = this.kept.get(row);
    if (known) return known;
    const drawn = this.draw(row);
    const oldest = this.kept.keys().next();
    if (this.kept.size >= this.mostKept && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(row, drawn);
    return drawn;
  }

  /** A number that follows from the pixels of a picture alone (FNV-1a over bytes): names streams of fixed noise. */
  fingerprint(row: number): number {
    const known = this.fingerprints.get(row);
    if (known !== undefined) return known;
    let hash = 0x811c9dc5;
    for (const value of this.picture(row)) hash = Math.imul(hash ^ Math.round(255 * value), 0x01000193);
    this.fingerprints.set(row, hash >>> 0);
    return hash >>> 0;
  }
}

const gathered = new WeakMap<Batch<ScenePictures>, Float32Array>();

/** [B, R, R, 3] the pictures of a batch, gathered once. */
export function picturesOf(batch: Batch<ScenePictures>): Float32Array {
  const known = gathered.get(batch);
  if (known) return known;
  const { observations, ids } = batch;
  const out = new Float32Array(ids.length * observations.pixels);
  for (const [b, row] of ids.entries()) out.set(observations.picture(row), b * observations.pixels);
  gathered.set(batch, out);
  return out;
}

/** A batch of all rows. */
export function everyRow(observations: ScenePictures): Batch<ScenePictures> {
  return { observations, ids: Int32Array.from({ length: observations.count }, (_, i) => i) };
}
