// What the observation on show is called.

import type { DomainViewProps } from "../../../views/domainViews";

/** "picture 2", "your picture". */
export function observationLabel({ spec, selected, facts }: DomainViewProps): string {
  const { one } = spec.observationName;
  return selected === facts.userRow ? `your ${one}` : `${one} ${selected + 1}`;
}
