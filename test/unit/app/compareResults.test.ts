// Means on a common grid, the Welch interval against numbers worked by hand, results, and which quantities may share an axis.

import { describe, expect, it } from "vitest";
import { groupCurve, interpolate, summarise } from "../../../src/app/compare/alignment";
import type { CompareMetric } from "../../../src/app/compare/chartMetrics";
import { chosenCharts, compareMetrics } from "../../../src/app/compare/chartMetrics";
import { quantityOf } from "../../../src/app/compare/comparability";
import { type CompareRun, freshRun } from "../../../src/app/compare/compareStore";
import { chartSeries, kindsOf, logDomain, sharedReferences } from "../../../src/app/compare/curves";
import { CSV_HEADER, longCsv } from "../../../src/app/compare/exportAll";
import { groupsOf, optionsDiff } from "../../../src/app/compare/groups";
import { domainNamed } from "../../../src/app/compare/plan";
import { groupDifference, resultRows, usualThreshold } from "../../../src/app/compare/results";
import { welchDifference } from "../../../src/app/compare/welch";
import { tableOf } from "../../../src/app/router/labLink";
import { defaultsOf, type OptionValues } from "../../../src/engine/options";

const clusters = domainNamed("clusters")!;
const table = tableOf(clusters, "paper");
const points = (x: number[], y: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });
const metric: CompareMetric = { name: "nll", title: "NLL", unit: "nats", help: "", scale: "linear", better: "lower" };

/** A run with one metric at these steps; every step costs 10 ms and 100 proposals. */
function runWith(place: number, changes: OptionValues, values: readonly (readonly [number, number])[]): CompareRun {
  const options: OptionValues = { ...defaultsOf(table), iterations: 100, ...changes };
  const run = freshRun(
    place,
    `group ${options["algorithm"]} ${options["particles"]}`,
    options["algorithm"] === "mws" ? 1 : 2,
    options,
  );
  run.series.append(
    values.map(([step, nll]) => ({ step, wallMs: step * 10, evaluations: step * 100, metrics: { nll, elbo: -nll } })),
  );
  const last = values[values.length - 1]?.[0] ?? 0;
  return { ...run, status: "converged", step: last, wallMs: last * 10, evaluations: last * 100 };
}

describe("means over seeds", () => {
  it("interpolates between records and knows nothing outside them", () => {
    const at = Float64Array.of(0, 5, 10, 15, 20, 25);
    expect([...interpolate(points([5, 15], [1, 3]), at)]).toEqual([Number.NaN, 1, 2, 3, Number.NaN, Number.NaN]);
  });

  it("averages only runs that reached the step and counts them", () => {
    const curve = groupCurve([points([0, 10, 20], [4, 2, 1]), points([0, 10], [8, 6])], "step", "range");
    expect([...curve.x]).toEqual([0, 10, 20]);
    expect([...curve.mean]).toEqual([6, 4, 1]);
    expect([...curve.count]).toEqual([2, 2, 1]);
    expect([...curve.lo]).toEqual([4, 2, Number.NaN]);
    expect([...curve.hi]).toEqual([8, 6, Number.NaN]);
  });

  it("draws one standard deviation each way when asked", () => {
    const curve = groupCurve([points([0], [1]), points([0], [3]), points([0], [5])], "step", "sd");
    expect([curve.lo[0], curve.mean[0], curve.hi[0]]).toEqual([1, 3, 5]);
  });

  it("compares runs of different speed at the same time", () => {
    const curve = groupCurve([points([0, 10], [0, 10]), points([0, 20], [0, 10])], "time", "range");
    // Where both have a value, the fast run stands at x and the slow one at half of it.
    const both = [...curve.x.keys()].filter((i) => curve.count[i] === 2);
    expect(both.length).toBeGreaterThan(100);
    for (const i of both) expect(curve.mean[i]).toBeCloseTo(0.75 * curve.x[i]!, 10);
    expect(curve.count[curve.count.length - 1]).toBe(1);
  });

  it("uses the sample standard deviation", () => {
    expect(summarise([2, 4, 6])).toEqual({ mean: 4, sd: 2, n: 3 });
    expect(summarise([2]).sd).toBeNaN();
  });
});

