// What Home and the header show of blocks. Nothing else of the domain is fetched for it.

import type { DomainEntry } from "../../engine/domain";

export const entry: DomainEntry = {
  id: "blocks",
  title: "Blocks",
  summary: "Pictures of toy towers. The lab learns what the blocks are and builds the 3D scene behind each picture.",
  observationName: { one: "scene", many: "scenes" },
  programName: { one: "parse", many: "parses" },
  firstPreset: "live",
};
