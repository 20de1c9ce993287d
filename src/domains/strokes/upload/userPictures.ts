// A person's pictures as plain data that can be sent, saved and put into JSON, and read back with checks.

import type { UserData } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import { SIDE } from "../images";

const AREA = SIDE * SIDE;

/** A picture with the sentence on how its file became it. */
export type OwnPicture = {
  /** [SIDE * SIDE] of 0 and 1. */
  readonly pixels: Uint8Array;
  readonly note: string;
  /** "scan.png", "runs.zip, a/b.png"; may be absent where there is only one. */
  readonly name?: string;
};

/** UserData.payload of strokes: pixels as AREA / 4 hexadecimal digits, the first pixel is the highest bit. */
export type StrokesPayload = {
  readonly pictures: readonly { readonly pixels: string; readonly note: string; readonly name: string }[];
};

/** Pictures as user data. */
export function userDataOf(name: string, pictures: readonly OwnPicture[]): UserData {
  const payload: StrokesPayload = {
    pictures: pictures.map((own) => ({ pixels: hexOf(own.pixels), note: own.note, name: own.name ?? "" })),
  };
  return { name, payload };
}

/**
 * The pictures of user data.
 *
 * @throws LabError("file") if the payload is not what userDataOf makes
 */
export function userPictures({ name, payload }: UserData): readonly OwnPicture[] {
  const list: unknown =
    typeof payload === "object" && payload !== null && "pictures" in payload ? payload.pictures : null;
  if (!Array.isArray(list) || list.length === 0) throw malformed(name, "it holds no pictures");
  return list.map((item: unknown) => {
    const fields = typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {}; // looked at below
    const pixels = pixelsOf(fields.pixels);
    if (!pixels) throw malformed(name, `one of its pictures is not ${SIDE} by ${SIDE} pixels of 0 and 1`);
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    return { pixels, note: text(fields.note), name: text(fields.name) };
  });
}

function hexOf(pixels: Uint8Array): string {
  let text = "";
  for (let i = 0; i < AREA; i += 4) {
    text += (8 * pixels[i]! + 4 * pixels[i + 1]! + 2 * pixels[i + 2]! + pixels[i + 3]!).toString(16);
  }
  return text;
}

/** Pixels from their hexadecimal digits, or from numbers 0 and 1; null where they are neither. */
function pixelsOf(value: unknown): Uint8Array | null {
  if (typeof value === "string") {
    if (value.length !== AREA / 4 || /[^0-9a-f]/.test(value)) return null;
    return Uint8Array.from({ length: AREA }, (_, i) => (Number.parseInt(value[i >> 2]!, 16) >> (3 - (i & 3))) & 1);
  }
  const numbers = value instanceof Uint8Array || Array.isArray(value) ? Array.from(value as ArrayLike<unknown>) : [];
  if (numbers.length !== AREA || numbers.some((bit) => bit !== 0 && bit !== 1)) return null;
  return Uint8Array.from(numbers, Number);
}

function malformed(name: string, why: string): LabError {
  const message = `${name} cannot be used: ${why}.`;
  return new LabError("file", { message, help: "Choose the picture again." }, { name });
}
