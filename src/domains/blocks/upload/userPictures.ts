// A person's pictures of scenes as plain data that can be sent, saved and put into JSON, and read back with checks.

import type { UserData } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import { resizedBytes } from "./resizePicture";
import { pixelBytes, pixelText } from "./seenScene";

/** A picture with the sentence on how its file became it. */
export type OwnPicture = {
  /** R: pixels of a side. */
  readonly side: number;
  /** [R, R, 3] 0 to 255, rows from the top. */
  readonly pixels: Uint8Array;
  readonly note: string;
  readonly name: string;
  /** The printed program over the true types where the person built the scene here, else "". */
  readonly truth: string;
};

/** UserData.payload of blocks: pixels as base64. */
export type BlocksPayload = {
  readonly kind: "blocks";
  readonly pictures: readonly (Omit<OwnPicture, "pixels"> & { readonly pixels: string })[];
};

/** Largest side that a payload may have. */
const MOST_SIDE = 512;

/** Pictures as user data. */
export function userDataOf(name: string, pictures: readonly OwnPicture[]): UserData {
  const written = pictures.map((own) => ({ ...own, pixels: pixelText(own.pixels) }));
  return { name, payload: { kind: "blocks", pictures: written } satisfies BlocksPayload };
}

/**
 * The pictures of user data, brought to R x R where they have another size.
 *
 * @throws LabError("file") if the payload is not what userDataOf makes
 */
export function userPictures({ name, payload }: UserData, side: number): readonly OwnPicture[] {
  const { pictures } = recordOf(payload);
  const list: readonly unknown[] = Array.isArray(pictures) ? pictures : [];
  if (list.length === 0) throw malformed(name, "it holds no pictures");
  return list.map((item) => {
    const fields = recordOf(item);
    const given = Number(fields.side);
    const bytes = typeof fields.pixels === "string" ? pixelBytes(fields.pixels) : null;
    if (!bytes || !(given >= 1 && given <= MOST_SIDE) || bytes.length !== 3 * given * given) {
      throw malformed(name, "one of its pictures is not a square of red, green and blue");
    }
    const pixels = given === side ? bytes : resizedBytes(bytes, given, side);
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    return { side, pixels, note: text(fields.note), name: text(fields.name), truth: text(fields.truth) };
  });
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // looked at by the callers
}

function malformed(name: string, why: string): LabError {
  const message = `${name} cannot be used: ${why}.`;
  return new LabError("file", { message, help: "Choose the picture again." }, { name });
}
