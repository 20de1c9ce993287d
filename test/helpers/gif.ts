// A GIF file of two colours with one or more frames: codes of three bits with a clear code after every two pixels, so
// that no dictionary grows. Source of the layout: GIF89a specification.

/** Frames of cells, 1 is black, all of one size. */
export function gifOf(frames: readonly (readonly (readonly number[])[])[]): Uint8Array {
  const height = frames[0]?.length ?? 0;
  const width = frames[0]?.[0]?.length ?? 0;
  const short = (value: number) => [value & 255, value >> 8];
  const colours = [255, 255, 255, 0, 0, 0, 128, 128, 128, 64, 64, 64];
  const head = [...new TextEncoder().encode("GIF89a"), ...short(width), ...short(height), 0xf1, 0, 0, ...colours];
  const bodies = frames.flatMap((frame) => {
    const control = [0x21, 0xf9, 4, 0, 10, 0, 0, 0];
    const place = [0x2c, 0, 0, 0, 0, ...short(width), ...short(height), 0];
    return [...control, ...place, 2, ...blocks(packed(frame.flat())), 0];
  });
  return Uint8Array.from([...head, ...bodies, 0x3b]);
}

const CLEAR = 4;
const END = 5;

function packed(pixels: readonly number[]): number[] {
  const codes = pixels.flatMap((pixel, i) => (i % 2 === 0 ? [CLEAR, pixel] : [pixel]));
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const code of [...codes, END]) {
    held |= code << bits;
    bits += 3;
    while (bits >= 8) {
      bytes.push(held & 255);
      held >>= 8;
      bits -= 8;
    }
  }
  return bits > 0 ? [...bytes, held] : bytes;
}

function blocks(bytes: readonly number[]): number[] {
  const out: number[] = [];
  for (let from = 0; from < bytes.length; from += 255) {
    const part = bytes.slice(from, from + 255);
    out.push(part.length, ...part);
  }
  return out;
}
