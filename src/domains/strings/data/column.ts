// What a family of the generator makes: a column, which draws cells as aligned fields.

import type { Dice } from "./dice";
import type { Style } from "./style";

/** A cell as fields, "" for an absent one; the text is their concatenation. Cells of a column have the same fields. */
export type Fields = readonly string[];

export type Column = {
  readonly cell: (dice: Dice) => Fields;
  /** Program text where the structure repeats, which aligned fields cannot say. Everything else follows from the cells. */
  readonly pattern?: string;
  /** Words over five letters are meant: domains and random keys. */
  readonly hasWords?: true;
  /** One of the ten cells is the sheet's missing token. */
  readonly hasMissing?: true;
};

export type Family = {
  /** What a person reads: "invoice numbers". */
  readonly name: string;
  /** Share within its group. */
  readonly weight: number;
  /** Draws the free features of a column. */
  readonly column: (dice: Dice, style: Style) => Column;
};

export const GROUPS = [
  { name: "dates and times", weight: 16 },
  { name: "money and quantities", weight: 20 },
  { name: "identifiers", weight: 26 },
  { name: "contact and network", weight: 10 },
  { name: "computing", weight: 10 },
  { name: "science and misc", weight: 18 },
] as const;
export type GroupName = (typeof GROUPS)[number]["name"];
