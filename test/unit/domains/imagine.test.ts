// New observations for given programs: of the right program, size and start, and the same for the same random numbers.

import { describe, expect, it } from "vitest";
import { tools } from "../../../src/domains/automata/tools";
import { packLabels } from "../../../src/domains/clusters/program";
import type { Programs } from "../../../src/engine/model";
import { Rng } from "../../../src/engine/rng/rng";
import { buildAutomata } from "../../helpers/automata";
import { buildClusters } from "../../helpers/clusters";

const rng = () => new Rng(5).fork("imagine");
const programsOf = (...values: number[]): Programs => ({
  values: Int32Array.from(values),
  numParticles: 1,
  batchSize: values.length,
  length: 1,
});
type Described = { rows: string[]; boundary: "wrap" | "zero"; height: number; width: number };

describe("imagined pictures", () => {
  const rules = [110, 30, 90, 150];

  it("have the run's size and follow their rule up to the model's noise, one quarter at the start", async () => {
    const instance = await buildAutomata({ height: 40, width: 60 });
    const batch = await instance.imagine(programsOf(...rules), rng(), -1);
    expect(batch.ids).toEqual(Int32Array.of(0, 1, 2, 3));
    for (const [index, rule] of rules.entries()) {
      // The cast: this is what the automata domain describes.
      const { rows, boundary, height, width } = instance.describeObservation(batch, index) as Described;
      expect([height, width, boundary]).toEqual([40, 60, "wrap"]);
      const wrong = tools.disagreements(tools.gridFromRows(rows), { rule, neighbours: 3, boundary });
      const share = wrong.reduce((sum, one) => sum + one, 0) / (40 * 59);
      expect(share).toBeGreaterThan(0.22); // 2360 cells: 0.25 +- 0.009
      expect(share).toBeLessThan(0.28);
    }
    instance.dispose();
  });

  it("start like a given row and share its boundary", async () => {
    const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const payload = { pictures: [{ height: 16, width: 16, pixels, boundary: "zero", note: "" }] };
    const instance = await buildAutomata({}, { userData: { name: "own", payload } });
    const own = instance.facts.userRow;
    const start = (rows: readonly string[]) => rows.map((row) => row[0]).join("");
    const ownRows = instance.describeObservation({ observations: instance.train, ids: Int32Array.of(own) }, 0);
    const batch = await instance.imagine(programsOf(...rules), rng(), own);
    for (const index of rules.keys()) {
      const { rows, boundary } = instance.describeObservation(batch, index) as Described;
      expect(start(rows)).toBe(start((ownRows as Described).rows));
      expect(boundary).toBe("zero");
    }
    const free = await instance.imagine(programsOf(...rules), rng(), -1);
    const starts = rules.map((_, index) => start((instance.describeObservation(free, index) as Described).rows));
    expect(new Set(starts).size).toBe(4);
    instance.dispose();
  });

  it("are the same for the same random numbers", async () => {
    const instance = await buildAutomata();
    const [first, second] = [
      await instance.imagine(programsOf(...rules), rng(), 2),
      await instance.imagine(programsOf(...rules), rng(), 2),
    ];
    expect(second.observations.pixels).toEqual(first.observations.pixels);
    instance.dispose();
  });
});

describe("imagined sets of points", () => {
  it("share a centre where the clustering says so: within 1 I, between 1 I + 2 * 1 I apart", async () => {
    const instance = await buildClusters();
    const together = packLabels([0, 0, 0, 0, 0, 0, 0]);
    const apart = packLabels([0, 1, 2, 3, 4, 5, 6]);
    const half = 400;
    const batch = await instance.imagine(
      programsOf(...Array.from({ length: 2 * half }, (_, i) => (i < half ? together : apart))),
      rng(),
      -1,
    );
    const spread = (from: number) => {
      let sum = 0;
      for (let i = from; i < from + half; i++) {
        // The cast: pairs of numbers are what the clusters domain describes.
        const [first, second] = instance.describeObservation(batch, i) as [number, number][];
        sum += (first![0] - second![0]) ** 2 / half;
      }
      return sum;
    };
    // Sigma starts as I: two points of one cluster differ by variance 2, of two clusters by 2 + 2.
    expect(Math.abs(spread(0) - 2)).toBeLessThan(0.6);
    expect(Math.abs(spread(half) - 4)).toBeLessThan(1.2);
    instance.dispose();
  });
});
