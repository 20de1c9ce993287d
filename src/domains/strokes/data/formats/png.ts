// PNG pictures as grey values, small ones as data sets have them: grey, palette or colour, 1 to 8 bits, not interlaced.
// The page has no synchronous decoder in a worker and the command line no canvas: this reader is the same in both.
// Source: PNG specification (ISO/IEC 15948), sections 5 (chunks), 7 (scanlines) and 9 (filters).

import { crc32 } from "./checksum";
import { Damage } from "./damage";
import { inflateTo } from "./inflate";

/** Grey 0 (black) to 255 (white), row by row; transparent parts lie on white. */
export type GreyImage = { readonly width: number; readonly height: number; readonly values: Uint8Array };

type Header = {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Numbers per pixel. */
  readonly channels: number;
  readonly isPalette: boolean;
};

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Channels by colour type: grey, -, colour, palette, grey with alpha, -, colour with alpha. */
const CHANNELS = [1, 0, 3, 1, 2, 0, 4];

/** True for the first bytes of a PNG picture. */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/** @param longestSide of the picture that is allowed, pixels @throws Damage */
export function readPng(bytes: Uint8Array, what: string, longestSide: number): GreyImage {
  if (!isPng(bytes)) throw new Damage(`${what} is not a PNG picture.`);
  const chunks = chunksOf(bytes, what);
  const header = headerOf(chunks.get("IHDR")?.[0], what, longestSide);
  const { height } = header;
  const packed = joined(chunks.get("IDAT") ?? []);
  const stride = Math.ceil((header.width * header.channels * header.depth) / 8);
  const rows = unfiltered(inflateTo(packed, height * (stride + 1), "zlib", what), header, stride, what);
  const palette = paletteOf(header, chunks.get("PLTE")?.[0], chunks.get("tRNS")?.[0], what);
  return { width: header.width, height, values: greyOf(rows, header, stride, palette, what) };
}

function chunksOf(bytes: Uint8Array, what: string): Map<string, Uint8Array[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = new Map<string, Uint8Array[]>();
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) break;
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw new Damage(`${what} is damaged: the checksum of its part at byte ${at} does not fit.`);
    }
    chunks.set(kind, [...(chunks.get(kind) ?? []), bytes.subarray(at + 8, end - 4)]);
    if (kind === "IEND") return chunks;
    at = end;
  }
  throw new Damage(`${what} is cut off after ${bytes.length} bytes.`);
}

function headerOf(chunk: Uint8Array | undefined, what: string, longestSide: number): Header {
  if (chunk?.length !== 13) throw new Damage(`${what} is damaged: it has no header.`);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, interlace] = [chunk[8]!, chunk[9]!, chunk[12]!];
  if (width < 1 || height < 1 || width > longestSide || height > longestSide) {
    throw new Damage(`${what} is ${width} by ${height} pixels; allowed: 1 to ${longestSide} on each side.`);
  }
  const channels = CHANNELS[colour] ?? 0;
  const isPalette = colour === 3;
  const mayBeSmall = colour === 0 || isPalette;
  if (channels === 0 || !(depth === 8 || (mayBeSmall && [1, 2, 4].includes(depth)))) {
    throw new Damage(`${what} has ${depth} bits of colour type ${colour}; allowed: up to 8 bits a channel.`);
  }
  if (interlace !== 0) throw new Damage(`${what} is interlaced; allowed: a plain PNG.`);
  return { width, height, depth, channels, isPalette };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Undoes the filters of the rows: each byte was stored as a difference to its left, upper or upper left neighbour. */
function unfiltered(data: Uint8Array, header: Header, stride: number, what: string): Uint8Array {
  const rows = new Uint8Array(header.height * stride);
  const back = Math.max(1, (header.channels * header.depth) / 8);
  for (let r = 0; r < header.height; r++) {
    const filter = data[r * (stride + 1)]!;
    if (filter > 4) throw new Damage(`${what} is damaged: row ${r + 1} has the unknown filter ${filter}.`);
    for (let i = 0; i < stride; i++) {
      const at = r * stride + i;
      const left = i >= back ? rows[at - back]! : 0;
      const up = r > 0 ? rows[at - stride]! : 0;
      const corner = i >= back && r > 0 ? rows[at - stride - back]! : 0;
      rows[at] = data[r * (stride + 1) + 1 + i]! + predicted(filter, left, up, corner);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter < 2) return filter * left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

const onWhite = (grey: number, alpha: number): number => Math.round((grey * alpha + 255 * (255 - alpha)) / 255);
const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** Grey of each value of a one-channel picture; null where there are more channels. */
function paletteOf(
  { depth, channels, isPalette }: Header,
  colours: Uint8Array | undefined,
  alphas: Uint8Array | undefined,
  what: string,
): Uint8Array | null {
  if (channels > 1) return null;
  const most = 2 ** depth - 1;
  if (!isPalette) return Uint8Array.from({ length: most + 1 }, (_, value) => Math.round((255 * value) / most));
  if (!colours || colours.length % 3 !== 0) throw new Damage(`${what} is damaged: its palette is missing.`);
  return Uint8Array.from({ length: colours.length / 3 }, (_, i) =>
    onWhite(luma(colours[3 * i]!, colours[3 * i + 1]!, colours[3 * i + 2]!), alphas?.[i] ?? 255),
  );
}

function greyOf(
  rows: Uint8Array,
  header: Header,
  stride: number,
  palette: Uint8Array | null,
  what: string,
): Uint8Array {
  const { width, height, depth, channels } = header;
  const values = new Uint8Array(width * height);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      if (palette === null) {
        values[r * width + c] = greyOfChannels(rows, r * stride + c * channels, channels);
        continue;
      }
      const bit = c * depth;
      const value = (rows[r * stride + (bit >> 3)]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
      const grey = palette[value];
      if (grey === undefined) throw new Damage(`${what} is damaged: row ${r + 1} has a colour outside its palette.`);
      values[r * width + c] = grey;
    }
  }
  return values;
}

function greyOfChannels(rows: Uint8Array, at: number, channels: number): number {
  if (channels === 2) return onWhite(rows[at]!, rows[at + 1]!);
  const grey = luma(rows[at]!, rows[at + 1]!, rows[at + 2]!);
  return channels === 4 ? onWhite(grey, rows[at + 3]!) : Math.round(grey);
}
