// One observation as lines of text for people: rows of digits and strings as they are, anything else as JSON.

/** Lines of an observation as describeObservation gives it. */
export function observationLines(observation: unknown): readonly string[] {
  const rows = textsUnder(observation, "rows");
  if (rows !== null) return rows;
  const strings = textsUnder(observation, "strings");
  return strings?.map(visible) ?? pictureLine(observation) ?? [JSON.stringify(observation)];
}

/** What there is to say of a colour picture without drawing it. */
function pictureLine(observation: unknown): readonly string[] | null {
  if (typeof observation !== "object" || observation === null || !("side" in observation)) return null;
  const { side } = observation;
  return "pixels" in observation ? [`${String(side)} by ${String(side)} pixels`] : null;
}

/** The strings of an observation on one line; null where it has none. */
export function observationStrings(observation: unknown): string | null {
  return textsUnder(observation, "strings")?.map(visible).join("  ") ?? null;
}

function textsUnder(observation: unknown, key: string): readonly string[] | null {
  if (typeof observation !== "object" || observation === null) return null;
  const list: unknown = Object.entries(observation).find(([name]) => name === key)?.[1];
  return Array.isArray(list) && list.every((text) => typeof text === "string") ? list : null;
}

/** In quotation marks where a reader would not see all of it: empty, outer spaces, control characters. */
function visible(text: string): string {
  return text === "" || text !== text.trim() || /[^ -~]/.test(text) ? JSON.stringify(text) : text;
}
