// What a press on minus or plus does to a number, and how an option's value is written.

import type { OptionSpec, OptionValue } from "../../../engine/options";

type NumberSpec = Extract<OptionSpec, { kind: "int" | "real" }>;

/** The next value up (+1) or down (-1), inside the usual range, or inside what the engine accepts with `isWide`. */
export function stepValue(spec: NumberSpec, value: number, direction: 1 | -1, isWide = false): number {
  const next = spec.scale === "log" ? nextOnLogScale(value, direction) : value + direction * stride(spec, value);
  // A value that was typed outside the usual range may be stepped towards it, not further out.
  const low = isWide ? spec.hardMin : Math.min(spec.min, value);
  const high = isWide ? spec.hardMax : Math.max(spec.max, value);
  return tidy(Math.min(high, Math.max(low, spec.kind === "int" ? Math.round(next) : next)));
}

/** As people type it: no exponent, no trailing zeros, at most six significant digits. */
export function writeValue(value: OptionValue): string {
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return String(value);
  const digits = Math.max(0, 5 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(12, digits)).replace(/\.?0+$/, "");
}

/** 1, 2, 5, 10, 20, 50 ... upwards or downwards from any positive value. */
function nextOnLogScale(value: number, direction: 1 | -1): number {
  if (value <= 0) return direction > 0 ? 1e-5 : 0;
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const mantissa = value / decade;
  const marks = direction > 0 ? [1, 2, 5, 10] : [5, 2, 1, 0.5];
  const found = marks.find((mark) => (direction > 0 ? mark > mantissa * 1.001 : mark < mantissa / 1.001));
  return (found ?? 1) * decade;
}

/** Whole numbers: 1 up to 50, then a tenth of the decade. Reals: a fiftieth of the range. */
function stride(spec: NumberSpec, value: number): number {
  if (spec.kind === "real") return 10 ** Math.floor(Math.log10((spec.max - spec.min) / 20));
  const size = Math.abs(value);
  if (spec.max <= 200 || spec.max > 1e8 || size < 50) return 1;
  return Math.max(10, 10 ** Math.floor(Math.log10(size)) / 2);
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
