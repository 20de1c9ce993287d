// Plain records that cross to the page: what the data is (sent once) and the domain's picture (sent with snapshots).

import type { Boundary, Neighbours } from "./grid";

/** DataFacts.data for automata. Training pictures first, then a person's own. */
export type AutomataData = {
  readonly kind: "automata";
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly neighbours: Neighbours;
  /** Boundary of the generated pictures. */
  readonly boundary: Boundary;
  readonly epsilon: number;
  /** [count, height * width] of 0 and 1. */
  readonly pixels: Uint8Array;
  /** [count] 1 = wrap, 0 = zero. */
  readonly isWrapped: Uint8Array;
  /** [count] the rule that made the picture; meaningless where `isKnown` is 0. */
  readonly rules: Int32Array;
  readonly isKnown: Uint8Array;
  /** [count] visited neighbourhoods, bit i for neighbourhood i. */
  readonly visited: Int32Array;
  /** [count] majority rule: the closed-form optimum under a uniform prior. */
  readonly majority: Int32Array;
  /** phi of the majority rules: the least any method can reach. */
  readonly leastNoise: number;
  /** One sentence on how a person's file became a picture, "" without one. */
  readonly note: string;
};

/** Snapshot.picture for automata. */
export type AutomataPicture = {
  readonly kind: "automata";
  readonly step: number;
  readonly selected: number;
  /** Learned noise level. */
  readonly phi: number;
  /** Where the best rules come from. */
  readonly source: "memory" | "recogniser";
  /** [count] best rule of each training picture; meaningless where `hasRule` is 0. */
  readonly rules: Int32Array;
  readonly hasRule: Uint8Array;
  /** [count] disagreeing transitions under the best rule. */
  readonly mismatches: Int32Array;
  /** height * (width - 1) */
  readonly transitions: number;
  /** [2^k] for the selected picture: exact posterior P(bit = 1 | x) at the learned noise and prior. */
  readonly posteriorExact: Float32Array;
  /** [2^k] the recognition model's P(bit = 1). */
  readonly posteriorRecogniser: Float32Array;
  /** [2^k] prior P(bit = 1); for the LSTM prior along the most probable path. */
  readonly prior: Float32Array;
  /** exact log p(x) of the selected picture, nats; NaN where it is not known in closed form. */
  readonly logPxExact: number;
};
