// A concept as its strings, one below the other: dreams, samples, the observation of a step.

import type { ReactNode } from "react";
import type { ConceptPicture } from "../../../domains/strings/concepts";
import type { ObservationPictureProps } from "../../domainViews";

/** Strings of an observation as describeObservation gives it; empty for anything else. */
export function ObservationPicture({ observation, label, size }: ObservationPictureProps): ReactNode {
  const strings = stringsOf(observation);
  return (
    <span className="wsl-string-list" role="img" aria-label={`${label}: ${strings.join(", ")}`} style={{ width: size }}>
      {strings.map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: dreamt strings may repeat; a string is its place
        <code key={i} title={text}>
          {text === "" ? "\u2205" : text.replaceAll("\t", "\u21e5")}
        </code>
      ))}
    </span>
  );
}

/** The strings of a described concept; none for a record of another shape. */
export function stringsOf(observation: unknown): readonly string[] {
  if (typeof observation !== "object" || observation === null) return [];
  // Crosses the worker as a plain record; its list is checked below.
  const { strings } = observation as Partial<ConceptPicture>;
  if (!Array.isArray(strings)) return [];
  return strings.filter((text): text is string => typeof text === "string");
}
