// Every section of strings.json that the strings specification documents (section 11), at its tolerance.
// Reads the folder in LAB_FIXTURES, else the committed copy. Another file of the format may name its sets of numbers
// differently and leave sections out: whatever is there is checked.

import { describe, expect, it } from "vitest";
import { PHI_LAYOUT } from "../../src/domains/strings/evaluator";
import { programGrammar } from "../../src/domains/strings/grammar";
import { parseProgram, parseTokens } from "../../src/domains/strings/parse";
import { printToken } from "../../src/domains/strings/print";
import { createEvaluator, StringsEvaluator } from "../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../src/domains/strings/scoring/encode";
import { initialLogits, numbersOf } from "../../src/domains/strings/scoring/numbers";
import { syntaxTree } from "../../src/domains/strings/syntaxTree";
import { CLOSE, END, LEAF_NAMES, NUM_TOKENS, OPEN, OR, STAR, symbolOf } from "../../src/domains/strings/tokens";
import {
  allStrings,
  astOf,
  type Enumeration,
  expectedVisits,
  fixture,
  membersOfLeaf,
  numbersOfPhi,
  TOLERANCE,
} from "../helpers/stringVectors";

/** Absolute or relative; null stands for an impossible string. */
function near(value: number, expected: number | null): void {
  if (expected === null || value === expected) {
    expect(value).toBe(expected ?? Number.NEGATIVE_INFINITY);
    return;
  }
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(expected)));
}

/** Runs `check` if the field is in the file. */
function given<T>(field: T | undefined, check: (field: T) => void): void {
  if (field !== undefined) check(field);
}

const numbersByPhi = new Map(Object.entries(fixture.phis ?? {}).map(([name, phi]) => [name, numbersOfPhi(phi)]));
const evaluators = new Map<string, StringsEvaluator>();
for (const [name, numbers] of numbersByPhi) {
  const evaluator = new StringsEvaluator(initialLogits());
  evaluator.setNumbers(numbers);
  evaluators.set(name, evaluator);
}

function evaluatorOf(phi: string): StringsEvaluator {
  const evaluator = evaluators.get(phi);
  if (!evaluator) throw new Error(`the file has no numbers named ${phi}`);
  return evaluator;
}

function tokensOf(regex: string): Int32Array {
  const parsed = parseTokens(regex);
  if (!parsed.ok) throw new Error(`${regex}: ${parsed.message}`);
  return parsed.tokens;
}

const logProbOf = (evaluator: StringsEvaluator, regex: string, x: string) =>
  evaluator.logProb(tokensOf(regex), encodeStrings([x]), 0, 1);

const printed = (tokens: ArrayLike<number>) => Array.from(tokens, printToken);

it("is a file of the strings format", () => {
  given(fixture.format, (format) => expect(format).toMatch(/strings/));
  given(fixture.tolerance?.absolute, (value) => expect(TOLERANCE).toBeLessThanOrEqual(value));
  given(fixture.tolerance?.relative, (value) => expect(TOLERANCE).toBeLessThanOrEqual(value));
  const sections = Object.values(fixture).filter((section) => typeof section === "object");
  expect(sections.length).toBeGreaterThan(0);
});

it("has the stated tokens in order of their ids", () => {
  given(fixture.vocabulary, (vocabulary) => {
    expect(vocabulary.length).toBe(NUM_TOKENS);
    expect(printed(Int32Array.from({ length: END }, (_, id) => id))).toEqual(vocabulary.slice(0, END));
  });
});

it("keeps the stated members of every table in the stated order", () => {
  const symbols = (text: readonly string[]) => text.map((character) => symbolOf(character.codePointAt(0) ?? 0));
  for (const leaf of LEAF_NAMES) {
    const logits = new Float64Array(PHI_LAYOUT.size);
    const members = membersOfLeaf(leaf);
    for (const [i, symbol] of symbols(members).entries()) {
      logits.fill(0);
      logits[PHI_LAYOUT[leaf].from + i] = 50;
      expect(numbersOf(logits).leaf[symbol]).toBeCloseTo(1, 12);
    }
    expect(members.length).toBe(PHI_LAYOUT[leaf].size);
  }
});

