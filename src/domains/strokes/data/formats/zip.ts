// Zip archives: the list of entries from the end of the file, and single entries unpacked on demand, with limits.
// Source: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. No zip64, no encryption, no archives in parts.

import { crc32 } from "./checksum";
import { Damage } from "./damage";
import { inflateTo, megabytes } from "./inflate";

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Of the entry's local header. */
  readonly at: number;
};

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_SIZE, ENTRY_SIZE, LOCAL_SIZE] = [22, 46, 30];
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 100_000;

/** True for the first bytes of a zip archive. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/**
 * The archive's files (folders are left out), in its order.
 *
 * @param mostBytes sum of all unpacked sizes that is allowed
 * @throws Damage
 */
export function zipEntries(bytes: Uint8Array, mostBytes: number): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw new Damage("The archive is a zip64 one; allowed: a plain zip.");
  if (count > MOST_ENTRIES) throw new Damage(`The archive has ${count} entries; allowed: up to ${MOST_ENTRIES}.`);
  const entries: ZipEntry[] = [];
  let total = 0;
  for (let n = 0; n < count; n++) {
    const { entry, next } = entryAt(view, at, n + 1);
    at = next;
    if (entry.name.endsWith("/")) continue;
    total += entry.size;
    if (total > mostBytes) {
      throw new Damage(`The archive unpacks to more than ${megabytes(mostBytes)}, which is not allowed.`);
    }
    entries.push(entry);
  }
  return entries;
}

/** Position of the end record: the last one whose comment reaches to the end of the file. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  throw new Damage("The archive is cut off or damaged: the list of its files, at its end, is missing.");
}

function entryAt(view: DataView, at: number, number: number): { entry: ZipEntry; next: number } {
  if (at + ENTRY_SIZE > view.byteLength || view.getUint32(at, true) !== ENTRY) {
    throw new Damage(`The archive is damaged: entry ${number} of its list cannot be read.`);
  }
  const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number]; // three
  const next = at + ENTRY_SIZE + lengths[0] + lengths[1] + lengths[2];
  if (next > view.byteLength) throw new Damage(`The archive is damaged: entry ${number} of its list is cut off.`);
  const name = new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_SIZE, lengths[0]);
  const entry = {
    name: new TextDecoder().decode(name).replaceAll("\\", "/"),
    method: view.getUint16(at + 10, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    checksum: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    at: view.getUint32(at + 42, true),
  };
  return { entry, next };
}

/** The content of an entry, checked. @throws Damage */
export function readEntry(bytes: Uint8Array, entry: ZipEntry, mostBytes: number): Uint8Array {
  const what = `Entry ${entry.name}`;
  if (entry.isEncrypted) throw new Damage(`${what} is encrypted, which is not allowed.`);
  if (entry.size > mostBytes) {
    throw new Damage(`${what} unpacks to ${megabytes(entry.size)}; allowed: up to ${megabytes(mostBytes)}.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { at } = entry;
  if (at + LOCAL_SIZE > bytes.length || view.getUint32(at, true) !== LOCAL) {
    throw new Damage(`${what} is not where the archive's list says.`);
  }
  const start = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + entry.packed > bytes.length) throw new Damage(`${what} is cut off.`);
  const content = unpack(bytes.subarray(start, start + entry.packed), entry, what);
  if (crc32(content) !== entry.checksum) throw new Damage(`${what} is damaged: its checksum does not fit.`);
  return content;
}

function unpack(packed: Uint8Array, { method, size }: ZipEntry, what: string): Uint8Array {
  if (method === 8) return inflateTo(packed, size, "raw", what);
  if (method !== 0) throw new Damage(`${what} is packed with method ${method}; allowed: stored or deflated.`);
  if (packed.length !== size) throw new Damage(`${what} is damaged: its sizes do not agree.`);
  return packed;
}
