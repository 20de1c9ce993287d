// Links: what is written is read back, bad values become defaults with a sentence, nothing throws, old links open.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  HIDEABLE,
  type HideablePart,
  type LabState,
  MAX_NOTE,
  MAX_RUNS,
  PANELS,
  readLabLink,
  tableOf,
  writeLabLink,
} from "../../../src/app/router/labLink";
import { parseRoute } from "../../../src/app/router/route";
import { parseVariant, variantOptions } from "../../../src/app/router/variant";
import { domains } from "../../../src/domains/list";
import type { DomainSpec } from "../../../src/engine/domain";
import { defaultsOf, type OptionSpec } from "../../../src/engine/options";

const automata = domains.find((domain) => domain.id === "automata") as DomainSpec;
const queryOf = (hash: string) => hash.slice(hash.indexOf("?") + 1);
const read = (query: string) => readLabLink(automata, query);

/** Any value that the engine accepts for an option. */
function acceptedBy(spec: OptionSpec) {
  switch (spec.kind) {
    case "int":
      return fc.integer({ min: spec.hardMin, max: Math.min(spec.hardMax, 2 ** 31 - 1) });
    case "real":
      return fc.double({ min: spec.hardMin, max: spec.hardMax, noNaN: true }).map((value) => value + 0);
    case "flag":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...spec.choices);
    default:
      return fc.constantFrom("", ...automata.datasets.map((dataset) => dataset.name));
  }
}

const anyState: fc.Arbitrary<LabState> = fc
  .constantFrom(...automata.presets.map((preset) => preset.id))
  .chain((preset) =>
    fc.record({
      preset: fc.constant(preset),
      options: fc.record(
        Object.fromEntries(Object.entries(tableOf(automata, preset)).map(([name, spec]) => [name, acceptedBy(spec)])),
      ),
      variants: fc.array(
        fc.record({ algorithm: fc.constantFrom("mws", "rws", "vimco"), particles: fc.integer({ min: 1, max: 1000 }) }),
        { maxLength: MAX_RUNS - 1 },
      ),
      observation: fc.integer({ min: 0, max: 5000 }),
      closed: fc.subarray([...PANELS]),
      axis: fc.constantFrom("step" as const, "time" as const, "proposals" as const),
      // The cast restores the key type that Object.keys widens.
      hidden: fc.subarray(Object.keys(HIDEABLE) as HideablePart[]),
      note: fc.string({ maxLength: MAX_NOTE }),
    }),
  );