describe("the Welch interval", () => {
  // By hand: means 2 and 7, variances 1 and 4, n = 3 each: se^2 = 5/3, df = (5/3)^2 / ((1/9 + 16/9)/2) = 2.9412;
  // t(0.975, 2.9412) = 3.2161 (between the printed 4.3027 for 2 and 3.1824 for 3).
  it("equals the interval worked by hand", () => {
    const found = welchDifference([1, 2, 3], [5, 7, 9]);
    expect(found).toMatchObject({ kind: "interval", difference: 5 });
    if (found.kind !== "interval") return;
    expect(found.df).toBeCloseTo(2.9412, 4);
    expect((found.hi - found.difference) / Math.sqrt(5 / 3)).toBeGreaterThan(3.1824);
    expect((found.hi - found.difference) / Math.sqrt(5 / 3)).toBeLessThan(4.3027);
    expect(found.difference - found.lo).toBeCloseTo(found.hi - found.difference, 12);
  });

  it("is Student's interval where both groups spread equally: t(0.975, 4) = 2.7764", () => {
    const found = welchDifference([1, 2, 3], [4, 5, 6]);
    expect(found).toMatchObject({ kind: "interval" });
    if (found.kind !== "interval") return;
    expect(found.df).toBeCloseTo(4, 10);
    expect(found.hi).toBeCloseTo(3 + 2.7764451 * Math.sqrt(2 / 3), 6);
  });

  it("says why there is none", () => {
    expect(welchDifference([1], [2, 3])).toMatchObject({ kind: "none", difference: 1.5, reason: "no interval: n = 1" });
    expect(welchDifference([], [2, 3])).toMatchObject({ kind: "none", reason: "no value" });
  });

  it("is exact where no run differs from another", () => {
    expect(welchDifference([1, 1], [2, 2])).toMatchObject({ difference: 1, lo: 1, hi: 1 });
  });
});

describe("results", () => {
  const runs = [
    runWith(1, { algorithm: "mws", seed: 1 }, [
      [0, 10],
      [50, 4],
      [100, 2],
    ]),
    runWith(2, { algorithm: "mws", seed: 2 }, [
      [0, 10],
      [50, 6],
      [100, 4],
    ]),
    runWith(3, { algorithm: "mws", seed: 3 }, [
      [0, 10],
      [50, 1],
    ]),
    runWith(4, { algorithm: "rws", seed: 1 }, [
      [0, 10],
      [50, 9],
      [100, 8],
    ]),
    runWith(5, { algorithm: "rws", seed: 2 }, [
      [0, 10],
      [50, 5],
      [100, 10],
    ]),
  ];
  const groups = groupsOf(table, runs);

  it("takes final values from the runs that reached the last step", () => {
    const [mws, rws] = resultRows(groups, [metric], "step", null);
    expect(mws).toMatchObject({ step: 100, n: 2 });
    expect(mws?.final["nll"]).toEqual({ mean: 3, sd: Math.SQRT2, n: 2 });
    expect(rws?.final["nll"]?.mean).toBe(9);
    expect(rws?.best.mean).toBe(6.5);
    expect(mws?.proposals.mean).toBe(10_000);
  });

  it("finds the cost to a threshold on every axis", () => {
    const reach = (axis: "step" | "time" | "proposals") => resultRows(groups, [metric], axis, 5)[1]?.reach;
    expect(reach("step")).toMatchObject({ mean: 50, n: 1 });
    expect(reach("time")).toMatchObject({ mean: 0.5 });
    expect(reach("proposals")).toMatchObject({ mean: 5000 });
    expect(resultRows(groups, [metric], "step", 0.5)[0]?.reach).toMatchObject({ n: 0 });
  });

  it("chooses a threshold that every group reaches", () => {
    expect(usualThreshold(groups, metric)).toBe(9);
    expect(usualThreshold(groups, { ...metric, better: "none" })).toBeNull();
  });

  it("compares two groups only where they measure the same quantity", () => {
    const [mws, rws] = groups;
    expect(groupDifference(mws!, rws!, metric)).toMatchObject({ kind: "interval", difference: 6 });
    expect(groupDifference(mws!, rws!, { ...metric, name: "elbo" })).toBeNull();
  });

  it("lists only the options that differ", () => {
    expect(optionsDiff(table, groups)).toEqual([{ name: "algorithm", label: "Algorithm", values: ["MWS", "RWS"] }]);
  });
});

