// Whether the first row of a table names its columns. A guess from shapes, said in a sentence; the person can switch it.

type Rows = readonly (readonly string[])[];

const PROBE_ROWS = 200;
const LABEL = /^[A-Za-z_][\w \-./()#%$]*$/;

/** Guesses by labels that fit none of the shapes below them. @param isTable a table, whose headings are likelier */
export function guessHeading(rows: Rows, isTable: boolean): { readonly hasHeader: boolean; readonly why: string } {
  const [first = [], ...others] = rows.slice(0, PROBE_ROWS + 1).map((row) => row.map((cell) => cell.trim()));
  const below = others.filter((row) => row.some((cell) => cell !== ""));
  const no = (why: string) => ({ hasHeader: false, why: `The first row is data: ${why}.` });
  const labels = first.filter((cell) => cell !== "");
  if (below.length < 2 || labels.length === 0) return no("too few rows to tell");
  const isLabel = (cell: string) => LABEL.test(cell) && countLetters(cell) >= cell.length / 2;
  const notLabel = labels.find((cell) => !isLabel(cell) || (cell.length === 1 && labels.length === 1));
  if (notLabel !== undefined) return no(`"${notLabel.slice(0, 24)}" does not look like a name`);
  const columns = first.map((_, index) => below.map((row) => row[index] ?? "").filter((cell) => cell !== ""));
  if (first.some((cell, index) => cell !== "" && columns[index]?.includes(cell))) return no("it occurs again below");
  const odd = first.findIndex((cell, index) => cell !== "" && isOdd(cell, columns[index] ?? [], isTable));
  if (odd < 0) return no("it looks like the rows below");
  return {
    hasHeader: true,
    why: `The first row names the columns: "${first[odd]}" looks like few of the cells below.`,
  };
}

/** True if the label's shape is not among the cells'; in plain lines the cells must be codes rather than words, too. */
function isOdd(label: string, cells: readonly string[], isTable: boolean): boolean {
  const alike = cells.filter((cell) => shapeOf(cell.slice(0, 100)) === shapeOf(label)).length;
  if (alike >= Math.max(1, 0.2 * cells.length)) return false;
  const codes = cells.filter((cell) => /[^A-Za-z ]/.test(cell));
  const isName = countLetters(label) >= 3 || /[a-z]{2}/.test(label);
  return isTable || (isName && codes.length >= 0.8 * cells.length);
}

function countLetters(text: string): number {
  return text.replace(/[^A-Za-z]/g, "").length;
}

/** "INV-001" -> "A-9": runs of a class as one symbol. */
function shapeOf(text: string): string {
  return text
    .replace(/[0-9]+/g, "9")
    .replace(/[A-Z]+/g, "A")
    .replace(/[a-z]+/g, "a");
}
