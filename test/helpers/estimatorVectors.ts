// What the reference tests of the estimators of timeseries.json share: the file's cases and tolerance, the options' defaults,
// and programs of one number each.

import { expect } from "vitest";
import type { Batch, Programs } from "../../src/engine/model";
import { defaultsOf } from "../../src/engine/options";
import { COMMON_OPTIONS, type CommonOptions } from "../../src/engine/run/options";
import { timeseriesFile } from "./timeseriesVectors";

// The cast: defaultsOf returns the table's defaults, which CommonOptions describes.
export const defaults = defaultsOf(COMMON_OPTIONS) as unknown as CommonOptions;
export const batch: Batch = { observations: { count: 1 }, ids: Int32Array.of(0) };

const tolerance = timeseriesFile.tolerance?.estimators_abs ?? 1e-9;

export function near(given: number, expected: number): void {
  expect(Math.abs(given - expected)).toBeLessThanOrEqual(tolerance);
}

export function allNear(given: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(given.length).toBe(expected.length);
  for (let i = 0; i < given.length; i++) near(given[i]!, expected[i]!);
}

/** Programs of one observation: their numbers, and what is drawn beside them. */
export function packedIds(ids: readonly number[], continuous?: Float64Array): Programs {
  return {
    values: Int32Array.from(ids),
    numParticles: ids.length,
    batchSize: 1,
    length: 1,
    ...(continuous ? { continuous } : {}),
  };
}

/** What a model answers that a test must not ask. */
export const refuse = () => Promise.reject(new Error("not asked in this test"));
