import { describe, expect, it } from "vitest";
import { provenanceOf } from "../../../src/app/lab/provenance";
import { defaultsOf } from "../../../src/engine/options";
import { tiny } from "../../helpers/tinyDomain";

describe("the provenance of exports", () => {
  it("names version, data, and each run with its changed options, seed and backend", () => {
    const options = { ...defaultsOf(tiny.options), seed: 7, particles: 6 };
    const description = { options, backend: { name: "wasm" }, facts: { name: "tiny" } };
    // The cast: only these parts of a run are read.
    const runs = [{ description }, { description: null }] as unknown as Parameters<typeof provenanceOf>[1];
    expect(provenanceOf(tiny, runs)).toEqual([
      expect.stringMatching(/^Wake-Sleep Lab \d+\.\d+\.\d+, tiny, data: tiny$/),
      "MWS, K = 6, seed 7, wasm; particles=6, seed=7",
    ]);
  });
});
