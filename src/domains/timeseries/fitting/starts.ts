// Where a search for the parameters of an expression begins: periods close enough to each other that one of them lies in
// the basin of the best, and two amounts of noise.

import { type ParameterScheme, PERIOD_INTERVALS } from "../parameters";
import { CONTINUOUS_LENGTH, NUM_POINTS, NUM_SLOTS, SPACING, SYMBOL } from "../program";

/** Cycles over the series between two starts of a period: the basin around the best one is about two cycles wide. */
const CYCLES = 0.6;
/** Raw variances of noise: as large as the rest, and small. */
const NOISE_STARTS = [0, -2.5];
/** Periods of the narrow scheme, which hardly differ. */
const NARROW_STARTS = 3;
const MOST_STARTS = 96;

/** Slots of the periods of PER1 to PER4. */
const periodSlot = (symbol: number): number => 3 * (symbol - SYMBOL.periodic) + 4;
const isRhythm = (symbol: number): boolean => symbol >= SYMBOL.periodic && symbol < SYMBOL.constant;

/**
 * All starts of an expression: periods and variances of noise in every combination, up to MOST_STARTS; the other raw
 * numbers are 0.
 *
 * @param atoms symbols of its base kernels, in order
 * @returns raw numbers, [CONTINUOUS_LENGTH] each
 */
export function startsOf(atoms: Uint8Array, scheme: ParameterScheme): Float64Array[] {
  const counts = countsOf(atoms, scheme);
  let all: Float64Array[] = [new Float64Array(CONTINUOUS_LENGTH)];
  for (const [i, symbol] of atoms.entries()) {
    if (!isRhythm(symbol) && symbol !== SYMBOL.whiteNoise) continue;
    const slot = NUM_SLOTS * i + (isRhythm(symbol) ? periodSlot(symbol) : 0);
    const from = isRhythm(symbol) ? periodStarts(symbol, counts[i] ?? 1, scheme) : NOISE_STARTS;
    if (all.length * from.length > MOST_STARTS) break;
    all = from.flatMap((start) => all.map((raw) => withRaw(raw, slot, start)));
  }
  return all;
}

/** Starts of each rhythm: as many as it needs, the most numerous ones cut down until all combinations are few enough. */
function countsOf(atoms: Uint8Array, scheme: ParameterScheme): number[] {
  const counts = Array.from(atoms, (symbol) => (isRhythm(symbol) ? startsNeeded(symbol, scheme) : 1));
  const noises = atoms.filter((symbol) => symbol === SYMBOL.whiteNoise).length;
  const most = Math.max(1, MOST_STARTS / NOISE_STARTS.length ** noises);
  while (counts.reduce((product, count) => product * count, 1) > most) {
    const largest = counts.indexOf(Math.max(...counts));
    counts[largest] = (counts[largest] ?? 1) - 1;
  }
  return counts;
}

function startsNeeded(symbol: number, scheme: ParameterScheme): number {
  if (scheme.kind === "narrow") return NARROW_STARTS;
  const [fewest, most] = cyclesOf(symbol);
  return Math.ceil((most - fewest) / CYCLES);
}

/** Fewest and most cycles over the series that a rhythm can have. */
function cyclesOf(symbol: number): readonly [number, number] {
  const [low, high] = PERIOD_INTERVALS[symbol - SYMBOL.periodic] ?? [1, 1];
  const span = (NUM_POINTS - 1) * SPACING;
  return [span / high, span / low];
}

/** Raw numbers of periods, evenly spread in cycles over the series (wide), or over their interval. */
function periodStarts(symbol: number, count: number, scheme: ParameterScheme): number[] {
  const parts = Array.from({ length: count }, (_, i) => (i + 0.5) / count);
  if (scheme.kind === "narrow") return parts.map(logit);
  const [low, high] = PERIOD_INTERVALS[symbol - SYMBOL.periodic] ?? [1, 1];
  const [fewest, most] = cyclesOf(symbol);
  const span = (NUM_POINTS - 1) * SPACING;
  return parts.map((part) => logit((span / (fewest + part * (most - fewest)) - low) / (high - low)));
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}

function withRaw(raw: Float64Array, slot: number, value: number): Float64Array {
  const changed = raw.slice();
  changed[slot] = value;
  return changed;
}
