// The local search for strings: small changes of programs, guesses read off strings, and the asking and telling.

import { describe, expect, it } from "vitest";
import { programGrammar } from "../../../src/domains/strings/grammar";
import { parseProgram } from "../../../src/domains/strings/parse";
import { printProgram } from "../../../src/domains/strings/print";
import { mergeEquivalent, PROGRAM_LENGTH } from "../../../src/domains/strings/program";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import { canonicalProgram, writtenTokens } from "../../../src/domains/strings/search/canonical";
import { EDIT_KINDS, joinOf, moreGeneral, subjectOf } from "../../../src/domains/strings/search/edits";
import { alignRuns, runsOf } from "../../../src/domains/strings/search/runs";
import { guessPrograms } from "../../../src/domains/strings/search/shapes";
import { Appraiser } from "../../../src/domains/strings/search/slots";
import { StandInPrior } from "../../../src/domains/strings/search/standInPrior";
import { StringSearch } from "../../../src/domains/strings/search/stringSearch";
import { varyProgram, varyPrograms } from "../../../src/domains/strings/search/vary";
import { simpleProgram } from "../../../src/domains/strings/simpleGrammar";
import { END, FIRST_CLASS, NUM_TOKENS } from "../../../src/domains/strings/tokens";
import { emptyPrograms } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";

const GRAMMAR = programGrammar();
const symbolsIn = (...texts: string[]): number[] => [...new Set(encodeStrings(texts).symbols)];

