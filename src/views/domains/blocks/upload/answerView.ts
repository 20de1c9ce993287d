// An answer as what the workbench's pictures of blocks read: data without a run, learned types from theta, the parses found
// with the blocks of the chosen one where they fit best.

import type { BlocksData, BlocksPicture } from "../../../../domains/blocks/facts";
import type { BlockTypes } from "../../../../domains/blocks/scene";
import type { OwnFit } from "../../../../domains/blocks/upload/describeFit";
import type { DomainSpec } from "../../../../engine/domain";
import type { OptionValues } from "../../../../engine/options";
import type { AnswerProps } from "../../../try/tryOwn";
import { type BlocksView, toolsOf } from "../blocksView";
import { ownToolsOf, wholeOptions } from "./ownTools";

/** Parses that the pictures and words tell of. */
const SHOWN = 8;

export type AnswerView = {
  readonly view: BlocksView;
  readonly fit: OwnFit;
  /** The built scene's printed program, "" where nobody knows one. */
  readonly truth: string;
};

/** Fits under the parameters of the latest answer: reports bring equal ones in new objects, ten times a second. */
let known: { readonly theta: string; readonly fits: Map<string, OwnFit | null> } = { theta: "", fits: new Map() };
const MOST_KNOWN = 200;

/** The program fitted to the picture; computed once. */
export function fitOf({ spec, options: given, item, theta }: AnswerProps, program: readonly number[]): OwnFit | null {
  const options = wholeOptions(spec, given);
  const types = `${theta["theta.sizes"]?.join()} ${theta["theta.colors"]?.join()} ${options["dataset"]}`;
  if (known.theta !== types || known.fits.size > MOST_KNOWN) known = { theta: types, fits: new Map() };
  const key = `${program.join()} ${pixelText(item.observation)}`;
  const found = known.fits.get(key);
  if (found !== undefined) return found;
  const fit = ownToolsOf(spec).ownFit(program, item.observation, options, theta);
  known.fits.set(key, fit);
  return fit;
}

/** Null while a report has no types or no picture. */
export function answerView(answer: AnswerProps, program: readonly number[], printed: string): AnswerView | null {
  const { spec, options: given, item } = answer;
  const own = ownToolsOf(spec);
  const options = wholeOptions(spec, given);
  const fit = fitOf(answer, program);
  const observed = own.seenBytes(item.observation);
  if (!fit || !observed) return null;
  const types = { sizes: Float32Array.from(fit.types.sizes), colors: Float32Array.from(fit.types.colors) };
  const parses = item.programs.slice(0, SHOWN).map((found) => ({
    printed: found.printed,
    program: found.program,
    raw: fitOf(answer, found.program)?.raw ?? new Float64Array(found.program.length),
    weight: found.weight,
    score: found.logJoint,
  }));
  const found = item.programs.find((one) => one.printed === printed);
  const shown = { printed, program, raw: fit.raw, weight: found?.weight ?? null, score: found?.logJoint ?? null };
  const data = dataOf(spec, options, types);
  const picture = pictureOf(observed, types);
  const settings = own.settingsOf(options);
  const view: BlocksView = {
    tools: toolsOf(spec),
    ...{ data, picture, parses, shown, settings },
    row: 0,
    userRow: 0,
    name: "your scene",
  };
  return { view, fit, truth: truthOf(item.observation) };
}

/** What small pictures of programs are drawn with: the learned types. */
export function typesPicture({ spec, options, theta }: AnswerProps): BlocksPicture | null {
  const types = ownToolsOf(spec).typesOf(theta, wholeOptions(spec, options));
  if (!types) return null;
  return pictureOf(new Uint8Array(0), {
    sizes: Float32Array.from(types.sizes),
    colors: Float32Array.from(types.colors),
  });
}

function dataOf(spec: DomainSpec, options: OptionValues, types: BlockTypes): BlocksData {
  const own = ownToolsOf(spec);
  const { gridSide, shrink, depthRule, softness, noise, shades, side, isColored, isCuboid, numTypes } =
    own.settingsOf(options);
  const { names, sizes, colors } = own.paletteOf(options);
  return {
    kind: "blocks",
    count: 1,
    ...{ side, gridSide, shrink, depthRule, softness, noise, shades, isColored, isCuboid },
    shown: 0,
    thumbSide: side,
    pixels: new Uint8Array(0),
    truths: new Int8Array(0),
    trueRaw: new Float32Array(0),
    trueTypes: { names, sizes: Float32Array.from(sizes), colors: Float32Array.from(colors) },
    numTypes: Math.max(numTypes, types.sizes.length / 3),
    usualError: own.usualErrorOf(options),
    note: "",
  };
}

function pictureOf(observed: Uint8Array, types: { sizes: Float32Array; colors: Float32Array }): BlocksPicture {
  const numTypes = types.sizes.length / 3;
  return {
    kind: "blocks",
    step: 0,
    selected: 0,
    observed,
    types,
    usage: new Float32Array(numTypes),
    isDead: new Uint8Array(numTypes),
    parses: [],
    source: "memory",
    programs: new Int8Array(0),
    raw: new Float32Array(0),
    hasProgram: new Uint8Array(0),
  };
}

/** The picture as it was sent, in text. */
export function pixelText(observation: unknown): string {
  return typeof observation === "object" && observation !== null && "pixels" in observation
    ? String(observation.pixels)
    : "";
}

function truthOf(observation: unknown): string {
  return typeof observation === "object" && observation !== null && "truth" in observation
    ? String(observation.truth)
    : "";
}
