import { describe, expect, it } from "vitest";
import { readLabLink } from "../../../src/app/router/labLink";
import { LINK_VERSION, type Migration, migrate } from "../../../src/app/router/linkMigrations";
import { nearestName } from "../../../src/app/router/nearestName";
import { automata } from "../../../src/domains/automata";

/** Three versions: K was once called "k", then "count". */
const chain: readonly Migration[] = [
  (params) => rename(params, "k", "count", "1"),
  (params) => rename(params, "count", "particles", "2"),
];

function rename(params: URLSearchParams, from: string, to: string, version: string): void {
  const value = params.get(from);
  params.delete(from);
  if (value !== null) params.set(to, value);
  params.set("v", version);
}

describe("old links", () => {
  it.each([
    ["k=7", "7"],
    ["v=0&k=7", "7"],
    ["v=1&count=7", "7"],
    ["v=2&particles=7", "7"],
    // Names of another version are not this version's.
    ["v=2&k=7", null],
  ])("%s passes through every migration from its own version on", (query, particles) => {
    const { params, problem } = migrate(query, chain);
    expect(params.get("particles")).toBe(particles);
    expect(params.get("v")).toBe("2");
    expect(problem).toBeNull();
  });

  it.each([
    [`v=${LINK_VERSION + 1}`, /version 2; this page reads up to version 1\. Reload/],
    ["v=x", /v is "x"; allowed: 0 to 1/],
    ["v=-1", /v is "-1"/],
  ])("%s is not one of ours and says so", (query, sentence) => {
    expect(migrate(query).problem).toMatch(sentence);
  });
});

describe("what a link names and the lab no longer has", () => {
  it("is replaced by the nearest, which is named", () => {
    const link = readLabLink(automata, "v=1&preset=live-harder&dataset=standart");
    expect(link.preset).toBe("live-hard");
    expect(link.options["dataset"]).toBe("standard");
    expect(link.problems.join(" ")).toMatch(/preset is "live-harder".*nearest, live-hard/);
    expect(link.problems.join(" ")).toMatch(/dataset is "standart".*nearest, standard/);
  });

  it("is replaced by the first where nothing is near", () => {
    const link = readLabLink(automata, "preset=zebra&dataset=zebra");
    expect(link.preset).toBe("live");
    expect(link.problems.join(" ")).toMatch(/Using live\..*Using the default/);
  });

  it("measures nearness by letters", () => {
    expect(nearestName("standrad", ["live", "standard", "standard-hard"])).toBe("standard");
    expect(nearestName("xyz", ["live", "standard"])).toBeNull();
    expect(nearestName("live", [])).toBeNull();
  });
});
