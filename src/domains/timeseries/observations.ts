// Packed series: what the networks read and the Gaussian process explains.

import type { Batch } from "../../engine/model";
import { NUM_POINTS } from "./program";

/** A set of series of NUM_POINTS values. */
export class SeriesSet {
  readonly count: number;
  /** [count, NUM_POINTS] */
  readonly values: Float32Array;
  private fingerprints: Uint32Array | null = null;

  constructor(values: Float32Array) {
    this.values = values;
    this.count = values.length / NUM_POINTS;
  }

  /** A number that follows from the values of a series alone (FNV-1a over their bits): names streams of fixed noise. */
  fingerprint(row: number): number {
    this.fingerprints ??= fingerprintsOf(this.values);
    return this.fingerprints[row]!;
  }
}

/** [B, NUM_POINTS] the series of a batch. */
export function seriesOf({ observations, ids }: Batch<SeriesSet>): Float32Array {
  const values = new Float32Array(ids.length * NUM_POINTS);
  for (const [b, row] of ids.entries()) {
    values.set(observations.values.subarray(row * NUM_POINTS, (row + 1) * NUM_POINTS), b * NUM_POINTS);
  }
  return values;
}

/** A batch of all series. */
export function everyRow(observations: SeriesSet): Batch<SeriesSet> {
  return { observations, ids: Int32Array.from({ length: observations.count }, (_, i) => i) };
}

function fingerprintsOf(values: Float32Array): Uint32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint32Array.from({ length: values.length / NUM_POINTS }, (_, row) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < NUM_POINTS; i++) hash = Math.imul(hash ^ bits[row * NUM_POINTS + i]!, 0x01000193);
    return hash >>> 0;
  });
}
