// Files of a data set of others -> a set of pictures that a run can use. For the page and the command line alike.

import { type ImageSet, NUM_ALPHABETS, SIDE } from "../images";
import {
  type DataFile,
  type DrawingStream,
  idxDrawings,
  idxPairs,
  kindOf,
  type LabelledDrawing,
  npyDrawings,
  unpackedFile,
  zipDrawings,
} from "./drawings";
import { attempt, Damage } from "./formats/damage";
import { isPacked, MOST_IMAGES, type PackedSet, unpackImages } from "./packed";
import { IMPORT_SOURCES, type StrokesSource } from "./sources";

export type ImportRequest = {
  /** "omniglot", "mnist", "kmnist" or "quickdraw". */
  readonly name: string;
  /** As they are: packed files are unpacked here. */
  readonly files: readonly DataFile[];
  /** Share of ink from which a pixel counts as ink, above 0 and up to 1; the data set's own unless given. */
  readonly threshold?: number;
  /** .npy files may be first parts of longer ones, as they are downloaded. */
  readonly areFirstParts?: boolean;
  /** Called now and then; a promise is awaited, so that a page can draw. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
};

export type ImportResult =
  | { readonly ok: true; readonly imported: PackedSet; readonly notes: readonly string[] }
  /** One sentence: which file, what is wrong, what is allowed. */
  | { readonly ok: false; readonly message: string };

/** Drawings between two calls of onProgress. */
const STRIDE = 200;

const KMNIST_NAMES = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"];

/** The data set with this name. */
function sourceNamed(name: string): StrokesSource | undefined {
  return IMPORT_SOURCES.find((source) => source.name === name);
}

/** Reads files as the data set `name`; never throws for bad files. Omniglot's 32,460 drawings take about 10 s. */
export async function importImages(request: ImportRequest): Promise<ImportResult> {
  const { name, files, threshold } = request;
  const source = sourceNamed(name);
  if (!source) return { ok: false, message: `There is no data set ${name} to import.` };
  if (files.length === 0) return { ok: false, message: `No file was given; allowed: ${source.accepts}.` };
  if (threshold !== undefined && !(threshold > 0 && threshold <= 1)) {
    return { ok: false, message: `The threshold is ${threshold}; allowed: above 0 and up to 1.` };
  }
  const own = files.find(({ bytes }) => isPacked(bytes));
  if (own) return packedAgain(source, own);
  const wanted = { ...request, threshold: threshold ?? source.threshold };
  const opened = attempt(() => streamsOf(source, wanted));
  if (!opened.ok) return opened;
  return collect(source, wanted, opened.value);
}

function packedAgain(source: StrokesSource, file: DataFile): ImportResult {
  const read = unpackImages(file.bytes, file.name);
  if (!read.ok) return read;
  if (read.value.set.name === source.name) return { ok: true, imported: read.value, notes: [] };
  return { ok: false, message: `${file.name} holds ${read.value.origin.title}, not ${source.title}.` };
}

type Wanted = ImportRequest & { readonly threshold: number };

function streamsOf(source: StrokesSource, { files, threshold, areFirstParts }: Wanted): readonly DrawingStream[] {
  if (source.name === "omniglot") return files.map((file) => zipDrawings(asKind(source, file, "zip"), threshold, true));
  if (source.name === "quickdraw") {
    return files.map((file) => npyDrawings(asKind(source, file, "npy"), threshold, areFirstParts === true));
  }
  const classNames = source.name === "kmnist" ? KMNIST_NAMES : [];
  const pairs = idxPairs(files.map(unpackedFile));
  return pairs.map(({ images, labels }) => idxDrawings(images, labels, threshold, classNames));
}

/** The file, if its first bytes are those of the kind that the data set comes in. */
function asKind(source: StrokesSource, file: DataFile, kind: "zip" | "npy"): DataFile {
  const unpacked = unpackedFile(file);
  if (kindOf(unpacked.bytes) === kind) return unpacked;
  const format = kind === "zip" ? "zip archive" : ".npy file";
  throw new Damage(`${file.name} is no ${format}; ${source.title} takes ${source.accepts}.`);
}

/** Reads all drawings, pausing now and then; the same drawing in two archives counts once. */
async function collect(
  source: StrokesSource,
  request: Wanted,
  streams: readonly DrawingStream[],
): Promise<ImportResult> {
  const total = streams.reduce((sum, { count }) => sum + count, 0);
  if (total > MOST_IMAGES) return { ok: false, message: `The files hold ${total} drawings; allowed: ${MOST_IMAGES}.` };
  const kept = new Map<string, LabelledDrawing>();
  let done = 0;
  for (const [index, { drawings }] of streams.entries()) {
    const iterator = drawings[Symbol.iterator]();
    for (;;) {
      const next = attempt(() => iterator.next());
      if (!next.ok) return { ok: false, message: next.message };
      if (next.value.done) break;
      const drawing = next.value.value;
      kept.set(keyOf(source, drawing, index), drawing);
      if (++done % STRIDE === 0) await request.onProgress?.(done, total);
    }
  }
  await request.onProgress?.(done, total);
  return setOf(source, request, [...kept.values()], total);
}

/** Omniglot's small archives repeat drawings of the large ones. */
function keyOf(source: StrokesSource, { alphabet, name }: LabelledDrawing, file: number): string {
  return source.name === "omniglot" ? `${alphabet}/${name.split("/").slice(-2).join("/")}` : `${file}/${name}`;
}

function setOf(
  source: StrokesSource,
  { files, threshold }: Wanted,
  drawings: readonly LabelledDrawing[],
  total: number,
): ImportResult {
  // Classes in the order of their labels, alphabets as they come.
  const firsts = new Map<string, number>();
  for (const { alphabet, character } of drawings) if (!firsts.has(alphabet)) firsts.set(alphabet, character);
  const names = [...firsts.keys()].sort((a, b) => firsts.get(a)! - firsts.get(b)!);
  if (names.length > NUM_ALPHABETS) {
    return { ok: false, message: `The files hold ${names.length} classes; allowed: up to ${NUM_ALPHABETS}.` };
  }
  const numbers = new Map(names.map((name, number) => [name, number]));
  const area = SIDE * SIDE;
  const pixels = new Uint8Array(drawings.length * area);
  for (const [n, { bits }] of drawings.entries()) pixels.set(bits, n * area);
  const set: ImageSet = {
    name: source.name,
    pixels,
    alphabets: Int32Array.from(drawings, ({ alphabet }) => numbers.get(alphabet)!),
    alphabetNames: names.map((name) => name || "unknown"),
    characters: Int32Array.from(drawings, ({ character }) => character),
    drawers: Int32Array.from(drawings, ({ drawer }) => drawer),
  };
  const from = files.map(({ name }) => name.replace(/^.*[/\\]/, "")).join(", ");
  const { title, owner, licence } = source;
  const twice = total - drawings.length;
  const notes = twice > 0 ? [`${twice} drawings were in two of the files and are kept once.`] : [];
  return { ok: true, imported: { set, origin: { title, owner, licence, source: from, threshold } }, notes };
}
