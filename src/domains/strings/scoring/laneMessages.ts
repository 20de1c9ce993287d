// What the training worker and its scoring lanes say to each other: plain records of typed arrays, strings sent once.

/** Programs to score against sets of encoded strings. */
export type ScoreBatch = {
  /** [N, L] */
  readonly tokens: Int32Array;
  /** [N] the strings of each program: from[n] to to[n] - 1. */
  readonly from: Int32Array;
  readonly to: Int32Array;
};

export type LaneRequest =
  | { readonly kind: "strings"; readonly set: number; readonly symbols: Int32Array; readonly offsets: Int32Array }
  | { readonly kind: "score"; readonly set: number; readonly logits: Float64Array; readonly batch: ScoreBatch };

/** "ready" once after the start, then one answer per "score", in order. */
export type LaneAnswer = { readonly kind: "ready" } | { readonly kind: "scored"; readonly logProb: Float64Array };

/** A worker or thread that scores. */
export interface Lane {
  post(request: LaneRequest): void;
  /** Keeps the process alive while true, as long as an answer is awaited; web workers need no such care. */
  hold(isAwaited: boolean): void;
  terminate(): void;
}

/** How a lane reports back. */
export type LaneEvents = { readonly onAnswer: (answer: LaneAnswer) => void; readonly onFailure: () => void };

/** Starts a lane; null where workers cannot be had. */
export type StartLane = (events: LaneEvents) => Lane | null;
