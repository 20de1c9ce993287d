// The eight colours of runs and groups stay apart for people with and without colour blindness, in both themes (UX-95).
// Simulation: Machado, Oliveira and Fernandes 2009, full severity; distance: CIE76 in Lab.

import { readFileSync } from "node:fs";
import { lab, rgb } from "d3";
import { describe, expect, it } from "vitest";
import { numRunSlots, runStyle } from "../../../src/views/palette";

const KINDS = {
  "usual sight": [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
} as const;

const css = readFileSync("src/app/styles/tokens.css", "utf8");
const dark = css.slice(css.indexOf('[data-theme="dark"]'));

function colours(text: string): readonly string[] {
  return Array.from({ length: numRunSlots }, (_, i) => new RegExp(`--run-${i + 1}: (#\\w{6})`).exec(text)?.[1] ?? "");
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

/** The colour as it is seen, in Lab. */
function seen(hex: string, matrix: readonly number[]): readonly [number, number, number] {
  const { r, g, b } = rgb(hex);
  const [x, y, z] = [r, g, b].map((value) => linear(value / 255)) as [number, number, number];
  const row = (i: number) => (matrix[i] ?? 0) * x + (matrix[i + 1] ?? 0) * y + (matrix[i + 2] ?? 0) * z;
  const [red, green, blue] = [row(0), row(3), row(6)].map((value) => 255 * gamma(Math.min(1, Math.max(0, value))));
  const found = lab(rgb(red ?? 0, green ?? 0, blue ?? 0));
  return [found.l, found.a, found.b];
}

describe.each([
  ["light", css.slice(0, css.indexOf('[data-theme="dark"]'))],
  ["dark", dark],
])("the eight run colours, %s", (_theme, text) => {
  it.each(Object.entries(KINDS))("are at least 10 apart with %s", (_kind, matrix) => {
    const all = colours(text).map((hex) => seen(hex, matrix));
    expect(colours(text).every((hex) => /^#\w{6}$/.test(hex))).toBe(true);
    const distances = all.flatMap((a, i) =>
      all.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    );
    expect(distances).toHaveLength(28);
    expect(Math.min(...distances)).toBeGreaterThan(10);
  });
});

it("gives each slot a dash and a marker of its own", () => {
  const styles = Array.from({ length: numRunSlots }, (_, i) => runStyle(i + 1));
  expect(new Set(styles.map((style) => style.dash)).size).toBe(numRunSlots);
  expect(new Set(styles.map((style) => style.marker)).size).toBe(numRunSlots);
});
