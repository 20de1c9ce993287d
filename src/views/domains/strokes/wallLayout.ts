// Where the characters of the wall stand: grouped by alphabet, one after the other, an alphabet's name over its first
// character and again where it goes on in a new line.

export type WallCell = { readonly row: number; readonly x: number };
export type WallLabel = {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly isFurther: boolean;
};
export type WallLine = { readonly cells: readonly WallCell[]; readonly labels: readonly WallLabel[] };

export type WallLayout = {
  readonly lines: readonly WallLine[];
  /** Line and place in the line of each row of the data. */
  readonly lineOf: Int32Array;
};

/** Room between two alphabets in a line, in pitches. */
const GAP = 0.4;

/**
 * @param alphabets [count] of each row
 * @param pitch     CSS px from one character to the next
 * @param width     CSS px of a line
 */
export function wallLayout(
  alphabets: ArrayLike<number>,
  names: readonly string[],
  pitch: number,
  width: number,
): WallLayout {
  const order = Array.from({ length: alphabets.length }, (_, row) => row).sort(
    (a, b) => (alphabets[a] ?? 0) - (alphabets[b] ?? 0) || a - b,
  );
  const lines: { cells: WallCell[]; labels: WallLabel[] }[] = [];
  const lineOf = new Int32Array(alphabets.length);
  let x = Number.POSITIVE_INFINITY;
  let before = -1;
  for (const row of order) {
    const alphabet = alphabets[row] ?? 0;
    if (alphabet !== before && before >= 0) x += GAP * pitch;
    const isNewLine = x + pitch > width + 1e-6;
    if (isNewLine) {
      lines.push({ cells: [], labels: [] });
      x = 0;
    }
    const line = lines[lines.length - 1];
    if (!line) continue;
    const last = line.labels[line.labels.length - 1];
    if (isNewLine || alphabet !== before) {
      line.labels.push({ text: names[alphabet] ?? "", x, width: pitch, isFurther: alphabet === before });
    } else if (last) line.labels[line.labels.length - 1] = { ...last, width: x + pitch - last.x };
    line.cells.push({ row, x });
    lineOf[row] = lines.length - 1;
    x += pitch;
    before = alphabet;
  }
  return { lines, lineOf };
}

/** The row that a key leads to from `row`, or null for keys that mean nothing here. */
export function wallStep(key: string, { lines, lineOf }: WallLayout, row: number, linesShown: number): number | null {
  const line = lineOf[row] ?? 0;
  const cells = lines[line]?.cells ?? [];
  const place = cells.findIndex((cell) => cell.row === row);
  const x = cells[place]?.x ?? 0;
  const nearest = (to: number): number => {
    const target = lines[Math.min(Math.max(0, to), lines.length - 1)]?.cells ?? [];
    return target.reduce(
      (best, cell) => (Math.abs(cell.x - x) < Math.abs(best.x - x) ? cell : best),
      target[0] ?? { row, x },
    ).row;
  };
  switch (key) {
    case "ArrowRight":
      return cells[place + 1]?.row ?? lines[line + 1]?.cells[0]?.row ?? row;
    case "ArrowLeft":
      return cells[place - 1]?.row ?? lines[line - 1]?.cells.at(-1)?.row ?? row;
    case "ArrowDown":
      return line === lines.length - 1 ? row : nearest(line + 1);
    case "ArrowUp":
      return line === 0 ? row : nearest(line - 1);
    case "PageDown":
      return nearest(line + linesShown);
    case "PageUp":
      return nearest(line - linesShown);
    case "Home":
      return lines[0]?.cells[0]?.row ?? row;
    case "End":
      return lines.at(-1)?.cells.at(-1)?.row ?? row;
    default:
      return null;
  }
}
