// What memories start with: programs for any strings, or guesses read off the concept's own; and ten strings a concept.

import { describe, expect, it } from "vitest";
import { printProgram } from "../../../src/domains/strings/print";
import { PROGRAM_LENGTH } from "../../../src/domains/strings/program";
import { universalPrograms } from "../../../src/domains/strings/simpleGrammar";
import { Rng } from "../../../src/engine/rng/rng";
import { buildStrings, firstConcepts } from "../../helpers/strings";

const M = 5;

async function firstMemory(firstMemory: "universal" | "empty" | "guessed") {
  const instance = await buildStrings({ firstMemory });
  const batch = firstConcepts(instance, 3);
  const { programs, present } = await instance.model.firstPrograms(batch, M, new Rng(2));
  const { logLikelihood } = await instance.model.score(batch, programs);
  const texts = Array.from({ length: 3 }, (_, b) =>
    Array.from({ length: M }, (__, m) => {
      const at = (m * 3 + b) * PROGRAM_LENGTH;
      return printProgram(programs.values.subarray(at, at + PROGRAM_LENGTH));
    }),
  );
  instance.dispose();
  return { texts, present, logLikelihood };
}

describe("the first memory", () => {
  it("is the same universal programs for every concept by default", async () => {
    const { texts, present } = await firstMemory("universal");
    const universal = universalPrograms(M).map(printProgram);
    expect(texts).toEqual([universal, universal, universal]);
    expect(present.every((each) => each === 1)).toBe(true);
  });

  it("is nothing when asked for: no place holds a program", async () => {
    expect((await firstMemory("empty")).present.some((each) => each === 1)).toBe(false);
  });

  it("is distinct guesses that explain the strings much better when asked for", async () => {
    const universal = await firstMemory("universal");
    const guessed = await firstMemory("guessed");
    expect(guessed.texts).toEqual((await firstMemory("guessed")).texts);
    for (const [b, own] of guessed.texts.entries()) {
      expect(new Set(own).size).toBe(M);
      expect(guessed.logLikelihood[b]).toBeGreaterThan(universal.logLikelihood[b]! + 20);
    }
    expect(guessed.logLikelihood.every((value) => value > Number.NEGATIVE_INFINITY)).toBe(true);
  });
});

describe("strings per concept", () => {
  it("are the given ones first, then the held-out ones", async () => {
    const [five, ten] = [await buildStrings(), await buildStrings({ strings: 10 })];
    expect(five.train.strings[0]).toHaveLength(5);
    expect(ten.train.strings[0]).toEqual([...five.train.strings[0]!, ...five.heldOut.strings[0]!]);
    expect(ten.heldOut.strings).toEqual(five.heldOut.strings);
    five.dispose();
    ten.dispose();
  });
});
