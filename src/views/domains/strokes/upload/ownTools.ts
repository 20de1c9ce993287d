// The domain's tools as these views see them.

import type { StrokesTools } from "../../../../domains/strokes";
import type { DomainSpec } from "../../../../engine/domain";

/** Pure functions of the strokes domain. */
export function toolsOf(spec: DomainSpec): StrokesTools {
  // The folder views/domains/strokes is only given the strokes spec; its tools are typed there.
  return spec.tools as StrokesTools;
}

/** [28 * 28] of 0 and 1 from what the domain's describeObservation gives. */
export function pixelsOf(observation: unknown): Uint8Array {
  const { rows } = observation as { readonly rows: readonly string[] }; // describeObservation of this domain
  return Uint8Array.from(rows.join(""), Number);
}
