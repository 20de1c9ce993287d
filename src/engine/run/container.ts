// A small binary container: a tree of plain values whose typed arrays are stored raw behind a compressed JSON header.
// Layout (little-endian): 8 bytes magic, u32 version, u32 header bytes, u32 CRC-32 of everything after it, u32 zero,
// the header (zlib), zeros to a multiple of 8, then the arrays, each starting at a multiple of 8.
// Source of the checksum: ISO 3309 (CRC-32), as in PNG and zip.

import { strFromU8, strToU8, unzlibSync, zlibSync } from "fflate";

/** First bytes of every checkpoint: no text, no image. */
const MAGIC = "WSLABCK\n";
const PREFIX_BYTES = 24;

const ARRAY_TYPES = { Float64Array, Float32Array, Int32Array, Uint32Array, Int8Array, Uint8Array, Uint8ClampedArray };
type ArrayType = keyof typeof ARRAY_TYPES;
type NumericArray = InstanceType<(typeof ARRAY_TYPES)[ArrayType]>;
type Placed = { readonly type: ArrayType; readonly length: number; readonly offset: number };

/** What is wrong with a file that is not a readable container. */
export type ContainerProblem =
  | { readonly kind: "magic" | "truncated" | "damaged" }
  | { readonly kind: "version"; readonly version: number };

export type Unpacked =
  | { readonly ok: true; readonly value: unknown; readonly version: number }
  | ({ readonly ok: false } & ContainerProblem);

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The file bytes of a tree of plain objects, arrays, strings, numbers (any), booleans, null and typed arrays. */
export function packContainer(value: unknown, version: number): Uint8Array {
  const arrays: NumericArray[] = [];
  const placed: Placed[] = [];
  let end = 0;
  const tree = replace(value, (array, type) => {
    placed.push({ type, length: array.length, offset: end });
    arrays.push(array);
    end = align(end + array.byteLength);
    return placed.length - 1;
  });
  const header = zlibSync(strToU8(JSON.stringify({ tree, arrays: placed })), { level: 6 });
  const body = align(PREFIX_BYTES + header.length);
  const file = new Uint8Array(body + end);
  file.set(header, PREFIX_BYTES);
  for (const [i, array] of arrays.entries()) {
    file.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), body + placed[i]!.offset);
  }
  file.set(strToU8(MAGIC, true));
  const prefix = new DataView(file.buffer);
  prefix.setUint32(8, version, true);
  prefix.setUint32(12, header.length, true);
  prefix.setUint32(16, crc32(file.subarray(PREFIX_BYTES)), true);
  return file;
}

/** The tree of a container, arrays freshly allocated; or what is wrong with the bytes. Never throws for bad bytes. */
export function unpackContainer(file: Uint8Array, newest: number): Unpacked {
  if (file.length < PREFIX_BYTES) return { ok: false, kind: isPrefix(file) ? "truncated" : "magic" };
  if (!isPrefix(file.subarray(0, 8))) return { ok: false, kind: "magic" };
  const prefix = new DataView(file.buffer, file.byteOffset, PREFIX_BYTES);
  const version = prefix.getUint32(8, true);
  if (version < 1 || version > newest) return { ok: false, kind: "version", version };
  const headerBytes = prefix.getUint32(12, true);
  if (PREFIX_BYTES + headerBytes > file.length) return { ok: false, kind: "truncated" };
  if (crc32(file.subarray(PREFIX_BYTES)) !== prefix.getUint32(16, true)) {
    return { ok: false, kind: isShort(file, headerBytes) ? "truncated" : "damaged" };
  }
  const header = readHeader(file, headerBytes);
  const body = align(PREFIX_BYTES + headerBytes);
  if (!header || header.arrays.some((placed) => !fits(placed, file.length - body)))
    return { ok: false, kind: "damaged" };
  const arrays = header.arrays.map((placed) => readArray(file, body, placed));
  return { ok: true, value: restore(header.tree, arrays), version };
}

/**
 * The tree of a container without its arrays, which come as null, and without the checksum: a fraction of the time for a
 * large file that has just been made. Null for anything but a container of a known version.
 */
