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

it("reads the time of the token as written and as a build shortens it", () => {
  expect([milliseconds(" 240ms"), milliseconds(".24s"), milliseconds("0ms"), milliseconds("0s")]).toEqual([
    240, 240, 0, 0,
  ]);
});
