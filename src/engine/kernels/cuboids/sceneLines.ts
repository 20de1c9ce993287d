// Set-up of one picture: every box becomes nine lines on the image. Six bound its outline (unused ones lie far away), three
// separate its visible faces. A line gives a pixel's signed distance in units of sigma, positive inside; all are of the
// form A.d = 0 with A_b = c near_a, A_a = -c q: the edge where box face a meets the plane of axis b at q. Float64; the
// gradient comes back through the same lines. Source: scenes specification, sections 5.2 and 5.5.

import { BOX_NUMBERS, type CuboidRendererSpec, FADE_DISTANCE } from "./cuboidRenderer";

/** Lines of an outline, and of all that a box has: the last three separate the faces xy, yz and zx. */
export const EDGES = 6;
export const LINES = 9;
/** What the gradient of a box needs of the pixels: three sums by line, then by fade, then by colour. */
export const FADE_SUMS = LINES * 3;
export const COLOR_SUMS = FADE_SUMS + 3;
export const BOX_SUMS = COLOR_SUMS + 3;
/** Distance of a line that no pixel is beyond. */
const FAR = 1e4;
/** Keeps a line of length 0 finite. */
const LEAST_SQUARE = 1e-20;

export class SceneLines {
  /** Boxes that are there, at the front of all the arrays. */
  count = 0;
  /** Their places in the list. */
  readonly places: Int32Array;
  /** [n, 9, 3] distance at column j and row i is line . (1, j, i). */
  readonly lines: Float64Array;
  /** [n, 3] by axis: shade of the near face; how far it is faded in (0 where not visible); colour. */
  readonly shades: Float64Array;
  readonly fades: Float64Array;
  readonly colors: Float64Array;
  private readonly spec: CuboidRendererSpec;
  /** [n, 6] lower and upper bounds x, y, z from the eye. */
  private readonly bounds: Float64Array;
  /** [n, 9] c, 0 for unused lines; [n, 9, 4] axes a and b, and the bounds that the line is made of. */
  private readonly factors: Float64Array;
  private readonly parts: Uint8Array;
  private readonly world = new Float64Array(3);
  private readonly byBound = new Float64Array(6);

  constructor(spec: CuboidRendererSpec) {
    const { boxes } = spec;
    this.spec = spec;
    this.places = new Int32Array(boxes);
    this.lines = new Float64Array(boxes * LINES * 3);
    this.shades = new Float64Array(boxes * 3);
    this.fades = new Float64Array(boxes * 3);
    this.colors = new Float64Array(boxes * 3);
    this.bounds = new Float64Array(boxes * 6);
    this.factors = new Float64Array(boxes * LINES);
    this.parts = new Uint8Array(boxes * LINES * 4);
  }

  /** Takes the boxes of picture `lane`. @returns false where one of their numbers is not finite: nothing can be drawn. */
  set(boxes: Float64Array, lane: number): boolean {
    const { boxes: most } = this.spec;
    this.count = 0;
    for (let i = 0; i < most; i++) {
      const from = (lane * most + i) * BOX_NUMBERS;
      let sum = 0;
      for (let k = from; k < from + BOX_NUMBERS; k++) sum += boxes[k]! * 0;
      if (sum !== 0) {
        this.count = 0;
        return false;
      }
      if (boxes[from + 3]! > 0 && this.isAhead(boxes, from)) this.add(boxes, from, i);
    }
    return true;
  }

  /** Columns of a row at most `reach` outside the outline: first and end from `to` on in `spans`, first >= end for none. */
  span(box: number, row: number, reach: number, spans: Int32Array, to: number): void {
    const { lines, spec } = this;
    let first = 0;
    let last = spec.side - 1;
    for (let at = box * LINES * 3; at < (box * LINES + EDGES) * 3; at += 3) {
      const rest = lines[at]! + row * lines[at + 2]! + reach;
      const slope = lines[at + 1]!;
      if (slope > 0) first = Math.max(first, -rest / slope);
      else if (slope < 0) last = Math.min(last, -rest / slope);
      else if (rest < 0) last = -1;
    }
    spans[to] = Math.ceil(Math.min(first, spec.side));
    spans[to + 1] = Math.floor(Math.max(last, -1)) + 1;
  }

