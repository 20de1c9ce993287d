// The sum over all derivations straight from the definition of the language: each part of a program turns a vector
// "weight of having made the first t symbols" into the next. The reference of bench/strings.ts and of the exact tests.

import type { EvaluatorNumbers } from "../src/domains/strings/scoring/numbers";
import type { SyntaxTree } from "../src/domains/strings/syntaxTree";
import { CLASS_NAMES, SIGMA } from "../src/domains/strings/tokens";

/** Rounds of a loop end where what goes on is this small beside what has come out. */
const NEGLIGIBLE = 1e-18;

/** log p(characters | tree), nats. */
export function recursiveLogProb(tree: SyntaxTree, numbers: EvaluatorNumbers, characters: readonly string[]): number {
  const start = Array.from({ length: characters.length + 1 }, (_, t) => (t === 0 ? 1 : 0));
  return Math.log(after(tree, numbers, characters, start)[characters.length]!);
}

type Vector = readonly number[];

function after(tree: SyntaxTree, numbers: EvaluatorNumbers, characters: readonly string[], before: Vector): Vector {
  const next = (part: SyntaxTree, vector: Vector) => after(part, numbers, characters, vector);
  switch (tree.kind) {
    case "literal":
      return emit(before, characters, (character) => (character === tree.character ? 1 : 0));
    case "class": {
      const row = CLASS_NAMES.indexOf(tree.name) * (SIGMA.length + 1);
      const chance = (character: string) => {
        const symbol = SIGMA.indexOf(character);
        return symbol < 0 ? 0 : numbers.tables[row + symbol]!;
      };
      return emit(before, characters, chance);
    }
    case "sequence":
      return tree.parts.reduce((vector, part) => next(part, vector), before);
    case "choice":
      return mix(numbers.altLeft, next(tree.left, before), next(tree.right, before));
    case "optional":
      return mix(numbers.optKeep, next(tree.part, before), before);
    case "star":
      return loop(numbers.starStop, before, (vector) => next(tree.part, vector));
    case "plus":
      return loop(numbers.plusStop, next(tree.part, before), (vector) => next(tree.part, vector));
  }
}

function emit(before: Vector, characters: readonly string[], chance: (character: string) => number): Vector {
  return before.map((_, t) => {
    const weight = t === 0 ? 0 : before[t - 1]!;
    return weight > 0 ? weight * chance(characters[t - 1]!) : 0;
  });
}

function mix(share: number, left: Vector, right: Vector): Vector {
  return left.map((value, t) => share * value + (1 - share) * right[t]!);
}

/** Stop now, or one more round: the rounds are added up until what is left no longer counts. */
function loop(stop: number, before: Vector, round: (vector: Vector) => Vector): Vector {
  let going = before;
  let out = before.map((value) => stop * value);
  while (going.some((value, t) => value * (1 - stop) > NEGLIGIBLE * out[t]!)) {
    going = round(going).map((value) => (1 - stop) * value);
    out = out.map((value, t) => value + stop * going[t]!);
  }
  return out;
}
