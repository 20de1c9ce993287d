// What Home and the header show of clusters. Nothing else of the domain is fetched for it.

import type { DomainEntry } from "../../engine/domain";

export const entry: DomainEntry = {
  id: "clusters",
  title: "Clusters",
  summary: "Seven points, an unknown number of groups. Small enough to know the exact answer.",
  observationName: { one: "data set", many: "data sets" },
  programName: { one: "clustering", many: "clusterings" },
  firstPreset: "paper",
};
