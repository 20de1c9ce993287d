// One observed picture and the towers that may stand in it: log p(z_d, x) of a program with all blocks in the middle of
// their freedom, and of every tower in one cell with the others held. Some microseconds a program: a search appraises with
// it and leaves the exact scores to the model.

import type { TypeGroups } from "../alike";
import { FRONT_CAMERA } from "../camera";
import { depthOrder } from "../depthOrder";
import { MOST_LEVELS } from "../program";
import type { Layer, TowerLayers } from "./towerLayers";

export type BoardRequest = {
  readonly layers: TowerLayers;
  /** [side, side, 3] of values 0 to 1, at the side of the layers. */
  readonly picture: ArrayLike<number>;
  /** Standard deviation of a channel at that side. */
  readonly noise: number;
  /** Of alike types only the one that stands for them is tried. */
  readonly groups: TypeGroups;
};

/** Towers (packed places) up to which all of them are tried in a cell; beyond, those near the present one. */
const MOST_TOWERS = 400;

/** Appraisals of programs of one picture. */
export class SceneBoard {
  /** Cells, the nearest first. */
  readonly cells: Int32Array;
  readonly gridSide: number;
  private readonly types: readonly number[];
  private readonly all: readonly Int32Array[] | null;
  /** [side^2, 4] what stands before the cell in question, and [side^2, 3] what is behind it. */
  private readonly before: Float32Array;
  private readonly behind: Float32Array;
  /** [side^2] squared error of each pixel with nothing in the cell. */
  private readonly bare: Float32Array;

  constructor(readonly request: BoardRequest) {
    const { settings, side } = request.layers.request;
    this.gridSide = settings.gridSide;
    this.cells = depthOrder(FRONT_CAMERA, settings.gridSide).cells;
    const { copies } = request.groups;
    this.types = Array.from(copies.keys()).filter((type) => copies[type]! > 0);
    const count = 1 + this.types.length + this.types.length ** 2 + this.types.length ** 3;
    this.all = count <= MOST_TOWERS ? everyTower(this.types) : null;
    this.before = new Float32Array(4 * side * side);
    this.behind = new Float32Array(3 * side * side);
    this.bare = new Float32Array(side * side);
  }

  /** Every pair of towers in two cells can be tried: all towers are known, and they are few. */
  get canPair(): boolean {
    return this.all !== null;
  }

  /** Towers to try in a cell of a program, as [3] packed places. */
  towers(program: Int32Array, cell: number): readonly Int32Array[] {
    const from = cell * MOST_LEVELS;
    return this.all ?? nearTowers(program.subarray(from, from + MOST_LEVELS), this.types);
  }

  /**
   * Tries towers in one cell of a program.
   *
   * @param visit gets each tower with the program's log p(z_d, x) up to a constant, nats
   */
  sweep(program: Int32Array, cell: number, visit: (tower: Int32Array, worth: number) => void): void {
    const { layers, noise } = this.request;
    const total = this.surround(program, cell);
    const from = cell * MOST_LEVELS;
    const others = this.logPrior(program) - this.logPrior(program.subarray(from, from + MOST_LEVELS));
    for (const tower of this.towers(program, cell)) {
      const error = total + this.change(layers.layer(cell, tower));
      visit(tower, others + this.logPrior(tower) - error / (2 * noise * noise));
    }
  }

  /** log p(z_d, x) of a program up to the same constant. */
  appraise(program: Int32Array): number {
    const { layers, noise } = this.request;
    const cell = this.cells[0]!;
    const own = program.subarray(cell * MOST_LEVELS, (cell + 1) * MOST_LEVELS);
    const error = this.surround(program, cell) + this.change(layers.layer(cell, own));
    return this.logPrior(program) - error / (2 * noise * noise);
  }

  /** log p of the types of some places, each counting for all that it stands for. */
  private logPrior(places: Int32Array): number {
    const { copies } = this.request.groups;
    let sum = 0;
    for (const place of places) if (place > 0) sum += Math.log(Math.max(1, copies[place - 1]!) / copies.length);
    return sum;
  }

