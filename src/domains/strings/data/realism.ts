// How like real spreadsheet columns a set of concepts is: measured shares with the bands they should lie in.
// Source: strings specification, section 10.2, "Realism bands", after a public set of comparable columns.

/** One measured figure. Shares are per cent of columns; the mean length is in symbols. */
export type RealismFigure = {
  /** "length", "sameLength", "."; stable. */
  readonly id: string;
  /** What a person reads. */
  readonly title: string;
  readonly unit: "symbols" | "%";
  readonly value: number;
  /** Measured on the public set. */
  readonly target: number;
  /** Accepted from `low` to `high`, both included. */
  readonly low: number;
  readonly high: number;
  readonly isInside: boolean;
};

/** The strings of a concept. */
type Strings = { readonly strings: readonly string[]; readonly heldOut: readonly string[] };
type Share = {
  readonly id: string;
  readonly title: string;
  readonly band: readonly [target: number, low: number, high: number];
  readonly holds: (cells: readonly string[]) => boolean;
};

const some = (test: RegExp) => (cells: readonly string[]) => cells.some((cell) => test.test(cell));
const same = (read: (cell: string) => unknown) => (cells: readonly string[]) =>
  new Set(cells.map((cell) => read(cell))).size === 1;

/** Marks and the share of columns that contain them, per cent; half to three times that is accepted. */
const MARKS: readonly (readonly [mark: string, title: string, target: number])[] = [
  [".", "contain .", 32],
  ["-", "contain -", 15],
  ["/", "contain /", 14],
  [" ", "contain a space", 10],
  ["$", "contain $", 5],
  ["_", "contain _", 4],
  [",", "contain ,", 3],
  [":", "contain :", 2],
  ["%", "contain %", 1],
];

const SHARES: readonly Share[] = [
  { id: "sameLength", title: "same length in all cells", band: [45, 35, 60], holds: same((cell) => cell.length) },
  { id: "sameFirst", title: "same first character", band: [40, 30, 55], holds: same((cell) => cell.charAt(0)) },
  { id: "digit", title: "contain a digit", band: [88, 75, 95], holds: some(/[0-9]/) },
  { id: "upper", title: "contain a capital letter", band: [53, 40, 65], holds: some(/[A-Z]/) },
  { id: "lower", title: "contain a small letter", band: [14, 0, 45], holds: some(/[a-z]/) },
  ...MARKS.map(([mark, title, target]) => ({
    id: mark,
    title,
    band: [target, 0.5 * target, 3 * target] as const,
    holds: (cells: readonly string[]) => cells.some((cell) => cell.includes(mark)),
  })),
];

/** Every figure over the strings and held-out strings of the concepts; none for an empty set. */
export function realism(concepts: readonly Strings[]): readonly RealismFigure[] {
  if (concepts.length === 0) return [];
  const columns = concepts.map(({ strings, heldOut }) => [...strings, ...heldOut]);
  const cells = columns.flat();
  const length = cells.reduce((sum, cell) => sum + Array.from(cell).length, 0) / Math.max(1, cells.length);
  const shares = SHARES.map(({ id, title, band, holds }) =>
    figure(id, title, "%", (100 * columns.filter(holds).length) / columns.length, band),
  );
  return [figure("length", "mean length", "symbols", length, [7.2, 6, 12]), ...shares];
}

function figure(
  id: string,
  title: string,
  unit: RealismFigure["unit"],
  value: number,
  [target, low, high]: readonly [number, number, number],
): RealismFigure {
  return { id, title, unit, value, target, low, high, isInside: value >= low && value <= high };
}
