// "Start from: trained model" is offered only where a model that ships with the lab fits the other options.

import type { DomainSpec } from "../../../engine/domain";
import type { OptionTable, OptionValues } from "../../../engine/options";

/** The table without the option where it could not be chosen; a choice that is made stays visible. */
export function withTrainedStart(table: OptionTable, spec: DomainSpec | null, options: OptionValues): OptionTable {
  const fits = spec?.models?.some((model) => model.fits(options)) ?? false;
  if (fits || options["startFrom"] === "trained") return table;
  const { startFrom: _, ...rest } = table;
  return rest;
}
