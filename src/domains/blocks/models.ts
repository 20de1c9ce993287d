// Trained models that ship with the lab, under public/models/blocks (README.md there: data, commands, measured quality).

import type { ModelInfo } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import { DEFAULT_DATASET } from "./datasets";
import { GRID_SIDE, NUM_TYPES } from "./program";

/** True for runs whose parameters are those of the small network at 32 pixels with five types. */
const fits =
  (dataset: string) =>
  (options: OptionValues): boolean =>
    (String(options.dataset ?? "") || DEFAULT_DATASET) === dataset &&
    options.resolution === "32" &&
    options.encoder === "small" &&
    Number(options.grid) === GRID_SIDE &&
    Number(options.types) === NUM_TYPES;

/** A person's own pictures beside as few made ones as there may be. */
const own = (dataset: string): OptionValues => ({ dataset, resolution: "32", encoder: "small", scenes: 1 });

export const MODELS: readonly ModelInfo[] = [
  {
    name: "colour",
    title: "1,000 scenes of red, green and blue cubes, 32 pixels",
    file: "models/blocks/colour.model",
    fits: fits("cubes"),
    own: own("cubes"),
    metrics: { evidence: 1422.5, logPx: 1424.6, cellAccuracy: 0.996 },
  },
  {
    name: "plain",
    title: "1,000 scenes of cubes of one colour, 32 pixels",
    file: "models/blocks/plain.model",
    fits: fits("cubes-plain"),
    own: own("cubes-plain"),
    metrics: { evidence: 1422.3, logPx: 1424.1, cellAccuracy: 0.996 },
  },
];
