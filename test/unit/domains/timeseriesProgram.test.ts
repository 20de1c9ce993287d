// Time series: packing, reading, printing and parsing of expressions, the syntax mask, canonical spelling, same kernels.

import { describe, expect, it } from "vitest";
import { canonicalProgram } from "../../../src/domains/timeseries/canonical";
import { programNumber, readExpression, readExpressions } from "../../../src/domains/timeseries/grammar/expression";
import { NUM_SYMBOLS, STOP, SYNTAX_MASK, walkMask } from "../../../src/domains/timeseries/grammar/syntaxMask";
import { isSameKernel, kernelKey, sameKernelGroups } from "../../../src/domains/timeseries/kernelKey";
import { NARROW, toParameters } from "../../../src/domains/timeseries/parameters";
import { parseProgram } from "../../../src/domains/timeseries/parse";
import { drawProgram } from "../../../src/domains/timeseries/pcfg";
import { printFitted, printProgram } from "../../../src/domains/timeseries/print";
import { SERIES_PROCESS } from "../../../src/domains/timeseries/process";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS, NUM_POINTS, packProgram } from "../../../src/domains/timeseries/program";
import { covarianceColumn } from "../../../src/engine/kernels/gaussianProcess/covariance";
import { Rng } from "../../../src/engine/rng/rng";
import { packed } from "../../helpers/timeseriesVectors";

const randomSymbols = (rng: Rng): number[] =>
  Array.from({ length: 1 + rng.int(MOST_SYMBOLS) }, () => rng.int(NUM_SYMBOLS));

/** Uniformly chosen allowed symbols, ends by a coin where they are free. */
function maskedString(rng: Rng): number[] {
  const symbols: number[] = [];
  let state = SYNTAX_MASK.start;
  for (;;) {
    const allowed = Array.from({ length: NUM_SYMBOLS }, (_, s) => s).filter(
      (s) => (SYNTAX_MASK.allowed[state]! >> s) & 1,
    );
    if (allowed.length === 0) throw new Error(`nothing may follow ${printProgram(packProgram(symbols))}`);
    const symbol = allowed[rng.int(allowed.length)]!;
    symbols.push(symbol);
    state = SYNTAX_MASK.next[state * NUM_SYMBOLS + symbol]!;
    const stop = SYNTAX_MASK.stop[state];
    if (stop === STOP.forced || (stop === STOP.free && rng.uniform() < 0.2)) return symbols;
  }
}

describe("text", () => {
  it.each([
    ["R*1+C", "SE * PER1 + C"],
    ["(W+R)*C", "(WN + SE) * C"],
    ["(((4)))", "(((PER4)))"],
    ["()", "()"],
    ["WW", "WN WN"],
  ])("prints %s as %s", (letters, text) => {
    expect(printProgram(packed(letters))).toBe(text);
  });

  it("reads back what it prints, expressions and other strings", () => {
    const rng = new Rng(1);
    for (let n = 0; n < 800; n++) {
      const program = packProgram(n % 2 === 0 ? maskedString(rng) : randomSymbols(rng));
      expect(parseProgram(printProgram(program), { syntaxMask: false })).toEqual({ ok: true, program });
      const strict = parseProgram(printProgram(program), { syntaxMask: true });
      expect(strict.ok).toBe(readExpression(program).isWellFormed);
    }
  });

  it.each(["se × per₂ + c", "R*2+C", "SE*PER_2+C", " SE * 2 +C "])("takes %s", (text) => {
    expect(parseProgram(text)).toEqual({ ok: true, program: packed("R*2+C") });
  });

  it.each([
    ["", "The expression is empty; allowed: WN, SE, PER1 to PER4, C, *, + and brackets."],
    [
      "SE * SIN",
      'Character 6: "SIN" is no symbol of an expression; allowed: WN, SE, PER1 to PER4, C, *, + and brackets.',
    ],
    [
      "SE + PER5",
      'Character 6: "PER5" is no symbol of an expression; allowed: WN, SE, PER1 to PER4, C, *, + and brackets.',
    ],
    [
      "SE +",
      "Character 5: here must stand a kernel (WN, SE, PER1 to PER4 or C) or an opening bracket, but the expression ends.",
    ],
    ["SE + * C", 'Character 6: here must stand a kernel (WN, SE, PER1 to PER4 or C) or an opening bracket, not "*".'],
    ["SE WN", 'Character 4: here must stand * or +, not "WN".'],
    ["(SE + C", "Character 8: here must stand *, + or the closing bracket for character 1, but the expression ends."],
    ["C * (SE WN)", 'Character 9: here must stand *, + or the closing bracket for character 5, not "WN".'],
    ["SE)", "Character 3: this bracket closes nothing."],
    ["()", 'Character 2: here must stand a kernel (WN, SE, PER1 to PER4 or C) or an opening bracket, not ")".'],
    ["C+C+C+C+C+C", "Character 11: an expression has at most 10 symbols, brackets included; this one has 11."],
    [
      "SEX + C",
      'Character 1: "SEX" is no symbol of an expression; allowed: WN, SE, PER1 to PER4, C, *, + and brackets.',
    ],
  ])("says what is wrong with %j", (text, message) => {
    expect(parseProgram(text)).toEqual({ ok: false, message });
  });

  it("prints a kernel's numbers behind it", () => {
    const program = packed("W+3*R");
    const parameters = toParameters(new Float64Array(CONTINUOUS_LENGTH), [readExpression(program)], NARROW);
    expect(printFitted(program, parameters)).toBe("WN(0.50) + PER3(0.50, 1.00, 0.50) * SE(0.50, 0.50)");
  });
});

