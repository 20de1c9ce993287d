// A picture as text: what describeObservation gives of a scene, and what a person's picture is saved as. Bytes of red, green
// and blue, rows from the top, in base64, because reports and records carry many of them.

/** What describeObservation gives: a picture of a scene, and what is known about it. */
export type SeenScene = {
  /** R: pixels of a side. */
  readonly side: number;
  /** [R, R, 3] bytes as base64. */
  readonly pixels: string;
  /** A person's own name of it; "" without one. */
  readonly name: string;
  /** The printed program that made it, over the true types; "" where nobody knows it. */
  readonly truth: string;
};

/** Values 0 to 1 as bytes; values beyond are cut. */
export function bytesOf(values: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}

/** Bytes as values 0 to 1. */
export const valuesOf = (bytes: Uint8Array): Float32Array => Float32Array.from(bytes, (byte) => byte / 255);

/** Bytes -> base64. */
export function pixelText(bytes: Uint8Array): string {
  let text = "";
  // A call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}

/** The inverse of pixelText; null where the text is no base64. */
export function pixelBytes(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A picture [R, R, 3] of values 0 to 1 as describeObservation gives it. */
export function seenScene(values: ArrayLike<number>, name = "", truth = ""): SeenScene {
  return { side: Math.round(Math.sqrt(values.length / 3)), pixels: pixelText(bytesOf(values)), name, truth };
}

/** The bytes [R, R, 3] of what describeObservation gave; null where it is something else. */
export function seenBytes(observation: unknown): Uint8Array | null {
  if (typeof observation !== "object" || observation === null) return null;
  const { pixels, side } = observation as Partial<SeenScene>; // looked at below
  const bytes = typeof pixels === "string" ? pixelBytes(pixels) : null;
  return bytes && bytes.length === 3 * Number(side) ** 2 ? bytes : null;
}
