// Whether a picture file holds more than one frame, from its container alone: GIF89a, PNG with an acTL chunk, WebP with the
// animation flag. Anything else, or anything damaged, counts as still.

/** True for moving pictures. */
export function isAnimated(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (textAt(bytes, 0, 3) === "GIF") return gifFrames(bytes, 2) > 1;
  if (textAt(bytes, 1, 3) === "PNG") return hasChunk(view, bytes);
  if (textAt(bytes, 0, 4) === "RIFF" && textAt(bytes, 8, 8) === "WEBPVP8X") return ((bytes[20] ?? 0) & 2) !== 0;
  return false;
}

/** acTL stands before the first IDAT. Source: APNG specification. */
function hasChunk(view: DataView, bytes: Uint8Array): boolean {
  for (let at = 8; at + 8 <= bytes.length; ) {
    const name = textAt(bytes, at + 4, 4);
    if (name === "acTL") return true;
    if (name === "IDAT" || name === "IEND") return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

/** Frames of a GIF, counted up to `enough`. Source: GIF89a specification. */
function gifFrames(bytes: Uint8Array, enough: number): number {
  const table = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  let at = 13 + table(bytes[10] ?? 0);
  let frames = 0;
  while (at < bytes.length && frames < enough) {
    if (bytes[at] === 0x21) at = afterBlocks(bytes, at + 2);
    else if (bytes[at] === 0x2c) {
      frames += 1;
      at = afterBlocks(bytes, at + 10 + table(bytes[at + 9] ?? 0) + 1);
    } else return frames;
  }
  return frames;
}

function afterBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
  return at + 1;
}

function textAt(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
