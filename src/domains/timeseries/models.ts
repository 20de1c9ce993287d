// Trained models that ship with the lab, under public/models/timeseries (README.md there: data, commands, measured quality).

import type { ModelInfo } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";

const fits =
  (size: string) =>
  (options: OptionValues): boolean =>
    options.size === size;

export const MODELS: readonly ModelInfo[] = [
  {
    name: "start",
    title: "A start: the prior knows how expressions are written",
    file: "models/timeseries/start.model",
    isStart: true,
    fits: fits("paper"),
    own: { series: 1, size: "paper" },
    metrics: {},
  },
  {
    name: "start-small",
    title: "The same for the small networks",
    file: "models/timeseries/start-small.model",
    isStart: true,
    fits: fits("small"),
    own: { series: 1, size: "small" },
    metrics: {},
  },
];
