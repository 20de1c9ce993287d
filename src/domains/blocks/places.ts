// Where the blocks of a scene stand: packed programs and raw locations -> boxes, and gradients of boxes back through every
// block that carries others. Many scenes at once. Source: scenes specification, section 1.1.
//
// In a cell, going up, lo and hi are what the next block may stand on (the cell's interval, then the top of the block
// below). With s its width and w = 2 sigmoid(raw) - 1 its left edge is
//   x = (lo - s + hi) / 2 + shrink w (hi - lo + s) / 2.
// World coordinates are half a unit less on every axis, as in the released code.

import { BOX_NUMBERS } from "../../engine/kernels/cuboids/cuboidRenderer";
import { heightOf, MOST_LEVELS, placesOf, typeOf } from "./program";
import type { BlockTypes, PlacedBlock, SceneSettings } from "./scene";

/** Air between a block and the one on it. */
export const GAP = 0.005;
const GROUND = -1;
const SHIFT = 0.5;
/** Half the width of the grid per cell of a side. */
const HALF_WIDTH = 0.8;

/** Height of the ground in the world. */
export const GROUND_LEVEL = GROUND - SHIFT;

/** Sideways interval of a column before the shift: of 2N equally spaced points, numbers 2c and 2c + 1. */
export function columnInterval(column: number, gridSide: number): readonly [number, number] {
  const spacing = (2 * HALF_WIDTH * gridSide) / (2 * gridSide - 1);
  const lo = -HALF_WIDTH * gridSide + 2 * column * spacing;
  return [lo, lo + spacing];
}

/** World x and z of the vertical line through the middle of a cell. */
export function cellCentre(row: number, column: number, gridSide: number): readonly [number, number] {
  const [lo, hi] = columnInterval(column, gridSide);
  return [(lo + hi) / 2 - SHIFT, row];
}

/**
 * Boxes of S scenes by place.
 *
 * @param programs [S, L] packed
 * @param raw [S, L] raw locations
 * @param boxes [S, L, 9] written; all zeros where nothing stands
 */
export function placeBoxes(
  programs: Int32Array,
  raw: ArrayLike<number>,
  types: BlockTypes,
  settings: SceneSettings,
  boxes: Float64Array,
): void {
  const { gridSide, shrink, depthRule } = settings;
  const places = placesOf(gridSide);
  const intervals = columnIntervals(gridSide);
  boxes.fill(0);
  for (let from = 0; from < programs.length; from += MOST_LEVELS) {
    const cell = (from % places) / MOST_LEVELS;
    const row = Math.floor(cell / gridSide);
    let lo = intervals[2 * (cell % gridSide)]!;
    let hi = intervals[2 * (cell % gridSide) + 1]!;
    let y = GROUND;
    for (let at = from; at < from + MOST_LEVELS && programs[at]! > 0; at++) {
      const type = 3 * typeOf(programs[at]!);
      const [width, height, depth] = [types.sizes[type]!, types.sizes[type + 1]!, types.sizes[type + 2]!];
      const across = 2 / (1 + Math.exp(-raw[at]!)) - 1;
      const x = (lo - width + hi + shrink * across * (hi - lo + width)) / 2;
      const box = at * BOX_NUMBERS;
      boxes[box] = x + width / 2 - SHIFT;
      boxes[box + 1] = y + height / 2 - SHIFT;
      boxes[box + 2] = depthRule === "centred" ? row : row + depth - SHIFT;
      boxes[box + 3] = width;
      boxes[box + 4] = height;
      boxes[box + 5] = depth;
      for (let c = 0; c < 3; c++) boxes[box + 6 + c] = types.colors[type + c]!;
      lo = x;
      hi = x + width;
      y += height + GAP;
    }
  }
}

/** Gradients with respect to sizes [P, 3], colours [P, 3] and raw locations [S, L]. */
export type PlaceGradient = {
  readonly sizes: Float64Array;
  readonly colors: Float64Array;
  readonly raw: Float64Array;
};

/** Zeros for `addPlaceGradient`. */
export const emptyPlaceGradient = (numTypes: number, numPlaces: number): PlaceGradient => ({
  sizes: new Float64Array(3 * numTypes),
  colors: new Float64Array(3 * numTypes),
  raw: new Float64Array(numPlaces),
});

