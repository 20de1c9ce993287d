// The built-in data: string concepts in sheets that share conventions, from a seed. Concept i depends on the seed and the
// concepts before it, never on how many are wanted. Source: strings specification, section 10.2.

import { Rng } from "../../../engine/rng/rng";
import type { Concept } from "../concepts";
import { type Family, GROUPS, type GroupName } from "./column";
import { Dice } from "./dice";
import { AMOUNTS } from "./families/amounts";
import { COMPUTING } from "./families/computing";
import { CONTACT } from "./families/contact";
import { DATES } from "./families/dates";
import { IDENTIFIERS } from "./families/identifiers";
import { SCIENCE } from "./families/science";
import { isFit } from "./filters";
import { type Cell, patternOf, textOf, untidy } from "./irregular";
import { makePools, type Pools } from "./pools";
import { makeStyle, type Style } from "./style";

/** A generated column: a concept and where it comes from. */
export type GeneratedColumn = {
  readonly group: GroupName;
  readonly family: string;
  readonly sheet: number;
  /** Ten distinct cells; the first five are trained on. */
  readonly cells: readonly string[];
  readonly pattern: string | null;
};

export const FAMILIES: Readonly<Record<GroupName, readonly Family[]>> = {
  "dates and times": DATES,
  "money and quantities": AMOUNTS,
  identifiers: IDENTIFIERS,
  "contact and network": CONTACT,
  computing: COMPUTING,
  "science and misc": SCIENCE,
};

const NUM_CELLS = 10;
const NUM_TRAIN = 5;
/** Redraws of a column before another family of its group is tried. */
const REDRAWS = 50;
/** Draws of one column until it has ten distinct cells. */
const CELL_DRAWS = 60;

/** The first `count` concepts of a seed, five strings to learn from and five held out each. */
export function makeConcepts(seed: number, count: number): readonly Concept[] {
  return makeColumns(seed, count).map(({ family, cells, pattern }) => ({
    name: family,
    strings: cells.slice(0, NUM_TRAIN),
    heldOut: cells.slice(NUM_TRAIN),
    pattern,
  }));
}

/** The first `count` columns of a seed. Streams: pools fork(0), sheet s fork(1).fork(s), column c fork(2).fork(s).fork(c). */
export function makeColumns(seed: number, count: number): readonly GeneratedColumn[] {
  const rng = new Rng(seed);
  const pools = makePools(new Dice(rng.fork(0)));
  const [sheets, sheetColumns] = [rng.fork(1), rng.fork(2)];
  const seen = new Set<string>();
  const columns: GeneratedColumn[] = [];
  for (let sheet = 0; columns.length < count; sheet++) {
    const dice = new Dice(sheets.fork(sheet));
    const numColumns = dice.between(2, 7);
    const style = makeStyle(dice, pools);
    const streams = sheetColumns.fork(sheet);
    for (let c = 0; c < numColumns && columns.length < count; c++) {
      const column = makeColumn(streams.fork(c), style, pools, seen);
      columns.push({ ...column, sheet });
    }
  }
  return columns;
}

/** Group and family from the column's own stream, then attempt after attempt until the column is fit and new. */
function makeColumn(rng: Rng, style: Style, pools: Pools, seen: Set<string>): Omit<GeneratedColumn, "sheet"> {
  const kind = new Dice(rng.fork("kind"));
  const group = GROUPS[kind.weighted(GROUPS.map(({ weight }) => weight))]?.name ?? "identifiers";
  const families = FAMILIES[group];
  const weights = families.map(({ weight }) => weight);
  for (let attempt = 0; ; ) {
    const family = families[kind.weighted(weights)];
    for (let redraw = 0; family !== undefined && redraw < REDRAWS; redraw++, attempt++) {
      const drawn = drawColumn(family, new Dice(rng.fork(attempt)), style, pools);
      if (drawn === null) continue;
      const key = [...drawn.cells].sort().join("\n");
      if (seen.has(key)) continue;
      seen.add(key);
      return { group, family: family.name, ...drawn };
    }
  }
}

function drawColumn(
  family: Family,
  dice: Dice,
  style: Style,
  pools: Pools,
): { cells: readonly string[]; pattern: string | null } | null {
  const source = untidy(family, dice, style, () => makeStyle(dice, pools));
  const byText = new Map<string, Cell>();
  if (source.missing !== null) {
    byText.set(source.missing, { format: "missing", before: "", fields: [source.missing], after: "" });
  }
  for (let draw = 0; draw < CELL_DRAWS && byText.size < NUM_CELLS; draw++) {
    const cell = source.draw(dice);
    const text = textOf(cell);
    if (!byText.has(text)) byText.set(text, cell);
  }
  const shuffled = dice.shuffle([...byText.keys()]);
  if (shuffled.length < NUM_CELLS || !isFit(shuffled, source.column.hasWords === true)) return null;
  return { cells: shuffled, pattern: patternOf(source, [...byText.values()]) };
}
