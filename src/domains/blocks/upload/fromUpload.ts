// A person's pictures -> observations, or sentences that say what is wrong. Text is read as scenes ("CB - / A ABC", one a
// line), which are photographed. Never throws for bad input.

import type { FileInput, RawInput, UploadProblem, UploadResult } from "../../../engine/domain";
import type { OptionValues } from "../../../engine/options";
import { settingsOf } from "../options";
import { parseProgram } from "../parse";
import { printProgram } from "../print";
import { paletteOf, photograph } from "./photograph";
import { PICTURE_DEFAULTS, preparePicture } from "./preparePicture";
import { type OwnPicture, userDataOf } from "./userPictures";

/** A person's pictures of one run. */
export const MOST_OWN = 24;

type Read = { readonly pictures: readonly OwnPicture[]; readonly problems: readonly UploadProblem[] };

/** One picture, or a text with scenes. @param options a complete set of options */
export function fromUpload(input: RawInput, options: OptionValues): UploadResult {
  return resultOf(input.name, readInput(input, options));
}

/** Several of them together; each picture is an observation. */
export async function fromFiles(inputs: readonly FileInput[], options: OptionValues): Promise<UploadResult> {
  const isOne = inputs.length === 1;
  const reads = inputs.map((input): Read => {
    const read = readInput(input, options);
    if (isOne) return read;
    return {
      pictures: read.pictures.map((own) => ({
        ...own,
        name: own.name === "" ? input.name : `${input.name}, ${own.name}`,
      })),
      problems: read.problems.map((problem) => ({ ...problem, message: `${input.name}: ${problem.message}` })),
    };
  });
  const name = isOne ? (inputs[0]?.name ?? "") : `${inputs.length} files`;
  const all = { pictures: reads.flatMap((read) => read.pictures), problems: reads.flatMap((read) => read.problems) };
  return resultOf(name, all);
}

function readInput(input: FileInput, options: OptionValues): Read {
  if (input.kind === "bytes") return failed("This holds many files; blocks reads pictures (PNG or JPEG), one a file.");
  if (input.kind === "text") return readScenes(input.text, options);
  const read = preparePicture(input, settingsOf(options).side, PICTURE_DEFAULTS);
  if (!read.ok) return failed(`The picture ${read.problem}`);
  const { side } = settingsOf(options);
  return { pictures: [{ side, pixels: read.pixels, note: read.note, name: "", truth: "" }], problems: [] };
}

/** Scenes as text, one a line, over the true types of the run's data set. */
export function readScenes(text: string, options: OptionValues): Read {
  const palette = paletteOf(options);
  const lines = text.split(/\r?\n/).map((line, i) => ({ text: line.trim(), row: i + 1 }));
  const pictures: OwnPicture[] = [];
  const problems: UploadProblem[] = [];
  const { side } = settingsOf(options);
  for (const { text: line, row } of lines.filter((each) => each.text !== "")) {
    const read = parseProgram(line, { ...options, types: palette.names.length });
    if (!read.ok)
      problems.push({ row, message: `${read.message} Pictures are read, or scenes such as "CB - / A ABC".` });
    else {
      const pixels = photograph(read.program, palette, options);
      const truth = printProgram(read.program);
      pictures.push({ side, pixels, note: "Built from blocks and photographed.", name: truth, truth });
    }
  }
  if (pictures.length + problems.length === 0) return failed("The text is empty; pictures or scenes are expected.");
  return { pictures, problems };
}

function failed(message: string): Read {
  return { pictures: [], problems: [{ message }] };
}

function resultOf(name: string, { pictures: all, problems }: Read): UploadResult {
  const pictures = all.slice(0, MOST_OWN);
  const most = all.length > MOST_OWN ? [`There are ${all.length} pictures; the first ${MOST_OWN} are used.`] : [];
  const notes = [
    ...new Set(pictures.map((own) => (pictures.length > 1 && own.name ? `${own.name}: ${own.note}` : own.note))),
  ];
  if (pictures.length === 0) return { ok: false, problems };
  const userData = userDataOf(name, pictures);
  const numObservations = pictures.length;
  if (problems.length === 0) return { ok: true, userData, numObservations, notes: [...notes, ...most] };
  const rest = {
    userData,
    numObservations,
    name: numObservations === 1 ? "the other picture" : `the other ${numObservations} pictures`,
  };
  return { ok: false, problems, rest, notes: [...notes, ...most] };
}