describe("series of a chart", () => {
  const runs = [1, 2, 3].flatMap((seed) => [
    runWith(seed, { algorithm: "mws", seed }, [
      [0, 10],
      [100, seed],
    ]),
    runWith(seed + 3, { algorithm: "rws", seed }, [
      [0, 10],
      [100, 5 + seed],
    ]),
  ]);
  const groups = groupsOf(table, runs);
  const draw = (hidden: readonly string[]) => chartSeries(metric, groups, new Set(hidden), "step", "range");

  it("draws six thin runs and two thick means with their bands", () => {
    const series = draw([]);
    expect(series.filter((one) => one.weight === "raw")).toHaveLength(6);
    const means = series.filter((one) => one.weight === "mean");
    expect(means.map((one) => [one.label, one.y[1], one.band?.lo[1], one.band?.hi[1]])).toEqual([
      ["MWS", 2, 1, 3],
      ["RWS", 7, 6, 8],
    ]);
  });

  it("changes no number and no slot of a group when another is hidden", () => {
    const [all, some] = [draw([]), draw([groups[1]!.id])];
    expect(some.map((one) => [one.id, one.slot])).toEqual(all.map((one) => [one.id, one.slot]));
    const mean = (series: typeof all) => Array.from(series.find((one) => one.id === "MWS")?.y ?? []);
    expect(mean(all)).toHaveLength(2);
    expect(mean(some)).toEqual(mean(all));
    expect(some.filter((one) => one.hidden)).toHaveLength(4);
  });

  it("keeps a hidden seed in its group's mean", () => {
    const mean = (hidden: readonly string[]) => Array.from(draw(hidden).find((one) => one.id === "MWS")?.y ?? []);
    expect(mean(["run-1"])).toEqual(mean([]));
    expect(
      draw(["run-1"])
        .filter((one) => one.hidden)
        .map((one) => one.id),
    ).toEqual(["MWS, seed 1"]);
  });

  it("keeps a log axis tight around its values", () => {
    const one = { id: "a", label: "a", slot: 1, x: [0, 1], y: [8.2, 6.1] };
    expect(logDomain([one], [])).toEqual([5, 10]);
    expect(logDomain([{ ...one, y: [0.3, 0.0021] }], [])).toEqual([0.001, 0.5]);
    expect(logDomain([{ ...one, y: [0, -1] }], [])).toBeNull();
  });
});

describe("quantities that are not comparable", () => {
  const mws = { ...defaultsOf(table), algorithm: "mws", particles: 10, memory: 0 };

  it("tells bounds of different estimators, K and M apart", () => {
    const id = (options: OptionValues) => quantityOf("elbo", options).id;
    expect(id(mws)).not.toBe(id({ ...mws, algorithm: "rws" }));
    expect(id(mws)).not.toBe(id({ ...mws, memory: 3 }));
    expect(id(mws)).toBe(id({ ...mws, memory: 5 }));
    expect(id({ ...mws, algorithm: "rws" })).toBe(id({ ...mws, algorithm: "vimco" }));
    expect(id({ ...mws, algorithm: "rws" })).not.toBe(id({ ...mws, algorithm: "rws", particles: 20 }));
  });

  it("lets everything else share an axis, the held-out measure too", () => {
    for (const name of ["logPx", "nllTest", "klTrue", "phiError"]) {
      expect(quantityOf(name, mws).id).toBe(quantityOf(name, { ...mws, algorithm: "rws", particles: 20 }).id);
    }
  });

  it("lists the kinds of a comparison in the groups' order", () => {
    const runs = [runWith(1, { algorithm: "rws" }, [[0, 1]]), runWith(2, { algorithm: "mws" }, [[0, 1]])];
    const kinds = kindsOf({ ...metric, name: "elbo" }, groupsOf(table, runs));
    expect(kinds.map((kind) => kind.words)).toEqual(["K-sample bound, K = 10", "memory bound, M = 5"]);
  });
});

describe("charts of a domain", () => {
  it("draw the distance to an exact answer where one exists", () => {
    const names = chosenCharts(compareMetrics(clusters), []).map((chart) => chart.name);
    expect(names).toEqual(["nllTestDistance", "nllTest", "klTrue"]);
    const own = chosenCharts(compareMetrics(domainNamed("automata")!), []).map((chart) => chart.name);
    expect(own).toEqual(["phiError", "bitsPerPixel", "exactRecovery"]);
  });

  it("take the link's choice first and pass over unknown names", () => {
    const names = chosenCharts(compareMetrics(clusters), ["elbo", "nothing"]).map((chart) => chart.name);
    expect(names).toEqual(["elbo", "nllTestDistance", "nllTest"]);
  });

  it("show no reference line before a run has told", () => {
    expect(sharedReferences(metric, [runWith(1, {}, [[0, 1]])])).toEqual([]);
  });
});

describe("files", () => {
  it("writes the long form with the header of every export", () => {
    const run = runWith(1, { algorithm: "rws", particles: 4, memory: 0, seed: 7 }, [[5, 2]]);
    const lines = longCsv([run], ["Wake-Sleep Lab"]).split("\n");
    expect(CSV_HEADER).toBe("run,algorithm,particles,memory,seed,step,wall_ms,proposals,metric,value");
    expect(lines).toEqual([
      "# Wake-Sleep Lab",
      CSV_HEADER,
      "run-1,rws,4,0,7,5,50,500,nll,2",
      "run-1,rws,4,0,7,5,50,500,elbo,-2",
      "",
    ]);
  });
});
