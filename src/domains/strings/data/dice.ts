// Integer-only random draws for the generator: every value comes from 32-bit words by rejection, so the data are the
// same on every machine. Source: strings specification, section 10.2.

import type { Rng } from "../../../engine/rng/rng";

const TWO_TO_32 = 2 ** 32;
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = UPPER.toLowerCase();
/** First digits of amounts in nature, per mille. Source: Benford's law. */
const LEADING_DIGIT = [301, 176, 125, 97, 79, 67, 58, 51, 46];
/** 27720 / rank, whole: weights of the first sixty ranks. */
const RANK_WEIGHTS = Array.from({ length: 60 }, (_, rank) => Math.floor(27720 / (rank + 1)));

/** Draws from one stream. */
export class Dice {
  constructor(private readonly rng: Rng) {}

  /** Uniform integer in [0, n), exactly: words past the last whole multiple of n are drawn again. 1 <= n <= 2^32. */
  below(n: number): number {
    const limit = TWO_TO_32 - (TWO_TO_32 % n);
    let word = this.rng.uint32();
    while (word >= limit) word = this.rng.uint32();
    return word % n;
  }

  /** Uniform integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True in `percent` of 100 draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T; // values is never empty
  }

  /** Index in proportion to non-negative integer weights, of the first `count` of them. */
  weighted(weights: readonly number[], count = weights.length): number {
    let total = 0;
    for (let i = 0; i < count; i++) total += weights[i] ?? 0;
    let left = this.below(total);
    for (let i = 0; i < count; i++) {
      left -= weights[i] ?? 0;
      if (left < 0) return i;
    }
    return count - 1;
  }

  /** One of at most sixty values, the first most often: weight 1 / rank. */
  ranked<T>(values: readonly T[]): T {
    return values[this.weighted(RANK_WEIGHTS, values.length)] as T; // an index below the length
  }

  /** `count` uniform digits, leading zeros included. */
  digits(count: number): string {
    return this.from("0123456789", count);
  }

  /** A whole number of `count` digits whose first digit is skewed as in real amounts. */
  amount(count: number): string {
    return `${this.weighted(LEADING_DIGIT) + 1}${this.digits(count - 1)}`;
  }

  upper(count = 1): string {
    return this.from(UPPER, count);
  }

  lower(count = 1): string {
    return this.from(LOWER, count);
  }

  /** `count` independent symbols of `symbols`. */
  from(symbols: string, count = 1): string {
    let text = "";
    for (let i = 0; i < count; i++) text += symbols.charAt(this.below(symbols.length));
    return text;
  }

  /** Shuffles in place (Fisher-Yates). */
  shuffle<T>(values: T[]): T[] {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = values[i] as T;
      values[i] = values[j] as T;
      values[j] = held;
    }
    return values;
  }
}

/** The number with zeros in front, up to `width` digits. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
