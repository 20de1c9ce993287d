// A set of string concepts as the model gets it, and what one concept is to people. Plain data, light.

import type { Observations } from "../../engine/model";
import type { Texts } from "../../engine/nn/sequence";

/** One concept: strings to learn from, strings to test with, and the program that made them where it is known. */
export type Concept = {
  /** "invoice numbers", "column B". */
  readonly name: string;
  /** J strings, distinct. */
  readonly strings: readonly string[];
  /** Held-out strings of the same concept, distinct from the others; may be empty for a person's own data. */
  readonly heldOut: readonly string[];
  /** Program text of the generating pattern; null where none is known. */
  readonly pattern: string | null;
};

/** Concepts as observations: one row a concept. */
export interface Concepts extends Observations {
  readonly names: readonly string[];
  /** [count][J] */
  readonly strings: readonly (readonly string[])[];
  /** One group a concept; symbols of tokens.ts. */
  readonly texts: Texts;
}

/**
 * What describeObservation gives and ObservationPicture draws: `strings` is what the model sees. Generated concepts have
 * their held-out strings beside them; dreams and samples have none.
 */
export type ConceptPicture = {
  readonly name: string;
  readonly strings: readonly string[];
  readonly heldOut: readonly string[];
};

/** A person's own columns after cleaning: the payload of UserData. */
export type OwnConcepts = { readonly kind: "strings"; readonly concepts: readonly Concept[] };