  /**
   * Adds the gradient of one box by its nine numbers.
   *
   * @param sums [33] over the pixels, from `from` on: by line of dL/d distance, and times the column, and times the row
   *   [9, 3]; dL/d fade [3]; dL/d colour [3]
   * @param factor of all of them
   * @param gradient gets the numbers from `to` on
   */
  addGradient(box: number, sums: ArrayLike<number>, from: number, factor: number, gradient: Float64Array, to: number) {
    const byBound = this.byBound.fill(0);
    for (let line = 0; line < LINES; line++) {
      if (this.factors[box * LINES + line] !== 0) this.spreadLine(box * LINES + line, box, sums, from + line * 3);
    }
    for (let a = 0; a < 3; a++) {
      const fade = this.fades[box * 3 + a]!;
      if (fade > 0 && fade < 1) {
        const facing = this.facing(box, a);
        const bound = facing > 0 ? a : 3 + a;
        byBound[bound] = byBound[bound]! + (facing * sums[from + FADE_SUMS + a]!) / FADE_DISTANCE;
      }
      const [lower, upper] = [byBound[a]!, byBound[3 + a]!];
      gradient[to + a] = gradient[to + a]! + factor * (lower + upper);
      gradient[to + 3 + a] = gradient[to + 3 + a]! + (factor * (upper - lower)) / 2;
      gradient[to + 6 + a] = gradient[to + 6 + a]! + factor * sums[from + COLOR_SUMS + a]!;
    }
  }

  /** Whether any part of a box is on the camera's side of the eye: what lies behind would be seen upside down. */
  private isAhead(boxes: Float64Array, from: number): boolean {
    const { eye, forward } = this.spec.camera;
    let depth = 0;
    for (let a = 0; a < 3; a++) {
      depth += (boxes[from + a]! - eye[a]!) * forward[a]! + (boxes[from + 3 + a]! / 2) * Math.abs(forward[a]!);
    }
    return depth > 0;
  }

  private add(boxes: Float64Array, from: number, place: number): void {
    const { eye } = this.spec.camera;
    const box = this.count++;
    this.places[box] = place;
    for (let a = 0; a < 3; a++) {
      const middle = boxes[from + a]! - eye[a]!;
      const half = boxes[from + 3 + a]! / 2;
      const lower = middle - half;
      const upper = middle + half;
      const isUpper = upper < 0;
      const distance = isUpper ? -upper : lower;
      this.bounds[box * 6 + a] = lower;
      this.bounds[box * 6 + 3 + a] = upper;
      this.colors[box * 3 + a] = boxes[from + 6 + a]!;
      this.shades[box * 3 + a] = this.spec.shades[isUpper ? 2 * a + 1 : 2 * a]!;
      this.fades[box * 3 + a] = distance > 0 ? Math.min(1, distance / FADE_DISTANCE) : 0;
    }
    // A box around the eye has no outline.
    if (!this.addOutline(box)) this.count--;
    for (let a = 0; a < 3; a++) this.addFaceEdge(box, a, (a + 1) % 3);
  }

  /** 1 where the near face of axis a is the lower one, -1 where it is the upper one, 0 where the eye is between them. */
  private facing(box: number, a: number): number {
    if (this.bounds[box * 6 + a]! > 0) return 1;
    return this.bounds[box * 6 + 3 + a]! < 0 ? -1 : 0;
  }

  /** Where a visible face a meets the planes of the other axes, except those that are visible too. False without a visible face. */
  private addOutline(box: number): boolean {
    let line = 0;
    for (let a = 0; a < 3; a++) {
      const facing = this.facing(box, a);
      if (facing === 0) continue;
      for (let b = 0; b < 3; b++) {
        if (b === a) continue;
        const other = this.facing(box, b);
        const near = facing > 0 ? a : 3 + a;
        if (other <= 0) this.addLine(box, line++, a, b, near, b, facing);
        if (other >= 0) this.addLine(box, line++, a, b, near, 3 + b, -facing);
      }
    }
    const isSeen = line > 0;
    while (line < EDGES) this.addConstant(box, line++, FAR);
    return isSeen;
  }