/**
 * Adds the gradients of placeBoxes: sizes and colours over all scenes, raw locations per place (0 where nothing stands).
 *
 * @param boxes [S, L, 9] as placeBoxes wrote them
 * @param ofBoxes [S, L, 9] gradient with respect to them
 */
export function addPlaceGradient(
  programs: Int32Array,
  raw: ArrayLike<number>,
  boxes: Float64Array,
  ofBoxes: Float64Array,
  settings: SceneSettings,
  out: PlaceGradient,
): void {
  const places = placesOf(settings.gridSide);
  const intervals = columnIntervals(settings.gridSide);
  for (let from = 0; from < programs.length; from += MOST_LEVELS) {
    const cell = ((from % places) / MOST_LEVELS) % settings.gridSide;
    const height = heightOf(programs, from);
    // Gradients with respect to lo, hi and y of the level above.
    let [ofLo, ofHi, ofY] = [0, 0, 0];
    for (let at = from + height - 1; at >= from; at--) {
      const box = at * BOX_NUMBERS;
      const below = box - BOX_NUMBERS;
      const width = boxes[box + 3]!;
      const isFirst = at === from;
      const support = isFirst ? intervals[2 * cell + 1]! - intervals[2 * cell]! : boxes[below + 3]!;
      const share = 1 / (1 + Math.exp(-raw[at]!));
      const lean = (settings.shrink * (2 * share - 1)) / 2;
      const ofX = ofBoxes[box]! + ofLo + ofHi;
      const type = 3 * typeOf(programs[at]!);
      const { sizes, colors } = out;
      sizes[type] = sizes[type]! + ofBoxes[box + 3]! + ofBoxes[box]! / 2 + ofHi + ofX * (lean - 0.5);
      sizes[type + 1] = sizes[type + 1]! + ofBoxes[box + 4]! + ofBoxes[box + 1]! / 2 + ofY;
      const ofDepth = settings.depthRule === "centred" ? 0 : ofBoxes[box + 2]!;
      sizes[type + 2] = sizes[type + 2]! + ofBoxes[box + 5]! + ofDepth;
      for (let c = 0; c < 3; c++) colors[type + c] = colors[type + c]! + ofBoxes[box + 6 + c]!;
      out.raw[at] = out.raw[at]! + ofX * settings.shrink * (support + width) * share * (1 - share);
      ofLo = ofX * (0.5 - lean);
      ofHi = ofX * (0.5 + lean);
      ofY += ofBoxes[box + 1]!;
    }
  }
}

/** The blocks of one scene in the order row, column, level. */
export function placeBlocks(
  program: ArrayLike<number>,
  raw: ArrayLike<number>,
  types: BlockTypes,
  settings: SceneSettings,
): readonly PlacedBlock[] {
  const boxes = new Float64Array(program.length * BOX_NUMBERS);
  placeBoxes(Int32Array.from(program), raw, types, settings, boxes);
  return blocksOf(program, boxes, settings.gridSide);
}

/** The blocks of one scene, given its boxes by place [L, 9]. */
export function blocksOf(program: ArrayLike<number>, boxes: Float64Array, gridSide: number): readonly PlacedBlock[] {
  const blocks: PlacedBlock[] = [];
  for (let at = 0; at < program.length; at++) {
    if (!(program[at]! > 0)) continue;
    const cell = Math.floor(at / MOST_LEVELS);
    const three = (k: number) => {
      const box = at * BOX_NUMBERS + 3 * k;
      return [boxes[box]!, boxes[box + 1]!, boxes[box + 2]!] as const;
    };
    const place = { row: Math.floor(cell / gridSide), column: cell % gridSide, level: at % MOST_LEVELS };
    blocks.push({ ...place, type: typeOf(program[at]!), centre: three(0), size: three(1), color: three(2) });
  }
  return blocks;
}

/** [N, 2] lo and hi of every column. */
function columnIntervals(gridSide: number): Float64Array {
  const intervals = new Float64Array(2 * gridSide);
  for (let c = 0; c < gridSide; c++) intervals.set(columnInterval(c, gridSide), 2 * c);
  return intervals;
}
