// Trained models that ship with the lab, under public/models/timeseries (README.md there: data, commands, measured quality).

import type { ModelInfo } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";

const fits =
  (size: string, scheme?: string) =>
  (options: OptionValues): boolean =>
    options.size === size && (scheme === undefined || options.scheme === scheme);

export const MODELS: readonly ModelInfo[] = [
  {
    name: "wide",
    title: "Sums and products of kernels whose numbers reach far, for people's own data",
    file: "models/timeseries/wide.model",
    fits: fits("small", "wide"),
    // A person's series beside as few made ones as there may be; trend plus rhythm is worth its symbols there.
    own: {
      dataset: "compositional",
      scheme: "wide",
      size: "small",
      series: 1,
      lengthPenalty: 3,
      mergeEquivalent: true,
      integrateBy: "fit",
    },
    metrics: { iwae100: -26.9, memoryBound: -25.4 },
  },
  {
    name: "standard",
    title: "1,000 generated series, the paper's networks and narrow parameter range",
    file: "models/timeseries/standard.model",
    fits: fits("paper", "narrow"),
    own: { size: "paper", series: 1, integrateBy: "fit" },
    metrics: { iwae100: 27.2, memoryBound: 24.48 },
  },
  {
    name: "start",
    title: "A start: the prior knows how expressions are written",
    file: "models/timeseries/start.model",
    isStart: true,
    fits: fits("paper"),
    own: { series: 1, size: "paper", integrateBy: "fit" },
    metrics: {},
  },
  {
    name: "start-small",
    title: "The same for the small networks",
    file: "models/timeseries/start-small.model",
    isStart: true,
    fits: fits("small"),
    own: { series: 1, size: "small", integrateBy: "fit" },
    metrics: {},
  },
];
