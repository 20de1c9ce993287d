// Cuboids in plain TypeScript, float64: the most exact of the implementations (finite differences are taken from it), and
// light enough for the page, which draws parses from any camera with it. Source: scenes specification, 5.3 and 5.5.

import { requireBoxes, requireLanes } from "./calls";
import { BOX_NUMBERS, type CuboidLanes, type CuboidRenderer, type CuboidRendererSpec } from "./cuboidRenderer";
import { PixelSight } from "./pixelSight";
import { BOX_SUMS, SceneLines } from "./sceneLines";

/** Sigmas outside an outline where a box's coverage is 0 in float64, so that no gradient has a step; and in float32. */
const REACH = 40;
const PICTURE_REACH = 20;

export class CpuCuboids implements CuboidRenderer {
  readonly spec: CuboidRendererSpec;
  private readonly scene: SceneLines;
  private readonly sight: PixelSight;
  /** [n, 2] columns of the row in hand. */
  private readonly spans: Int32Array;
  private readonly sums: Float64Array;

  constructor(spec: CuboidRendererSpec) {
    this.spec = spec;
    this.scene = new SceneLines(spec);
    this.sight = new PixelSight(this.scene, spec);
    this.spans = new Int32Array(2 * spec.boxes);
    this.sums = new Float64Array(spec.boxes * BOX_SUMS);
  }

  async render(boxes: Float64Array): Promise<Float32Array> {
    return this.draw(boxes);
  }

  async squaredError(lanes: CuboidLanes, images: Float32Array): Promise<Float64Array> {
    const errors = new Float64Array(requireLanes(this.spec, lanes, images));
    for (let lane = 0; lane < errors.length; lane++) errors[lane] = this.compare(lanes, lane, images, false);
    return errors;
  }

  async gradient(lanes: CuboidLanes, images: Float32Array, coefficient: Float64Array) {
    const squaredError = new Float64Array(requireLanes(this.spec, lanes, images, coefficient));
    const gradient = new Float64Array(lanes.boxes.length);
    const { scene, sums, spec } = this;
    const width = spec.boxes * BOX_NUMBERS;
    for (let lane = 0; lane < squaredError.length; lane++) {
      const factor = coefficient[lane]!;
      if (factor === 0) continue;
      sums.fill(0);
      squaredError[lane] = this.compare(lanes, lane, images, true);
      if (Number.isNaN(squaredError[lane])) gradient.fill(Number.NaN, lane * width, (lane + 1) * width);
      for (let box = 0; box < scene.count; box++) {
        const to = lane * width + scene.places[box]! * BOX_NUMBERS;
        scene.addGradient(box, sums, box * BOX_SUMS, 2 * factor, gradient, to);
      }
    }
    return { squaredError, gradient };
  }

  /** `render` at once. */
  draw(boxes: Float64Array): Float32Array {
    const { sight, spec } = this;
    const size = spec.side * spec.side;
    const pictures = new Float32Array(requireBoxes(spec, boxes) * size * 3).fill(spec.background);
    for (let lane = 0; lane * size * 3 < pictures.length; lane++) {
      const write = (pixel: number) => pictures.set(sight.color, (lane * size + pixel) * 3);
      const isDrawn = this.eachPixel(boxes, lane, PICTURE_REACH, write);
      if (!isDrawn) pictures.fill(Number.NaN, lane * size * 3, (lane + 1) * size * 3);
    }
    return pictures;
  }

  /** [N, R, R] how far each pixel is covered, 0 to 1. */
  silhouette(boxes: Float64Array): Float32Array {
    const { sight, spec } = this;
    const size = spec.side * spec.side;
    const coverage = new Float32Array(requireBoxes(spec, boxes) * size);
    for (let lane = 0; lane * size < coverage.length; lane++) {
      const write = (pixel: number) => {
        coverage[lane * size + pixel] = 1 - sight.transmittance;
      };
      if (!this.eachPixel(boxes, lane, PICTURE_REACH, write)) coverage.fill(Number.NaN, lane * size, (lane + 1) * size);
    }
    return coverage;
  }

  dispose(): void {
    // Scratch space alone, which goes with the object.
  }

  /** Squared error of one lane, NaN where a number of a box is not finite. Adds half its gradient to the sums. */
  private compare({ boxes, groups }: CuboidLanes, lane: number, images: Float32Array, isLearning: boolean): number {
    const { sight, sums, spec } = this;
    const from = groups[lane]! * spec.side * spec.side * 3;
    const difference = new Float64Array(3);
    let error = 0;
    const isDrawn = this.eachPixel(boxes, lane, REACH, (pixel, column, row) => {
      for (let k = 0; k < 3; k++) {
        difference[k] = sight.color[k]! - images[from + 3 * pixel + k]!;
        error += difference[k]! * difference[k]!;
      }
      if (isLearning) sight.addGradient(difference, column, row, sums);
    });
    return isDrawn ? error : Number.NaN;
  }

  /**
   * Looks at the pixels of picture `lane`: at all of them with REACH, at those that show more than the background with less.
   * False, without a look, where a number of a box is not finite.
   */
  private eachPixel(
    boxes: Float64Array,
    lane: number,
    reach: number,
    visit: (pixel: number, column: number, row: number) => void,
  ): boolean {
    const { scene, sight, spans, spec } = this;
    if (!scene.set(boxes, lane)) return false;
    for (let row = 0; row < spec.side; row++) {
      let [first, end] = reach < REACH ? [spec.side, 0] : [0, spec.side];
      for (let box = 0; box < scene.count; box++) {
        scene.span(box, row, reach, spans, 2 * box);
        if (spans[2 * box]! >= spans[2 * box + 1]!) continue;
        first = Math.min(first, spans[2 * box]!);
        end = Math.max(end, spans[2 * box + 1]!);
      }
      for (let column = first; column < end; column++) {
        sight.look(column, row, spans);
        visit(row * spec.side + column, column, row);
      }
    }
    return true;
  }
}
