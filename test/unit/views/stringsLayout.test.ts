// The layout of a regular expression on the page: which glyph chooses which part, and which atoms share a tint.

import { describe, expect, it } from "vitest";
import { parseProgram } from "../../../src/domains/strings/parse";
import { syntaxTree } from "../../../src/domains/strings/syntaxTree";
import {
  layoutProgram,
  type ProgramLayout,
  partAround,
  partText,
} from "../../../src/views/domains/strings/programLayout";

function layOut(text: string): ProgramLayout {
  const read = parseProgram(text);
  if (!read.ok) throw new Error(read.message);
  return layoutProgram(text, syntaxTree(read.program));
}

/** Chosen text and atoms of the part that the glyph at `index` stands for. */
function partOf(text: string, index: number) {
  const layout = layOut(text);
  const part = layout.parts[layout.glyphs[index]?.part ?? -1];
  if (!part) throw new Error(`no part at glyph ${index} of ${text}`);
  return { kind: part.kind, text: partText(layout, part), atoms: [part.firstAtom, part.endAtom] };
}

describe("layoutProgram", () => {
  it("numbers atoms from left to right and keeps escapes whole", () => {
    const layout = layOut("$(\\d,)?\\\\");
    expect(layout.glyphs.map((glyph) => glyph.text)).toEqual(["$", "(", "\\d", ",", ")", "?", "\\\\"]);
    expect(layout.glyphs.map((glyph) => glyph.atom)).toEqual([0, -1, 1, 2, -1, -1, 3]);
  });

  it("chooses a repeat as a whole by its operator or by its brackets", () => {
    const text = "\\u(,\\u)*";
    const whole = { kind: "star", text: "(,\\u)*", atoms: [1, 3] };
    for (const glyph of [1, 4, 5]) expect(partOf(text, glyph)).toEqual(whole);
    expect(partOf(text, 2)).toEqual({ kind: "literal", text: ",", atoms: [1, 2] });
  });

  it("chooses a choice by its bars and brackets, a repeated choice by its operator", () => {
    const text = "(png|jpg|\\d)+x";
    for (const glyph of [0, 4, 8, 10]) expect(partOf(text, glyph).text).toBe("(png|jpg|\\d)");
    expect(partOf(text, 11)).toEqual({ kind: "plus", text: "(png|jpg|\\d)+", atoms: [0, 7] });
    expect(partOf("ab|c", 2)).toEqual({ kind: "choice", text: "ab|c", atoms: [0, 3] });
  });

  it("keeps brackets that nothing repeats, and every operator of a stack", () => {
    expect(partOf("(ab)c", 0)).toEqual({ kind: "brackets", text: "(ab)", atoms: [0, 2] });
    expect(partOf("a*?", 1)).toEqual({ kind: "star", text: "a*", atoms: [0, 1] });
    expect(partOf("a*?", 2)).toEqual({ kind: "optional", text: "a*?", atoms: [0, 1] });
    expect(partOf("((a)b)", 0).text).toBe("((a)b)");
    expect(partOf("((a)b)", 1).text).toBe("(a)");
    expect(partOf("((\\.))b", 2)).toEqual({ kind: "literal", text: "\\.", atoms: [0, 1] });
  });

  it("gives every part exactly one glyph that takes the focus, and every glyph a part", () => {
    for (const text of ["\\u(,\\u)*", "(a|b)+", "((a|(b))c)?d", "a|b|c", "((a))*", "((\\d))", "((\\.))b", "(\\+)*?"]) {
      const { glyphs, parts } = layOut(text);
      expect(
        glyphs.every((glyph) => glyph.part >= 0),
        text,
      ).toBe(true);
      const heads = glyphs.filter((glyph) => glyph.isHead).map((glyph) => glyph.part);
      expect(new Set(heads).size, text).toBe(heads.length);
      expect(heads.length, text).toBe(parts.length);
    }
  });

  it("leaves literals without tint and gives neighbours of one class the same", () => {
    expect(layOut("img\\d\\d\\.(\\l\\l|\\d)\\l").slots).toEqual([0, 0, 0, 1, 1, 0, 2, 2, 3, 4]);
    expect(layOut("\\d+\\d").slots).toEqual([1, 2]);
  });

  it("finds the part around another", () => {
    const layout = layOut("(a(bc)+)*");
    const at = (glyph: number) => layout.glyphs[glyph]?.part ?? -1;
    expect(partAround(layout, at(3))).toBe(at(6));
    expect(partAround(layout, at(6))).toBe(at(8));
    expect(partAround(layout, at(8))).toBe(null);
  });
});
