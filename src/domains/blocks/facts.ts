// Plain records that cross to the page: what the data is (sent once) and the domain's picture (sent with snapshots).

import type { DepthRule } from "./scene";

/** DataFacts.data for blocks. Training scenes first, then a person's own. */
export type BlocksData = {
  readonly kind: "blocks";
  readonly count: number;
  /** R: pixels of a side. */
  readonly side: number;
  /** Scenes whose pictures are here: the first ones (at most 200) and a person's own, which are the last of `count`. */
  readonly shown: number;
  /** [shown, thumbSide, thumbSide, 3] 0 to 255, rows from the top. */
  readonly thumbSide: number;
  readonly pixels: Uint8Array;
  /** [count, L] generating programs over the true types, -1 in the first place where nobody knows one. */
  readonly truths: Int8Array;
  /** [count, L] raw locations. */
  readonly trueRaw: Float32Array;
  /** The types that made the data; empty where nobody knows them. */
  readonly trueTypes: {
    readonly names: readonly string[];
    readonly sizes: Float32Array;
    readonly colors: Float32Array;
  };
  /** P: learned types. */
  readonly numTypes: number;
  readonly isColored: boolean;
  readonly isCuboid: boolean;
  readonly gridSide: number;
  readonly shrink: number;
  readonly depthRule: DepthRule;
  /** Edge softness, pixels; observation noise (standard deviation of a channel, 0..1 scale); shades of the renderer. */
  readonly softness: number;
  readonly noise: number;
  readonly shades: readonly [number, number, number, number, number, number];
  /** Squared error per pixel channel that well-parsed pictures stay under (upload/usualError.ts). */
  readonly usualError: number;
  /** One sentence on how a person's file became a picture, "" without one. */
  readonly note: string;
};

/** One parse of the scene on show. */
export type BlocksParse = {
  /** [L] packed. */
  readonly program: Int32Array;
  /** [L] raw locations: the best-weighted of a few draws of q(z_c | z_d, x). */
  readonly raw: Float32Array;
  /** Share among the parses of its source. */
  readonly weight: number;
  /** Estimate of log p(z_d, x), nats. */
  readonly score: number;
};

/** Snapshot.picture for blocks. */
export type BlocksPicture = {
  readonly kind: "blocks";
  readonly step: number;
  readonly selected: number;
  /** [R, R, 3] 0 to 255: the scene on show as observed. */
  readonly observed: Uint8Array;
  /** The learned types: [P, 3] sizes, [P, 3] colours; share of all blocks of best parses; 1 where a type is dead. */
  readonly types: { readonly sizes: Float32Array; readonly colors: Float32Array };
  readonly usage: Float32Array;
  readonly isDead: Uint8Array;
  /** Best first, at most five; of the memory, or drawn from the recognition model where there is none. */
  readonly parses: readonly BlocksParse[];
  readonly source: "memory" | "recogniser";
  /** [shown, L] best program of each shown scene and its raw locations; `hasProgram` 0 where there is none yet. */
  readonly programs: Int8Array;
  readonly raw: Float32Array;
  readonly hasProgram: Uint8Array;
};
