// A canvas on which patches are laid: the largest logit of every pixel, its softplus, and how well it fits a target so
// far. Laying a patch costs a few hundred additions and no transcendental function.

import { softplus } from "../../../engine/dists/logs";
import { SIDE } from "../images";
import { isDown, strokeOf } from "../program";
import { type InkPatches, type Patch, placeOf } from "./inkPatches";
import type { Target } from "./target";

const AREA = SIDE * SIDE;

/** The pen's moves in pixels: columns to the right, rows down. */
export type Moves = { readonly columns: Float64Array; readonly rows: Float64Array };

/** Where the pen starts, in pixels from the left and from the top. */
export const CENTRE = (SIDE - 1) / 2;

export class Sketch {
  readonly logit = new Float32Array(AREA);
  readonly soft = new Float32Array(AREA);

  /** The bare background. */
  clear(patches: InkPatches): void {
    this.logit.fill(patches.background);
    this.soft.fill(softplus(patches.background));
  }

  copy(other: Sketch): void {
    this.logit.set(other.logit);
    this.soft.set(other.soft);
  }

  /** How well the sketch as it is fits, nats. */
  fit({ ink, weight }: Target): number {
    let sum = 0;
    for (let i = 0; i < AREA; i++) sum += ink[i]! * this.logit[i]! - weight[i]! * this.soft[i]!;
    return sum;
  }

  /** What the fit would gain by a patch whose start lies in pixel (column, row). */
  gain(patch: Patch, column: number, row: number, { ink, weight }: Target): number {
    const { width, logit, soft } = patch;
    const top = row + patch.top;
    const left = column + patch.left;
    const firstRow = Math.max(0, -top);
    const lastRow = Math.min(patch.height, SIDE - top);
    const firstColumn = Math.max(0, -left);
    const lastColumn = Math.min(width, SIDE - left);
    let sum = 0;
    for (let r = firstRow; r < lastRow; r++) {
      const from = r * width;
      const onto = (top + r) * SIDE + left;
      for (let c = firstColumn; c < lastColumn; c++) {
        const more = logit[from + c]! - this.logit[onto + c]!;
        if (more > 0) sum += ink[onto + c]! * more - weight[onto + c]! * (soft[from + c]! - this.soft[onto + c]!);
      }
    }
    return sum;
  }

  /** Lays a patch down. */
  lay(patch: Patch, column: number, row: number): void {
    const { width, logit, soft } = patch;
    const top = row + patch.top;
    const left = column + patch.left;
    const lastRow = Math.min(patch.height, SIDE - top);
    const lastColumn = Math.min(width, SIDE - left);
    for (let r = Math.max(0, -top); r < lastRow; r++) {
      const from = r * width;
      const onto = (top + r) * SIDE + left;
      for (let c = Math.max(0, -left); c < lastColumn; c++) {
        if (logit[from + c]! <= this.logit[onto + c]!) continue;
        this.logit[onto + c] = logit[from + c]!;
        this.soft[onto + c] = soft[from + c]!;
      }
    }
  }

  /** Draws a whole program [A] on the bare background. @returns its fit, nats */
  draw(program: ArrayLike<number>, patches: InkPatches, moves: Moves, target: Target): number {
    this.clear(patches);
    let [column, row] = [CENTRE, CENTRE];
    for (let t = 0; t < program.length; t++) {
      const stroke = strokeOf(program[t]!);
      if (isDown(program[t]!)) {
        const place = placeOf(column, row);
        this.lay(patches.patch(stroke, place.phase), place.column, place.row);
      }
      column += moves.columns[stroke]!;
      row += moves.rows[stroke]!;
    }
    return this.fit(target);
  }
}