describe("reading", () => {
  it("gives the same object for the same content, and packs content without collisions", () => {
    const rng = new Rng(2);
    const seen = new Map<number, string>();
    for (let n = 0; n < 800; n++) {
      const program = packProgram(randomSymbols(rng));
      const number = programNumber(program);
      expect(seen.get(number) ?? program.join()).toBe(program.join());
      seen.set(number, program.join());
      expect(readExpression(program.slice())).toBe(readExpression(program));
    }
  });

  it("reads programs that lie side by side", () => {
    const both = Int32Array.from([...packed("R*2"), ...packed("W+")]);
    expect(readExpressions(both)).toEqual([readExpression(packed("R*2")), readExpression(packed("W+"))]);
  });

  it("keeps the parameters of the first five kernels of a string that is no expression", () => {
    const expression = readExpression(packed("WWWWWWWWWW"));
    expect(expression).toMatchObject({ isWellFormed: false, length: 10, numAtoms: 5, numUsed: 5 });
  });
});

describe("syntax mask", () => {
  it("lets through expressions of odd length only, and all it lets through are expressions", () => {
    const rng = new Rng(3);
    const lengths = new Map<number, number>();
    const wrong: string[] = [];
    for (let n = 0; n < 10_000; n++) {
      const symbols = maskedString(rng);
      if (!readExpression(packProgram(symbols)).isWellFormed) wrong.push(symbols.join());
      lengths.set(symbols.length, (lengths.get(symbols.length) ?? 0) + 1);
    }
    expect(wrong).toEqual([]);
    expect([...lengths.keys()].sort()).toEqual([1, 3, 5, 7, 9]);
  });

  it("lets through every expression, and the walk says so", () => {
    const rng = new Rng(4);
    const states = new Int16Array(MOST_SYMBOLS + 1);
    let wellFormed = 0;
    const wrong: string[] = [];
    for (let n = 0; n < 20_000; n++) {
      const program = n % 8 === 0 ? drawProgram(rng) : packProgram(randomSymbols(rng).slice(0, 5));
      const { isWellFormed } = readExpression(program);
      if (walkMask(program, 0, states) !== isWellFormed) wrong.push(printProgram(program));
      if (isWellFormed) wellFormed++;
    }
    expect(wrong).toEqual([]);
    expect(wellFormed).toBeGreaterThan(2500);
  });
});

describe("same kernel", () => {
  const scratch = new Float64Array(CONTINUOUS_LENGTH);
  /** Noise-free covariance at the centre parameters. */
  const columnOf = (program: Int32Array): Float64Array => {
    const expression = readExpression(program);
    const parameters = toParameters(scratch, [expression], NARROW);
    return covarianceColumn(expression.ops, parameters, SERIES_PROCESS, NUM_POINTS);
  };

  it("is the same covariance column at the centre to 1e-9, for strings of all lengths", () => {
    const rng = new Rng(5);
    const columns = new Map<string, Float64Array>();
    for (let n = 0; n < 1500; n++) {
      const program = packProgram(maskedString(rng));
      const key = kernelKey(program)!;
      const column = columnOf(program);
      const known = columns.get(key);
      if (known) expect(largestDifference(known, column), printProgram(program)).toBeLessThan(1e-9);
      else columns.set(key, column);
    }
    const kept = [...columns.values()].slice(0, 300);
    let least = Number.POSITIVE_INFINITY;
    for (const [i, column] of kept.entries()) {
      for (const other of kept.slice(0, i)) least = Math.min(least, largestDifference(column, other));
    }
    expect(kept.length).toBe(300);
    expect(least).toBeGreaterThan(1e-9);
  });

  it.each([
    ["R+1", "(1+R)"],
    ["W*R", "C*W"],
    ["(R+1)*C", "C*1+R*C"],
  ])("holds for %s and %s", (first, second) => {
    expect(isSameKernel(packed(first), packed(second))).toBe(true);
  });

  it("does not hold for different kernels, nor for a string that is none", () => {
    expect(isSameKernel(packed("R"), packed("R*R"))).toBe(false);
    expect(isSameKernel(packed("1"), packed("2"))).toBe(false);
    expect(kernelKey(packed("W+"))).toBeNull();
    expect(isSameKernel(packed("W+"), packed("W+"))).toBe(false);
  });

  it("numbers the groups of a memory", () => {
    const programs = ["R+1", "W", "1+R", "W+", "W*C", "R*W", "W+"].map(packed);
    expect(sameKernelGroups(programs)).toEqual([0, -1, 0, -1, 1, 1, -1]);
  });

  it("survives canonical spelling, which is never longer and has no other spelling", () => {
    const rng = new Rng(6);
    for (let n = 0; n < 800; n++) {
      const program = packProgram(maskedString(rng));
      const canonical = canonicalProgram(program);
      expect(kernelKey(canonical)).toBe(kernelKey(program));
      expect(readExpression(canonical).length).toBeLessThanOrEqual(readExpression(program).length);
      expect(canonicalProgram(canonical)).toEqual(canonical);
    }
    for (const text of ["(2)*R+(W)", "W+R*2", "(W)+(2*R)", "((R*2)+W)"]) {
      expect(printProgram(canonicalProgram(packed(text)))).toBe("WN + SE * PER2");
    }
    expect(printProgram(canonicalProgram(packed("C*(R+W)")))).toBe("C * (WN + SE)");
    expect(canonicalProgram(packed("W+"))).toEqual(packed("W+"));
  });
});

function largestDifference(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
