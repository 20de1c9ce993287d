// p(z_d) and p(z_c | z_d): sums to one over every program of a single tower, is what the sampler draws from, and gives
// distinct first programs.

import { expect, it } from "vitest";
import {
  distinctPrograms,
  logPriorContinuous,
  logPriorDiscrete,
  sampleProgram,
  sampleRaw,
} from "../../../src/domains/blocks/prior";
import { MOST_LEVELS, placesOf } from "../../../src/domains/blocks/program";
import { Rng } from "../../../src/engine/rng/rng";

/** Every tower of a single cell over P types, [1 + P + P^2 + P^3, 3]. */
function everyTower(numTypes: number): Int32Array {
  const towers: number[][] = [[]];
  for (let level = 0, from = 0; level < MOST_LEVELS; level++) {
    const below = towers.slice(from);
    from = towers.length;
    for (const tower of below) for (let type = 0; type < numTypes; type++) towers.push([...tower, 1 + type]);
  }
  return Int32Array.from(towers.flatMap((tower) => [...tower, 0, 0, 0].slice(0, MOST_LEVELS)));
}

const rng = new Rng(3).fork("prior");

it("sums to one over the 156 programs of a tower of five types", () => {
  const programs = everyTower(5);
  expect(programs.length / MOST_LEVELS).toBe(156);
  const total = logPriorDiscrete(programs, 1, 5).reduce((sum, log) => sum + Math.exp(log), 0);
  expect(total).toBeCloseTo(1, 12);
});

it("draws programs as often as their probability says", () => {
  const numTypes = 2;
  const programs = everyTower(numTypes);
  const logs = logPriorDiscrete(programs, 1, numTypes);
  const [draws, drawn] = [20_000, new Int32Array(MOST_LEVELS)];
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    sampleProgram(drawn, 0, 1, numTypes, rng);
    counts.set(drawn.join(), (counts.get(drawn.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(15);
  for (let i = 0; i < logs.length; i++) {
    const p = Math.exp(logs[i]!);
    const seen = counts.get(programs.subarray(i * MOST_LEVELS, (i + 1) * MOST_LEVELS).join())! / draws;
    // 4 standard errors.
    expect(Math.abs(seen - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws));
  }
});

it("draws raw locations where blocks stand, standard normal, and 0 elsewhere", () => {
  const programs = new Int32Array(12 * 1000);
  for (let s = 0; s < 1000; s++) sampleProgram(programs, 12 * s, 2, 5, rng);
  const raw = new Float64Array(programs.length).fill(7);
  sampleRaw(programs, 0, programs.length, rng, raw);
  const there = raw.filter((_, i) => programs[i]! > 0);
  expect(raw.every((value, i) => (programs[i]! > 0 ? value !== 0 : value === 0))).toBe(true);
  const mean = there.reduce((sum, value) => sum + value, 0) / there.length;
  const variance = there.reduce((sum, value) => sum + value * value, 0) / there.length;
  // 4 standard errors.
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(there.length));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / there.length));
});

it("scores each scene of a batch by its own blocks, whatever stands in empty places", () => {
  const programs = Int32Array.of(...[1, 0, 0], ...[2, 3, 0], ...[0, 0, 0]);
  const raw = [0.5, 9, 9, 1, -2, 9, 9, 9, 9];
  const normal = (value: number) => -0.5 * value * value - 0.5 * Math.log(2 * Math.PI);
  const logs = logPriorContinuous(programs, raw, 1);
  expect(logs[0]).toBeCloseTo(normal(0.5), 12);
  expect(logs[1]).toBeCloseTo(normal(1) + normal(-2), 12);
  expect(logs[2]).toBe(0);
});

it("gives distinct first programs, all of them where there are hardly more, and the same for the same stream", () => {
  const some = distinctPrograms(10, 2, 5, new Rng(4));
  expect(some.length).toBe(10 * placesOf(2));
  expect(distinctPrograms(10, 2, 5, new Rng(4))).toEqual(some);
  const texts = (programs: Int32Array, places: number) =>
    Array.from({ length: programs.length / places }, (_, i) => programs.subarray(i * places, (i + 1) * places).join());
  expect(new Set(texts(some, 12)).size).toBe(10);
  // A tower of one type has four programs.
  const all = texts(distinctPrograms(50, 1, 1, new Rng(5)), 3);
  expect([...all].sort()).toEqual(["0,0,0", "1,0,0", "1,1,0", "1,1,1"]);
});
