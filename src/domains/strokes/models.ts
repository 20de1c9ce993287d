// Trained models that ship with the lab, under public/models/strokes (README.md there: data, commands, measured quality).

import type { ModelInfo } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { NUM_STROKES } from "./program";

export const MODELS: readonly ModelInfo[] = [
  {
    name: "standard",
    title: "Real characters of five alphabets (Omniglot)",
    file: "models/strokes/standard.model",
    fits: (options: OptionValues) =>
      options.size === "paper" &&
      options.transforms === "8" &&
      Number(options.strokes) === NUM_STROKES &&
      options.conditional !== true,
    // A person's own pictures beside as few generated ones as there may be.
    own: { dataset: "handwriting", size: "paper", transforms: "8", strokes: NUM_STROKES, images: 1, alphabets: 1 },
    metrics: { memoryBits: 0.237 },
  },
];
