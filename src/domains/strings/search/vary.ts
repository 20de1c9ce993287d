// One random small change of a program: what the teaching switch "mutations" and simple searches ask for.

import type { Programs } from "../../../engine/model";
import type { Rng } from "../../../engine/rng/rng";
import { canonicalProgram, writtenTokens } from "./canonical";
import { EDIT_KINDS, subjectOf, type Tokens } from "./edits";

/** Most kinds and places that are tried before a program is left as it is. */
const TRIES = 40;

/**
 * Each program with one random change, canonical and allowed by the syntax mask; unchanged where none was found. A kind
 * is drawn first, then the place.
 *
 * @param symbolsOf symbols of the strings that observation b has: the literals that may be put in
 */
export function varyPrograms(programs: Programs, symbolsOf: (b: number) => Tokens, rng: Rng): Programs {
  const { batchSize, numParticles, length } = programs;
  const values = programs.values.slice();
  for (let i = 0; i < numParticles * batchSize; i++) {
    const program = values.subarray(i * length, (i + 1) * length);
    const varied = varyProgram(program, symbolsOf(i % batchSize), rng);
    if (varied) program.set(varied.subarray(0, length));
  }
  return { ...programs, values };
}

/** One random change of a program, null if none was found. */
export function varyProgram(program: ArrayLike<number>, symbols: Tokens, rng: Rng): Int32Array | null {
  const subject = subjectOf(writtenTokens(program), symbols);
  const before = subject.tokens.join();
  for (let tries = 0; tries < TRIES; tries++) {
    const kind = EDIT_KINDS[rng.int(EDIT_KINDS.length)]!;
    const count = kind.count(subject);
    const made = count > 0 ? kind.make(subject, rng.int(count)) : null;
    const varied = made && canonicalProgram(made);
    if (varied && writtenTokens(varied).join() !== before) return varied;
  }
  return null;
}
