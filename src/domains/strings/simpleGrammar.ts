// The fixed simple grammar of the start-up, and the programs that support everything: what exists before anything is
// learned. Source: strings specification, section 9, start-up.

import type { Rng } from "../../engine/rng/rng";
import { PROGRAM_LENGTH, packTokens } from "./program";
import { CLOSE, FIRST_CLASS, leafOf, OPEN, OPTIONAL, OR, PLUS, SIGMA, STAR } from "./tokens";

const CLASS_SHARE = 0.6;
const PUNCTUATION_SHARE = 0.4;
/** Elements of a program are 1 + geometric(0.2): 5 on average. */
const STOP = 0.2;
/** Of a bracketed group 1 + geometric(0.4): 2.5 on average (choice). */
const STOP_IN_GROUP = 0.4;
const POSTFIX_SHARE = 0.15;
const GROUP_SHARE = 0.05;
const OR_SHARE = 0.03;

const PUNCTUATION = SIGMA.flatMap((_, symbol) => (leafOf(symbol) === "p" ? [symbol] : []));
/** Letters, digits and the space; TAB is left to learning. */
const PLAIN = SIGMA.flatMap((character, symbol) => (leafOf(symbol) !== "p" && character !== "\t" ? [symbol] : []));

/**
 * One program [L]: atoms (class 60 %, literal 40 %, of which punctuation 40 %), a postfix after 15 % of the atoms, 5 %
 * bracketed groups, a `|` between 3 % of neighbours. A group always repeats or is optional (choice: else its brackets
 * would mean nothing). Redrawn while it is too long.
 */
export function simpleProgram(rng: Rng): Int32Array {
  for (;;) {
    const tokens = sequence(rng, STOP, false);
    if (tokens.length < PROGRAM_LENGTH) return packTokens(tokens);
  }
}

function sequence(rng: Rng, stop: number, isInGroup: boolean): number[] {
  const tokens: number[] = [];
  do {
    if (tokens.length > 0 && rng.uniform() < OR_SHARE) tokens.push(OR);
    if (!isInGroup && rng.uniform() < GROUP_SHARE) {
      tokens.push(OPEN, ...sequence(rng, STOP_IN_GROUP, true), CLOSE, postfix(rng));
      continue;
    }
    tokens.push(atom(rng));
    if (rng.uniform() < POSTFIX_SHARE) tokens.push(postfix(rng));
  } while (rng.uniform() >= stop);
  return tokens;
}

function atom(rng: Rng): number {
  if (rng.uniform() < CLASS_SHARE) return FIRST_CLASS + rng.int(STAR - FIRST_CLASS);
  const pool = rng.uniform() < PUNCTUATION_SHARE ? PUNCTUATION : PLAIN;
  return pool[rng.int(pool.length)]!;
}

const postfix = (rng: Rng): number => [STAR, PLUS, OPTIONAL][rng.int(3)]!;

const DOT = FIRST_CLASS;
const REPEATS = { "+": PLUS, "*": STAR, "?": OPTIONAL } as const;
type Repeat = keyof typeof REPEATS;
/** `.+`, `.*`, `.*.?`, `.?.+`, ...: the specification's order as far as it goes. */
const FIRST: readonly string[] = ["+", "*", "*?", "?+", "+?", "?*", "**"];

/** The first `count` programs that support every string of one symbol of Sigma or more, all different, [count][L]. */
export function universalPrograms(count: number): readonly Int32Array[] {
  const found = FIRST.slice(0, count);
  for (let dots = 2; found.length < count; dots++) {
    for (const repeats of combinations(dots)) {
      if (found.length < count && !found.includes(repeats) && isUniversal(repeats)) found.push(repeats);
    }
  }
  // The cast: the strings above are made of the keys of REPEATS.
  return found.map((repeats) => packTokens([...repeats].flatMap((repeat) => [DOT, REPEATS[repeat as Repeat]])));
}

/** At least one unbounded dot, and at most one that must be there. */
function isUniversal(repeats: string): boolean {
  return /[*+]/.test(repeats) && repeats.split("+").length <= 2;
}

function combinations(dots: number): string[] {
  if (dots === 0) return [""];
  return combinations(dots - 1).flatMap((head) => [`${head}*`, `${head}?`, `${head}+`]);
}

/** `.*`, which supports every string of symbols of Sigma. */
export const anythingProgram = (): Int32Array => packTokens([DOT, STAR]);
