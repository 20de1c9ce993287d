// The catalogue of domains, which Home and the header show, against the registry, which everything else uses.

import { expect, it } from "vitest";
import { catalogue } from "../../../src/domains/catalogue";
import { domains } from "../../../src/domains/list";

it("holds the domains of the registry in their order, in the same words", () => {
  const inRegistry = domains.map(({ id, title, summary, observationName, programName, presets }) => ({
    id,
    title,
    summary,
    observationName,
    programName,
    firstPreset: presets[0]?.id,
  }));
  expect(catalogue).toEqual(inRegistry);
});

it("says what a domain is in at most twenty words", () => {
  for (const { summary } of catalogue) expect(summary.split(/\s+/).length, summary).toBeLessThanOrEqual(20);
});
