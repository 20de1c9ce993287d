// The numbers of a picture as a table: what "Table" shows in place of the drawing and what CSV and JSON hold.

export type FigureTable = {
  readonly columns: readonly string[];
  /** Rows of numbers or words; null where there is no value. */
  readonly rows: readonly (readonly (number | string | null)[])[];
};

/** Rows that the page shows at most; longer tables show every n-th row, exports hold all. */
export const maxTableRows = 200;

/** Every n-th row so that at most `maxTableRows` stay; first and last rows always stay. `every` is 1 for all rows. */
export function shownRows(table: FigureTable): { readonly rows: FigureTable["rows"]; readonly every: number } {
  const count = table.rows.length;
  if (count <= maxTableRows) return { rows: table.rows, every: 1 };
  const every = Math.ceil(count / maxTableRows);
  const rows = table.rows.filter((_, i) => i % every === 0 || i === count - 1);
  return { rows, every };
}

/** The table as CSV (RFC 4180), comment lines with the provenance first. */
export function tableCsv(table: FigureTable, provenance: readonly string[]): string {
  const lines = provenance.map((line) => `# ${line.replaceAll("\n", " ")}`);
  lines.push(table.columns.map(csvField).join(","));
  for (const row of table.rows) lines.push(row.map((value) => csvField(value)).join(","));
  return `${lines.join("\n")}\n`;
}

/** The table as JSON text with its provenance; values that are not finite become null. */
export function tableJson(title: string, table: FigureTable, provenance: readonly string[]): string {
  return JSON.stringify({ title, provenance, columns: table.columns, rows: table.rows }, null, 1);
}

function csvField(value: number | string | null): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
