// Figures that browser tests measure, kept in test-results/<name>.json beside what they were held against.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the figures of one test file. @param figures name to number, or to any plain record */
export function writeFigures(name: string, figures: Readonly<Record<string, unknown>>): void {
  mkdirSync("test-results", { recursive: true });
  writeFileSync(join("test-results", `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

/** Value below which the given share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
