// The domain's functions for a person's own scenes, and options in full.

import type { OwnTools } from "../../../../domains/blocks/upload/ownTools";
import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import { toolsOf } from "../blocksView";

/** After DomainSpec.loadReaders, which the page of Try your own awaits. */
export const ownToolsOf = (spec: DomainSpec): OwnTools => toolsOf(spec).reading();

/** Options with the domain's defaults in the places that are left open. */
export function wholeOptions(spec: DomainSpec, options: OptionValues): OptionValues {
  const defaults = Object.entries(spec.options).map(([name, option]) => [name, option.default] as const);
  return { ...Object.fromEntries(defaults), ...options };
}