describe.each(Object.keys(fixture.phis ?? {}))("numbers %s", (name) => {
  it("come from logits, where their chances are within the bounds", () => {
    const numbers = numbersByPhi.get(name)!;
    const chances = [numbers.starStop, numbers.plusStop, numbers.optKeep, numbers.altLeft];
    const logits = new Float64Array(PHI_LAYOUT.size);
    for (const [i, p] of chances.entries()) logits[i] = Math.log(p / (1 - p));
    for (const leaf of LEAF_NAMES) {
      const members = membersOfLeaf(leaf).map((character) => symbolOf(character.codePointAt(0) ?? 0));
      for (const [i, symbol] of members.entries()) logits[PHI_LAYOUT[leaf].from + i] = Math.log(numbers.leaf[symbol]!);
    }
    logits.set(numbers.mixW.map(Math.log), PHI_LAYOUT.mixW.from);
    logits.set(numbers.mixDot.map(Math.log), PHI_LAYOUT.mixDot.from);
    const back = numbersOf(logits);
    for (const [i, value] of numbers.tables.entries()) near(back.tables[i]!, value);
    for (const [i, name] of (["starStop", "plusStop", "optKeep", "altLeft"] as const).entries())
      if (Math.abs(logits[i]!) <= 9.2) near(back[name], chances[i]!);
  });
});

describe.each(Object.entries(fixture.programs ?? {}))("program %s", (regex, program) => {
  it("has the stated tokens and tree", () => {
    const tokens = tokensOf(regex);
    given(program.tokens, (expected) => expect(printed(tokens)).toEqual(expected.map(canonical)));
    given(program.ids, (ids) => {
      const isOutside = tokens.some((token) => token > END);
      if (ids === null) expect(isOutside).toBe(true);
      else expect([...tokens, END]).toEqual(ids);
    });
    given(program.ast, (ast) => expect(astOf(syntaxTree(tokens))).toEqual(ast));
  });
});

/** A token's text with the backslash that it needs, and no other. */
const canonical = (text: string) => (/^\\[^wduslt.*+?|()\\]$/u.test(text) ? text.slice(1) : text);

describe.each(fixture.cases ?? [])("case $id: $regex, $phi, $x", ({ regex, phi, x, logp, viterbi }) => {
  it("has the stated probability, and that of its best derivation", () => {
    const evaluator = evaluatorOf(phi);
    given(logp, (expected) => near(logProbOf(evaluator, regex, x), expected));
    given(viterbi, (expected) => {
      const derivation = evaluator.derive(tokensOf(regex), encodeStrings([x]), 0);
      near(derivation?.logProb ?? Number.NEGATIVE_INFINITY, expected);
    });
  });
});

describe.each(fixture.length_mass ?? [])("lengths of $regex, $phi", ({ regex, phi, ...stated }) => {
  it("has the stated probability of each length, rest and mean", () => {
    const { topology, weights } = evaluatorOf(phi).compile(tokensOf(regex));
    const { numAtoms, start, source } = topology;
    const lengths = [weights.empty];
    let reach = weights.first.slice();
    const step = () => {
      lengths.push(reach.reduce((sum, value, j) => sum + value * weights.last[j]!, 0));
      const next = new Float64Array(numAtoms);
      for (let j = 0; j < numAtoms; j++)
        for (let edge = start[j]!; edge < start[j + 1]!; edge++)
          next[j]! += reach[source[edge]!]! * weights.follow[edge]!;
      reach = next;
    };
    given(stated.mass_by_length, (mass) => {
      while (lengths.length < mass.length) step();
      for (const [length, expected] of mass.entries()) near(lengths[length]!, expected);
      given(stated.remaining, (rest) => near(1 - lengths.slice(0, mass.length).reduce((a, b) => a + b, 0), rest));
    });
    given(stated.mean_length, (mean) =>
      near(
        expectedVisits(topology, weights).reduce((a, b) => a + b, 0),
        mean,
      ),
    );
  });
});

describe.each(fixture.enumeration ?? [])("all strings of $regex over $alphabet, $phi", (item: Enumeration) => {
  it("has the stated total and most probable strings", () => {
    const evaluator = evaluatorOf(item.phi);
    const tokens = tokensOf(item.regex);
    const strings = allStrings([...item.alphabet], item.max_len);
    const encoded = encodeStrings(strings);
    const scored = strings
      .map((x, i) => ({ x, logp: evaluator.logProb(tokens, encoded, i, i + 1) }))
      .filter(({ logp }) => logp > Number.NEGATIVE_INFINITY);
    given(item.strings_with_mass, (count) => expect(scored.length).toBe(count));
    given(item.total, (total) =>
      near(
        scored.reduce((sum, { logp }) => sum + Math.exp(logp), 0),
        total,
      ),
    );
    given(item.top5, (top) => {
      scored.sort((left, right) => right.logp - left.logp);
      for (const [rank, { x, logp }] of top.entries()) {
        near(scored[rank]!.logp, logp);
        near(scored.find((one) => one.x === x)?.logp ?? Number.NaN, logp);
      }
    });
  });
});

