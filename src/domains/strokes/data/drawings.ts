// Drawings in the files that data sets come in (zip of PNG, IDX, .npy), one after another, as bits with labels.
// Every generator throws Damage for a file that is cut off, foreign or too large, and nothing else.

import { SIDE } from "../images";
import { Damage } from "./formats/damage";
import { type IdxFile, isIdx, readIdx } from "./formats/idx";
import { gunzip, isGzip } from "./formats/inflate";
import { isNpy, readNpy } from "./formats/npy";
import { isPng, readPng } from "./formats/png";
import { isZip, readEntry, type ZipEntry, zipEntries } from "./formats/zip";
import { AreaAverage, bitsFrom } from "./reduce";

/** A drawing as the model would see it, and what its file says about it. */
export type LabelledDrawing = {
  /** [SIDE * SIDE] of 0 and 1. */
  readonly bits: Uint8Array;
  /** Name of its alphabet or class, "" if it has none. */
  readonly alphabet: string;
  /** Character within the alphabet, and who drew it; -1 where unknown. */
  readonly character: number;
  readonly drawer: number;
  /** Where it is in its file: "Greek/character01/0394_01.png", "row 12". */
  readonly name: string;
};

/** A file as it was picked or fetched. */
export type DataFile = { readonly name: string; readonly bytes: Uint8Array };

/** Drawings of a file, and how many there will be. */
export type DrawingStream = { readonly count: number; readonly drawings: Iterable<LabelledDrawing> };

/** Unpacked bytes of one file, pixels of one side, and drawings of one file. */
const MOST_BYTES = 1 << 28;
const LONGEST_SIDE = 2048;
const MOST_DRAWINGS = 100_000;

/** alphabet/characterNN/file_DD.png, under whatever folder. */
const OMNIGLOT = /(?:^|\/)([^/]+)\/character(\d{1,4})\/[^/]*_(\d{1,4})\.png$/i;

/** The file with gzip taken off. @throws Damage */
export function unpackedFile(file: DataFile): DataFile {
  if (!isGzip(file.bytes)) return file;
  return { name: file.name, bytes: gunzip(file.bytes, MOST_BYTES, file.name) };
}

function checkCount(count: number, what: string): void {
  if (count > 0 && count <= MOST_DRAWINGS) return;
  throw new Damage(`${what} holds ${count} drawings; allowed: 1 to ${MOST_DRAWINGS}.`);
}

/** Reduces drawings of whatever sizes; keeps what it needs for the latest size. */
class Reducer {
  private readonly threshold: number;
  private readonly isDarkInk: boolean;
  private average: AreaAverage | null = null;

  constructor(threshold: number, isDarkInk: boolean) {
    this.threshold = threshold;
    this.isDarkInk = isDarkInk;
  }

  /** @param grey [height * width], 0 to 255 */
  bits(grey: Uint8Array, height: number, width: number): Uint8Array {
    if (this.average?.height !== height || this.average.width !== width) {
      this.average = new AreaAverage(height, width, SIDE);
    }
    const shares = this.average.of(grey);
    for (let i = 0; i < shares.length; i++) shares[i] = (this.isDarkInk ? 255 - shares[i]! : shares[i]!) / 255;
    return bitsFrom(shares, this.threshold);
  }
}

/**
 * The PNG pictures of a zip archive, dark ink on light paper.
 *
 * @param isOmniglot only pictures at alphabet/characterNN/file_DD.png, and a sentence where there is none
 */
export function zipDrawings({ name, bytes }: DataFile, threshold: number, isOmniglot: boolean): DrawingStream {
  const all = zipEntries(bytes, MOST_BYTES).filter(({ name: path }) => !/(^|\/)(\._|__MACOSX\/)/.test(path));
  const pictures = all.filter(({ name: path }) => /\.png$/i.test(path));
  const entries = isOmniglot ? pictures.filter(({ name: path }) => OMNIGLOT.test(path)) : pictures;
  if (entries.length === 0) {
    const wanted = isOmniglot ? "none at alphabet/characterNN/file_DD.png" : "no PNG picture among them";
    throw new Damage(`${name} holds ${all.length} files, ${wanted}; is it another archive?`);
  }
  checkCount(entries.length, name);
  return { count: entries.length, drawings: pngDrawings(bytes, entries, threshold) };
}

function* pngDrawings(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  threshold: number,
): Generator<LabelledDrawing, void, undefined> {
  const reducer = new Reducer(threshold, true);
  for (const entry of entries) {
    const picture = readPng(readEntry(bytes, entry, MOST_BYTES), `Entry ${entry.name}`, LONGEST_SIDE);
    const labels = OMNIGLOT.exec(entry.name);
    yield {
      bits: reducer.bits(picture.values, picture.height, picture.width),
      alphabet: labels?.[1]?.replaceAll("_", " ") ?? "",
      character: labels ? Number(labels[2]) - 1 : -1,
      drawer: labels ? Number(labels[3]) - 1 : -1,
      name: entry.name,
    };
  }
}

