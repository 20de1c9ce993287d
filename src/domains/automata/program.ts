// The latent program: a rule packed into one 32-bit integer. Bit n is the output for neighbourhood n, so the integer
// is the rule number (Wolfram's, with the upper cell in the role of his left cell). Int32 storage; `>>> 0` to print.

import type { Neighbours } from "./grid";
import { numBits } from "./grid";

/** Integers per program. */
export const PROGRAM_LENGTH = 1;

/** Output of a rule for neighbourhood i. */
export function ruleBit(rule: number, i: number): number {
  return (rule >>> i) & 1;
}

/** Rule number as an unsigned integer, 0..255 or 0..2^32 - 1. */
export function ruleNumber(rule: number): number {
  return rule >>> 0;
}

/** The rule that a string of "0" and "1" spells, character n for neighbourhood n; other characters count as 0. */
export function ruleFromBits(bits: string): number {
  let rule = 0;
  for (let i = 0; i < bits.length && i < 32; i++) if (bits[i] === "1") rule |= 1 << i;
  return rule | 0;
}

/** Character n is the output for neighbourhood n: the inverse of ruleFromBits. */
export function bitsOfRule(rule: number, neighbours: Neighbours): string {
  return Array.from({ length: numBits(neighbours) }, (_, i) => ruleBit(rule, i)).join("");
}

/** Canonical printed form: "rule 110" for three neighbours, "rule 0x0f3a5c77" (eight digits) for five. */
export function printRule(rule: number, neighbours: Neighbours): string {
  const value = ruleNumber(rule);
  return neighbours === 3 ? `rule ${value}` : `rule 0x${value.toString(16).padStart(8, "0")}`;
}

/**
 * Reads "rule 110", "110", "rule 0x6e" or the number alone, in decimal or hexadecimal.
 *
 * @returns the packed rule, or one sentence that says what is wrong at which position (1-based)
 */
export function parseRule(
  text: string,
  neighbours: Neighbours,
): { ok: true; program: Int32Array } | { ok: false; message: string } {
  const lead = /^\s*(?:rule\s*)?/i.exec(text)?.[0].length ?? 0;
  const body = text.slice(lead).trimEnd();
  const largest = 2 ** numBits(neighbours) - 1;
  const allowed = `a rule number from 0 to ${largest}, such as "${printRule(110, neighbours)}"`;
  if (body === "") return { ok: false, message: `There is no number at position ${lead + 1}; write ${allowed}.` };
  const isHex = /^0x/i.test(body);
  const digits = isHex ? /[^0-9a-f]/i : /[^0-9]/;
  const wrong = digits.exec(isHex ? body.slice(2) : body);
  if (wrong) {
    const position = lead + wrong.index + (isHex ? 2 : 0) + 1;
    return { ok: false, message: `"${wrong[0]}" at position ${position} is not a digit; write ${allowed}.` };
  }
  const value = isHex && body.length === 2 ? Number.NaN : Number(body);
  if (Number.isNaN(value))
    return { ok: false, message: `There is no digit at position ${lead + 3}; write ${allowed}.` };
  if (value > largest) {
    return { ok: false, message: `The number at position ${lead + 1} is larger than ${largest}; write ${allowed}.` };
  }
  return { ok: true, program: Int32Array.of(value | 0) };
}

/** Neighbourhood i with its cells in the opposite order. */
export function mirrorIndex(i: number, neighbours: Neighbours): number {
  let mirrored = 0;
  for (let b = 0; b < neighbours; b++) mirrored |= ((i >> b) & 1) << (neighbours - 1 - b);
  return mirrored;
}

/** The rule that does top for bottom what `rule` does. */
export function mirrorRule(rule: number, neighbours: Neighbours): number {
  let mirrored = 0;
  for (let i = 0; i < numBits(neighbours); i++) mirrored |= ruleBit(rule, mirrorIndex(i, neighbours)) << i;
  return mirrored | 0;
}

/** The rule that does the same with dark and light exchanged. */
export function invertRule(rule: number, neighbours: Neighbours): number {
  const bits = numBits(neighbours);
  let inverted = 0;
  for (let i = 0; i < bits; i++) inverted |= (1 - ruleBit(rule, bits - 1 - i)) << i;
  return inverted | 0;
}

/** Number of neighbourhoods that turn dark. */
export function darkOutputs(rule: number): number {
  let left = rule >>> 0;
  let count = 0;
  while (left !== 0) {
    count += left & 1;
    left >>>= 1;
  }
  return count;
}