describe.each(fixture.gradients ?? [])("gradient of $regex, $phi, $strings", (item) => {
  it("has the stated total and derivatives by the logits", () => {
    const gradient = new Float64Array(PHI_LAYOUT.size);
    const strings = encodeStrings(item.strings);
    const evaluator = evaluatorOf(item.phi);
    const tokens = tokensOf(item.regex);
    const total = evaluator.addGradient(tokens, strings, 0, item.strings.length, 1, gradient);
    given(item.total_logp, (expected) => {
      near(total, expected);
      near(evaluator.logProb(tokens, strings, 0, item.strings.length), expected);
    });
    const FROM: Record<string, number> = {
      star_stop: PHI_LAYOUT.starStop,
      plus_stop: PHI_LAYOUT.plusStop,
      opt_keep: PHI_LAYOUT.optKeep,
      alt_left: PHI_LAYOUT.altLeft,
      mix_w: PHI_LAYOUT.mixW.from,
      mix_dot: PHI_LAYOUT.mixDot.from,
      ...Object.fromEntries(LEAF_NAMES.map((leaf) => [`leaf.${leaf}`, PHI_LAYOUT[leaf].from])),
    };
    for (const [name, expected] of Object.entries(item.grad_logits ?? {})) {
      const from = FROM[name];
      if (from === undefined) throw new Error(`unknown derivative: ${name}`);
      for (const [i, value] of [expected].flat().entries()) near(gradient[from + i]!, value);
    }
  });
});

describe.each(fixture.parse_ok ?? [])("text $text", ({ text, tokens, ast }) => {
  it("is read as stated", () => {
    given(tokens, (expected) => expect(printed(tokensOf(text))).toEqual(expected.map(canonical)));
    given(ast, (expected) => expect(astOf(syntaxTree(tokensOf(text)))).toEqual(expected));
  });
});

it.each(fixture.parse_error ?? [])("refuses %j with a sentence that names a position", (text) => {
  const parsed = parseProgram(text);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(parsed.message).toMatch(/^[A-Z].* position \d+.*\.$/);
});

describe.each(fixture.masks ?? [])("after $prefix of $max_tokens_including_eos tokens", (item) => {
  it("allows the stated tokens and no others", () => {
    const { next, need, maxLength } = programGrammar(item.max_tokens_including_eos, item.max_depth);
    const vocabulary = printed(Int32Array.from({ length: END }, (_, id) => id));
    let state = 0;
    for (const text of item.prefix) state = next[state * NUM_TOKENS + vocabulary.indexOf(canonical(text))]!;
    expect(state).toBeGreaterThanOrEqual(0);
    const left = maxLength - item.prefix.length;
    const isAllowed = (token: number) => {
      const to = next[state * NUM_TOKENS + token]!;
      return to >= 0 && left - 1 >= need[to]!;
    };
    for (let token = 0; token < NUM_TOKENS; token++)
      expect(isAllowed(token), `token ${token}`).toBe(item.allowed.includes(groupOf(token)));
  });
});

function groupOf(token: number): string {
  if (token < STAR) return "atom";
  if (token < OR) return "postfix";
  return ({ [OR]: "|", [OPEN]: "(", [CLOSE]: ")", [END]: "eos" } as Record<number, string>)[token] ?? "";
}

describe.each(fixture.acceptance ?? [])("the paper's strings: $name", ({ strings, regexes }) => {
  it.each(regexes)("score as stated under $regex", (item) => {
    const evaluator = createEvaluator();
    const tokens = tokensOf(item.regex);
    const encoded = encodeStrings(strings);
    given(item.tokens, (count) => expect(tokens.length + 1).toBe(count));
    given(item.logp_uniform_phi, (each) => {
      for (const [i, expected] of each.entries()) near(evaluator.logProb(tokens, encoded, i, i + 1), expected);
    });
    given(item.total_uniform_phi, (total) => near(evaluator.logProb(tokens, encoded, 0, strings.length), total));
  });
});

describe.each(fixture.alignments ?? [])("alignment of $x with $regex, $phi", ({ regex, phi, x, atoms }) => {
  it("has the stated atom for every character", () => {
    const derivation = evaluatorOf(phi).derive(tokensOf(regex), encodeStrings([x]), 0);
    expect([...(derivation?.atoms ?? [])]).toEqual(atoms);
  });
});
