// Towers as layers: what one cell's tower adds to a picture and how much it lets through, kept once drawn. Layers of cells
// laid over each other front to back are the picture, so a search that changes one cell draws nothing anew.

import { BOX_NUMBERS } from "../../../engine/kernels/cuboids/cuboidRenderer";
import { FRONT_CAMERA } from "../camera";
import { placeBoxes } from "../places";
import { MOST_LEVELS, placesOf } from "../program";
import type { BlockTypes, SceneSettings } from "../scene";

/** Draws boxes [n, 9], front to back, from the front on white: [side, side, 3]. */
export type DrawBoxes = (boxes: Float64Array) => ArrayLike<number>;

export type LayerRequest = {
  readonly types: BlockTypes;
  readonly settings: SceneSettings;
  /** Pixels of a side of what `draw` gives. */
  readonly side: number;
  readonly draw: DrawBoxes;
};

/** The pixels of a rectangle: red, green and blue that it adds, and the share of what is behind that shows through. */
export type Layer = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly values: Float32Array;
};

/** What is left of a block at the edge of its layer. */
const TRACE = 1e-4;
const NOTHING: Layer = { left: 0, top: 0, width: 0, height: 0, values: new Float32Array(0) };

/** Layers by cell and tower, raw locations 0. */
export class TowerLayers {
  private readonly known = new Map<string, Layer>();

  constructor(readonly request: LayerRequest) {}

  /** @param places packed places of the tower, bottom to top, 0 for nothing */
  layer(cell: number, places: ArrayLike<number>): Layer {
    const tower = Array.from(places).filter((place) => place > 0);
    if (tower.length === 0) return NOTHING;
    const key = `${cell}:${tower.join()}`;
    const found = this.known.get(key);
    if (found) return found;
    const made = this.draw(cell, tower);
    this.known.set(key, made);
    return made;
  }

  /** The tower below and its top block, the nearer one to the eye's height in front. */
  private draw(cell: number, tower: readonly number[]): Layer {
    const box = this.topBox(cell, tower);
    const top = this.blockLayer(box);
    const below = this.layer(cell, tower.slice(0, -1));
    const lowest = box[1]! - box[4]! / 2;
    return lowest < FRONT_CAMERA.eye[1] ? over(top, below) : over(below, top);
  }

  private topBox(cell: number, tower: readonly number[]): Float64Array {
    const { types, settings } = this.request;
    const program = new Int32Array(placesOf(settings.gridSide));
    program.set(tower, cell * MOST_LEVELS);
    const boxes = new Float64Array(program.length * BOX_NUMBERS);
    placeBoxes(program, new Float64Array(program.length), types, settings, boxes);
    const at = (cell * MOST_LEVELS + tower.length - 1) * BOX_NUMBERS;
    return boxes.slice(at, at + BOX_NUMBERS);
  }

  /** One picture gives both: a colour without red leaves in red what shines through, and green is shaded fully. */
  private blockLayer(box: Float64Array): Layer {
    const { side, draw } = this.request;
    const picture = draw(Float64Array.of(...box.subarray(0, 6), 0, 1, 1));
    const bounds = boundsOf(picture, side);
    const values = new Float32Array(4 * bounds.width * bounds.height);
    for (let y = 0; y < bounds.height; y++) {
      for (let x = 0; x < bounds.width; x++) {
        const from = 3 * ((bounds.top + y) * side + bounds.left + x);
        const through = picture[from]!;
        const shaded = picture[from + 1]! - through;
        const to = 4 * (y * bounds.width + x);
        for (let c = 0; c < 3; c++) values[to + c] = shaded * box[6 + c]!;
        values[to + 3] = through;
      }
    }
    return { ...bounds, values };
  }
}

type Bounds = Omit<Layer, "values">;

function boundsOf(picture: ArrayLike<number>, side: number): Bounds {
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let i = 0; i < side * side; i++) {
    if (picture[3 * i]! > 1 - TRACE) continue;
    left = Math.min(left, i % side);
    right = Math.max(right, i % side);
    top = Math.min(top, Math.floor(i / side));
    bottom = Math.floor(i / side);
  }
  return right < 0 ? NOTHING : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Two layers as one. */
function over(front: Layer, back: Layer): Layer {
  if (back.width === 0) return front;
  if (front.width === 0) return back;
  const left = Math.min(front.left, back.left);
  const top = Math.min(front.top, back.top);
  const width = Math.max(front.left + front.width, back.left + back.width) - left;
  const height = Math.max(front.top + front.height, back.top + back.height) - top;
  const values = new Float32Array(4 * width * height);
  for (let i = 3; i < values.length; i += 4) values[i] = 1;
  for (const layer of [front, back]) {
    for (let y = 0; y < layer.height; y++) {
      for (let x = 0; x < layer.width; x++) {
        const from = 4 * (y * layer.width + x);
        const to = 4 * ((layer.top + y - top) * width + layer.left + x - left);
        const through = values[to + 3]!;
        for (let c = 0; c < 3; c++) values[to + c]! += through * layer.values[from + c]!;
        values[to + 3] = through * layer.values[from + 3]!;
      }
    }
  }
  return { left, top, width, height, values };
}
