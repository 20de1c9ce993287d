// JSON and JSON lines as values, with one sentence where the text is neither.

export type JsonText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** The value of a JSON text, or the list of the values of its lines where each line is JSON of its own. */
export function readJsonText(text: string): JsonText {
  const whole = parsed(text);
  if (whole.ok) return whole;
  const lines = parsedLines(text);
  return lines === null ? whole : { ok: true, value: lines };
}

/** The value of every line that is not blank; null where there is one line only, or one that is not JSON. */
function parsedLines(text: string): readonly unknown[] | null {
  const values: unknown[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const read = parsed(line);
    if (!read.ok) return null;
    values.push(read.value);
  }
  return values.length < 2 ? null : values;
}

function parsed(text: string): JsonText {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : "it does not parse";
    return { ok: false, message: `The file is not valid JSON: ${detail.slice(0, 120)}.` };
  }
}

/** True for objects that are no lists. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
