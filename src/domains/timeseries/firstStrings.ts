// What a memory starts with: M different strings of the prior for every series. Source: HMWS specification, section 2.

import { emptyPrograms, type Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { GenerativeModel } from "./generative";
import { programNumber } from "./grammar/expression";
import { drawProgram } from "./pcfg";
import { MOST_SYMBOLS } from "./program";

/** Draws per string that is looked for, and rounds of them, before the grammar steps in for a prior that repeats itself. */
const DRAWS = 4;
const MOST_ROUNDS = 10;

/** [M, B, L], all present. */
export async function firstStrings(
  generative: GenerativeModel,
  batchSize: number,
  memorySize: number,
  rng: Rng,
): Promise<{ readonly programs: Programs; readonly present: Uint8Array }> {
  const found = Array.from({ length: batchSize }, () => new Map<number, Int32Array>());
  for (let round = 0; round < MOST_ROUNDS && found.some(({ size }) => size < memorySize); round++) {
    const drawn = await generative.sampleStrings(DRAWS * memorySize * batchSize, rng.fork(round));
    for (let i = 0; i < drawn.batchSize; i++) {
      const own = found[i % batchSize]!;
      const program = drawn.values.subarray(i * MOST_SYMBOLS, (i + 1) * MOST_SYMBOLS);
      if (own.size < memorySize) own.set(programNumber(program), program);
    }
  }
  const grammar = rng.fork("grammar");
  const programs = emptyPrograms(memorySize, batchSize, MOST_SYMBOLS);
  for (const [b, own] of found.entries()) {
    while (own.size < memorySize) {
      const program = drawProgram(grammar);
      own.set(programNumber(program), program);
    }
    for (const [m, program] of [...own.values()].entries()) {
      programs.values.set(program, (m * batchSize + b) * MOST_SYMBOLS);
    }
  }
  return { programs, present: new Uint8Array(memorySize * batchSize).fill(1) };
}
