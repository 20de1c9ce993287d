// The file of an imported data set, "<name>.images": one bit a pixel, labels, and where it comes from.
//
// Layout, little endian: "WSLIMAGE" (8 bytes), version 1 (u32), length of the header (u32), header (JSON, UTF-8), then for
// n pictures of 28 x 28: alphabets (n u8), characters (n u16), drawers (n u16; 65535: unknown), pixels (98 n bytes, a
// picture's first pixel is its first byte's highest bit), and the CRC-32 of everything before it (u32).

import { type ImageSet, NUM_ALPHABETS, SIDE } from "../images";
import { crc32 } from "./formats/checksum";
import { type Attempt, attempt, Damage } from "./formats/damage";

/** Where a set comes from and how its drawings became bits. */
export type ImageSetOrigin = {
  /** "Omniglot". */
  readonly title: string;
  readonly owner: string;
  readonly licence: string;
  /** Names of the files that it was made of. */
  readonly source: string;
  /** Share of ink from which a pixel counts as ink. */
  readonly threshold: number;
};

export type PackedSet = { readonly set: ImageSet; readonly origin: ImageSetOrigin };

const MAGIC = "WSLIMAGE";
const VERSION = 1;
const UNKNOWN = 0xffff;
const PIXELS = SIDE * SIDE;
const ROW = PIXELS / 8;
/** Labels of a picture: alphabet, character, drawer. */
const LABELS = 5;
/** Pictures of one set. */
export const MOST_IMAGES = 100_000;

type Header = ImageSetOrigin & {
  readonly name: string;
  readonly count: number;
  readonly side: number;
  readonly alphabetNames: readonly string[];
};

/** The file of a set. */
export function packImages(set: ImageSet, origin: ImageSetOrigin): Uint8Array<ArrayBuffer> {
  const count = set.alphabets.length;
  const { name, alphabetNames } = set;
  const header = new TextEncoder().encode(JSON.stringify({ name, count, side: SIDE, alphabetNames, ...origin }));
  const start = MAGIC.length + 8 + header.length;
  const bytes = new Uint8Array(start + count * (LABELS + ROW) + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, header.length, true);
  bytes.set(header, 16);
  const [characters, drawers, pixels] = sectionsFrom(start, count);
  const label = (value: number) => (value < 0 || value >= UNKNOWN ? UNKNOWN : value);
  for (let n = 0; n < count; n++) {
    bytes[start + n] = set.alphabets[n]!;
    view.setUint16(characters + 2 * n, label(set.characters[n]!), true);
    view.setUint16(drawers + 2 * n, label(set.drawers[n]!), true);
  }
  for (let i = 0; i < count * PIXELS; i++) if (set.pixels[i] === 1) bytes[pixels + (i >> 3)]! |= 128 >> (i & 7);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, bytes.length - 4)), true);
  return bytes;
}

/** True for the first bytes of a packed set. */
export const isPacked = (bytes: Uint8Array): boolean =>
  bytes.length >= MAGIC.length && new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) === MAGIC;

/** The set in a file, or one sentence that says what is wrong with it. */
export function unpackImages(bytes: Uint8Array, what: string): Attempt<PackedSet> {
  return attempt(() => unpacked(bytes, what));
}

function sectionsFrom(start: number, count: number): readonly [number, number, number] {
  return [start + count, start + 3 * count, start + LABELS * count];
}

function unpacked(bytes: Uint8Array, what: string): PackedSet {
  if (!isPacked(bytes)) throw new Damage(`${what} is no packed set of pictures: it does not begin with ${MAGIC}.`);
  if (bytes.length < 20) throw new Damage(`${what} is cut off after ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw new Damage(`${what} is of version ${version}; allowed: ${VERSION}. Import it again.`);
  const start = 16 + view.getUint32(12, true);
  if (start + 4 > bytes.length || view.getUint32(bytes.length - 4, true) !== crc32(bytes.subarray(0, -4))) {
    throw new Damage(`${what} is cut off or damaged: its checksum does not fit. Import it again.`);
  }
  const header = headerOf(bytes.subarray(16, start), what);
  const { count, name, alphabetNames, title, owner, licence, source, threshold } = header;
  if (start + count * (LABELS + ROW) + 4 !== bytes.length) {
    throw new Damage(`${what} is damaged: it announces ${count} pictures but has another length. Import it again.`);
  }
  const [characters, drawers, pixels] = sectionsFrom(start, count);
  const label = (at: number) => (view.getUint16(at, true) === UNKNOWN ? -1 : view.getUint16(at, true));
  const set: ImageSet = {
    name,
    pixels: Uint8Array.from({ length: count * PIXELS }, (_, i) => (bytes[pixels + (i >> 3)]! >> (7 - (i & 7))) & 1),
    alphabets: Int32Array.from(bytes.subarray(start, start + count)),
    alphabetNames,
    characters: Int32Array.from({ length: count }, (_, n) => label(characters + 2 * n)),
    drawers: Int32Array.from({ length: count }, (_, n) => label(drawers + 2 * n)),
  };
  if (set.alphabets.some((alphabet) => alphabet >= alphabetNames.length)) {
    throw new Damage(`${what} is damaged: a picture belongs to an alphabet without a name. Import it again.`);
  }
  return { set, origin: { title, owner, licence, source, threshold } };
}

function headerOf(bytes: Uint8Array, what: string): Header {
  const wrong = () => new Damage(`${what} is damaged: its header cannot be read. Import it again.`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw wrong();
  }
  if (!isHeader(header)) throw wrong();
  if (header.side !== SIDE || header.count > MOST_IMAGES) {
    const told = `${header.count} pictures of side ${header.side}`;
    throw new Damage(`${what} holds ${told}; allowed: up to ${MOST_IMAGES} of side ${SIDE}.`);
  }
  return header;
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>; // an object's fields are looked at one by one
  const areTexts = ["name", "title", "owner", "licence", "source"].every((name) => typeof fields[name] === "string");
  const { alphabetNames: names, count, side, threshold } = fields;
  const areNames = Array.isArray(names) && names.every((name) => typeof name === "string");
  const isCount = Number.isInteger(count) && Number(count) >= 0;
  return (
    areTexts && areNames && names.length <= NUM_ALPHABETS && isCount && Number.isInteger(side) && Number(threshold) > 0
  );
}
