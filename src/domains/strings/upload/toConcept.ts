// Usable cells of a column -> a concept: five to learn from, up to five held out, drawn with a seed.

import { Rng } from "../../../engine/rng/rng";
import type { Concept } from "../concepts";
import { Dice } from "../data/dice";
import type { CleanColumn } from "./clean";

const NUM_TRAIN = 5;
const NUM_HELD_OUT = 5;

/** The concept of a column with at least five usable cells. With exactly five, all are learned from, in their order. */
export function conceptOf(column: CleanColumn, seed: number): Concept {
  const { usable, source } = column;
  const dice = new Dice(new Rng(seed).fork("columns").fork(source.number));
  const order =
    usable.length > NUM_TRAIN ? drawn(dice, usable.length, NUM_TRAIN + NUM_HELD_OUT) : usable.map((_, i) => i);
  const texts = (chosen: readonly number[]) => [...chosen].sort((a, b) => a - b).map((index) => usable[index] ?? "");
  return {
    name: source.name,
    strings: texts(order.slice(0, NUM_TRAIN)),
    heldOut: texts(order.slice(NUM_TRAIN)),
    pattern: null,
  };
}

/** `count` distinct indices below `size` in random order: the first steps of a shuffle. */
function drawn(dice: Dice, size: number, count: number): number[] {
  const indices = Array.from({ length: size }, (_, i) => i);
  const steps = Math.min(size, count);
  for (let i = 0; i < steps; i++) {
    const j = i + dice.below(size - i);
    const held = indices[i] ?? 0;
    indices[i] = indices[j] ?? 0;
    indices[j] = held;
  }
  return indices.slice(0, steps);
}
