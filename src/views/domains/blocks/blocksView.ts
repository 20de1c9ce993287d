// What every picture of blocks reads: the domain's tools, the data of the run, the learned types, and the parses of the
// scene on show with the one in force.

import type { SceneTools } from "../../../domains/blocks/blocksTools";
import type { BlocksData, BlocksParse, BlocksPicture } from "../../../domains/blocks/facts";
import type { BlockTypes, PlacedBlock, SceneSettings } from "../../../domains/blocks/scene";
import type { BlocksTools } from "../../../domains/blocks/tools";
import type { DomainSpec } from "../../../engine/domain";
import type { DomainViewProps } from "../../domainViews";

export type ShownParse = {
  readonly printed: string;
  /** [L] packed. */
  readonly program: ArrayLike<number>;
  /** [L] raw locations; 0, the middle of what is possible, where no draw of them is known. */
  readonly raw: ArrayLike<number>;
  /** Share among the parses of its source; null for one that was chosen from another list. */
  readonly weight: number | null;
  /** Estimate of log p(z_d, x), nats, or null. */
  readonly score: number | null;
};

export type BlocksView = {
  readonly tools: SceneTools;
  readonly data: BlocksData;
  /** Null before the first snapshot. */
  readonly picture: BlocksPicture | null;
  /** Row on show, kept inside the data. */
  readonly row: number;
  /** First row of a person's own scenes, -1 without any. */
  readonly userRow: number;
  /** "scene 3", "your scene". */
  readonly name: string;
  /** Best first; none before the scene on show was looked at. */
  readonly parses: readonly ShownParse[];
  /** The chosen parse, else the best; null before any. */
  readonly shown: ShownParse | null;
  readonly settings: SceneSettings;
};

/** The tools of the domain's spec, which came with these pictures (DomainSpec.loadTools). */
export function toolsOf(spec: DomainSpec): SceneTools {
  // The folder views/domains/blocks is only given the blocks spec; its tools are typed there.
  return (spec.tools as BlocksTools).scenes();
}

/** Props of the workbench as typed data; null where the facts are not (yet) those of blocks. */
export function blocksView(props: DomainViewProps): BlocksView | null {
  // Facts and pictures cross the worker as plain records; `kind` names the type before it is trusted.
  const data = props.facts.data as BlocksData | null;
  if (data?.kind !== "blocks") return null;
  const picture = pictureOf(props.picture);
  const row = Math.min(Math.max(0, props.selected), data.count - 1);
  const parses = picture?.selected === row ? picture.parses.map((parse) => shownOf(parse, props)) : [];
  const { gridSide, shrink, depthRule } = data;
  return {
    tools: toolsOf(props.spec),
    data,
    picture,
    row,
    userRow: props.facts.userRow,
    name: sceneName(row, props.facts.userRow),
    parses,
    shown: chosenParse(props, parses) ?? parses[0] ?? null,
    settings: { gridSide, shrink, depthRule },
  };
}

/** A snapshot's picture, null for anything else. */
export function pictureOf(picture: unknown): BlocksPicture | null {
  const latest = picture as BlocksPicture | null;
  return latest?.kind === "blocks" ? latest : null;
}

/** Blocks of a program under the learned types of a picture. */
export function placedBlocks(
  { tools, settings }: Pick<BlocksView, "tools" | "settings">,
  types: BlockTypes,
  parse: Pick<ShownParse, "program" | "raw">,
): readonly PlacedBlock[] {
  return tools.placeBlocks(parse.program, parse.raw, types, settings);
}

/** Place of a row among the thumbnails that came with the data, -1 for one without. */
export function thumbOf({ count, shown }: Pick<BlocksData, "count" | "shown">, row: number, userRow: number): number {
  const first = shown - (userRow < 0 ? 0 : count - userRow);
  if (row < first) return row;
  return userRow >= 0 && row >= userRow ? first + row - userRow : -1;
}

/** Row of a thumbnail: the inverse of thumbOf. */
export function rowOfThumb(
  { count, shown }: Pick<BlocksData, "count" | "shown">,
  thumb: number,
  userRow: number,
): number {
  const first = shown - (userRow < 0 ? 0 : count - userRow);
  return thumb < first ? thumb : userRow + thumb - first;
}

/** [side, side, 3] 0 to 255 of a thumbnail; shared, not copied. */
export function thumbPixels({ pixels, thumbSide }: BlocksData, thumb: number): Uint8Array {
  const size = thumbSide * thumbSide * 3;
  return pixels.subarray(thumb * size, (thumb + 1) * size);
}

/** "scene 3", "your scene". */
export const sceneName = (row: number, userRow: number): string =>
  userRow >= 0 && row >= userRow ? "your scene" : `scene ${row + 1}`;

function shownOf(parse: BlocksParse, { spec, options }: DomainViewProps): ShownParse {
  const printed = spec.program.print(parse.program, options);
  return { printed, program: parse.program, raw: parse.raw, weight: parse.weight, score: parse.score };
}

/** The parse that is chosen in some list: the memory, draws of the recognition model, draws of the prior. */
function chosenParse(props: DomainViewProps, parses: readonly ShownParse[]): ShownParse | null {
  const { selectedProgram, spec, options, memory } = props;
  if (selectedProgram === null) return null;
  const known = parses.find((one) => one.printed === selectedProgram);
  if (known) return known;
  const read = spec.program.parse(selectedProgram, options);
  if (!read.ok) return null;
  const entry =
    memory?.observation === props.selected ? memory.entries.find((one) => one.printed === selectedProgram) : null;
  return {
    printed: selectedProgram,
    program: read.program,
    raw: new Float32Array(read.program.length),
    weight: entry?.weight ?? null,
    score: entry?.logJoint ?? null,
  };
}
