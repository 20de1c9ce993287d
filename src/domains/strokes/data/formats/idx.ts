// IDX files, as MNIST and its kin are published: unsigned bytes in one dimension (labels) or three (pictures).
// Source: LeCun, Cortes & Burges, "THE MNIST DATABASE", section "FILE FORMATS FOR THE MNIST DATABASE".

import { Damage } from "./damage";

export type IdxFile = {
  /** [count] for labels, [count, height, width] for pictures. */
  readonly shape: readonly number[];
  readonly values: Uint8Array;
};

const UNSIGNED_BYTE = 8;
const MOST_DIMENSIONS = 3;

/** True for the first bytes of an IDX file of whatever type. */
export function isIdx(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && bytes[2]! >= 8 && bytes[2]! <= 14 && bytes[3]! <= 4;
}

/** @param bytes unpacked @throws Damage */
export function readIdx(bytes: Uint8Array, what: string): IdxFile {
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  if (bytes.length < 4) throw new Damage(`${what} is cut off after ${bytes.length} bytes, inside its header.`);
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw new Damage(`${what} is no IDX file: it begins with ${magic}; allowed: 00 00 08 03 or 00 00 08 01.`);
  }
  if (bytes[2] !== UNSIGNED_BYTE) {
    throw new Damage(`${what} holds numbers of type ${bytes[2]}; allowed: type 8, bytes from 0 to 255.`);
  }
  const dimensions = bytes[3]!;
  if (dimensions !== 1 && dimensions !== MOST_DIMENSIONS) {
    throw new Damage(`${what} has ${dimensions} dimensions; allowed: 1 for labels or 3 for pictures.`);
  }
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) throw new Damage(`${what} is cut off after ${bytes.length} bytes, inside its header.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shape = Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - start !== size) {
    const told = `${shape.join(" x ")} bytes`;
    throw new Damage(`${what} announces ${told} but holds ${bytes.length - start}: it is cut off or damaged.`);
  }
  return { shape, values: bytes.subarray(start) };
}