function packed(text: string): Int32Array {
  const parsed = parseProgram(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.program;
}

/** All different programs that one change of a kind makes, as text. */
function changes(text: string, kindName: string | null, symbols = symbolsIn("a1-")): string[] {
  const subject = subjectOf(writtenTokens(packed(text)), symbols);
  const made = new Set<string>();
  for (const kind of EDIT_KINDS) {
    if (kindName !== null && kind.name !== kindName) continue;
    for (let i = 0; i < kind.count(subject); i++) {
      const tokens = kind.make(subject, i);
      const program = tokens && canonicalProgram(tokens);
      if (program) made.add(printProgram(program));
    }
  }
  return [...made];
}

/** Whether the networks could write the program: its way through the syntax mask. */
function isAllowed(program: Int32Array): boolean {
  let state = 0;
  const tokens = [...writtenTokens(program), END];
  for (const [i, token] of tokens.entries()) {
    state = GRAMMAR.next[state * NUM_TOKENS + token]!;
    if (state < 0 || GRAMMAR.maxLength - i - 1 < GRAMMAR.need[state]!) return false;
  }
  return program.length === PROGRAM_LENGTH && program.subarray(tokens.length).every((token) => token === END);
}

describe("changes of a program", () => {
  const ways: [kind: string, program: string, becomes: string][] = [
    ["delete a token", "\\d+a", "\\da"],
    ["replace a token", "\\d-", "\\d1"],
    ["insert a token", "\\d-", "\\d+-"],
    ["insert a token", "\\d-", "\\d|-"],
    ["leave out a part", "a(b\\d)+c", "ac"],
    ["generalise a part", "-a1", "-\\l\\d"],
    ["generalise a part", "\\l\\d", "\\w\\w"],
    ["repeat a part or make it optional", "\\u,\\u", "\\u(,\\u)*"],
    ["repeat a part or make it optional", "-\\d", "-?\\d"],
    ["fold a part into a class", "12:30", "\\d+:30"],
    ["fold a part into a class", "a(1|b)c", "\\w+"],
    ["fold a part into a class", "\\u\\l", ".*"],
    ["unfold a repetition", "\\d+", "\\d\\d+"],
    ["unfold a repetition", "(a\\d)+", "a\\da\\d"],
    ["factor a repeat", "\\d\\d\\d", "\\d+"],
    ["factor a repeat", "(a-)(a-)", "(a-)*"],
    ["factor a repeat", "\\d\\d+", "\\d+"],
    ["factor a repeat", "a-(a-)*", "(a-)+"],
    ["add an alternative", "\\da", "\\d(a|-)"],
    ["swap or drop alternatives", "x(a|b-)", "x(b-|a)"],
    ["swap or drop alternatives", "a|b-", "b-"],
    ["open a bracket", "(ab)+c", "abc"],
  ];

  it.each(ways)("%s: %s becomes %s", (kind, program, becomes) => {
    expect(changes(program, kind)).toContain(becomes);
  });

  it("are well-formed, canonical and short enough, for any program", () => {
    const rng = new Rng(5);
    let count = 0;
    for (let n = 0; n < 60; n++) {
      const subject = subjectOf(writtenTokens(simpleProgram(rng.fork(n))), symbolsIn("aB-1 "));
      for (const kind of EDIT_KINDS) {
        for (let i = 0; i < kind.count(subject); i++) {
          const made = kind.make(subject, i);
          const program = made && canonicalProgram(made);
          if (!program) continue;
          count++;
          if (!isAllowed(program) || mergeEquivalent(program).join() !== program.join())
            expect.fail(`${kind.name} makes ${printProgram(program)}`);
        }
      }
    }
    expect(count).toBeGreaterThan(20_000);
  });

  it("refuses what the networks could not write", () => {
    const digits = (count: number) => Array<number>(count).fill(FIRST_CLASS + 2);
    expect(canonicalProgram(digits(PROGRAM_LENGTH - 1))).not.toBeNull();
    expect(canonicalProgram(digits(PROGRAM_LENGTH))).toBeNull();
    expect(canonicalProgram([])).toBeNull();
    expect(canonicalProgram(writtenTokens(packed("a")).concat(102, 102))).toBeNull();
  });

  it("generalises along the classes", () => {
    const names = (...texts: string[]) => texts.map((text) => packed(text)[0]!);
    expect(names("a", "A", "1", " ", "-", "\\d", "\\w", "\\s").map(moreGeneral)).toEqual(
      names("\\l", "\\u", "\\d", "\\s", ".", "\\w", ".", "."),
    );
    expect(joinOf(names("1", "2"))).toBe(names("\\d")[0]);
    expect(joinOf(names("1", "\\u"))).toBe(names("\\w")[0]);
    expect(joinOf(names("1", "-"))).toBe(names(".")[0]);
  });
});

describe("one random change", () => {
  it("is the same for the same seed, differs from the program, and leaves the given block alone", () => {
    const programs = emptyPrograms(3, 2, PROGRAM_LENGTH);
    for (let i = 0; i < 6; i++) programs.values.set(packed("\\u\\d+-a?"), i * PROGRAM_LENGTH);
    const before = programs.values.slice();
    const vary = (seed: number) => varyPrograms(programs, () => symbolsIn("A1-a"), new Rng(seed)).values;
    expect(vary(1)).toEqual(vary(1));
    expect(vary(2)).not.toEqual(vary(1));
    expect(programs.values).toEqual(before);
    for (let i = 0; i < 6; i++) {
      const own = vary(1).subarray(i * PROGRAM_LENGTH, (i + 1) * PROGRAM_LENGTH);
      expect(isAllowed(own)).toBe(true);
      expect(own).not.toEqual(packed("\\u\\d+-a?"));
    }
  });

  it("comes from every kind in turn", () => {
    const rng = new Rng(3);
    const seen = new Set<string>();
    for (let i = 0; i < 3000; i++) seen.add(printProgram(varyProgram(packed("(\\u,)+aa|b"), symbolsIn("ab"), rng)!));
    for (const kind of EDIT_KINDS) {
      const own = changes("(\\u,)+aa|b", kind.name, symbolsIn("ab"));
      expect(
        own.some((text) => seen.has(text)),
        kind.name,
      ).toBe(true);
    }
  });
});

describe("strings side by side", () => {
  const texts = (...strings: string[]) => strings.map((text) => [...encodeStrings([text]).symbols]);

  it("are aligned so that every string can be read off again", () => {
    const strings = texts("$4,050", "$340", "-$1,200", "x");
    const runs = strings.map((text) => runsOf(text, "leaf"));
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
    ]) {
      const columns = alignRuns(runs, order);
      for (const [i, text] of strings.entries()) expect(columns.flatMap((column) => column[i] ?? [])).toEqual(text);
    }
    // Amounts share their last three digits, not the first ones.
    const columns = alignRuns(runs.slice(0, 2), [0, 1]);
    expect(columns.map((column) => column[1] === null)).toEqual([false, true, true, false]);
  });

  const guesses: [program: string, ...strings: string[]][] = [
    ["-?\\d+\\.\\d%", "21.8%", "7.5%", "-10.1%", "22.4%", "-4.0%"],
    ["\\u(,\\u)*", "B,J,U", "B,D,E", "A", "A,B,J,U", "B,E"],
    ["img\\d\\d\\.(png|jpg)", "img25.png", "img19.png", "img42.jpg", "img18.png", "img43.jpg"],
    ["$(\\d,)?\\d\\d\\d", "$4,050", "$4,000", "$340", "$102", "$1,200"],
    ["\\d\\d\\.\\d|NA", "21.8", "NA", "37.5", "22.4", "44.0"],
    ["\\l\\l\\l+us", "indus", "midwous", "midwus", "totus"],
  ];

  it.each(guesses)("give the guess %s", (program, ...strings) => {
    const given = texts(...strings);
    const evaluator = createEvaluator();
    const appraiser = new Appraiser((...args) => evaluator.logProb(...args), new StandInPrior());
    const found = guessPrograms(given, appraiser).map((tokens) => canonicalProgram(tokens));
    expect(found.map((each) => each && printProgram(each))).toContain(program);
  });
});

