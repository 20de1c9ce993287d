// What Home and the header show of automata. Nothing else of the domain is fetched for it.

import type { DomainEntry } from "../../engine/domain";

export const entry: DomainEntry = {
  id: "automata",
  title: "Cellular automata",
  summary: "Pictures that grow column by column. The lab finds the rule of each and how often it is broken.",
  observationName: { one: "picture", many: "pictures" },
  programName: { one: "rule", many: "rules" },
  firstPreset: "live",
};
