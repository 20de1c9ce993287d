// The domain's pure functions for views and the command line, as one typed record: scenes are drawn here by the float64
// renderer, a few pictures at a time. Fetched with the domain's pictures (tools.ts).

import { CpuCuboids } from "../../engine/kernels/cuboids/cpu";
import { BOX_NUMBERS, type Camera, type Shades } from "../../engine/kernels/cuboids/cuboidRenderer";
import { Rng } from "../../engine/rng/rng";
import {
  DISPLAY_TARGET,
  FIELD_OF_VIEW,
  FRONT,
  FRONT_CAMERA,
  LEFT,
  orbitCamera,
  pixelOf,
  project,
  RIGHT,
  TARGET,
} from "./camera";
import { colorWord } from "./colorWords";
import { sceneNote } from "./data/sceneNote";
import { boxesOf } from "./depthOrder";
import { cellName } from "./explain";
import { matchTypes, nearestTypes } from "./matching";
import { cellAccuracy, visiblePlaces } from "./measures";
import { parseProgram } from "./parse";
import { GROUND_LEVEL, placeBlocks } from "./places";
import { printProgram, typeName } from "./print";
import { describeScene, explainScene, sizeWords } from "./sceneWords";
import { readingTools } from "./upload/onDemand";
import type { OwnTools } from "./upload/ownTools";

export type DrawSettings = {
  readonly camera: Camera;
  /** R */
  readonly side: number;
  /** Pixels. */
  readonly softness: number;
  readonly shades: Shades;
};

/** All functions are pure; shapes and units are in their own docstrings. */
export type SceneTools = {
  readonly printProgram: typeof printProgram;
  readonly parseProgram: typeof parseProgram;
  readonly typeName: typeof typeName;
  /** Blocks of a program in the order row, column, level. */
  readonly placeBlocks: typeof placeBlocks;
  /** [n, 9] front to back from a camera. */
  readonly boxesOf: typeof boxesOf;
  readonly render: typeof render;
  /** Front: where training pictures are taken from. Left and right look down at `displayTarget`. */
  readonly cameras: { readonly front: Camera; readonly left: Camera; readonly right: Camera };
  /** The three places of these cameras, degrees. */
  readonly orbits: { readonly front: typeof FRONT; readonly left: typeof LEFT; readonly right: typeof RIGHT };
  readonly orbitCamera: typeof orbitCamera;
  readonly target: typeof TARGET;
  readonly displayTarget: typeof DISPLAY_TARGET;
  /** Degrees, vertical. */
  readonly fieldOfView: number;
  /** World y of the ground. */
  readonly groundLevel: number;
  readonly project: typeof project;
  readonly pixelOf: typeof pixelOf;
  readonly matchTypes: typeof matchTypes;
  readonly nearestTypes: typeof nearestTypes;
  readonly cellAccuracy: typeof cellAccuracy;
  readonly visiblePlaces: typeof visiblePlaces;
  readonly describeScene: typeof describeScene;
  readonly explainScene: typeof explainScene;
  readonly cellName: typeof cellName;
  readonly colorWord: typeof colorWord;
  readonly sizeWords: typeof sizeWords;
  readonly sceneNote: typeof sceneNote;
  /** A person's pictures and scenes, and parses fitted to them; after DomainSpec.loadReaders. */
  readonly reading: () => OwnTools;
  /** A stream of random numbers of its own, for pictures that sample. */
  readonly rng: (seed: number) => Rng;
};

export const sceneTools: SceneTools = {
  printProgram,
  parseProgram,
  typeName,
  placeBlocks,
  boxesOf,
  render,
  cameras: {
    front: FRONT_CAMERA,
    left: orbitCamera(LEFT, DISPLAY_TARGET),
    right: orbitCamera(RIGHT, DISPLAY_TARGET),
  },
  orbits: { front: FRONT, left: LEFT, right: RIGHT },
  orbitCamera,
  target: TARGET,
  displayTarget: DISPLAY_TARGET,
  fieldOfView: FIELD_OF_VIEW,
  groundLevel: GROUND_LEVEL,
  project,
  pixelOf,
  matchTypes,
  nearestTypes,
  cellAccuracy,
  visiblePlaces,
  describeScene,
  explainScene,
  cellName,
  colorWord,
  sizeWords,
  sceneNote,
  reading: readingTools,
  rng: (seed) => new Rng(seed).fork("views"),
};

/**
 * Draws boxes on white.
 *
 * @param boxes [n, 9] front to back from the same camera
 * @returns [R, R, 3], rows from the top, 0 to 1
 */
function render(boxes: Float64Array, { camera, side, softness, shades }: DrawSettings): Float32Array {
  const numBoxes = boxes.length / BOX_NUMBERS;
  if (numBoxes === 0) return new Float32Array(side * side * 3).fill(1);
  const spec = { name: "tools", side, boxes: numBoxes, camera, shades, softness, background: 1 };
  return new CpuCuboids(spec).draw(boxes);
}