export function peekContainer(file: Uint8Array, newest: number): unknown {
  if (file.length < PREFIX_BYTES || !isPrefix(file.subarray(0, 8))) return null;
  const prefix = new DataView(file.buffer, file.byteOffset, PREFIX_BYTES);
  const version = prefix.getUint32(8, true);
  if (version < 1 || version > newest) return null;
  const header = readHeader(file, prefix.getUint32(12, true));
  return header
    ? restore(
        header.tree,
        header.arrays.map(() => null),
      )
    : null;
}

/** True if the bytes agree with the magic as far as they go. */
function isPrefix(bytes: Uint8Array): boolean {
  const magic = strToU8(MAGIC, true);
  return bytes.length > 0 && magic.subarray(0, bytes.length).every((byte, i) => byte === bytes[i]);
}

type Header = { readonly tree: unknown; readonly arrays: readonly Placed[] };

function readHeader(file: Uint8Array, headerBytes: number): Header | null {
  try {
    const text = strFromU8(unzlibSync(file.subarray(PREFIX_BYTES, PREFIX_BYTES + headerBytes)));
    // The cast is checked right here and, array by array, by `fits`; the tree is validated by the caller's schema.
    const header = JSON.parse(text) as Header;
    return Array.isArray(header?.arrays) && header.arrays.every(isPlaced) ? header : null;
  } catch {
    return null; // not zlib, or not JSON: the caller reports a damaged file
  }
}

function isPlaced(value: unknown): value is Placed {
  if (typeof value !== "object" || value === null) return false;
  // The cast only reads fields that are checked one by one.
  const { type, length, offset } = value as Record<string, unknown>;
  const isCount = (n: unknown) => Number.isInteger(n) && Number(n) >= 0;
  return typeof type === "string" && Object.hasOwn(ARRAY_TYPES, type) && isCount(length) && isCount(offset);
}

const fits = (placed: Placed, room: number): boolean =>
  placed.offset + placed.length * ARRAY_TYPES[placed.type].BYTES_PER_ELEMENT <= room;

/** True if the header can be read and says that the file should be longer. */
function isShort(file: Uint8Array, headerBytes: number): boolean {
  const header = readHeader(file, headerBytes);
  const room = file.length - align(PREFIX_BYTES + headerBytes);
  return header?.arrays.some((placed) => !fits(placed, room)) ?? false;
}

function readArray(file: Uint8Array, body: number, placed: Placed): NumericArray {
  const type = ARRAY_TYPES[placed.type];
  const from = file.byteOffset + body + placed.offset;
  // The cast: a file is never shared memory.
  return new type((file.buffer as ArrayBuffer).slice(from, from + placed.length * type.BYTES_PER_ELEMENT));
}

function typeOf(value: unknown): ArrayType | null {
  if (!ArrayBuffer.isView(value)) return null;
  const name = value.constructor.name;
  // Node's Buffer is a Uint8Array. The cast follows the check beside it.
  if (value instanceof Uint8Array) return "Uint8Array";
  return Object.hasOwn(ARRAY_TYPES, name) ? (name as ArrayType) : null;
}

/** The tree with every typed array replaced by {"$array": index} and every non-finite number or -0 by {"$number": text}. */
function replace(value: unknown, place: (array: NumericArray, type: ArrayType) => number): unknown {
  const type = typeOf(value);
  // The cast follows typeOf, which looked at the constructor.
  if (type) return { $array: place(value as NumericArray, type) };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (Array.isArray(value)) return value.map((item) => replace(item, place));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, place)]));
}

function restore(value: unknown, arrays: readonly (NumericArray | null)[]): unknown {
  if (Array.isArray(value)) return value.map((item) => restore(item, arrays));
  if (typeof value !== "object" || value === null) return value;
  if ("$array" in value) return arrays[Number(value.$array)];
  if ("$number" in value) return Number(value.$number);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item, arrays)]));
}

let table: Uint32Array | null = null;

function crcTable(): Uint32Array {
  if (table) return table;
  table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    table[n] = c;
  }
  return table;
}

/** CRC-32 of the bytes, unsigned. */
export function crc32(bytes: Uint8Array): number {
  const words = crcTable();
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ words[(crc ^ bytes[i]!) & 255]!;
  return (crc ^ 0xffffffff) >>> 0;
}
