// A quick estimate of log p_theta(z): linear in counts of kinds of tokens, fitted while programs are scored by the real
// prior (recursive least squares). It decides only which candidates the LSTM is asked about, never what is reported.

import { END, FIRST_CLASS, leafOf, NUM_TOKENS, OR, STAR } from "../tokens";

const LEAVES = ["d", "u", "l", "s", "p"] as const;
/** Constant; literals by leaf; the six classes; the six operators; same token again; literal after literal; length squared. */
const SIZE = 1 + LEAVES.length + (STAR - FIRST_CLASS) + (END - STAR) + 3;
const SAME = SIZE - 3;
const LITERAL_PAIR = SIZE - 2;
const LENGTH_SQUARED = SIZE - 1;

/** Feature of each token id. */
const FEATURE = Int32Array.from({ length: NUM_TOKENS }, (_, token) => {
  if (token < FIRST_CLASS) return 1 + LEAVES.indexOf(leafOf(token));
  return token < END ? 1 + LEAVES.length + token - FIRST_CLASS : 0;
});

/** Nats at the start, before anything has been scored. */
const FIRST_GUESS = Float64Array.from({ length: SIZE }, (_, i) => {
  if (i === 0) return -1;
  if (i <= LEAVES.length) return -4.5;
  if (i <= LEAVES.length + STAR - FIRST_CLASS) return -2.3;
  if (i < SAME) return i === FEATURE[OR] ? -3.5 : -2.5;
  return i === SAME ? 1.5 : i === LITERAL_PAIR ? 1 : 0;
});
/** How far each weight may be from the first guess, as a variance, against residuals of variance NOISE. */
const SPREAD = 4;
const NOISE = 4;

export class StandInPrior {
  private readonly weights = FIRST_GUESS.slice();
  private readonly covariance = Float64Array.from({ length: SIZE * SIZE }, (_, i) => (i % (SIZE + 1) ? 0 : SPREAD));
  private readonly gain = new Float64Array(SIZE);

  /** Estimate of log p_theta(program), nats. */
  estimate(program: ArrayLike<number>): number {
    const features = featuresOf(program);
    let sum = 0;
    for (let i = 0; i < SIZE; i++) sum += this.weights[i]! * features[i]!;
    return sum;
  }

  /** Fits to one program and what the prior says of it. */
  learn(program: ArrayLike<number>, logPrior: number): void {
    if (!Number.isFinite(logPrior)) return;
    const features = featuresOf(program);
    const { gain, covariance, weights } = this;
    let scale = NOISE;
    let residual = logPrior;
    for (let i = 0; i < SIZE; i++) {
      let sum = 0;
      for (let j = 0; j < SIZE; j++) sum += covariance[i * SIZE + j]! * features[j]!;
      gain[i] = sum;
      scale += sum * features[i]!;
      residual -= weights[i]! * features[i]!;
    }
    for (let i = 0; i < SIZE; i++) {
      const step = gain[i]! / scale;
      weights[i] = weights[i]! + step * residual;
      for (let j = 0; j < SIZE; j++) covariance[i * SIZE + j] = covariance[i * SIZE + j]! - step * gain[j]!;
    }
  }
}

const FEATURES = new Float64Array(SIZE);

/** Counts in a shared array, good until the next call. */
function featuresOf(program: ArrayLike<number>): Float64Array {
  FEATURES.fill(0);
  FEATURES[0] = 1;
  let length = 0;
  for (; length < program.length && program[length] !== END; length++) {
    const token = program[length]!;
    const feature = FEATURE[token] ?? 1;
    FEATURES[feature] = FEATURES[feature]! + 1;
    if (length === 0) continue;
    const before = program[length - 1]!;
    if (before === token) FEATURES[SAME] = FEATURES[SAME]! + 1;
    else if (before < FIRST_CLASS && token < FIRST_CLASS) FEATURES[LITERAL_PAIR] = FEATURES[LITERAL_PAIR]! + 1;
  }
  FEATURES[LENGTH_SQUARED] = (length * length) / 100;
  return FEATURES;
}
