// One step of a parameter network: mean and log deviation of sixteen independent Gaussians.
// Source: HMWS specification, sections 8 and 9.

import { NUM_SLOTS } from "../program";

/** Outputs of a step: the means, then the log deviations. */
export const NUM_OUTPUTS = 2 * NUM_SLOTS;
const LEAST_LOG_STD = -7;
const MOST_LOG_STD = 3;
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** Log deviation of a slot, clamped; outputs of the step from `at` on. */
export function logStdOf(outputs: ArrayLike<number>, at: number, slot: number): number {
  return Math.min(MOST_LOG_STD, Math.max(LEAST_LOG_STD, outputs[at + NUM_SLOTS + slot]!));
}

/** False where the clamp holds a log deviation: it then has no gradient. */
export function isFreeLogStd(outputs: ArrayLike<number>, at: number, slot: number): boolean {
  const value = outputs[at + NUM_SLOTS + slot]!;
  return value >= LEAST_LOG_STD && value <= MOST_LOG_STD;
}

/** log N(value; mean, deviation) of a slot, nats. */
export function logNormal(outputs: ArrayLike<number>, at: number, slot: number, value: number): number {
  const logStd = logStdOf(outputs, at, slot);
  const noise = (value - outputs[at + slot]!) * Math.exp(-logStd);
  return -0.5 * noise * noise - logStd - HALF_LOG_TWO_PI;
}
