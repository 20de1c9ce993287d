// Draws strings of a program by walking its position automaton, where rounds that emit nothing cost no steps.
// Redrawing a string that is too long is replaced, after some tries, by drawing among the short ones directly: the same
// distribution, and no program can hold it up.

import type { Rng } from "../../../engine/rng/rng";
import { decodeSymbols } from "./encode";
import type { Compiled } from "./forward";
import { type EvaluatorNumbers, TABLE_SIZE } from "./numbers";

/** Redraws before every step takes into account how likely the rest stays short. */
export const MOST_REDRAWS = 20;

/**
 * A string of at most `maxSymbols` symbols (or of the program's shortest length, where that is more), with its
 * probability given that it is no longer.
 * @returns `redraws`: longer strings thrown away before it, at most MOST_REDRAWS
 */
export function sampleString(
  compiled: Compiled,
  numbers: EvaluatorNumbers,
  rng: Rng,
  maxSymbols: number,
): { readonly text: string; readonly redraws: number } {
  const most = Math.max(maxSymbols, compiled.topology.minLength);
  for (let redraws = 0; redraws < MOST_REDRAWS; redraws++) {
    const text = walk(compiled, numbers, rng, most, null);
    if (text !== null) return { text, redraws };
  }
  const text = walk(compiled, numbers, rng, most, shortEndings(compiled, most));
  return { text: text ?? "", redraws: MOST_REDRAWS };
}

/** One walk; null once it is longer than `most`. With `endings`, walks among those that are not. */
function walk(
  compiled: Compiled,
  numbers: EvaluatorNumbers,
  rng: Rng,
  most: number,
  endings: readonly Float64Array[] | null,
): string | null {
  const { numAtoms, emit } = compiled.topology;
  const onward = new Float64Array(numAtoms + 1);
  const symbols: number[] = [];
  let at = -1;
  while (symbols.length <= most) {
    fillOnward(compiled, at, onward);
    const left = most - symbols.length;
    for (let j = 0; endings && j < numAtoms; j++) onward[j]! *= left > 0 ? endings[left - 1]![j]! : 0;
    at = rng.categorical(onward);
    if (at === numAtoms || at < 0) return decodeSymbols(symbols, 0, symbols.length);
    const emitted = emit[at]!;
    symbols.push(emitted >= 0 ? emitted : rng.categorical(numbers.tables, ~emitted * TABLE_SIZE, TABLE_SIZE));
  }
  return null;
}

/** Probabilities of what follows position `at` (-1: the start): each position, and last the end. */
function fillOnward({ topology, weights }: Compiled, at: number, onward: Float64Array): void {
  const { numAtoms, start, source } = topology;
  onward.fill(0);
  onward[numAtoms] = at < 0 ? weights.empty : weights.last[at]!;
  for (let j = 0; j < numAtoms; j++) {
    if (at < 0) onward[j] = weights.first[j]!;
    else
      for (let edge = start[j]!; edge < start[j + 1]!; edge++)
        if (source[edge] === at) onward[j] = weights.follow[edge]!;
  }
}

/** Entry [r][i]: probability that at most r symbols come after position i, r = 0 to most - 1. */
function shortEndings({ topology, weights }: Compiled, most: number): readonly Float64Array[] {
  const { numAtoms, start, source } = topology;
  const endings = [weights.last];
  while (endings.length < most) {
    const before = endings[endings.length - 1]!;
    const next = weights.last.slice();
    for (let j = 0; j < numAtoms; j++)
      for (let edge = start[j]!; edge < start[j + 1]!; edge++)
        next[source[edge]!]! += weights.follow[edge]! * before[j]!;
    endings.push(next);
  }
  return endings;
}