  /** Lays out the other cells; returns the squared error with nothing in this one. */
  private surround(program: Int32Array, cell: number): number {
    const { before, behind, bare, request } = this;
    const place = this.cells.indexOf(cell);
    for (let i = 0; i < before.length; i++) before[i] = i % 4 === 3 ? 1 : 0;
    for (let k = 0; k < place; k++) this.lay(program, this.cells[k]!, true);
    behind.fill(1);
    for (let k = this.cells.length - 1; k > place; k--) this.lay(program, this.cells[k]!, false);
    let total = 0;
    for (let i = 0; i < bare.length; i++) {
      let error = 0;
      for (let c = 0; c < 3; c++) {
        const off = before[4 * i + c]! + before[4 * i + 3]! * behind[3 * i + c]! - request.picture[3 * i + c]!;
        error += off * off;
      }
      bare[i] = error;
      total += error;
    }
    return total;
  }

  /** Adds a cell's tower behind `before`, or in front of `behind`. */
  private lay(program: Int32Array, cell: number, isBefore: boolean): void {
    const { before, behind, request } = this;
    const { side } = request.layers.request;
    const layer = request.layers.layer(cell, program.subarray(cell * MOST_LEVELS, (cell + 1) * MOST_LEVELS));
    for (let y = 0; y < layer.height; y++) {
      for (let x = 0; x < layer.width; x++) {
        const from = 4 * (y * layer.width + x);
        const pixel = (layer.top + y) * side + layer.left + x;
        const through = layer.values[from + 3]!;
        const front = before[4 * pixel + 3]!;
        for (let c = 0; c < 3; c++) {
          if (isBefore) before[4 * pixel + c]! += front * layer.values[from + c]!;
          else behind[3 * pixel + c] = layer.values[from + c]! + through * behind[3 * pixel + c]!;
        }
        if (isBefore) before[4 * pixel + 3] = front * through;
      }
    }
  }

  /** By how much a layer in the cell changes the squared error. */
  private change({ left, top, width, height, values }: Layer): number {
    const { before, behind, bare, request } = this;
    const { side } = request.layers.request;
    const { picture } = request;
    let sum = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = 4 * (y * width + x);
        const pixel = (top + y) * side + left + x;
        const front = before[4 * pixel + 3]!;
        if (front < 1e-4) continue;
        sum -= bare[pixel]!;
        for (let c = 0; c < 3; c++) {
          const shown = values[from + c]! + values[from + 3]! * behind[3 * pixel + c]!;
          const off = before[4 * pixel + c]! + front * shown - picture[3 * pixel + c]!;
          sum += off * off;
        }
      }
    }
    return sum;
  }
}

/** All towers of some types as [3] packed places, the empty one first. */
function everyTower(types: readonly number[]): readonly Int32Array[] {
  const found: number[][] = [[]];
  for (let i = 0; i < found.length; i++) {
    const tower = found[i]!;
    if (tower.length === MOST_LEVELS) continue;
    for (const type of types) found.push([...tower, 1 + type]);
  }
  return found.map(packed);
}

/** The tower, and those with a block more, one less, or one of another type. */
function nearTowers(tower: ArrayLike<number>, types: readonly number[]): readonly Int32Array[] {
  const own = Array.from(tower).filter((place) => place > 0);
  const found: number[][] = [own];
  if (own.length > 0) found.push([], own.slice(0, -1), own.slice(1));
  for (const type of types) {
    if (own.length < MOST_LEVELS) found.push([...own, 1 + type]);
    for (const [level, old] of own.entries()) if (old !== 1 + type) found.push(own.with(level, 1 + type));
  }
  return found.map(packed);
}

function packed(tower: readonly number[]): Int32Array {
  const places = new Int32Array(MOST_LEVELS);
  places.set(tower);
  return places;
}
