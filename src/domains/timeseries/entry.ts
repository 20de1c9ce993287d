// What Home and the header show of time series. Nothing else of the domain is fetched for it.

import type { DomainEntry } from "../../engine/domain";

export const entry: DomainEntry = {
  id: "timeseries",
  title: "Time series",
  summary: "Curves as sums and products of trends, rhythms and noise. The lab finds the expression and carries it on.",
  observationName: { one: "series", many: "series" },
  programName: { one: "expression", many: "expressions" },
  firstPreset: "live",
};
