// Time series: small changes of expressions stay expressions, fit, and reach every expression of up to five symbols.

import { describe, expect, it } from "vitest";
import { EDIT_KINDS, neighboursOf, varyProgram } from "../../../src/domains/timeseries/edits";
import { enumerateExpressions } from "../../../src/domains/timeseries/enumerate";
import { programNumber, readExpression } from "../../../src/domains/timeseries/grammar/expression";
import { printProgram } from "../../../src/domains/timeseries/print";
import { lengthOf, packProgram } from "../../../src/domains/timeseries/program";
import { Rng } from "../../../src/engine/rng/rng";
import { packed } from "../../helpers/timeseriesVectors";

const printedNeighbours = (letters: string, kind: (typeof EDIT_KINDS)[number]): string[] =>
  neighboursOf(packed(letters), kind).map(printProgram);

describe("changes", () => {
  it("are of the kinds that they are named after", () => {
    expect(printedNeighbours("2", "kernel")).toEqual(["WN", "SE", "PER1", "PER3", "PER4", "C"]);
    expect(printedNeighbours("2*1", "period")).toEqual(["PER1 * PER1", "PER3 * PER1", "PER2 * PER2"]);
    expect(printedNeighbours("R*1+C", "operator")).toEqual(["SE + PER1 + C", "SE * PER1 * C"]);
    expect(printedNeighbours("R*1+C", "remove")).toEqual(["PER1 + C", "SE + C", "SE * C", "SE * PER1"]);
    expect(printedNeighbours("(R+1)*C", "unwrap")).toEqual(["SE + PER1 * C"]);
    expect(printedNeighbours("R+1", "wrap")).toEqual(["(SE) + PER1", "(SE + PER1)", "SE + (PER1)"]);
    const longer = printedNeighbours("R", "insert");
    expect(longer).toContain("SE * PER4");
    expect(longer).toContain("WN + SE");
    expect(longer.length).toBe(2 * 7 * 2 - 2);
  });

  it("stay expressions of at most ten symbols, and change something", () => {
    const rng = new Rng(1);
    let program = packed("R");
    const lengths = new Set<number>();
    for (let n = 0; n < 4000; n++) {
      const next = varyProgram(program, rng);
      if (programNumber(next) === programNumber(program)) throw new Error(`${printProgram(program)} stays as it is`);
      if (!readExpression(next).isWellFormed) throw new Error(`${printProgram(next)} is no expression`);
      lengths.add(lengthOf(next));
      program = next;
    }
    expect([...lengths].sort()).toEqual([1, 3, 5, 7, 9]);
  });

  it("reach every expression of up to five symbols, by expressions of up to five symbols", () => {
    const all = new Set(enumerateExpressions(5).map((program) => programNumber(program)));
    const missing = new Set(all);
    const frontier = [packed("W")];
    missing.delete(programNumber(frontier[0]!));
    for (let i = 0; i < frontier.length && missing.size > 0; i++) {
      for (const program of EDIT_KINDS.flatMap((kind) => neighboursOf(frontier[i]!, kind))) {
        if (missing.delete(programNumber(program))) frontier.push(program);
      }
    }
    expect(all.size).toBe(7 + 98 + 7 + 1372 + 3 * 98 + 7);
    expect(missing.size).toBe(0);
  });

  it("change one symbol of a string that is no expression", () => {
    const rng = new Rng(2);
    const program = packed("W+*R");
    for (let n = 0; n < 200; n++) {
      const next = varyProgram(program, rng);
      expect(next.filter((symbol, i) => symbol !== program[i]).length).toBeLessThanOrEqual(1);
      expect(lengthOf(next)).toBe(4);
    }
  });

  it("are drawn from the place of a program among others, and depend on the stream alone", () => {
    const both = Int32Array.from([...packed("W+R"), ...packed("2*3+C")]);
    expect(varyProgram(both, new Rng(3), 10)).toEqual(varyProgram(packed("2*3+C"), new Rng(3)));
    expect(packProgram([])).toEqual(packed(""));
  });
});
