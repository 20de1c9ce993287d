// Pictures as text: rows of 0 and 1 (or . and #), an empty line between two pictures.

const MARKS = /^[01.# ]+$/;
const LEAST = 8;
const MOST = 256;

export type Bitmap = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };
export type BitmapText = { readonly bitmaps: readonly Bitmap[]; readonly problems: readonly string[] };

/** The pictures of a text, black on white, and a sentence for each that cannot be read. */
export function readBitmapText(text: string): BitmapText {
  const bitmaps: Bitmap[] = [];
  const problems: string[] = [];
  for (const { first, rows } of blocksOf(text)) {
    const problem = problemOf(rows, first);
    if (problem) problems.push(problem);
    else bitmaps.push(bitmapOf(rows));
  }
  if (bitmaps.length + problems.length === 0) problems.push("The text is empty: rows of 0 and 1 are expected.");
  return { bitmaps, problems };
}

type Block = { readonly first: number; readonly rows: readonly string[] };

function blocksOf(text: string): readonly Block[] {
  const blocks: { first: number; rows: string[] }[] = [];
  let isOpen = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const row = line.trimEnd();
    if (row === "") isOpen = false;
    else if (isOpen) blocks.at(-1)?.rows.push(row);
    else {
      blocks.push({ first: i + 1, rows: [row] });
      isOpen = true;
    }
  }
  return blocks;
}

function problemOf(rows: readonly string[], first: number): string | null {
  const width = rows[0]?.length ?? 0;
  for (const [i, row] of rows.entries()) {
    const column = [...row].findIndex((mark) => !MARKS.test(mark));
    if (column >= 0) {
      return `Row ${first + i}, column ${column + 1}: “${[...row][column]}” is not allowed; rows of 0 and 1 are expected, or of . and #.`;
    }
    if (row.length !== width)
      return `Row ${first + i} has ${row.length} cells, the rows above have ${width}; all rows need the same.`;
  }
  const sides = `${rows.length} rows and ${width} columns`;
  if (Math.max(width, rows.length) > MOST)
    return `The picture at row ${first} has ${sides}; at most ${MOST} of each are allowed.`;
  if (Math.min(width, rows.length) < LEAST)
    return `The picture at row ${first} has ${sides}; at least ${LEAST} of each are needed.`;
  return null;
}

function bitmapOf(rows: readonly string[]): Bitmap {
  const [height, width] = [rows.length, rows[0]!.length];
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (const [y, row] of rows.entries()) {
    for (const [x, mark] of [...row].entries()) {
      if (mark === "1" || mark === "#") rgba.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return { width, height, rgba };
}
