// What the wasm sequence network computes once: equal lanes, common prefixes; and how calls are cut into chunks.

import { describe, expect, it } from "vitest";
import { planChunks } from "../../../src/engine/kernels/sequence/wasmChunks";
import { growForest } from "../../../src/engine/kernels/sequence/wasmForest";
import { distinctLanes } from "../../../src/engine/nn/distinctLanes";
import { someTexts } from "../../helpers/sequences";

describe("distinctLanes", () => {
  const tokens = Int32Array.from([1, 2, 9, 1, 1, 9, 1, 2, 9, 1, 2, 9]);
  const groups = Int32Array.from([1, 1, 0, 1]);

  it("finds equal tokens of the same group, in the order of group, then tokens", () => {
    const distinct = distinctLanes({ tokens, groups }, 3, true, () => true);
    expect([...distinct.index]).toEqual([2, 1, 0, 2]);
    expect([...distinct.groups]).toEqual([0, 1, 1]);
    expect([...distinct.tokens]).toEqual([1, 2, 9, 1, 1, 9, 1, 2, 9]);
  });

  it("ignores groups where nothing is read, and lanes that are left out", () => {
    const distinct = distinctLanes({ tokens, groups }, 3, false, (lane) => lane !== 1);
    expect([...distinct.index]).toEqual([0, -1, 0, 0]);
    expect([...distinct.groups]).toEqual([0]);
  });
});

describe("growForest", () => {
  it("gives sequences of a tree the nodes of their common prefix", () => {
    // ab, abc, ac of tree 0; ab of tree 1.
    const symbols = Int32Array.from([1, 2, 1, 2, 3, 1, 3, 1, 2]);
    const forest = growForest(symbols, Int32Array.from([0, 2, 5, 7, 9]), Int32Array.from([0, 0, 0, 1]));
    expect([...forest.depths]).toEqual([0, 2, 5, 6]);
    expect([...forest.paths]).toEqual([0, 2, 0, 2, 5, 0, 3, 1, 4]);
    expect([...forest.parents]).toEqual([-1, -1, 0, 0, 1, 2]);
    expect([...forest.inputs]).toEqual([1, 1, 2, 3, 2, 3]);
    expect([...forest.sequences]).toEqual([0, 3, 0, 2, 3, 1]);
  });
});

describe("planChunks", () => {
  it("takes every lane once, in the range of its group, within the limits", () => {
    const texts = someTexts(1, [3, 1, 5, 2, 4, 1, 1]);
    const groups = Int32Array.from([0, 0, 0, 2, 2, 4, 6, 6, 6]);
    const { groupOffsets, textOffsets } = texts;
    const limits = { symbols: 15, rows: 12 };
    const taken: number[] = [];
    for (const { from, to, lanes } of planChunks(texts, groups, () => 2, limits)) {
      const symbols = textOffsets[groupOffsets[to]!]! - textOffsets[groupOffsets[from]!]!;
      expect(symbols <= limits.symbols || to === from + 1).toBe(true);
      for (const range of lanes) {
        let rows = 0;
        for (let lane = range.from; lane < range.to; lane++) {
          const group = groups[lane]!;
          expect(group >= from && group < to).toBe(true);
          rows += 2 * (groupOffsets[group + 1]! - groupOffsets[group]!);
          taken.push(lane);
        }
        expect(range.rows).toBe(rows);
        expect(rows <= limits.rows || range.to === range.from + 1).toBe(true);
      }
    }
    expect(taken).toEqual([...groups.keys()]);
  });
});
