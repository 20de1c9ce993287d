// What one pixel sees of the boxes, float64: coverage and shade of each, the colours composited front to back, and the way
// back from the gradient of the colour to sums by line. Source: scenes specification, 5.3 and 5.5.

import { sigmoid } from "../../dists/logs";
import type { CuboidRendererSpec } from "./cuboidRenderer";
import { BOX_SUMS, COLOR_SUMS, EDGES, FADE_SUMS, LINES, type SceneLines } from "./sceneLines";

/** Keeps the shade finite where no face is seen. */
const LEAST_WEIGHT = 1e-6;

export class PixelSight {
  /** [3] what the pixel shows, and the share of the background in it. */
  readonly color = new Float64Array(3);
  transmittance = 1;
  private readonly scene: SceneLines;
  private readonly background: number;
  /** Boxes that the pixel sees, front to back, and by box: */
  private seen = 0;
  private readonly boxes: Int32Array;
  private readonly nearest: Int32Array;
  private readonly alphas: Float64Array;
  private readonly before: Float64Array;
  private readonly shades: Float64Array;
  private readonly totals: Float64Array;
  /** [n, 3] sigmoids of the lines between faces, and the faces' weights before they fade. */
  private readonly sides: Float64Array;
  private readonly weights: Float64Array;
  private readonly behind = new Float64Array(3);
  private readonly byWeight = new Float64Array(3);

  constructor(scene: SceneLines, { boxes, background }: CuboidRendererSpec) {
    this.scene = scene;
    this.background = background;
    this.boxes = new Int32Array(boxes);
    this.nearest = new Int32Array(boxes);
    this.alphas = new Float64Array(boxes);
    this.before = new Float64Array(boxes);
    this.shades = new Float64Array(boxes);
    this.totals = new Float64Array(boxes);
    this.sides = new Float64Array(3 * boxes);
    this.weights = new Float64Array(3 * boxes);
  }

  /** Composites the boxes whose columns of this row [n, 2] have the pixel. */
  look(column: number, row: number, spans: Int32Array): void {
    const { scene, color } = this;
    let through = 1;
    color.fill(0);
    this.seen = 0;
    for (let box = 0; box < scene.count; box++) {
      if (column < spans[2 * box]! || column >= spans[2 * box + 1]!) continue;
      this.boxes[this.seen++] = box;
      const alpha = this.cover(box, column, row);
      const shade = this.shade(box, column, row);
      this.before[box] = through;
      for (let k = 0; k < 3; k++) color[k] = color[k]! + through * alpha * shade * scene.colors[3 * box + k]!;
      through *= 1 - alpha;
    }
    for (let k = 0; k < 3; k++) color[k] = color[k]! + through * this.background;
    this.transmittance = through;
  }

  /**
   * Adds what a gradient by the pixel's colour means for the sums of every box.
   *
   * @param gradient [3]
   * @param sums [n, 33] (see SceneLines.addGradient)
   */
  addGradient(gradient: Float64Array, column: number, row: number, sums: Float64Array): void {
    const { scene, behind } = this;
    behind.fill(this.background);
    for (let i = this.seen - 1; i >= 0; i--) {
      const box = this.boxes[i]!;
      const from = box * BOX_SUMS;
      const alpha = this.alphas[box]!;
      const shade = this.shades[box]!;
      const through = this.before[box]!;
      let byShade = 0;
      let ofBehind = 0;
      for (let k = 0; k < 3; k++) {
        const own = scene.colors[3 * box + k]!;
        byShade += gradient[k]! * own;
        ofBehind += gradient[k]! * behind[k]!;
        const at = from + COLOR_SUMS + k;
        sums[at] = sums[at]! + through * alpha * shade * gradient[k]!;
        behind[k] = alpha * shade * own + (1 - alpha) * behind[k]!;
      }
      const byAlpha = through * (shade * byShade - ofBehind);
      addLine(sums, from + 3 * this.nearest[box]!, byAlpha * alpha * (1 - alpha), column, row);
      this.addShadeGradient(box, through * alpha * byShade, column, row, sums);
    }
  }

  /** Coverage of a box. */
  private cover(box: number, column: number, row: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let line = 0; line < EDGES; line++) {
      const distance = this.distance(box, line, column, row);
      if (distance >= least) continue;
      least = distance;
      this.nearest[box] = line;
    }
    const alpha = sigmoid(least);
    this.alphas[box] = alpha;
    return alpha;
  }

  /** Shade of the face that is seen, mixed softly where faces meet. */
  private shade(box: number, column: number, row: number): number {
    const { scene, sides, weights } = this;
    const at = 3 * box;
    for (let a = 0; a < 3; a++) sides[at + a] = sigmoid(this.distance(box, EDGES + a, column, row));
    let total = LEAST_WEIGHT;
    let sum = 0;
    for (let a = 0; a < 3; a++) {
      const weight = sides[at + a]! * (1 - sides[at + ((a + 2) % 3)]!);
      weights[at + a] = weight;
      total += weight * scene.fades[at + a]!;
      sum += weight * scene.fades[at + a]! * scene.shades[at + a]!;
    }
    this.totals[box] = total;
    this.shades[box] = sum / total;
    return sum / total;
  }

  private addShadeGradient(box: number, byShade: number, column: number, row: number, sums: Float64Array): void {
    const { scene, byWeight, sides, weights } = this;
    const at = 3 * box;
    const from = box * BOX_SUMS;
    for (let a = 0; a < 3; a++) {
      const byFaded = (byShade * (scene.shades[at + a]! - this.shades[box]!)) / this.totals[box]!;
      sums[from + FADE_SUMS + a] = sums[from + FADE_SUMS + a]! + byFaded * weights[at + a]!;
      byWeight[a] = byFaded * scene.fades[at + a]!;
    }
    for (let a = 0; a < 3; a++) {
      const next = (a + 1) % 3;
      const before = sides[at + ((a + 2) % 3)]!;
      const bySide = byWeight[a]! * (1 - before) - byWeight[next]! * sides[at + next]!;
      addLine(sums, from + 3 * (EDGES + a), bySide * sides[at + a]! * (1 - sides[at + a]!), column, row);
    }
  }

  private distance(box: number, line: number, column: number, row: number): number {
    const { lines } = this.scene;
    const at = (box * LINES + line) * 3;
    return lines[at]! + column * lines[at + 1]! + row * lines[at + 2]!;
  }
}

function addLine(sums: Float64Array, at: number, weight: number, column: number, row: number): void {
  sums[at] = sums[at]! + weight;
  sums[at + 1] = sums[at + 1]! + weight * column;
  sums[at + 2] = sums[at + 2]! + weight * row;
}
