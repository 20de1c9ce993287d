// The formulas of the page: all can be set, all have words, all explain their symbols (UX-151).

import { describe, expect, it } from "vitest";
import { mathOf, renderFormulas } from "../../../../scripts/formulasPlugin.mjs";
import source from "../../../../src/app/formulas/formulas.json";
import { formulaOf, isFormula } from "../../../../src/app/formulas/formulaTable";

describe("formulas", () => {
  it("name only symbols that are explained, and use every symbol", () => {
    const used = new Set(Object.values(source.formulas).flatMap((formula) => formula.symbols));
    expect([...used].filter((name) => !(name in source.symbols))).toEqual([]);
    expect(Object.keys(source.symbols).filter((name) => !used.has(name))).toEqual([]);
  });

  it.each(Object.keys(source.formulas))("%s is MathML with words and explained symbols", (id) => {
    if (!isFormula(id)) throw new Error(id);
    const { html, words, symbols } = formulaOf(id);
    expect(html).toMatch(/^<math .*<\/math>$/s);
    expect(html).not.toMatch(/annotation|merror| style=|<span/);
    expect(words).not.toMatch(/[\\{}_^$]/);
    expect(symbols.length).toBeGreaterThan(0);
    for (const symbol of symbols) expect(symbol.meaning.length).toBeGreaterThan(8);
  });

  it("sets function names upright and letters as they are", () => {
    expect(mathOf("\\log x")).toContain('<mi class="up">log</mi>');
    expect(mathOf("x")).toContain("<mi>x</mi>");
  });

  it("names the formula that cannot be set", () => {
    const broken = { symbols: {}, formulas: { wrong: { tex: "\\frac{1}", words: "one over", symbols: [] } } };
    expect(() => renderFormulas(broken)).toThrow(/formula "wrong"/);
  });
});
