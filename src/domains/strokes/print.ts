// Programs as text: stroke numbers in writing order, in brackets where the pen is up. "(17) 3 22 (5) 9 0 0 (1) (1) 4"

import type { OptionValues } from "../../engine/options";
import { isDown, NUM_STROKES, NUM_TOKENS, packToken, strokeOf } from "./program";

/** One token: the stroke's number, in brackets for a move with the pen up. */
export const printToken = (token: number): string => (isDown(token) ? `${strokeOf(token)}` : `(${strokeOf(token)})`);

/** The canonical text of a program. */
export const printProgram = (program: ArrayLike<number>): string => Array.from(program, printToken).join(" ");

type Parsed = { ok: true; program: Int32Array } | { ok: false; message: string };

/** The inverse of printProgram, or one sentence that says what is wrong where. */
export function parseProgram(text: string, options: OptionValues): Parsed {
  const strokes = Number(options.strokes ?? NUM_STROKES);
  const words = text.trim().split(/[\s,]+/);
  if (words.length !== NUM_TOKENS || words[0] === "") {
    const given = words[0] === "" ? 0 : words.length;
    return fail(`A program has ${NUM_TOKENS} strokes, this one has ${given}.`);
  }
  const program = new Int32Array(NUM_TOKENS);
  for (const [t, word] of words.entries()) {
    const [, up, down] = /^(?:\((\d+)\)|(\d+))$/.exec(word) ?? [];
    const stroke = Number(up ?? down ?? -1);
    if (stroke < 0 || stroke >= strokes) {
      return fail(
        `Stroke ${t + 1} is "${word}"; allowed: a number from 0 to ${strokes - 1}, in brackets with the pen up.`,
      );
    }
    if (t === 0 && down !== undefined) {
      return fail(`Stroke 1 is "${word}"; the first one moves the pen without drawing: write (${word}).`);
    }
    program[t] = packToken(stroke, down !== undefined);
  }
  return { ok: true, program };
}

function fail(message: string): Parsed {
  return { ok: false, message };
}
