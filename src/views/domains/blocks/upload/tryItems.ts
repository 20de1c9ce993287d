// Inputs of "Try your own" for blocks: scenes built here and pictures with the settings under which they are read, and how
// all of them become what is sent: squares of R by R pixels.

import type { PictureSettings, PreparedPicture } from "../../../../domains/blocks/upload/preparePicture";
import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import { type DecodedPicture, decodeFile } from "../../../try/decodePicture";
import { badInput, type NewItem, type Prepared, type ReadOutcome, type TryItem } from "../../../try/tryOwn";
import { type BuiltScene, blockCount, EMPTY_SCENE } from "./builtScene";
import { ownToolsOf, wholeOptions } from "./ownTools";

export type BuiltSource = { readonly kind: "built"; readonly scene: BuiltScene };
export type PictureSource = {
  readonly kind: "picture";
  readonly picture: DecodedPicture;
  readonly settings: PictureSettings;
};
export type BlocksSource = BuiltSource | PictureSource;

/** Pictures at once. */
export const MOST_PICTURES = 12;
export const BUILT_NAME = "Your scene";

/** The domain's own record in an item. */
export function sourceOf(item: Pick<TryItem, "source">): BlocksSource {
  // Items of this domain are made in this folder only.
  return item.source as BlocksSource;
}

/** A scene to build on. */
export function builtItem(name = BUILT_NAME, scene: BuiltScene = EMPTY_SCENE): NewItem {
  return { name, source: { kind: "built", scene } satisfies BuiltSource };
}

/** A file as an input: a picture, or text with scenes. */
export async function readBlocksFile(file: File, spec: DomainSpec): Promise<ReadOutcome> {
  const decoded = await decodeFile(file, "none");
  if (!decoded.ok) return badInput(decoded.message);
  if ("text" in decoded) return readBlocksText(decoded.text.text, spec, decoded.text.name);
  const { picture } = decoded;
  const tools = ownToolsOf(spec);
  const source: PictureSource = { kind: "picture", picture, settings: tools.pictureDefaults };
  const read = tools.preparePicture(picture, sideOf(spec, {}), source.settings);
  if (!read.ok) return badInput(`${picture.name} ${read.problem}`);
  const moves = picture.isAnimated ? [`${picture.name} moves: only its first frame is used.`] : [];
  return { items: [{ name: picture.name, source }], problems: moves, rest: null };
}

/** Scenes as text, one a line: "CB - / A ABC". */
export function readBlocksText(text: string, spec: DomainSpec, name = "Pasted text"): ReadOutcome {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: line.trim(), row: i + 1 }));
  const items: NewItem[] = [];
  const problems: string[] = [];
  const types = ownToolsOf(spec).paletteOf({}).names.length;
  for (const { line, row } of lines.filter((each) => each.line !== "").slice(0, MOST_PICTURES)) {
    const read = spec.program.parse(line, wholeOptions(spec, { types }));
    if (read.ok) items.push(builtItem(line, { program: Array.from(read.program), palette: "" }));
    else
      problems.push(`${name}, line ${row}: ${read.message} A scene is written like "CB - / A ABC", front row first.`);
  }
  if (items.length + problems.length === 0)
    problems.push(`${name} is empty; a scene such as "CB - / A ABC" is expected.`);
  return { items, problems: problems.slice(0, 3), rest: null };
}

/** R of the model that is asked. */
export const sideOf = (spec: DomainSpec, own: OptionValues): number => Number(wholeOptions(spec, own)["resolution"]);

type Read = PreparedPicture & { readonly truth?: string };
type Known = { readonly key: string; readonly read: Read };
const known = new WeakMap<BlocksSource, Known>();

/** The picture that the model gets of an input, or why it gets none; computed once for a source and model. */
export function readSource(spec: DomainSpec, source: BlocksSource, own: OptionValues): Read {
  const options = wholeOptions(spec, own);
  const key = `${options["resolution"]} ${options["dataset"]} ${options["shading"]} ${options["depthRule"]}`;
  const found = known.get(source);
  if (found?.key === key) return found.read;
  const read =
    source.kind === "built"
      ? photographed(spec, source.scene, options)
      : ownToolsOf(spec).preparePicture(source.picture, sideOf(spec, own), source.settings);
  known.set(source, { key, read });
  return read;
}

function photographed(spec: DomainSpec, scene: BuiltScene, options: OptionValues): Read {
  const tools = ownToolsOf(spec);
  const types = scene.palette === "" ? tools.paletteOf(options) : tools.paletteOf(options, scene.palette);
  if (blockCount(scene) === 0) return { ok: false, problem: "is empty: put a block somewhere first." };
  const pixels = tools.photograph(scene.program, types, options);
  const note = "Built from blocks and photographed from the front.";
  const truth = scene.palette === "" ? spec.program.print(scene.program, options) : "";
  return { ok: true, pixels, note, fit: "crop", truth };
}

/** All inputs as user data. */
export function prepareBlocks(items: readonly TryItem[], spec: DomainSpec, own: OptionValues): Prepared {
  const tools = ownToolsOf(spec);
  const side = sideOf(spec, own);
  const pictures = [];
  for (const item of items) {
    const read = readSource(spec, sourceOf(item), own);
    if (!read.ok) return { ok: false, message: `${item.name} ${read.problem}` };
    const { pixels, note, truth = "" } = read;
    pictures.push({ side, pixels, note, truth, name: item.name });
  }
  const name = items.length === 1 ? (items[0]?.name ?? BUILT_NAME) : `${items.length} pictures`;
  const seen = pictures.map((own) => tools.seenScene(tools.valuesOf(own.pixels), own.name, own.truth));
  const note = items.length === 1 ? `${side} by ${side} pixels` : `${items.length} pictures`;
  return { ok: true, userData: tools.userDataOf(name, pictures), options: own, seen, note };
}
