// Pictures as text: rows of 0 and 1 (or . and #), an empty line between two pictures.

import type { RgbaPicture } from "./inkOfPicture";

const MARKS = /^[01.# ]+$/;
/** Shortest and longest side. */
const [LEAST, MOST] = [8, 256];

export type BitmapText = {
  /** Black on white, a pixel a mark. */
  readonly bitmaps: readonly (RgbaPicture & { readonly rgba: Uint8ClampedArray })[];
  /** 1-based row and column of the text. */
  readonly problems: readonly { readonly row: number; readonly column?: number; readonly message: string }[];
};

type Block = { readonly first: number; readonly rows: readonly string[] };

/** The pictures of a text, and a sentence for each that cannot be read. */
export function readBitmapText(text: string): BitmapText {
  const bitmaps: BitmapText["bitmaps"][number][] = [];
  const problems: BitmapText["problems"][number][] = [];
  for (const block of blocksOf(text)) {
    const problem = problemOf(block);
    if (problem) problems.push(problem);
    else bitmaps.push(bitmapOf(block.rows));
  }
  if (bitmaps.length + problems.length === 0) {
    problems.push({ row: 1, message: "The text is empty: rows of 0 and 1 are expected." });
  }
  return { bitmaps, problems };
}

function blocksOf(text: string): readonly Block[] {
  const blocks: { first: number; rows: string[] }[] = [];
  let isOpen = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const row = line.trimEnd();
    if (row !== "" && isOpen) blocks.at(-1)?.rows.push(row);
    else if (row !== "") blocks.push({ first: i + 1, rows: [row] });
    isOpen = row !== "";
  }
  return blocks;
}

function problemOf({ rows, first }: Block): BitmapText["problems"][number] | null {
  const width = rows[0]?.length ?? 0;
  for (const [i, text] of rows.entries()) {
    const row = first + i;
    const column = [...text].findIndex((mark) => !MARKS.test(mark));
    if (column >= 0) {
      const found = `"${[...text][column]}" is not allowed`;
      return { row, column: column + 1, message: `${found}; rows of 0 and 1 are expected, or of . and #.` };
    }
    if (text.length !== width) {
      return { row, message: `It has ${text.length} cells, the rows above have ${width}; all rows need the same.` };
    }
  }
  const sides = `The picture has ${rows.length} rows and ${width} columns`;
  const shortest = Math.min(width, rows.length);
  if (Math.max(width, rows.length) > MOST)
    return { row: first, message: `${sides}; at most ${MOST} of each are allowed.` };
  return shortest < LEAST ? { row: first, message: `${sides}; at least ${LEAST} of each are needed.` } : null;
}

function bitmapOf(rows: readonly string[]): BitmapText["bitmaps"][number] {
  const [height, width] = [rows.length, rows[0]!.length];
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (const [y, row] of rows.entries()) {
    for (const [x, mark] of [...row].entries()) {
      if (mark === "1" || mark === "#") rgba.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return { width, height, rgba };
}
