// Inputs of "Try your own" for automata: pictures with their settings and grids of cells; how files and text become
// them, and how all of them together become what is sent: grids of one size.

import type { AutomataTools, Boundary, Grid } from "../../../../domains/automata";
import type { DomainSpec, UserData } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import { type DecodedPicture, decodeFile } from "../../../try/decodePicture";
import {
  badInput,
  type NewItem,
  nothingRead,
  type Prepared,
  type ReadOutcome,
  type TryItem,
} from "../../../try/tryOwn";
import { toolsOf } from "../automataView";
import { bestStart, firstSettings, keptColumns, type OwnSettings } from "./ownPicture";

export type PictureSource = {
  readonly kind: "picture";
  readonly picture: DecodedPicture;
  readonly settings: OwnSettings;
};
export type GridSource = {
  readonly kind: "grid";
  readonly grid: Grid;
  readonly boundary: Boundary;
  /** True for grids that were drawn here: the preview is then the editor. */
  readonly isDrawn: boolean;
};
export type AutomataSource = PictureSource | GridSource;

/** Longest side of a grid, cells. */
export const LONGEST_SIDE = 256;
const SHORTEST_SIDE = 8;
/** Pictures in one text. */
export const MOST_PICTURES = 24;

/** The domain's own record in an item. */
export function sourceOf(item: TryItem): AutomataSource {
  // Items of this domain are made in this folder only.
  return item.source as AutomataSource;
}

/** A file as inputs: a picture, or text with one or more bitmaps. */
export async function readAutomataFile(file: File, spec: DomainSpec): Promise<ReadOutcome> {
  const decoded = await decodeFile(file);
  if (!decoded.ok) return badInput(decoded.message);
  if ("text" in decoded) return readBitmapText(decoded.text.text, spec, decoded.text.name);
  const { picture } = decoded;
  if (isFlat(picture)) return badInput(`${picture.name} is all one colour; a picture needs dark and light parts.`);
  const tools = toolsOf(spec);
  const settings = firstSettings(tools, { height: 64 });
  const start = await bestStart(tools, picture, settings, pause);
  const source: PictureSource = { kind: "picture", picture, settings: { ...settings, ...start } };
  return { ...nothingRead, items: [{ name: picture.name, source }] };
}

/** Rows of 0 and 1 as inputs; several bitmaps with an empty line between them. */
export function readBitmapText(text: string, spec: DomainSpec, name = "Pasted text"): ReadOutcome {
  const read = toolsOf(spec).readBitmaps(text);
  if (!read.ok) return badInput(...read.problems.slice(0, 3).map((problem) => `${name}: ${problem.message}`));
  if (read.pictures.length > MOST_PICTURES) {
    return badInput(`${name} holds ${read.pictures.length} pictures; at most ${MOST_PICTURES} at once are allowed.`);
  }
  const items: NewItem[] = [];
  const problems: string[] = [];
  for (const [i, { grid, boundary }] of read.pictures.entries()) {
    const own = read.pictures.length > 1 ? `${name}, picture ${i + 1}` : name;
    const problem = gridProblem(grid);
    if (problem) problems.push(`${own}: ${problem}`);
    else items.push({ name: own, source: { kind: "grid", grid, boundary, isDrawn: false } satisfies GridSource });
  }
  return { items, problems, rest: null };
}

function gridProblem(grid: Grid): string | null {
  const size = `${grid.height} rows and ${grid.width} columns`;
  if (Math.max(grid.height, grid.width) > LONGEST_SIDE) {
    return `there are ${size}, which is too many; at most ${LONGEST_SIDE} of each are allowed.`;
  }
  if (Math.min(grid.height, grid.width) < SHORTEST_SIDE) {
    return `there are only ${size}; at least ${SHORTEST_SIDE} of each are needed.`;
  }
  const dark = grid.pixels.reduce((sum, cell) => sum + cell, 0);
  return dark === 0 || dark === grid.pixels.length ? "all cells are of one colour; both 0 and 1 are needed." : null;
}

function isFlat({ rgba }: DecodedPicture): boolean {
  for (let i = 4; i < rgba.length; i++) if (rgba[i] !== rgba[i % 4]) return false;
  return true;
}

/** The cells that the model would see of one input, before all inputs are cut to one size. */
export function gridOfSource(tools: AutomataTools, source: AutomataSource): Grid {
  if (source.kind === "grid") return source.grid;
  return keptColumns(tools.preparePicture(source.picture, source.settings).grid, source.settings.stride);
}

function boundaryOfSource(source: AutomataSource): Boundary {
  return source.kind === "grid" ? source.boundary : source.settings.boundary;
}

/** All inputs as one set of user data: cut to the smallest height and width among them. */
export function prepareAutomata(items: readonly TryItem[], spec: DomainSpec, own: OptionValues): Prepared {
  const tools = toolsOf(spec);
  const sources = items.map(sourceOf);
  const grids = sources.map((source) => gridOfSource(tools, source));
  const height = Math.min(...grids.map((grid) => grid.height));
  const width = Math.min(...grids.map((grid) => grid.width));
  if (height < SHORTEST_SIDE || width < SHORTEST_SIDE) {
    return {
      ok: false,
      message: `The picture has ${height} rows and ${width} columns; at least 8 of each are needed.`,
    };
  }
  const options = { ...own, height, width };
  const pictures: unknown[] = [];
  for (const [i, grid] of grids.entries()) {
    const name = items[i]?.name ?? "";
    const result = tools.userDataOf(name, grid, boundaryOfSource(sources[i]!), options);
    if (!result.ok)
      return { ok: false, message: `${items.length > 1 ? `${name}: ` : ""}${result.problems[0]?.message}` };
    pictures.push(...picturesOf(result.userData));
  }
  const name = items.length === 1 ? (items[0]?.name ?? "Your picture") : `${items.length} pictures`;
  const note = `${height} rows, ${width} columns${items.length > 1 ? ", cut to the smallest" : ""}`;
  return { ok: true, userData: { name, payload: { pictures } }, options, seen: pictures.map(described), note };
}

type Sent = {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
  readonly boundary: Boundary;
};

function picturesOf(userData: UserData): readonly Sent[] {
  // userDataOf makes this payload.
  return (userData.payload as { readonly pictures: readonly Sent[] }).pictures;
}

/** As the domain's describeObservation gives it. */
function described(picture: unknown): unknown {
  const { height, width, pixels, boundary } = picture as Sent; // made by picturesOf
  const rows = Array.from({ length: height }, (_, y) => pixels.subarray(y * width, (y + 1) * width).join(""));
  return { rows, boundary, height, width };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
