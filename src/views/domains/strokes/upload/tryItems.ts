// Inputs of "Try your own" for strokes: drawings and pictures with the settings under which they are read, and how all of
// them together become what is sent: pictures of 28 by 28 cells.

import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import { type DecodedPicture, decodeFile } from "../../../try/decodePicture";
import { badInput, type NewItem, type Prepared, type ReadOutcome, type TryItem } from "../../../try/tryOwn";
import { toolsOf } from "../strokesView";
import type { PictureSettings, ReadPicture } from "./ownPicture";
import { CELLS, EMPTY_DRAWING, type PadDrawing, pictureOfDrawing } from "./padDrawing";

export type DrawnSource = {
  readonly kind: "drawing";
  readonly drawing: PadDrawing;
  readonly settings: PictureSettings;
};
export type PictureSource = {
  readonly kind: "picture";
  readonly picture: DecodedPicture;
  readonly settings: PictureSettings;
  /** Rows of text: read cell by cell. */
  readonly isText: boolean;
};
export type StrokesSource = DrawnSource | PictureSource;

/** Pictures at once. */
export const MOST_PICTURES = 24;

/** The domain's own record in an item. */
export function sourceOf(item: TryItem): StrokesSource {
  // Items of this domain are made in this folder only.
  return item.source as StrokesSource;
}

/** An empty pad, or one with a drawing. */
export function drawnItem(spec: DomainSpec, name: string, drawing: PadDrawing = EMPTY_DRAWING): NewItem {
  return { name, source: { kind: "drawing", drawing, settings: toolsOf(spec).pictureDefaults } satisfies DrawnSource };
}

/** A file as an input: a picture, or text with one or more bitmaps. */
export async function readStrokesFile(file: File, spec: DomainSpec): Promise<ReadOutcome> {
  const decoded = await decodeFile(file, "none");
  if (!decoded.ok) return badInput(decoded.message);
  if ("text" in decoded) return readStrokesText(decoded.text.text, spec, decoded.text.name);
  const { picture } = decoded;
  const source: PictureSource = { kind: "picture", picture, settings: toolsOf(spec).pictureDefaults, isText: false };
  const read = readSource(spec, source);
  if (!read.ok) return badInput(`${picture.name} ${read.problem}`);
  const moves = picture.isAnimated ? [`${picture.name} moves: only its first frame is used.`] : [];
  return { items: [{ name: picture.name, source }], problems: moves, rest: null };
}

/** Rows of 0 and 1 as inputs, read cell by cell. */
export function readStrokesText(text: string, spec: DomainSpec, name = "Pasted text"): ReadOutcome {
  const { readBitmapText, bitmapSettings: settings } = toolsOf(spec);
  const { bitmaps, problems } = readBitmapText(text);
  const items: NewItem[] = [];
  const said = problems.slice(0, 3).map(({ row, column, message }) => {
    const place = column === undefined ? `row ${row}` : `row ${row}, column ${column}`;
    return `${name}, ${place}: ${message}`;
  });
  for (const [i, bitmap] of bitmaps.entries()) {
    const own = bitmaps.length > 1 ? `${name}, picture ${i + 1}` : name;
    const source: PictureSource = { kind: "picture", picture: { ...bitmap, name: own }, settings, isText: true };
    const read = readSource(spec, source);
    if (read.ok) items.push({ name: own, source });
    else said.push(`${own} ${read.problem}`);
  }
  return { items, problems: said, rest: null };
}

const known = new WeakMap<StrokesSource, ReadPicture>();

/** The cells that the model gets of an input, or why it gets none; computed once for a source. */
export function readSource(spec: DomainSpec, source: StrokesSource): ReadPicture {
  const found = known.get(source);
  if (found) return found;
  const picture = source.kind === "drawing" ? pictureOfDrawing(source.drawing) : source.picture;
  const read = toolsOf(spec).preparePicture(picture, source.settings);
  known.set(source, read);
  return read;
}

/** All inputs as user data. */
export function prepareStrokes(items: readonly TryItem[], spec: DomainSpec, own: OptionValues): Prepared {
  const pictures: { readonly pixels: Uint8Array; readonly note: string; readonly name: string }[] = [];
  for (const item of items) {
    const source = sourceOf(item);
    if (source.kind === "drawing" && source.drawing.marks.length === 0) {
      return { ok: false, message: items.length > 1 ? `${item.name} is empty.` : "Draw something first." };
    }
    const read = readSource(spec, source);
    if (!read.ok) return { ok: false, message: `${item.name} ${read.problem}` };
    pictures.push({ pixels: read.pixels, note: read.note, name: item.name });
  }
  const name = items.length === 1 ? (items[0]?.name ?? "Your drawing") : `${items.length} pictures`;
  const userData = toolsOf(spec).userDataOf(name, pictures);
  const note = items.length === 1 ? inkText(pictures[0]!.pixels) : `${items.length} pictures`;
  return { ok: true, userData, options: own, seen: pictures.map(described), note };
}

/** As the domain's describeObservation gives it. */
function described({ pixels }: { readonly pixels: Uint8Array }): unknown {
  return {
    rows: Array.from({ length: CELLS }, (_, r) => pixels.subarray(r * CELLS, (r + 1) * CELLS).join("")),
    alphabet: "",
  };
}

/** "28 by 28 cells, 11 % ink". */
export function inkText(pixels: Uint8Array): string {
  const ink = pixels.reduce((sum, cell) => sum + cell, 0);
  return `28 by 28 cells, ${Math.round((100 * ink) / pixels.length)} % ink`;
}
