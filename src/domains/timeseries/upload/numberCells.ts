// Numbers as people write them: decimal points and commas, thousands set apart, minus signs, gaps. A column has one style;
// where its cells leave two open, that is said and the person chooses.

export const DECIMALS = ["auto", "point", "comma"] as const;
export type Decimal = (typeof DECIMALS)[number];

/** Beyond this squares are no longer finite in single precision arithmetic of the kernels' inputs. */
export const LARGEST = 1e30;

export type NumberCell =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "gap" }
  /** "is not a number": completes "the cell ...". */
  | { readonly kind: "bad"; readonly reason: string };

export type NumberStyle = {
  readonly decimal: Exclude<Decimal, "auto">;
  /** How it was decided, one sentence; "" where cells have no commas. */
  readonly why: string;
  /** A cell that would be another number in the other style, and nothing in the column decides; else null. */
  readonly unclear: string | null;
};

const GAPS = /^(|na|n\/a|#n\/a|null|none|missing|-|\u2013|\u2014|\.|\?)$/i;
const POINT = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const COMMA = /^[-+]?(\d+,?\d*|,\d+)(e[-+]?\d+)?$/i;
/** Thousands set apart by commas or spaces, with a point; by points or spaces, with a comma. */
const GROUPED_POINT = /^[-+]?\d{1,3}(([, '])\d{3})(\2\d{3})*(\.\d*)?$/;
const GROUPED_COMMA = /^[-+]?\d{1,3}(([. '])\d{3})(\2\d{3})*(,\d*)?$/;

/** A cell with plain signs: no spaces around, an ASCII minus, ordinary spaces and apostrophes. */
export function plainCell(cell: string): string {
  return cell
    .trim()
    .replace(/^[\u2212\u2012\u2013](?=[\d.,])/, "-")
    .replace(/[\u00A0\u2009\u202F]/g, " ")
    .replace(/\u2019/g, "'");
}

/** True where a cell stands for a value that is not there: empty, NA, null, a dash. */
export function isGap(cell: string): boolean {
  return GAPS.test(plainCell(cell));
}

/** True where a cell is a number in some style. */
export function looksNumeric(cell: string): boolean {
  const plain = plainCell(cell);
  return [POINT, COMMA, GROUPED_POINT, GROUPED_COMMA].some((style) => style.test(plain));
}

/** The style of a column by its cells; `wanted` settles it. */
export function numberStyle(cells: readonly string[], wanted: Decimal): NumberStyle {
  if (wanted !== "auto") return { decimal: wanted, why: `Decimals have a ${wanted}, as chosen.`, unclear: null };
  const marked = cells.map(plainCell).filter((cell) => cell.includes(",") && looksNumeric(cell));
  const points = cells.map(plainCell).filter((cell) => cell.includes(".") && looksNumeric(cell));
  if (marked.length === 0) return pointStyle(points);
  const onlyComma = marked.find((cell) => !GROUPED_POINT.test(cell));
  const onlyPoint = [...marked, ...points].find((cell) => !COMMA.test(cell) && !GROUPED_COMMA.test(cell));
  if (onlyComma !== undefined && onlyPoint === undefined) {
    return { decimal: "comma", why: `Decimals have a comma: "${onlyComma}".`, unclear: null };
  }
  if (onlyPoint !== undefined) {
    return { decimal: "point", why: `Commas set thousands apart: "${onlyPoint}".`, unclear: null };
  }
  return { decimal: "point", why: "", unclear: marked[0] ?? null };
}

/** Without any comma a point is the decimal sign, unless some cell has several. */
function pointStyle(points: readonly string[]): NumberStyle {
  const thousands = points.find((cell) => !POINT.test(cell) && GROUPED_COMMA.test(cell));
  if (thousands === undefined) return { decimal: "point", why: "", unclear: null };
  return { decimal: "comma", why: `Points set thousands apart: "${thousands}".`, unclear: null };
}

/** The number of a cell under a column's style. */
export function readNumber(cell: string, { decimal }: Pick<NumberStyle, "decimal">): NumberCell {
  const plain = plainCell(cell);
  if (GAPS.test(plain)) return { kind: "gap" };
  if (/^[-+]?nan$/i.test(plain)) return bad("is not a number; leave the cell empty or write NA for a gap");
  if (/^[-+]?(inf|infinity|\u221E)$/i.test(plain)) return bad("is infinite; only finite numbers are allowed");
  const value = decimal === "point" ? parse(plain, POINT, GROUPED_POINT) : parse(swapped(plain), POINT, GROUPED_POINT);
  if (value === null) return bad(reasonOf(plain, decimal));
  if (!(Math.abs(value) <= LARGEST)) return bad(`is too large; at most ${LARGEST.toExponential(0)} is allowed`);
  return { kind: "number", value };
}

function bad(reason: string): NumberCell {
  return { kind: "bad", reason };
}

function parse(plain: string, simple: RegExp, grouped: RegExp): number | null {
  if (simple.test(plain)) return Number(plain);
  return grouped.test(plain) ? Number(plain.replace(/[, ']/g, "")) : null;
}

/** Commas and points in each other's place. */
function swapped(plain: string): string {
  return plain.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));
}

function reasonOf(plain: string, decimal: "point" | "comma"): string {
  if (looksNumeric(plain)) return `is no number where decimals have a ${decimal}, as the cells around it`;
  if (/^[-+]?[\d.,' ]+\s*(%|[a-z\u20AC$\u00A3]+)$/i.test(plain)) return "has a unit; only the number is allowed";
  return "is not a number";
}
