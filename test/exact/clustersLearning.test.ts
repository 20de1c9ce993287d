// Learning on the fixed data reaches what the specification expects (MWS spec 2.7): exact negative log likelihood of the
// training sets after 5 000 iterations. True model: 10.0934. Bands are the specification's; each run takes seconds.

import { describe, expect, it } from "vitest";
import { trainClusters } from "../helpers/clusters";

describe("5 000 iterations on the fixed data, seed 1", () => {
  it.each([
    // name             options                                                 from    to
    ["MWS-fantasy 5,1", { memory: 5, proposals: 1, sleep: "fantasy" }, 10, 10.2],
    ["MWS 5,5", { memory: 5, proposals: 5 }, 10, 10.6],
    ["MWS 5,1", { memory: 5, proposals: 1 }, 10, 11.7],
    ["RWS 5", { algorithm: "rws", particles: 5 }, 12.6, 13.6],
    ["VIMCO 5", { algorithm: "vimco", particles: 5 }, 11.9, 13],
  ])(
    "%s",
    async (_, changed, from, to) => {
      const core = await trainClusters({ ...changed, iterations: 5000, evaluateEvery: 5000 });
      const nll = core.history.at(-1)?.metrics["nllTrain"];
      expect(nll).toBeGreaterThan(from);
      expect(nll).toBeLessThan(to);
    },
    120_000,
  );
});