  /** Where the visible faces a and b meet: positive on the side of a. */
  private addFaceEdge(box: number, a: number, b: number): void {
    const line = EDGES + a;
    const [first, second] = [this.facing(box, a), this.facing(box, b)];
    if (first === 0 || second === 0) this.addConstant(box, line, first === 0 ? -FAR : FAR);
    else this.addLine(box, line, a, b, first > 0 ? a : 3 + a, second > 0 ? b : 3 + b, first * second);
  }

  private addConstant(box: number, line: number, value: number): void {
    const at = box * LINES + line;
    this.factors[at] = 0;
    this.lines[at * 3] = value;
    this.lines[at * 3 + 1] = 0;
    this.lines[at * 3 + 2] = 0;
  }

  /** The line with A_b = c bound, A_a = -c otherBound. */
  private addLine(box: number, line: number, a: number, b: number, bound: number, otherBound: number, c: number): void {
    const { camera, side, softness } = this.spec;
    const { forward, right, up, tau } = camera;
    const at = box * LINES + line;
    this.factors[at] = c;
    this.parts[at * 4] = a;
    this.parts[at * 4 + 1] = b;
    this.parts[at * 4 + 2] = bound;
    this.parts[at * 4 + 3] = otherBound;
    const alongB = c * this.bounds[box * 6 + bound]!;
    const alongA = -c * this.bounds[box * 6 + otherBound]!;
    const across = tau * (alongA * right[a]! + alongB * right[b]!);
    const upwards = tau * (alongA * up[a]! + alongB * up[b]!);
    // 1 / (m rho) with rho = 2 sigma / R.
    const scale = side / (2 * softness * Math.sqrt(across * across + upwards * upwards + LEAST_SQUARE));
    const middle = alongA * forward[a]! + alongB * forward[b]!;
    this.lines[at * 3] = scale * (middle + (1 / side - 1) * (across - upwards));
    this.lines[at * 3 + 1] = (scale * 2 * across) / side;
    this.lines[at * 3 + 2] = (-scale * 2 * upwards) / side;
  }

  /** Adds (dL/dh) . (dh/d bound) of one line to both of its bounds. */
  private spreadLine(at: number, box: number, sums: ArrayLike<number>, from: number): void {
    const { camera, side, softness } = this.spec;
    const { forward, right, up, tau } = camera;
    const { byBound, world } = this;
    const c = this.factors[at]!;
    const [a, b] = [this.parts[at * 4]!, this.parts[at * 4 + 1]!];
    const [bound, otherBound] = [this.parts[at * 4 + 2]!, this.parts[at * 4 + 3]!];
    // Sum over the pixels of weight times ray.
    const weight = sums[from]!;
    const byColumn = tau * ((2 * sums[from + 1]! + weight) / side - weight);
    const byRow = tau * (weight - (2 * sums[from + 2]! + weight) / side);
    for (let k = 0; k < 3; k++) world[k] = weight * forward[k]! + byColumn * right[k]! + byRow * up[k]!;
    const alongB = c * this.bounds[box * 6 + bound]!;
    const alongA = -c * this.bounds[box * 6 + otherBound]!;
    const across = tau * (alongA * right[a]! + alongB * right[b]!);
    const upwards = tau * (alongA * up[a]! + alongB * up[b]!);
    const square = across * across + upwards * upwards + LEAST_SQUARE;
    const scale = (c * side) / (2 * softness * Math.sqrt(square));
    // A grows with its bounds, and so does its length m = tau sqrt((A.r)^2 + (A.w)^2), which h is divided by.
    const share = (tau * (alongA * world[a]! + alongB * world[b]!)) / square;
    const byFirst = world[b]! - share * (across * right[b]! + upwards * up[b]!);
    const bySecond = world[a]! - share * (across * right[a]! + upwards * up[a]!);
    byBound[bound] = byBound[bound]! + scale * byFirst;
    byBound[otherBound] = byBound[otherBound]! - scale * bySecond;
  }
}
