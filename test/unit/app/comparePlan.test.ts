// Plans of comparisons: links there and back, bad links, the grid and its groups, the queue and the estimate.

import { describe, expect, it } from "vitest";
import { durationText, estimatePlan, paceKey } from "../../../src/app/compare/estimate";
import { differingOptions, groupName, planSentence, runsOfPlan } from "../../../src/app/compare/grid";
import { type ComparePlan, domainNamed, parseList, readPlan, writePlan } from "../../../src/app/compare/plan";
import { DEFAULT_VIEW } from "../../../src/app/compare/planView";
import { nextRuns, seatsOn, sharingNote } from "../../../src/app/compare/queue";
import { comparedTableOf, tableOf } from "../../../src/app/router/labLink";
import { domains } from "../../../src/domains/list";

const automata = domainNamed("automata")!;
const clusters = domainNamed("clusters")!;

function planOf(query: string): ComparePlan {
  const { plan, problems } = readPlan(query);
  expect(problems).toEqual([]);
  expect(plan).not.toBeNull();
  return plan!;
}

describe("a plan of a preset with aids that no published algorithm has", () => {
  it("leaves them off unless the link asks for them", () => {
    const strokes = domainNamed("strokes")!;
    expect(tableOf(strokes, "live").mutations?.default).toBeGreaterThan(0);
    const plan = planOf("v=1&domain=strokes&preset=live&algorithm=mws,rws&images=20");
    const { runs } = runsOfPlan(strokes, plan);
    expect(runs.map(({ options }) => options.mutations)).toEqual([0, 0]);
    expect(runs[0]?.options.rewritten).toBe(strokes.options.rewritten?.default);
    expect(writePlan(plan)).not.toMatch(/mutations|rewritten/);
    const asked = planOf("v=1&domain=strokes&preset=live&algorithm=mws&mutations=2");
    expect(runsOfPlan(strokes, asked).runs.map(({ options }) => options.mutations)).toEqual([2]);
    expect(writePlan(asked)).toMatch(/mutations=2/);
  });

  it.each(domains)("trains no preset of $id with any", (spec) => {
    for (const { id } of spec.presets) {
      const aids = Object.entries(comparedTableOf(spec, id)).filter(([, option]) => option.isAid);
      for (const [name, option] of aids) expect(option.default, `${id}: ${name}`).toBe(spec.options[name]?.default);
    }
  });
});

describe("the link of a plan", () => {
  const query =
    "v=1&domain=automata&preset=live-hard&algorithm=mws,rws&particles=4,10&seed=1,2&without=3&x=time&band=sd&charts=phi,logPx&reach=0.05&obs=7";

  it("gives back the plan and the view that it was written from", () => {
    const link = readPlan(query);
    expect(link.problems).toEqual([]);
    const written = writePlan(link.plan!, link.view);
    expect(written.startsWith("#/compare?v=1&domain=automata&preset=live-hard&algorithm=mws,rws")).toBe(true);
    const again = readPlan(written.slice(written.indexOf("?") + 1));
    expect(again.plan).toEqual(link.plan);
    expect(again.view).toEqual(link.view);
    expect(again.view).toEqual({
      axis: "time",
      band: "sd",
      charts: ["phi", "logPx"],
      threshold: 0.05,
      observation: 6,
    });
  });

  it("leaves out what is as in the preset", () => {
    const plan = planOf("domain=automata&particles=10&seed=1,2");
    expect(writePlan(plan)).toBe("#/compare?v=1&domain=automata&seed=1,2");
  });

  it.each([
    ["", null, 0],
    ["algorithm=mws,rws", null, 1],
    ["domain=nope", null, 1],
    ["v=9&domain=clusters", "clusters", 1],
    ["domain=clusters&algorithm=mws,magic", "clusters", 1],
    ["domain=clusters&particles=0,5", "clusters", 1],
    ["domain=clusters&colour=red", "clusters", 1],
    ["domain=clusters&x=depth&band=wide&reach=much", "clusters", 3],
    ["domain=automata&preset=none", "automata", 1],
    ["domain=automata&without=a,0", "automata", 1],
    ["domain=%E0%A4%A&seed=1", null, 1],
  ])("never throws: %s", (text, domain, problems) => {
    const link = readPlan(text);
    expect(link.plan?.domain ?? null).toBe(domain);
    expect(link.problems).toHaveLength(problems);
  });

  it("falls back to the default view where the view cannot be read", () => {
    expect(readPlan("domain=clusters&x=depth&band=wide&reach=much").view).toEqual(DEFAULT_VIEW);
  });

  it("reads lists once each and names the first bad value", () => {
    const table = tableOf(clusters, "paper");
    expect(parseList(table, "particles", "4, 10,,10").values).toEqual([4, 10]);
    const bad = parseList(table, "particles", "4, many, 0");
    expect(bad.values).toEqual([4]);
    expect(bad.problem).toContain('"many"');
  });
});

