// How much of a scene a parse has right, beyond its likelihood: cells with the right number of blocks, cells with the right
// visible height, and the whole scene as far as it can be seen. Source: scenes specification, section 9.
//
// A block is visible if more than a twentieth of its own pixels is not hidden from the front camera, counted with hard
// rays at 64 pixels a side. Each parse is judged by its own geometry: what hides what follows from its learned sizes.

import { BOX_NUMBERS } from "../../engine/kernels/cuboids/cuboidRenderer";
import { FRONT_CAMERA } from "./camera";
import { hardView } from "./hardView";
import { placeBoxes } from "./places";
import { countBlocks, heightOf, MOST_LEVELS, placesOf, typeOf } from "./program";
import type { BlockTypes, SceneSettings } from "./scene";

/** Share of its own pixels above which a block counts as visible. */
export const VISIBLE_SHARE = 0.05;
/** Pixels of a side for counting. */
const SIDE = 64;

/** A scene with everything that says where its blocks are. */
export type WholeScene = {
  /** [L] packed */
  readonly program: Int32Array;
  /** [L] */
  readonly raw: ArrayLike<number>;
  readonly types: BlockTypes;
  readonly settings: SceneSettings;
};

/** [L] 1 for each place whose block can be seen from the front, else 0. */
export function visiblePlaces({ program, raw, types, settings }: WholeScene): Uint8Array {
  const boxes = new Float64Array(program.length * BOX_NUMBERS);
  placeBoxes(program, raw, types, settings, boxes);
  const { visible, alone } = hardView(boxes, FRONT_CAMERA, SIDE);
  return Uint8Array.from(visible, (pixels, place) => (pixels > VISIBLE_SHARE * alone[place]! ? 1 : 0));
}

/** Share of cells that have as many blocks in both programs. */
export function cellAccuracy(program: ArrayLike<number>, truth: ArrayLike<number>): number {
  let right = 0;
  for (let from = 0; from < truth.length; from += MOST_LEVELS) {
    if (heightOf(program, from) === heightOf(truth, from)) right++;
  }
  return right / (truth.length / MOST_LEVELS);
}

export type VisibleMeasures = {
  /** Share of cells with as many visible blocks as in truth. */
  readonly visibleAccuracy: number;
  /** 1 if every cell has the same visible blocks, bottom to top, of the same true types; else 0. */
  readonly exactParse: number;
};

/**
 * A parse beside the truth, as far as both can be seen.
 *
 * @param trueTypeOf [P] the true type that each learned one is most like (matching.ts, nearestTypes)
 */
export function compareVisible(parse: WholeScene, truth: WholeScene, trueTypeOf: ArrayLike<number>): VisibleMeasures {
  const ofParse = visibleTowers(parse, (type) => trueTypeOf[type]!);
  const ofTruth = visibleTowers(truth, (type) => type);
  const right = ofTruth.filter((tower, cell) => tower.length === ofParse[cell]!.length).length;
  const isExact = ofTruth.every((tower, cell) => tower.join() === ofParse[cell]!.join());
  return { visibleAccuracy: right / ofTruth.length, exactParse: isExact ? 1 : 0 };
}

/** [N * N] the types of visible blocks of each cell, bottom to top. */
function visibleTowers(scene: WholeScene, nameOf: (type: number) => number): readonly (readonly number[])[] {
  const isVisible = visiblePlaces(scene);
  return Array.from({ length: scene.program.length / MOST_LEVELS }, (_, cell) => {
    const places = Array.from({ length: MOST_LEVELS }, (_, level) => cell * MOST_LEVELS + level);
    return places.filter((place) => isVisible[place] === 1).map((place) => nameOf(typeOf(scene.program[place]!)));
  });
}

/** [P] share of all blocks of programs [S, L] that each type has; zeros where there is no block. */
export function typeUsage(programs: ArrayLike<number>, numTypes: number, gridSide: number): Float64Array {
  const usage = new Float64Array(numTypes);
  let blocks = 0;
  for (let from = 0; from < programs.length; from += placesOf(gridSide))
    blocks += countBlocks(programs, gridSide, from);
  for (let i = 0; i < programs.length; i++) {
    if (programs[i]! > 0) usage[typeOf(programs[i]!)] = usage[typeOf(programs[i]!)]! + 1 / blocks;
  }
  return usage;
}
