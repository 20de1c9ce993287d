// A person's own picture or bitmap -> one more training picture of the run's size, or sentences that say what is wrong.

import type { RawInput, UploadProblem, UploadResult, UserData } from "../../engine/domain";
import { asLabError } from "../../engine/errors";
import type { OptionValues } from "../../engine/options";
import { analysePicture } from "./analysePicture";
import { readBitmaps } from "./bitmapText";
import type { Direction, GreyPicture } from "./greyPicture";
import { cellSize, greyOf, isTwoTone, otsuThreshold, resizeGrey, turnGrey } from "./greyPicture";
import type { Boundary, Grid, Neighbours } from "./grid";
import { settingsOf } from "./options";
import { binarise, darkShare } from "./preparePicture";

/** One picture of a person, at the run's size. */
export type UserPicture = {
  readonly height: number;
  readonly width: number;
  /** [height * width] of 0 and 1. */
  readonly pixels: Uint8Array;
  readonly boundary: Boundary;
  /** How the file became this picture, one sentence. */
  readonly note: string;
};

/** What UserData.payload holds for automata. */
export type AutomataPayload = { readonly pictures: readonly UserPicture[] };

type Size = { readonly height: number; readonly width: number };
/** What the run expects of a picture. */
type Wanted = Size & { readonly neighbours: Neighbours };

/** Longest side of a picture that is read, pixels. */
const LONGEST_SIDE = 10_000;
const DIRECTIONS: readonly Direction[] = ["right", "down", "left", "up"];

/** Validates a picture or a bitmap, then brings it to the run's size. Never throws for bad input. */
export function fromUpload(input: RawInput, options: OptionValues): UploadResult {
  const size = sizeOf(options);
  if (!size.ok) return failed(size.message);
  return input.kind === "image" ? fromImage(input, size.size) : fromText(input, size.size);
}

/** A prepared grid as user data, cut to the run's size; problems if it is too small or all one colour. */
export function userDataOf(name: string, grid: Grid, boundary: Boundary, options: OptionValues): UploadResult {
  const size = sizeOf(options);
  return size.ok ? toResult(name, [{ grid, boundary }], size.size, "") : failed(size.message);
}

function sizeOf(options: OptionValues): { ok: true; size: Wanted } | { ok: false; message: string } {
  try {
    return { ok: true, size: settingsOf(options) };
  } catch (thrown) {
    return { ok: false, message: asLabError(thrown).message };
  }
}

function failed(message: string): UploadResult {
  return { ok: false, problems: [{ message }] };
}

function toResult(
  name: string,
  pictures: readonly { readonly grid: Grid; readonly boundary: Boundary }[],
  size: Size,
  note: string,
): UploadResult {
  const problems: UploadProblem[] = [];
  const made: UserPicture[] = [];
  for (const { grid, boundary } of pictures) {
    if (grid.height < size.height || grid.width < size.width) {
      const message = `The picture has ${cells(grid)}; this run needs at least ${cells(size)}.`;
      problems.push({ message });
      continue;
    }
    const cut = cutTo(grid, size);
    const dark = darkShare(cut);
    if (dark === 0 || dark === 1) problems.push({ message: "The picture is all one colour; it needs both 0 and 1." });
    const isCut = grid.height > size.height || grid.width > size.width;
    const cutNote = isCut ? `The first ${cells(size)} of ${cells(grid)} are used.` : "";
    made.push({ ...cut, boundary, note: [note, cutNote].filter(Boolean).join(" ") });
  }
  if (problems.length > 0) return { ok: false, problems };
  const payload: AutomataPayload = { pictures: made };
  const userData: UserData = { name, payload };
  return { ok: true, userData, numObservations: made.length };
}

function cells(size: Size): string {
  return `${size.height} rows and ${size.width} columns`;
}

function cutTo(grid: Grid, size: Size): Grid {
  const pixels = new Uint8Array(size.height * size.width);
  for (let y = 0; y < size.height; y++) {
    pixels.set(grid.pixels.subarray(y * grid.width, y * grid.width + size.width), y * size.width);
  }
  return { height: size.height, width: size.width, pixels };
}

function fromText(input: Extract<RawInput, { kind: "text" }>, size: Size): UploadResult {
  const read = readBitmaps(input.text);
  if (!read.ok) return { ok: false, problems: read.problems };
  return toResult(input.name, read.pictures, size, "");
}

function fromImage(input: Extract<RawInput, { kind: "image" }>, size: Wanted): UploadResult {
  const { width, height, rgba } = input;
  if (width < 1 || height < 1 || rgba.length !== 4 * width * height) {
    return failed(`The picture ${input.name} cannot be read; a PNG or JPEG file is allowed.`);
  }
  if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
    const allowed = `at most ${LONGEST_SIDE} pixels on each side are allowed`;
    return failed(`The picture is ${width} by ${height} pixels, which is too large; ${allowed}.`);
  }
  const grey = greyOf({ width, height, rgba });
  const first = grey.values[0];
  if (grey.values.every((value) => value === first)) {
    return failed("The picture is all one colour; it needs dark and light parts.");
  }
  const isDrawn = isTwoTone(grey);
  const cell = isDrawn ? cellSize(grey) : 1;
  const shown = isDrawn ? resizeGrey(grey, Math.max(1, height / cell), Math.max(1, width / cell)) : grey;
  if (shown.height < size.height || shown.width < size.width) {
    const found = cell > 1 ? `${shown.width} by ${shown.height} cells` : `${width} by ${height} pixels`;
    return failed(
      `The picture has ${found}, which is too small; this run needs at least ${size.width} by ${size.height}.`,
    );
  }
  const best = bestReading(shown, size, isDrawn);
  return toResult(input.name, [{ grid: best.grid, boundary: "zero" }], size, best.note);
}

/** The direction in which the picture is most like an automaton; "right" unless another saves clearly more. */
function bestReading(picture: GreyPicture, size: Wanted, isDrawn: boolean): { grid: Grid; note: string } {
  let best: { grid: Grid; note: string } | null = null;
  let most = -Infinity;
  for (const direction of DIRECTIONS) {
    const turned = turnGrey(picture, direction);
    if (turned.height < size.height || turned.width < size.width) continue;
    const shape = isDrawn ? turned : fitted(turned, size);
    const threshold = otsuThreshold(shape.values);
    const grid = { height: shape.height, width: shape.width, pixels: binarise(shape.values, threshold) };
    // Readings against time belong to the opposite direction: here one of the run's rules must grow this very grid.
    const { explanations } = analysePicture(cutTo(grid, size));
    const forward = explanations.find((one) => one.time === "forward" && one.neighbours === size.neighbours);
    const saving = (forward?.saving ?? 0) / (size.height * size.width);
    if (best && saving < most + 0.02) continue;
    most = saving;
    const how = isDrawn ? "Each cell is used as drawn" : `Resized to ${cells(grid)} and split at grey ${threshold}`;
    best = { grid, note: `${how}; time runs ${direction} in the file.` };
  }
  return best ?? { grid: cutTo({ ...picture, pixels: binarise(picture.values, 127) }, size), note: "" };
}

/** Rows as in the run, columns in proportion, but never fewer than the run's. */
function fitted(picture: GreyPicture, size: Size): GreyPicture {
  const width = Math.max(size.width, Math.round((picture.width * size.height) / picture.height));
  return resizeGrey(picture, size.height, width);
}
