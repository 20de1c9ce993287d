// Which rows of the memory table move, and how far.

import { expect, it } from "vitest";
import { milliseconds, rankMoves } from "../../../src/views/memory/useRowMoves";

it("moves programs that are in both orders and stand elsewhere", () => {
  const moves = rankMoves(["a", "b", "c", "d"], ["c", "a", "new", "d"]);
  expect([...moves]).toEqual([
    ["c", -2],
    ["a", 1],
  ]);
  expect(rankMoves([], ["a"]).size).toBe(0);
});

it("moves none where more than forty trade places at once", () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
  expect(rankMoves(names(40), names(40).reverse()).size).toBe(40);
  expect(rankMoves(names(42), names(42).reverse()).size).toBe(0);
});

it("reads the time of the token as written and as a build shortens it", () => {
  expect([milliseconds(" 240ms"), milliseconds(".24s"), milliseconds("0ms"), milliseconds("0s")]).toEqual([
    240, 240, 0, 0,
  ]);
});
