// Distinct programs to start a memory with: from the recognition network, topped up from the prior, then by enumeration.
// Source: MWS spec 1.3. Redrawing whole sets until all differ, as published, practically never ends for a peaked q.

import { emptyPrograms, type Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import { enumeration } from "./enumeration";
import { sampleClustering } from "./generative";
import { type RecognitionPass, sampleProgram } from "./recognition";

/** Draws from q and from the prior are each capped at this many per wanted member, plus ATTEMPTS_EXTRA. */
const ATTEMPTS_PER_MEMBER = 10;
const ATTEMPTS_EXTRA = 50;

/**
 * Up to M distinct programs per row of a pass, [M, B, 1]; fewer only if M exceeds the 877 clusterings.
 *
 * @returns `present` [M, B]: 0 marks a missing member
 */
export function firstPrograms(
  pass: RecognitionPass,
  memorySize: number,
  rng: Rng,
): { programs: Programs; present: Uint8Array } {
  const batchSize = pass.rows.length;
  const programs = emptyPrograms(memorySize, batchSize, 1);
  const present = new Uint8Array(memorySize * batchSize);
  for (let b = 0; b < batchSize; b++) {
    const found = new Set<number>();
    const cap = ATTEMPTS_PER_MEMBER * memorySize + ATTEMPTS_EXTRA;
    for (let i = 0; i < cap && found.size < memorySize; i++) found.add(sampleProgram(pass, b, rng));
    for (let i = 0; i < cap && found.size < memorySize; i++) found.add(sampleClustering(rng));
    for (const program of enumeration().programs) {
      if (found.size >= memorySize) break;
      found.add(program);
    }
    let m = 0;
    for (const program of found) {
      programs.values[m * batchSize + b] = program;
      present[m * batchSize + b] = 1;
      m++;
    }
  }
  return { programs, present };
}
