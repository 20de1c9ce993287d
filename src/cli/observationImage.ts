// One observation as a PNG picture, where it is one: colours in base64 (scenes), or rows of 0 and 1 (bitmaps).

import { PNG } from "pngjs";

/** The bytes of a PNG file; null where the observation, as describeObservation gives it, is no picture. */
export function observationPng(observation: unknown): Uint8Array | null {
  if (typeof observation !== "object" || observation === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...observation };
  return scenePng(fields) ?? bitmapPng(fields);
}

function scenePng({ side, pixels }: Readonly<Record<string, unknown>>): Uint8Array | null {
  if (typeof pixels !== "string" || typeof side !== "number") return null;
  const bytes = Buffer.from(pixels, "base64");
  if (bytes.length !== 3 * side * side) return null;
  return pngOf(side, side, (pixel, channel) => bytes[3 * pixel + channel]!);
}

/** Ink is black. */
function bitmapPng({ rows }: Readonly<Record<string, unknown>>): Uint8Array | null {
  if (!Array.isArray(rows) || !rows.every((row): row is string => typeof row === "string")) return null;
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width || /[^01]/.test(row))) return null;
  const marks = rows.join("");
  return pngOf(width, rows.length, (pixel) => (marks[pixel] === "1" ? 0 : 255));
}

function pngOf(width: number, height: number, value: (pixel: number, channel: number) => number): Uint8Array {
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) png.data[4 * pixel + channel] = value(pixel, channel);
    png.data[4 * pixel + 3] = 255;
  }
  return PNG.sync.write(png);
}
