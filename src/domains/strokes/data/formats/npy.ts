// NumPy's .npy files of bytes in two dimensions, as Quick, Draw publishes its bitmaps: one row of 784 a drawing.
// Source: NumPy enhancement proposal 1 (numpy.lib.format), versions 1.0 to 3.0.

import { Damage } from "./damage";

export type NpyFile = {
  /** Rows that are here, and numbers of each. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that the header announces; more than `rows` only where a first part is allowed. */
  readonly announced: number;
  readonly values: Uint8Array;
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const LONGEST_HEADER = 65_536;

/** True for the first bytes of a .npy file. */
export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/**
 * @param isFirstPart the file may end early, after a whole number of rows (a download of its first part)
 * @throws Damage
 */
export function readNpy(bytes: Uint8Array, what: string, isFirstPart = false): NpyFile {
  if (!isNpy(bytes)) throw new Damage(`${what} is no .npy file: it does not begin with \\x93NUMPY.`);
  const { text, start } = headerOf(bytes, what);
  const type = field(text, /'descr'\s*:\s*'([^']*)'/, "type", what);
  if (!/^[|<>=]?u1$/.test(type)) throw new Damage(`${what} holds numbers of type ${type}; allowed: uint8 (|u1).`);
  if (field(text, /'fortran_order'\s*:\s*(True|False)/, "order", what) === "True") {
    throw new Damage(`${what} is in Fortran order; allowed: C order, one drawing after another.`);
  }
  const shapeText = field(text, /'shape'\s*:\s*\(([^)]*)\)/, "shape", what);
  const shape = shapeText.split(",").filter((part) => part.trim() !== "");
  if (shape.length !== 2 || shape.some((part) => !/^\s*\d{1,9}L?\s*$/.test(part))) {
    throw new Damage(`${what} has the shape (${shapeText}); allowed: (drawings, 784).`);
  }
  const [announced, columns] = shape.map((part) => Number.parseInt(part, 10)) as [number, number]; // length checked
  const held = bytes.length - start;
  const rows = isFirstPart && columns > 0 ? Math.min(announced, Math.floor(held / columns)) : announced;
  if (isFirstPart ? rows < 1 : held !== announced * columns) {
    const told = `${announced} x ${columns} bytes`;
    throw new Damage(`${what} announces ${told} but holds ${held}: it is cut off or damaged.`);
  }
  return { rows, columns, announced, values: bytes.subarray(start, start + rows * columns) };
}

function headerOf(bytes: Uint8Array, what: string): { text: string; start: number } {
  const cut = () => new Damage(`${what} is cut off after ${bytes.length} bytes, inside its header.`);
  if (bytes.length < 12) throw cut();
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw new Damage(`${what} is of format version ${version}; allowed: 1 to 3.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const from = version === 1 ? 10 : 12;
  if (length > LONGEST_HEADER) throw new Damage(`${what} is damaged: its header announces ${length} bytes.`);
  if (from + length > bytes.length) throw cut();
  return { text: new TextDecoder().decode(bytes.subarray(from, from + length)), start: from + length };
}

function field(text: string, pattern: RegExp, name: string, what: string): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Damage(`${what} is damaged: its header does not say the ${name}.`);
  return found;
}
