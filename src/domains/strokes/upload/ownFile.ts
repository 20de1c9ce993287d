// A person's file of many pictures, in one of the formats that data sets come in. Loaded only when there is one.

import { type DataFile, idxDrawings, kindOf, npyDrawings, unpackedFile, zipDrawings } from "../data/drawings";
import { type Attempt, attempt, Damage } from "../data/formats/damage";
import { readIdx } from "../data/formats/idx";
import { isPacked, unpackImages } from "../data/packed";
import { DEFAULT_THRESHOLD } from "../data/reduce";
import { SIDE } from "../images";
import type { OwnPicture } from "./userPictures";

/** Grey bitmaps count as ink from half on; drawings of other sizes from a share of DEFAULT_THRESHOLD. */
const HALF = 0.5;

/** The pictures of a zip of PNG files, an IDX file, a .npy file or a packed set; at most `most` of them are read. */
export function readOwnFile(file: DataFile, most: number): Attempt<readonly OwnPicture[]> {
  return attempt(() => picturesOf(file, most));
}

function picturesOf(file: DataFile, most: number): readonly OwnPicture[] {
  if (isPacked(file.bytes)) return packedPictures(file, most);
  const { threshold, drawings } = streamOf(unpackedFile(file));
  const pictures: OwnPicture[] = [];
  for (const { bits, name } of drawings) {
    // One more than wanted, so that the caller can say that there were more.
    if (pictures.length > most) break;
    const ink = bits.reduce((sum, bit) => sum + bit, 0);
    if (ink === 0 || ink === bits.length) throw new Damage(`${file.name}: ${name} is all one colour.`);
    const percent = Math.round((100 * ink) / bits.length);
    pictures.push({ pixels: bits, name, note: `${percent} % ink at a threshold of ${Math.round(100 * threshold)} %.` });
  }
  return pictures;
}

function streamOf(file: DataFile) {
  const kind = kindOf(file.bytes);
  if (kind === "zip") return { threshold: DEFAULT_THRESHOLD, ...zipDrawings(file, DEFAULT_THRESHOLD, false) };
  if (kind === "npy") return { threshold: HALF, ...npyDrawings(file, HALF, false) };
  if (kind !== "idx") {
    throw new Damage(`${file.name} is no picture, zip of PNG files, IDX file or .npy file; one of them is allowed.`);
  }
  const idx = readIdx(file.bytes, file.name);
  if (idx.shape.length !== 3) throw new Damage(`${file.name} holds labels only; allowed: an IDX file of pictures.`);
  return { threshold: HALF, ...idxDrawings({ name: file.name, idx }, null, HALF) };
}

function packedPictures(file: DataFile, most: number): readonly OwnPicture[] {
  const read = unpackImages(file.bytes, file.name);
  if (!read.ok) throw new Damage(read.message);
  const { set, origin } = read.value;
  const count = Math.min(set.alphabets.length, most + 1);
  return Array.from({ length: count }, (_, n) => ({
    pixels: set.pixels.slice(n * SIDE * SIDE, (n + 1) * SIDE * SIDE),
    name: `picture ${n + 1}`,
    note: `From ${origin.title}, threshold ${Math.round(100 * origin.threshold)} %.`,
  }));
}
