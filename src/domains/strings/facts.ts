// What the page gets of a strings run: the data once, and a picture with every snapshot. Plain records of typed arrays.

import type { Concept } from "./concepts";

/** DataFacts.data of a strings run. */
export type StringsData = {
  readonly kind: "strings";
  /** Training concepts, a person's own ones last. */
  readonly concepts: readonly Concept[];
};

/** DomainInstance.picture of a strings run: the evaluator, so that the page scores and aligns by itself. */
export type StringsPicture = {
  /** [108] logits of the evaluator, layout of evaluator.ts. */
  readonly logits: Float64Array;
};
