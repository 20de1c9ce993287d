// The colours of runs and of meanings stay apart for people with any of the three colour-vision deficiencies, scales get
// darker (or lighter) step by step, and text and lines have their contrast; the figures are those of look.md (UX-147).

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, deltaE2000, labOf, linearRgb, seenAs, type Vision } from "../../helpers/colour";

const css = readFileSync("src/app/styles/tokens.css", "utf8");
const VISIONS: readonly Vision[] = ["normal", "deuteranopia", "protanopia", "tritanopia"];

/** The hex colours of one block of the tokens. */
function tokensOf(selector: string): Readonly<Record<string, string>> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf("}", from));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

const light = tokensOf(":root");
const dark = tokensOf(':root[data-theme="dark"]');
const systemDark = tokensOf(':root:not([data-theme="light"])');
const colour = (theme: Readonly<Record<string, string>>, name: string) => theme[name] ?? `no --${name}`;

/** Smallest distance of any two of these colours, in one vision. */
function closest(theme: Readonly<Record<string, string>>, names: readonly string[], vision: Vision): number {
  const labs = names.map((name) => labOf(seenAs(linearRgb(colour(theme, name)), vision)));
  const distances = labs.flatMap((one, at) => labs.slice(at + 1).map((other) => deltaE2000(one, other)));
  return Math.min(...distances);
}

const RUNS = [1, 2, 3, 4, 5, 6, 7, 8].map((slot) => `run-${slot}`);
const MEANINGS = ["theta", "phi", "memory", "replay", "mismatch", "text-1"];

describe("CIEDE2000", () => {
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  ] as const)("of %j and %j is the published %d", (one, other, published) => {
    expect(deltaE2000(one, other)).toBeCloseTo(published, 4);
  });
});

describe("colours of runs", () => {
  it.each([
    ["light", light, [23.7, 15.8, 15.6, 14.7]],
    ["dark", dark, [17.3, 13.0, 14.1, 10.1]],
  ] as const)("stay at least 10 apart in every vision, %s", (_theme, tokens, published) => {
    for (const [at, vision] of VISIONS.entries()) {
      const distance = closest(tokens, RUNS, vision);
      expect(distance, vision).toBeGreaterThanOrEqual(10);
      expect(Math.abs(distance - (published[at] ?? 0)), `${vision}: ${distance}`).toBeLessThan(0.2);
    }
  });

  it.each([
    ["light", light],
    ["dark", dark],
  ] as const)("have 3 to 1 against the page and the figures, %s", (_theme, tokens) => {
    for (const name of RUNS) {
      for (const ground of ["surface-0", "surface-1"]) {
        expect(contrast(colour(tokens, name), colour(tokens, ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(
          3,
        );
      }
    }
  });
});

describe("colours of meanings", () => {
  it.each([
    ["light", light, [24.4, 8.0, 11.6, 10.3]],
    ["dark", dark, [21.2, 12.2, 11.4, 10.4]],
  ] as const)("keep the distances that look.md names, %s", (_theme, tokens, published) => {
    for (const [at, vision] of VISIONS.entries()) {
      const distance = closest(tokens, MEANINGS, vision);
      expect(Math.abs(distance - (published[at] ?? 0)), `${vision}: ${distance}`).toBeLessThan(0.2);
    }
  });
});

describe.each([
  ["light", light],
  ["dark", dark],
] as const)("scales and text, %s", (_theme, tokens) => {
  const lightness = (name: string) => labOf(linearRgb(colour(tokens, name)))[0];

  it("get steadily darker, or lighter, away from the page", () => {
    const away = lightness("surface-0") > 50 ? -1 : 1;
    for (const names of [
      ["seq-0", "seq-1", "seq-2", "seq-3", "seq-4", "seq-5"],
      ["div-0", "div-n1", "div-n2", "div-n3"],
      ["div-0", "div-p1", "div-p2", "div-p3"],
    ]) {
      for (let at = 1; at < names.length; at += 1) {
        const step = away * (lightness(names[at] ?? "") - lightness(names[at - 1] ?? ""));
        expect(step, `${names[at - 1]} to ${names[at]}`).toBeGreaterThan(3);
      }
    }
  });

  it("have 4.5 to 1 for text and 3 to 1 for the edges of controls", () => {
    for (const text of ["text-1", "text-2", "text-3", "theta", "phi", "memory", "replay", "mismatch", "bad", "warn"]) {
      expect(contrast(colour(tokens, text), colour(tokens, "surface-0")), text).toBeGreaterThanOrEqual(4.5);
    }
    for (const line of ["line-3", "focus", "wake"]) {
      expect(contrast(colour(tokens, line), colour(tokens, "surface-0")), line).toBeGreaterThanOrEqual(3);
    }
  });
});

it("has the same dark colours by choice and by the system", () => {
  expect(Object.keys(dark).length).toBeGreaterThan(40);
  expect(systemDark).toEqual(dark);
});
