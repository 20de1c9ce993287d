// What the page needs to know about a run's data, once.

import type { DataFacts, Reference } from "../../engine/domain";
import { scenePainter } from "./data/drawScenes";
import type { BlocksDataset } from "./dataset";
import type { BlocksData } from "./facts";
import type { GenerativeModel } from "./generative";
import type { BlocksSettings } from "./options";
import { parseProgram } from "./parse";
import { logPriorContinuous, logPriorDiscrete } from "./prior";
import { resized } from "./upload/resizePicture";
import { bytesOf } from "./upload/seenScene";

/** Generated scenes whose pictures cross to the page, and the side that they cross with. */
const MOST_SHOWN = 200;
const THUMB_SIDE = 32;
/** Pixels. */
const THUMB_SOFTNESS = 0.35;

/** Training rows that the page shows: the first generated ones, and all of a person's own. */
export function shownRows({ train, scenes }: BlocksDataset): Int32Array {
  const first = Math.min(MOST_SHOWN, scenes.count);
  return Int32Array.from({ length: first + train.count - scenes.count }, (_, i) =>
    i < first ? i : scenes.count + i - first,
  );
}

/** @param usualError squared error per channel of well-parsed pictures */
export function factsOf(
  settings: BlocksSettings,
  dataset: BlocksDataset,
  generative: GenerativeModel,
  usualError: number,
): DataFacts {
  const { train, heldOut, scenes, own, userRow } = dataset;
  const rows = shownRows(dataset);
  const thumbSide = Math.min(THUMB_SIDE, settings.side);
  const { names, sizes, colors } = scenes.types;
  const data: BlocksData = {
    kind: "blocks",
    count: train.count,
    side: settings.side,
    shown: rows.length,
    thumbSide,
    pixels: thumbnails(dataset, rows, settings, thumbSide),
    ...truthsOf(dataset, generative.places, settings),
    trueTypes: { names, sizes: Float32Array.from(sizes), colors: Float32Array.from(colors) },
    numTypes: settings.numTypes,
    isColored: settings.isColored,
    isCuboid: settings.isCuboid,
    gridSide: settings.gridSide,
    shrink: settings.shrink,
    depthRule: settings.depthRule,
    softness: settings.softness,
    noise: settings.noise,
    shades: settings.shades,
    usualError,
    note: own[0]?.note ?? "",
  };
  return {
    name: settings.dataset,
    numTrain: train.count,
    numHeldOut: heldOut.count,
    references: [trueScenes(settings, dataset, generative)],
    userRow,
    data,
  };
}

/** Generated scenes are drawn small, which costs less than to shrink a large picture; a person's own are shrunk. */
function thumbnails({ train, scenes }: BlocksDataset, rows: Int32Array, settings: BlocksSettings, side: number) {
  const size = 3 * side * side;
  const pixels = new Uint8Array(rows.length * size);
  const isSmall = side === settings.side;
  const small = scenePainter(scenes, { ...settings, side, softness: isSmall ? settings.softness : THUMB_SOFTNESS });
  for (const [i, row] of rows.entries()) {
    const own = () => resized({ width: train.side, height: train.side, values: train.picture(row) }, side, side).values;
    pixels.set(bytesOf(row < scenes.count ? small(row) : own()), i * size);
  }
  return pixels;
}

/** Of a person's own pictures the program where they built the scene here, -1 where nobody knows it. */
function truthsOf({ train, scenes, own }: BlocksDataset, places: number, { gridSide }: BlocksSettings) {
  const truths = new Int8Array(train.count * places);
  const trueRaw = new Float32Array(train.count * places);
  truths.set(scenes.programs);
  trueRaw.set(scenes.raw);
  const options = { grid: gridSide, types: scenes.types.names.length };
  for (const [i, { truth }] of own.entries()) {
    const read = parseProgram(truth, options);
    const from = (scenes.count + i) * places;
    if (read.ok) truths.set(read.program, from);
    else truths[from] = -1;
  }
  return { truths, trueRaw };
}

/** Mean log p(z, x) of the generated scenes at the programs, places and types that made them. */
function trueScenes(
  { gridSide, numTypes }: BlocksSettings,
  { scenes: { programs, raw } }: BlocksDataset,
  generative: GenerativeModel,
): Reference {
  const discrete = logPriorDiscrete(programs, gridSide, numTypes);
  const continuous = logPriorContinuous(programs, raw, gridSide);
  const prior = discrete.reduce((sum, value, i) => sum + value + continuous[i]!, 0) / discrete.length;
  // Pictures have no noise: the squared error is 0.
  return { metric: "evidence", value: prior + generative.logLikelihood(0), label: "at the true scene" };
}
