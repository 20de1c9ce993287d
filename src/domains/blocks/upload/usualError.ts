// The error up to which a model's parses are usual: what 99 % of its held-out scenes stay under, with the margin that other
// cameras and files need.

import type { OptionValues } from "../../../engine/options";
import { MODELS } from "../models";
import { USUAL_ERROR } from "./likeness";

/** The limit of the shipped model that these options belong to, else the common one. */
export function usualErrorOf(options: OptionValues): number {
  const model = MODELS.find(({ fits }) => fits(options));
  return model?.metrics.usualError ?? USUAL_ERROR;
}