describe("the estimated prior", () => {
  it("learns what the real one says of programs like those it saw", () => {
    const truth = (program: Int32Array) =>
      writtenTokens(program).reduce((sum, token) => sum - (token >= FIRST_CLASS ? 1.5 : 6), -2);
    const prior = new StandInPrior();
    const rng = new Rng(8);
    const programs = Array.from({ length: 400 }, (_, n) => Int32Array.from(simpleProgram(rng.fork(n))));
    const error = () => {
      const own = programs.slice(300).map((program) => Math.abs(prior.estimate(program) - truth(program)));
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    const before = error();
    for (const program of programs.slice(0, 300)) prior.learn(program, truth(program));
    prior.learn(programs[0]!, Number.NEGATIVE_INFINITY);
    expect(before).toBeGreaterThan(2);
    expect(error()).toBeLessThan(0.3);
  });
});

describe("asking and telling", () => {
  const strings = encodeStrings(["Z:-0.11", "Z:-0.85", "Z:0.03", "Z:0.74", "Z:1.39"]);
  const costPerToken = 2.5;

  /** Asks and tells for some rounds; the programs given, in order, and the search. */
  function searched(rounds: number, seed = 1) {
    const evaluator = createEvaluator();
    const logProb: typeof evaluator.logProb = (...args) => evaluator.logProb(...args);
    const search = new StringSearch({ strings, from: 0, to: 5, logProb, rng: new Rng(seed) });
    const tell = (programs: readonly Int32Array[]) =>
      search.tell(
        programs.map((program) => ({
          program,
          logPrior: -costPerToken * (writtenTokens(program).length + 1),
          logLikelihood: logProb(program, strings, 0, 5),
        })),
      );
    const given: Int32Array[] = [];
    for (let round = 0; round < rounds; round++) {
      const programs = search.ask(16);
      given.push(...programs);
      tell(programs);
    }
    return { given, search, tell, logProb };
  }

  it("gives programs that can make the strings, none of them twice, the target among them", () => {
    const { given, logProb } = searched(20);
    const texts = given.map(printProgram);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(100);
    expect(given.every((program) => isAllowed(program) && logProb(program, strings, 0, 5) > -Infinity)).toBe(true);
    expect(texts).toContain("Z:-?\\d\\.\\d\\d");
  });

  it("gives the same for the same seed", () => {
    expect(searched(8).given).toEqual(searched(8).given);
  });

  it("gives nothing that it was told, and follows up what it was told", () => {
    const { search, tell } = searched(0);
    const target = packed("Z:-?\\d\\.\\d\\d");
    tell([target, packed(".+")]);
    const texts = Array.from({ length: 10 }, () => search.ask(50))
      .flat()
      .map(printProgram);
    expect(texts).not.toContain(printProgram(target));
    expect(texts).toContain("Z:-?\\d\\.\\d+");
  });

  it("tries the changes of a program once, however often the network drew it", () => {
    const evaluator = createEvaluator();
    let scored = 0;
    const logProb: typeof evaluator.logProb = (...args) => {
      scored++;
      return evaluator.logProb(...args);
    };
    const search = new StringSearch({ strings, from: 0, to: 5, logProb, rng: new Rng(1) });
    const program = packed("Z:-?\\d\\.\\d\\d");
    search.tell(Array.from({ length: 80 }, () => ({ program, logPrior: -30, logLikelihood: -60 })));
    search.ask(1);
    const before = scored;
    search.ask(1);
    expect(scored).toBeGreaterThan(before);
  });

  it("climbs by changes alone from a program that explains everything", () => {
    const evaluator = createEvaluator();
    let program = packed(".+");
    const joint = (each: Int32Array) =>
      evaluator.logProb(each, strings, 0, 5) - costPerToken * (writtenTokens(each).length + 1);
    for (let step = 0; step < 12; step++) {
      const subject = subjectOf(writtenTokens(program), symbolsIn("Z:-0.11", "Z:0.74"));
      for (const kind of EDIT_KINDS) {
        for (let i = 0; i < kind.count(subject); i++) {
          const made = kind.make(subject, i);
          const next = made && canonicalProgram(made);
          if (next && joint(next) > joint(program)) program = next;
        }
      }
    }
    // Taking every improvement at once ends at a good program, not always at the best.
    expect(joint(program)).toBeGreaterThan(joint(packed("Z:-?\\d\\.\\d\\d")) - 5);
  });
});