describe("labLink", () => {
  it("reads back every state that it writes", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const link = read(queryOf(writeLabLink(automata, state)));
        expect(link.problems).toEqual([]);
        const { preset, options, variants, observation, closed, axis, hidden, note } = link;
        expect({ preset, options, variants, observation, closed, axis, hidden, note }).toEqual(state);
      }),
      { numRuns: 60 },
    );
  });

  it("never throws, whatever stands after the question mark", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (query) => {
        const link = read(query);
        expect(Object.keys(link.options).length).toBe(Object.keys(automata.options).length);
      }),
    );
  });

  it("shows what the preset shows first, unless another observation is named", () => {
    const presets = automata.presets.map((preset) => ({ ...preset, observation: 3 }));
    const spec = { ...automata, presets };
    const link = readLabLink(spec, "v=1&preset=live");
    expect(link.observation).toBe(3);
    expect(writeLabLink(spec, link)).toBe("#/lab/automata?v=1&preset=live");
    const first = writeLabLink(spec, { ...link, observation: 0 });
    expect(first).toBe("#/lab/automata?v=1&preset=live&obs=1");
    expect(readLabLink(spec, queryOf(first)).observation).toBe(0);
  });

  it("names only what differs from the preset", () => {
    const options = defaultsOf(tableOf(automata, "live"));
    const layout = { closed: [], axis: "step" as const, hidden: [], note: "" };
    const state = { preset: "live", options, variants: [], observation: 0, ...layout };
    expect(writeLabLink(automata, state)).toBe("#/lab/automata?v=1&preset=live");
    expect(writeLabLink(automata, { ...state, options: { ...options, seed: 7 } })).toBe(
      "#/lab/automata?v=1&preset=live&seed=7",
    );
  });

  it.each([
    ["particles=abc", /particles is "abc".*1 to 1000.*Using 10/, "particles", 10],
    ["seed=1.5", /seed is "1.5".*whole number.*Using 1/, "seed", 1],
    ["algorithm=adam", /algorithm is "adam".*mws, rws/, "algorithm", "mws"],
    ["dataset=none", /dataset is "none".*live/, "dataset", ""],
    ["colour=red", /colour is not an option here/, "particles", 10],
  ])("%s becomes the default, with a sentence", (query, sentence, name, value) => {
    const link = read(query);
    expect(link.problems).toHaveLength(1);
    expect(link.problems[0]).toMatch(sentence);
    expect(link.options[name]).toBe(value);
  });

  it.each([
    ["v=2", /version 2.*up to version 1/],
    ["v=x", /v is "x"/],
    ["preset=none", /preset is "none".*live/],
    ["obs=0", /obs is "0".*from 1/],
    ["run=adam:3", /run is "adam".*left out/],
    ["run=rws:0", /run is "0".*1 to 1000.*left out/],
    ["closed=door", /closed names "door"/],
    ["x=hours", /x is "hours".*step/],
  ])("%s is named", (query, sentence) => {
    expect(read(query).problems.join(" ")).toMatch(sentence);
  });

  it("accepts unusual but valid values without complaint", () => {
    expect(read("particles=500").problems).toEqual([]);
    expect(read("particles=500").options["particles"]).toBe(500);
  });

  it("keeps at most eight runs", () => {
    const link = read(Array.from({ length: 9 }, () => "run=rws:5").join("&"));
    expect(link.variants).toHaveLength(7);
    expect(link.problems.join(" ")).toMatch(/9 more runs; 7 are kept/);
  });

  it("opens the links of version 1", () => {
    const file = new URL("../../fixtures/links/v1.json", import.meta.url);
    for (const { link, options, ...rest } of JSON.parse(readFileSync(file, "utf8"))) {
      const route = parseRoute(link);
      if (route.screen !== "lab") throw new Error(link);
      const state = read(route.query);
      expect(state).toMatchObject({ ...rest, problems: [] });
      expect(state.options).toMatchObject(options);
    }
  });
});

describe("variants", () => {
  it("split their own K between memory and proposals", () => {
    const options = { ...defaultsOf(tableOf(automata, "live")), memory: 7, proposals: 3 };
    expect(variantOptions(options, { algorithm: "mws", particles: 20 })).toMatchObject({ memory: 0, proposals: 0 });
    expect(variantOptions(options, { algorithm: "rws", particles: 10 })).toMatchObject({ memory: 7, algorithm: "rws" });
  });

  it("take the default K where none is given", () => {
    expect(parseVariant(tableOf(automata, "live"), "rws")).toEqual({
      ok: true,
      variant: { algorithm: "rws", particles: 10 },
    });
  });
});

describe("parseRoute", () => {
  it.each([
    ["", { screen: "home" }],
    ["#/", { screen: "home" }],
    ["#/learn", { screen: "learn" }],
    ["#/lab/automata?v=1&seed=2", { screen: "lab", domain: "automata", query: "v=1&seed=2" }],
    ["#/help", { screen: "help", topic: null }],
    ["#/help/memory", { screen: "help", topic: "memory" }],
    ["#/nope", { screen: "unknown", path: "nope" }],
    ["#/lab/%E0%A4%A", { screen: "lab", domain: "%E0%A4%A", query: "" }],
    ["#/lab", { screen: "unknown", path: "lab" }],
  ])("%s", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});