describe("the grid", () => {
  it("has every combination, seeds innermost, one slot a group", () => {
    const { runs } = runsOfPlan(clusters, planOf("domain=clusters&algorithm=mws,rws&seed=1,2,3"));
    expect(runs.map((run) => [run.place, run.options["algorithm"], run.options["seed"], run.slot])).toEqual([
      [1, "mws", 1, 1],
      [2, "mws", 2, 1],
      [3, "mws", 3, 1],
      [4, "rws", 1, 2],
      [5, "rws", 2, 2],
      [6, "rws", 3, 2],
    ]);
    expect(new Set(runs.map((run) => run.groupId)).size).toBe(2);
  });

  it("keeps slots and places when runs are taken out", () => {
    const { runs } = runsOfPlan(clusters, planOf("domain=clusters&algorithm=mws,rws&seed=1,2&without=1,2"));
    expect(runs.map((run) => [run.place, run.slot])).toEqual([
      [3, 2],
      [4, 2],
    ]);
  });

  it("counts combinations that differ only in what their algorithm does not use once", () => {
    const { runs } = runsOfPlan(clusters, planOf("domain=clusters&algorithm=mws,rws&memory=2,5"));
    expect(runs.map((run) => [run.options["algorithm"], run.slot])).toEqual([
      ["mws", 1],
      ["mws", 2],
      ["rws", 3],
    ]);
  });

  it("shows at most eight and says how many are left", () => {
    const { runs, tooMany } = runsOfPlan(clusters, planOf("domain=clusters&seed=1,2,3,4,5,6,7,8,9,10"));
    expect([runs.length, tooMany]).toEqual([8, 2]);
  });

  it("gives all runs the same data where the seed would make them", () => {
    const { runs } = runsOfPlan(automata, planOf("domain=automata&seed=5,6"));
    expect(runs.map((run) => run.options["dataSeed"])).toEqual([5, 5]);
    const given = runsOfPlan(automata, planOf("domain=automata&seed=5,6&dataSeed=9"));
    expect(given.runs.map((run) => run.options["dataSeed"])).toEqual([9, 9]);
  });

  it("names groups by what differs, and the plan by its lists", () => {
    const table = tableOf(clusters, "paper");
    const plan = planOf("domain=clusters&particles=4,20&seed=1,2,3");
    const { runs } = runsOfPlan(clusters, plan);
    const all = runs.map((run) => run.options);
    expect(differingOptions(table, all)).toEqual(["particles"]);
    expect(all.map((options) => groupName(table, ["particles"], options))[3]).toBe("K = 20");
    expect(planSentence(clusters, plan, 6)).toBe("2 values of K × 3 seeds = 6 runs");
    expect(planSentence(clusters, planOf("domain=clusters&algorithm=mws,rws&seed=1,2,3"), 6)).toBe(
      "2 algorithms × 3 seeds = 6 runs",
    );
  });
});

describe("the queue", () => {
  const run = (runId: string, wants: boolean, isActive = false) => ({ runId, wants, isActive });

  it("fills free seats in the plan's order and passes over what was paused", () => {
    const runs = [run("a", true, true), run("b", false), run("c", true), run("d", true)];
    expect(nextRuns(runs, 1)).toEqual([]);
    expect(nextRuns(runs, 2)).toEqual(["c"]);
    expect(nextRuns(runs, 3)).toEqual(["c", "d"]);
  });

  it("gives one seat on a graphics device and while the device is not known", () => {
    expect(seatsOn(null, 16)).toBe(1);
    expect(seatsOn("webgpu", 16)).toBe(1);
    expect(seatsOn("wasm", 16)).toBe(3);
    expect(seatsOn("wasm", 3)).toBe(2);
    expect(seatsOn("wasm", 1)).toBe(1);
  });

  it("says how runs shared the device", () => {
    expect(sharingNote(1, 6)).toContain("took turns");
    expect(sharingNote(3, 6)).toContain("Up to 3 runs");
  });
});

describe("the estimate", () => {
  const options = { algorithm: "mws", particles: 10, iterations: 1000, batch: 20 };
  const key = paceKey("clusters", "paper", options);

  it("is a stated guess before anything was measured", () => {
    expect(estimatePlan("clusters", "paper", [options], {}, 1).isMeasured).toBe(false);
  });

  it("adds up measured paces, scales them by K and divides by the seats", () => {
    const paces = { [key]: { msPerStep: 6, particles: 10 } };
    expect(estimatePlan("clusters", "paper", [options, options], paces, 1)).toEqual({ seconds: 12, isMeasured: true });
    expect(estimatePlan("clusters", "paper", [options, options], paces, 2).seconds).toBe(6);
    const wide = { ...options, particles: 30 };
    expect(estimatePlan("clusters", "paper", [wide], paces, 1).seconds).toBe(12);
  });

  it.each([
    [4, "about 10 s"],
    [44, "about 40 s"],
    [170, "about 3 min"],
    [4200, "about 1 h 10 min"],
  ])("%s s reads as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));
});
