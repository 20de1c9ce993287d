// Deflated bytes of a known size, alone or in gzip: never more than announced, and checked against their checksum.

import { gunzipSync, inflateSync, unzlibSync } from "fflate";
import { crc32 } from "./checksum";
import { Damage } from "./damage";

/** Deflate never packs more tightly than this; what announces more is damaged or a bomb. */
const BEST_RATIO = 1032;

type Kind = "raw" | "zlib" | "gzip";
const INFLATE = { raw: inflateSync, zlib: unzlibSync, gzip: gunzipSync } as const;

/**
 * Unpacks to exactly `size` bytes.
 *
 * @param what how the sentence names the bytes: "entry a/b.png"
 * @throws Damage
 */
export function inflateTo(packed: Uint8Array, size: number, kind: Kind, what: string): Uint8Array {
  if (size > packed.length * BEST_RATIO + 64)
    throw new Damage(`${what} is damaged: it announces more than it can hold.`);
  let bytes: Uint8Array;
  try {
    // One byte of room tells bytes too many from just enough.
    bytes = INFLATE[kind](packed, { out: new Uint8Array(size + 1) });
  } catch {
    throw new Damage(`${what} is damaged or cut off: its packed bytes cannot be read.`);
  }
  if (bytes.length === size) return bytes;
  throw new Damage(`${what} is damaged or cut off: it holds ${bytes.length} bytes where ${size} are announced.`);
}

/** True for the first bytes of a gzip file. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacks a gzip file of at most `most` bytes. @throws Damage */
export function gunzip(bytes: Uint8Array, most: number, what: string): Uint8Array {
  if (bytes.length < 18) throw new Damage(`${what} is cut off after ${bytes.length} bytes.`);
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  const size = end.getUint32(4, true);
  if (size > most && size <= bytes.length * BEST_RATIO) {
    throw new Damage(`${what} unpacks to ${megabytes(size)}; allowed: up to ${megabytes(most)}.`);
  }
  const unpacked = inflateTo(bytes, Math.min(size, bytes.length * BEST_RATIO + 65), "gzip", what);
  if (crc32(unpacked) !== end.getUint32(0, true)) throw new Damage(`${what} is damaged: its checksum does not fit.`);
  return unpacked;
}

/** "12.5 MB". */
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e5) / 10} MB`;
