// Models that ship with the lab, under public/models/strings (README.md there: data, commands, measured quality).

import type { ModelInfo } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";

const fitsSmall = (options: OptionValues): boolean => options.size === "small";
const own: OptionValues = { concepts: 1 };

export const MODELS: readonly ModelInfo[] = [
  {
    name: "standard",
    title: "1 500 generated concepts, small networks",
    file: "models/strings/standard.model",
    fits: fitsSmall,
    own,
    metrics: { elbo: -113.7, plusStop: 0.458 },
  },
  {
    name: "start",
    title: "A start: pretrained on programs of a simple grammar, without data",
    file: "models/strings/start.model",
    isStart: true,
    fits: fitsSmall,
    own,
    metrics: {},
  },
];
