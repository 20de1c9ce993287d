import { describe, expect, it } from "vitest";
import { dataHash } from "../../../src/app/lab/dataHash";
import { provenanceOf } from "../../../src/app/lab/provenance";
import { defaultsOf } from "../../../src/engine/options";
import { tiny } from "../../helpers/tinyDomain";

describe("the provenance of exports", () => {
  it("names version, data with hash, and each run with its options, seed and backend", () => {
    const options = { ...defaultsOf(tiny.options), seed: 7, particles: 6 };
    const data = { pixels: Uint8Array.of(0, 1, 1) };
    const description = { options, backend: { name: "wasm" }, facts: { name: "tiny", data } };
    // The cast: only these parts of a run are read.
    const runs = [
      { runId: "run-1", options: { learningRate: 0.5 }, description },
      { runId: "run-2", options, description: null },
    ] as unknown as Parameters<typeof provenanceOf>[1];
    const [first, second, ...rest] = provenanceOf(tiny, runs);
    expect(first).toMatch(/^Wake-Sleep Lab \d+\.\d+\.\d+, tiny, data: tiny, hash [0-9a-f]{16}$/);
    expect(second).toMatch(/^run-1: MWS, K = 6, seed 7, backend wasm; .*particles=6/);
    expect(second).toContain("learningRate=0.5");
    expect(rest).toEqual([]);
  });
});

describe("the hash of the data", () => {
  it("changes with any value, name or order of bytes, and not with the order of fields", () => {
    const hash = dataHash({ count: 2, pixels: Uint8Array.of(0, 1, 1, 0) });
    expect(dataHash({ pixels: Uint8Array.of(0, 1, 1, 0), count: 2 })).toBe(hash);
    expect(dataHash({ count: 3, pixels: Uint8Array.of(0, 1, 1, 0) })).not.toBe(hash);
    expect(dataHash({ count: 2, pixels: Uint8Array.of(1, 0, 1, 0) })).not.toBe(hash);
    expect(dataHash({ count: 2, picture: Uint8Array.of(0, 1, 1, 0) })).not.toBe(hash);
  });

  it("reads the bytes of a view only", () => {
    const whole = Uint8Array.of(9, 1, 2, 9);
    expect(dataHash({ a: whole.subarray(1, 3) })).toBe(dataHash({ a: Uint8Array.of(1, 2) }));
  });
});
