// Plain records that cross to the page: what the data is (sent once) and the domain's picture (sent with snapshots).

/** DataFacts.data for strokes. Training pictures first, then a person's own. */
export type StrokesData = {
  readonly kind: "strokes";
  readonly count: number;
  /** 28 */
  readonly side: number;
  /** [count, side * side] of 0 and 1. */
  readonly pixels: Uint8Array;
  /** [count] and their names. */
  readonly alphabets: Int32Array;
  readonly alphabetNames: readonly string[];
  /** S, A, T of the run. */
  readonly strokes: number;
  readonly tokens: number;
  readonly transforms: number;
  /** True where prior and recognition model are told the alphabet. */
  readonly isConditional: boolean;
  /** Bits per pixel of one ink rate for all pixels, and of one rate per pixel, on the training pictures. */
  readonly constantRate: number;
  readonly pixelRates: number;
  /** The strokes that generated the data where the lab made it with a bank (bank recovery), else null: as `bank` below. */
  readonly trueBank: Float32Array | null;
  /** One sentence on how a person's file became pictures, "" without one. */
  readonly note: string;
};

/** Snapshot.picture for strokes. */
export type StrokesPicture = {
  readonly kind: "strokes";
  readonly step: number;
  readonly selected: number;
  /** [S, 5] dx, dy, theta, sharpness, width of each stroke (StrokeBank, derived values). */
  readonly bank: Float32Array;
  readonly scale: number;
  readonly bias: number;
  /** [T, 2, 3] */
  readonly affine: Float32Array;
  /** [S] share of the pen-down tokens of all best programs that use the stroke. */
  readonly usage: Float32Array;
  /** Where the best programs come from. */
  readonly source: "memory" | "recogniser";
  /** [count, A] packed best program of each training picture; meaningless where `hasProgram` is 0. */
  readonly programs: Int16Array;
  readonly hasProgram: Uint8Array;
  /** [n, A] programs of the prior for the alphabet of the character on show; empty unless the run is told alphabets. */
  readonly samples: Int16Array;
};
