// A person's own pictures, bitmaps as text and files of data sets -> observations, or sentences that say what is wrong.

import type { FileInput, RawInput, UploadProblem, UploadResult } from "../../../engine/domain";
import { SIDE } from "../images";
import { readBitmapText } from "./bitmapText";
import type { RgbaPicture } from "./inkOfPicture";
import { BITMAP_SETTINGS, PICTURE_DEFAULTS, preparePicture } from "./preparePicture";
import { type OwnPicture, userDataOf } from "./userPictures";

/** A person's pictures of one run. */
export const MOST_OWN = 2000;

type Read = { readonly pictures: readonly OwnPicture[]; readonly problems: readonly UploadProblem[] };

/** One picture, or a text with bitmaps. Never throws for bad input. */
export function fromUpload(input: RawInput): UploadResult {
  return resultOf(input.name, readDecoded(input), []);
}

/**
 * Several pictures, texts, and files of many pictures (zip of PNG, IDX, .npy) together; each picture is an observation.
 * Never throws for bad input.
 */
export async function fromFiles(inputs: readonly FileInput[]): Promise<UploadResult> {
  const pictures: OwnPicture[] = [];
  const problems: UploadProblem[] = [];
  const isOne = inputs.length === 1;
  for (const input of inputs) {
    const read = input.kind === "bytes" ? await readMany(input) : readDecoded(input);
    for (const own of read.pictures) pictures.push(isOne ? own : named(own, input.name));
    for (const problem of read.problems) {
      problems.push(isOne ? problem : { ...problem, message: `${input.name}: ${problem.message}` });
    }
  }
  const name = isOne ? (inputs[0]?.name ?? "") : `${inputs.length} files`;
  const notes: string[] = [];
  if (pictures.length > MOST_OWN) {
    notes.push(`There are more than ${MOST_OWN} pictures; the first ${MOST_OWN} are used.`);
    pictures.length = MOST_OWN;
  }
  return resultOf(name, { pictures, problems }, notes);
}

function named(own: OwnPicture, file: string): OwnPicture {
  return { ...own, name: own.name ? `${file}, ${own.name}` : file };
}

function readDecoded(input: RawInput): Read {
  if (input.kind === "image") return readPicture(input, input.name);
  const { bitmaps, problems } = readBitmapText(input.text);
  const reads = bitmaps.map((bitmap, i) => readPicture(bitmap, bitmaps.length > 1 ? `picture ${i + 1}` : ""));
  return {
    pictures: reads.flatMap((read) => read.pictures),
    problems: [...problems, ...reads.flatMap((read) => read.problems)],
  };
}

/** Pictures of 28 x 28 in two colours are taken as they are; others are brought to the middle and to size. */
function readPicture(picture: RgbaPicture, name: string): Read {
  const isBitmap = picture.width === SIDE && picture.height === SIDE;
  const settings = isBitmap ? { ...BITMAP_SETTINGS, invert: null } : PICTURE_DEFAULTS;
  const read = preparePicture(picture, settings);
  if (read.ok) return { pictures: [{ pixels: read.pixels, note: read.note, name: "" }], problems: [] };
  const subject = name && !name.includes(".") ? `The ${name}` : "The picture";
  return { pictures: [], problems: [{ message: `${subject} ${read.problem}` }] };
}

async function readMany(input: FileInput & { readonly kind: "bytes" }): Promise<Read> {
  const { readOwnFile } = await import("./ownFile");
  const read = readOwnFile(input, MOST_OWN);
  if (read.ok) return { pictures: read.value, problems: [] };
  return { pictures: [], problems: [{ message: read.message }] };
}

function resultOf(name: string, { pictures, problems }: Read, notes: readonly string[]): UploadResult {
  if (problems.length === 0 && pictures.length > 0) {
    return { ok: true, userData: userDataOf(name, pictures), numObservations: pictures.length, notes };
  }
  const found = problems.length > 0 ? problems : [{ message: "There is no picture in it." }];
  if (pictures.length === 0) return { ok: false, problems: found };
  const count = pictures.length === 1 ? "the other picture" : `the other ${pictures.length} pictures`;
  const rest = { userData: userDataOf(name, pictures), numObservations: pictures.length, name: count };
  return { ok: false, problems: found, rest, notes };
}
