// What Home and the header show of strings. Nothing else of the domain is fetched for it.

import type { DomainEntry } from "../../engine/domain";

export const entry: DomainEntry = {
  id: "strings",
  title: "Strings",
  summary:
    "Dates, codes, prices: a few strings of one kind. The lab finds the regular expression that makes more of them.",
  observationName: { one: "concept", many: "concepts" },
  programName: { one: "program", many: "programs" },
  firstPreset: "live",
};
