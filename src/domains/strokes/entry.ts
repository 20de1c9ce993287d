// What Home and the header show of strokes. Nothing else of the domain is fetched for it.

import type { DomainEntry } from "../../engine/domain";

export const entry: DomainEntry = {
  id: "strokes",
  title: "Strokes",
  summary:
    "Handwritten characters. The lab learns a bank of pen strokes and finds how each character is written with them.",
  observationName: { one: "character", many: "characters" },
  programName: { one: "program", many: "programs" },
  firstPreset: "live",
};