/**
 * The pictures of an IDX file, light ink on dark paper, with the labels of another if there is one.
 *
 * @param classNames names of the labels; a label without one is its number
 */
export function idxDrawings(
  file: { readonly name: string; readonly idx: IdxFile },
  labels: { readonly name: string; readonly idx: IdxFile } | null,
  threshold: number,
  classNames: readonly string[] = [],
): DrawingStream {
  const [count, height, width] = file.idx.shape as [number, number, number]; // pictures have three dimensions
  checkCount(count, file.name);
  if (height < 1 || width < 1 || height > LONGEST_SIDE || width > LONGEST_SIDE) {
    throw new Damage(
      `${file.name} holds pictures of ${width} by ${height}; allowed: 1 to ${LONGEST_SIDE} pixels a side.`,
    );
  }
  if (labels !== null && labels.idx.shape[0] !== count) {
    const told = `${labels.name} holds ${labels.idx.shape[0]} labels, but ${file.name} ${count} pictures`;
    throw new Damage(`${told}; the two must belong together.`);
  }
  return { count, drawings: idxRows(file.idx, labels?.idx.values ?? null, threshold, classNames) };
}

function* idxRows(
  { shape, values }: IdxFile,
  labels: Uint8Array | null,
  threshold: number,
  classNames: readonly string[],
): Generator<LabelledDrawing, void, undefined> {
  const [count, height, width] = shape as [number, number, number]; // pictures have three dimensions
  const reducer = new Reducer(threshold, false);
  const area = height * width;
  for (let n = 0; n < count; n++) {
    const label = labels?.[n] ?? -1;
    yield {
      bits: reducer.bits(values.subarray(n * area, (n + 1) * area), height, width),
      alphabet: label < 0 ? "" : (classNames[label] ?? String(label)),
      character: label,
      drawer: -1,
      name: `picture ${n + 1}`,
    };
  }
}

/**
 * The doodles of a .npy file of rows of 784, light ink on dark paper. The file's name is the class.
 *
 * @param isFirstPart the file may be the first part of a longer one
 */
export function npyDrawings({ name, bytes }: DataFile, threshold: number, isFirstPart: boolean): DrawingStream {
  const { rows, columns, values } = readNpy(bytes, name, isFirstPart);
  if (columns !== SIDE * SIDE) {
    throw new Damage(`${name} has rows of ${columns}; allowed: ${SIDE * SIDE}, pictures of ${SIDE} by ${SIDE}.`);
  }
  checkCount(rows, name);
  const alphabet = name.replace(/^.*[/\\]/, "").replace(/\.npy$/i, "");
  return { count: rows, drawings: npyRows(values, rows, threshold, alphabet) };
}

function* npyRows(
  values: Uint8Array,
  rows: number,
  threshold: number,
  alphabet: string,
): Generator<LabelledDrawing, void, undefined> {
  const area = SIDE * SIDE;
  const reducer = new Reducer(threshold, false);
  for (let n = 0; n < rows; n++) {
    const bits = reducer.bits(values.subarray(n * area, (n + 1) * area), SIDE, SIDE);
    yield { bits, alphabet, character: 0, drawer: -1, name: `row ${n + 1}` };
  }
}

/** IDX files paired: pictures with the labels of the same name ("train-images..." and "train-labels..."). @throws Damage */
export function idxPairs(files: readonly DataFile[]): readonly {
  readonly images: { readonly name: string; readonly idx: IdxFile };
  readonly labels: { readonly name: string; readonly idx: IdxFile } | null;
}[] {
  const read = files.map((file) => ({ name: file.name, idx: readIdx(unpackedFile(file).bytes, file.name) }));
  const images = read.filter(({ idx }) => idx.shape.length === 3);
  const labels = read.filter(({ idx }) => idx.shape.length === 1);
  if (images.length === 0) {
    throw new Damage(
      `${labels.map(({ name }) => name).join(", ")} holds labels only; choose the file of pictures, too.`,
    );
  }
  const stem = (name: string) => name.replace(/^.*[/\\]/, "").split(/images|labels/)[0];
  return images.map((each) => ({
    images: each,
    labels:
      labels.find(({ name }) => stem(name) === stem(each.name)) ?? (images.length === 1 ? (labels[0] ?? null) : null),
  }));
}

/** What a file of drawings is, told by its first bytes; "picture" for a PNG alone. */
export function kindOf(bytes: Uint8Array): "zip" | "idx" | "npy" | "picture" | null {
  if (isZip(bytes)) return "zip";
  if (isNpy(bytes)) return "npy";
  if (isPng(bytes)) return "picture";
  return isIdx(bytes) ? "idx" : null;
}
