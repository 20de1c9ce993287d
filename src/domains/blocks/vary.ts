// Programs with one small change (option "mutations"): a block more or less, one of another type, or two towers exchanged.
// Every scene can be reached from every other by such changes. Extra candidates for a memory; the paper has none.

import { emptyPrograms, type Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { heightOf, MOST_LEVELS } from "./program";

type Change = (program: Int32Array, numTypes: number, rng: Rng) => void;

/** Each program [K, B, L] changed once, same shape, each with random numbers of its own. */
export function varyPrograms({ values, numParticles, batchSize, length }: Programs, numTypes: number, rng: Rng) {
  const changed = emptyPrograms(numParticles, batchSize, length);
  changed.values.set(values);
  for (let from = 0; from < values.length; from += length) {
    const own = rng.fork(from / length);
    const program = changed.values.subarray(from, from + length);
    pick(changesOf(program, numTypes), own)(program, numTypes, own);
  }
  return changed;
}

/** Those that change this scene: an empty one only grows, a full one does not. */
function changesOf(program: Int32Array, numTypes: number): readonly Change[] {
  const heights = cells(program).map((from) => heightOf(program, from));
  const isEmpty = heights.every((height) => height === 0);
  const isFull = heights.every((height) => height === MOST_LEVELS);
  return [
    ...(isFull ? [] : [add]),
    ...(isEmpty ? [] : [remove]),
    ...(isEmpty || numTypes === 1 ? [] : [retype]),
    ...(isEmpty || heights.length === 1 ? [] : [move]),
  ];
}

/** On the ground, between two blocks or on top. */
function add(program: Int32Array, numTypes: number, rng: Rng): void {
  const free = cells(program).filter((from) => heightOf(program, from) < MOST_LEVELS);
  const from = pick(free, rng);
  const at = from + rng.int(heightOf(program, from) + 1);
  program.copyWithin(at + 1, at, from + MOST_LEVELS - 1);
  program[at] = 1 + rng.int(numTypes);
}

/** Those above come down. */
function remove(program: Int32Array, _numTypes: number, rng: Rng): void {
  const at = pick(blocks(program), rng);
  const end = at - (at % MOST_LEVELS) + MOST_LEVELS;
  program.copyWithin(at, at + 1, end);
  program[end - 1] = 0;
}

/** Never the same type. */
function retype(program: Int32Array, numTypes: number, rng: Rng): void {
  const at = pick(blocks(program), rng);
  program[at] = 1 + ((program[at]! + rng.int(numTypes - 1)) % numTypes);
}

/** A tower and what stands in another cell, perhaps nothing, exchange places. */
function move(program: Int32Array, _numTypes: number, rng: Rng): void {
  const block = pick(blocks(program), rng);
  const from = block - (block % MOST_LEVELS);
  const to = pick(
    cells(program).filter((cell) => cell !== from),
    rng,
  );
  const tower = program.slice(from, from + MOST_LEVELS);
  program.copyWithin(from, to, to + MOST_LEVELS);
  program.set(tower, to);
}

const pick = <Item>(items: readonly Item[], rng: Rng): Item => items[rng.int(items.length)]!;

/** First place of each cell. */
const cells = (program: Int32Array): number[] =>
  Array.from({ length: program.length / MOST_LEVELS }, (_, cell) => cell * MOST_LEVELS);

const blocks = (program: Int32Array): number[] => Array.from(program.keys()).filter((at) => program[at]! > 0);
