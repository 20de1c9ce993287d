// Probabilities of proposed bits from raw logits, with the two remedies against collapse of the recogniser:
// P(bit = 1) = delta + (1 - 2 delta) sigmoid(B tanh(l / B)). One expression for sampling, scoring and gradients.
// Source: automata specification, section 5, remedies 2 and 3.

import { sigmoid, softplus } from "../../engine/dists/logs";

export type BitLawOptions = {
  /** delta: least probability of either value; 0 is off. */
  readonly floor: number;
  /** B: largest absolute logit; 0 is off. */
  readonly bound: number;
};

/** Tables for a batch of raw logits, [B, 2^k] each. */
export type BitTables = {
  /** P(bit = 1) */
  readonly probability: Float64Array;
  readonly logOn: Float64Array;
  readonly logOff: Float64Array;
  /** d log P(bit = 1) / d logit and d log P(bit = 0) / d logit. */
  readonly slopeOn: Float64Array;
  readonly slopeOff: Float64Array;
};

/** Probabilities, their logs (nats) and their derivatives with respect to the raw logits. */
export function bitTables(logits: ArrayLike<number>, { floor, bound }: BitLawOptions): BitTables {
  const size = logits.length;
  const tables: BitTables = {
    probability: new Float64Array(size),
    logOn: new Float64Array(size),
    logOff: new Float64Array(size),
    slopeOn: new Float64Array(size),
    slopeOff: new Float64Array(size),
  };
  for (let i = 0; i < size; i++) {
    const raw = logits[i]!;
    const squashed = bound > 0 ? Math.tanh(raw / bound) : 0;
    const logit = bound > 0 ? bound * squashed : raw;
    const inner = 1 - squashed * squashed;
    const p = sigmoid(logit);
    if (floor === 0) {
      tables.probability[i] = p;
      tables.logOn[i] = -softplus(-logit);
      tables.logOff[i] = -softplus(logit);
      tables.slopeOn[i] = inner * sigmoid(-logit);
      tables.slopeOff[i] = -inner * p;
    } else {
      const on = floor + (1 - 2 * floor) * p;
      const steep = inner * (1 - 2 * floor) * p * sigmoid(-logit);
      tables.probability[i] = on;
      tables.logOn[i] = Math.log(on);
      tables.logOff[i] = Math.log1p(-on);
      tables.slopeOn[i] = steep / on;
      tables.slopeOff[i] = -steep / (1 - on);
    }
  }
  return tables;
}
