// What several weighted parses of one scene agree and disagree about, as one sentence: a cell in which their numbers of
// blocks differ, else a place where they see different types.

import { percentText } from "../../numberText";
import { blocksText, cellName, towersOf } from "./towers";

export type Explanation = {
  /** [L] packed. */
  readonly program: ArrayLike<number>;
  /** [L] raw locations. */
  readonly raw: ArrayLike<number>;
  readonly weight: number;
};

/** Parses with less of the weight are not told. */
export const LEAST_TOLD = 0.05;

/** Share of the weight that is as good as all. */
const ALONE = 0.995;

/** Numbers up to this are words. */
const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five"];

export type Wording = {
  readonly gridSide: number;
  /** Letter of a type. */
  readonly typeName: (type: number) => string;
  /** The first type that looks like this one; parses that differ in alike types only are the same explanation. */
  readonly alikeType: (type: number) => number;
  /** [L] 1 for each place of a program whose block can be seen from the front. */
  readonly visiblePlaces: (parse: Explanation) => ArrayLike<number>;
};

/** "Two explanations: a tower hidden behind the front left one has 1 block (62 %) or 2 (31 %)." */
export function explanationsText(parses: readonly Explanation[], words: Wording): string {
  const { gridSide, typeName } = words;
  const told = merged(parses, words).filter(({ weight }) => weight > LEAST_TOLD);
  const [best] = told;
  if (!best) return parses.length === 0 ? "" : "Many explanations, none with more than 5 % of the weight.";
  if (told.length === 1) {
    return best.weight > ALONE
      ? "One explanation has nearly all the weight."
      : `One explanation stands out, with ${percentText(best.weight)} of the weight.`;
  }
  const head = `${NUMBERS[told.length] ?? String(told.length)} explanations: `;
  const towers = told.map(({ program }) => towersOf(program, gridSide));
  const cells = Array.from({ length: gridSide * gridSide }, (_, cell) => cell);
  const unsure = cells.filter((cell) => differ(towers.map((of) => of[cell]?.length ?? 0)));
  const [cell] = unsure;
  if (cell !== undefined) {
    const counts = shares(told, (i) => towers[i]?.[cell]?.length ?? 0);
    const others = unsure.slice(1).map((other) => cellName(other, gridSide));
    const also = others.length > 0 ? `; they also differ at the ${others.join(" and the ")}` : "";
    const isHidden = told.every((parse) => isUnseen(parse, cell, words));
    return `${head}${towerText(cell, gridSide, { towers, isHidden })} has ${orText(counts, blocksText, String)}${also}.`;
  }
  const places = cells.flatMap((at) => (towers[0]?.[at] ?? []).map((_, level) => ({ at, level })));
  const place = places.find(({ at, level }) => differ(towers.map((of) => of[at]?.[level] ?? -1)));
  if (!place) return `${head}they differ in nothing but their numbers.`;
  const types = shares(told, (i) => towers[i]?.[place.at]?.[place.level] ?? -1);
  const name = (type: number) => typeName(type);
  return `${head}${placeText(place.at, place.level, towers[0]?.[place.at]?.length ?? 1, gridSide)} is ${orText(types, name, name)}.`;
}

/** Parses under the first of alike types, each once, the heaviest first. */
function merged(parses: readonly Explanation[], { alikeType }: Wording): readonly Explanation[] {
  const byText = new Map<string, Explanation>();
  for (const parse of parses) {
    const program = Array.from(parse.program, (place) => (place > 0 ? 1 + alikeType(place - 1) : 0));
    const key = program.join();
    const known = byText.get(key);
    byText.set(key, { program, raw: known?.raw ?? parse.raw, weight: (known?.weight ?? 0) + parse.weight });
  }
  return [...byText.values()].sort((a, b) => b.weight - a.weight);
}

const differ = (values: readonly number[]): boolean => values.some((value) => value !== values[0]);

/** Weight of each value of a property of the parses, the heaviest first. */
function shares(
  parses: readonly Explanation[],
  propertyOf: (index: number) => number,
): readonly { readonly value: number; readonly weight: number }[] {
  const weights = new Map<number, number>();
  parses.forEach(({ weight }, i) => {
    const value = propertyOf(i);
    weights.set(value, (weights.get(value) ?? 0) + weight);
  });
  return [...weights].map(([value, weight]) => ({ value, weight })).sort((a, b) => b.weight - a.weight);
}

/** "1 block (62 %) or 2 (31 %)": the first in full, the others short. */
function orText(
  values: readonly { readonly value: number; readonly weight: number }[],
  full: (value: number) => string,
  short: (value: number) => string,
): string {
  const texts = values.map(({ value, weight }, i) => {
    const name = i === 0 || value === 0 ? full(value) : short(value);
    return `${name} (${percentText(weight)})`;
  });
  return texts.join(" or ");
}

/** True if no block of the cell can be seen. */
function isUnseen(parse: Explanation, cell: number, { gridSide, visiblePlaces }: Wording): boolean {
  const visible = visiblePlaces(parse);
  const levels = visible.length / (gridSide * gridSide);
  return Array.from({ length: levels }, (_, level) => visible[cell * levels + level]).every((seen) => seen !== 1);
}

type Towers = { readonly towers: readonly (readonly (readonly number[])[])[]; readonly isHidden: boolean };

/** "a tower hidden behind the front left one", "the back left tower, behind the front left one,": what is sure to be there. */
function towerText(cell: number, gridSide: number, { towers, isHidden }: Towers): string {
  if (gridSide === 1) return "the tower";
  const name = `the ${cellName(cell, gridSide)} tower`;
  for (let before = cell - gridSide; before >= 0; before -= gridSide) {
    if (!towers.every((of) => (of[before]?.length ?? 0) > 0)) continue;
    const front = `behind the ${cellName(before, gridSide)} one`;
    return isHidden ? `a tower hidden ${front}` : `${name}, ${front},`;
  }
  return name;
}

function placeText(cell: number, level: number, height: number, gridSide: number): string {
  const at = gridSide === 1 ? "" : ` at the ${cellName(cell, gridSide)}`;
  if (height === 1) return `the block${at}`;
  const where = level === 0 ? "lowest" : level === height - 1 ? "highest" : "middle";
  return `the ${where} block${at}`;
}
