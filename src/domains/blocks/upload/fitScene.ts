// A parse of one picture made concrete: where its blocks stand, the picture that they make, and what it leaves unexplained.
// The search integrates raw locations out; here they get their best values (maximum of p(z_c, x | z_d)), by a few
// Gauss-Newton steps with differences.

import { CpuCuboids } from "../../../engine/kernels/cuboids/cpu";
import { BOX_NUMBERS } from "../../../engine/kernels/cuboids/cuboidRenderer";
import { FRONT_CAMERA } from "../camera";
import { boxesOf } from "../depthOrder";
import { placeBlocks } from "../places";
import { placesOf } from "../program";
import type { BlockTypes, PlacedBlock, SceneSettings } from "../scene";
import { resized } from "./resizePicture";

/** What drawing and the likelihood need (BlocksSettings has it). */
export type ViewSettings = SceneSettings & {
  /** R */
  readonly side: number;
  readonly softness: number;
  readonly noise: number;
  readonly shades: readonly [number, number, number, number, number, number];
};

export type FittedScene = {
  /** [L] 0 where nothing stands. */
  readonly raw: Float64Array;
  readonly placed: readonly PlacedBlock[];
  /** [R, R, 3] what the parse draws, 0 to 1. */
  readonly picture: Float32Array;
  /** Mean over pixels and channels of (drawn - observed)^2. */
  readonly error: number;
};

/** Step of differences, and farthest that a raw location goes. */
const STEP = 0.05;
const FARTHEST = 4;
/** Freedom below which one step is enough: half a pixel at most. */
const LITTLE = 0.03;
const MOST_STEPS = 4;
/** Larger pictures are fitted at this side. */
const LARGEST_SIDE = 64;

/**
 * Fits the raw locations of a program to a picture.
 *
 * @param program [L] packed
 * @param picture [R, R, 3] observed, 0 to 1
 */
export function fitScene(
  program: ArrayLike<number>,
  picture: Float32Array,
  types: BlockTypes,
  settings: ViewSettings,
): FittedScene {
  const view = new SceneView(program, types, settings);
  const side = Math.min(settings.side, LARGEST_SIDE);
  const ratio = side / settings.side;
  const isSmall = side < settings.side;
  const seen = isSmall
    ? resized({ width: settings.side, height: settings.side, values: picture }, side, side).values
    : picture;
  const [softness, noise] = [settings.softness * ratio, settings.noise * ratio];
  const fitted = isSmall ? new SceneView(program, types, { ...settings, side, softness, noise }) : view;
  const raw = fitted.fit(seen);
  const drawn = view.draw(raw);
  return { raw, placed: view.place(raw), picture: drawn, error: squared(drawn, picture) / picture.length };
}

/** A program whose raw locations vary. */
class SceneView {
  private readonly renderer: CpuCuboids;
  private readonly blocks: readonly number[];

  constructor(
    private readonly program: ArrayLike<number>,
    private readonly types: BlockTypes,
    private readonly settings: ViewSettings,
  ) {
    const { side, softness, shades, gridSide } = settings;
    const look = { name: "fit", camera: FRONT_CAMERA, background: 1, boxes: placesOf(gridSide) };
    this.renderer = new CpuCuboids({ ...look, side, softness, shades });
    this.blocks = Array.from(program).flatMap((place, at) => (place > 0 ? [at] : []));
  }

  place(raw: Float64Array): readonly PlacedBlock[] {
    return placeBlocks(this.program, raw, this.types, this.settings);
  }

  draw(raw: Float64Array): Float32Array {
    const { gridSide } = this.settings;
    const boxes = new Float64Array(placesOf(gridSide) * BOX_NUMBERS);
    boxes.set(boxesOf(this.place(raw), FRONT_CAMERA, gridSide));
    return this.renderer.draw(boxes);
  }

  /** The most probable raw locations near 0. */
  fit(picture: Float32Array): Float64Array {
    let raw = new Float64Array(this.program.length);
    if (this.blocks.length === 0 || this.settings.shrink === 0) return raw;
    let drawn = this.draw(raw);
    let cost = this.cost(drawn, raw, picture);
    const steps = this.settings.shrink <= LITTLE ? 1 : MOST_STEPS;
    for (let step = 0; step < steps; step++) {
      const direction = this.direction(drawn, raw, picture);
      let isBetter = false;
      for (let share = 1; share > 0.1 && !isBetter; share /= 2) {
        const next = raw.map((value, at) => Math.min(FARTHEST, Math.max(-FARTHEST, value + share * direction[at]!)));
        const view = this.draw(next);
        const found = this.cost(view, next, picture);
        isBetter = found < cost;
        if (isBetter) [raw, drawn, cost] = [next, view, found];
      }
      if (!isBetter) break;
    }
    return raw;
  }

  /** Minus log p(z_c, x | z_d) up to a constant, nats. */
  private cost(drawn: Float32Array, raw: Float64Array, picture: Float32Array): number {
    const far = raw.reduce((sum, value) => sum + value * value, 0);
    return squared(drawn, picture) / (2 * this.settings.noise ** 2) + far / 2;
  }

  /** The Gauss-Newton step: (J'J / noise^2 + I) step = J'(x - drawn) / noise^2 - raw. */
  private direction(drawn: Float32Array, raw: Float64Array, picture: Float32Array): Float64Array {
    const columns = this.blocks.map((at) =>
      this.draw(raw.with(at, raw[at]! + STEP)).map((v, i) => (v - drawn[i]!) / STEP),
    );
    const size = columns.length;
    const precision = 1 / this.settings.noise ** 2;
    const system = Array.from({ length: size }, (_, i) =>
      Float64Array.from({ length: size + 1 }, (__, j) => {
        if (j < size) return precision * product(columns[i]!, columns[j]!) + (i === j ? 1 : 0);
        let sum = 0;
        for (let k = 0; k < drawn.length; k++) sum += columns[i]![k]! * (picture[k]! - drawn[k]!);
        return precision * sum - raw[this.blocks[i]!]!;
      }),
    );
    const solved = solve(system);
    const step = new Float64Array(raw.length);
    for (const [i, at] of this.blocks.entries()) step[at] = solved[i]!;
    return step;
  }
}

/** Gauss elimination of a symmetric positive definite system [n, n + 1]. */
function solve(system: readonly Float64Array[]): Float64Array {
  const size = system.length;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const factor = system[j]![i]! / system[i]![i]!;
      for (let k = i; k <= size; k++) system[j]![k] = system[j]![k]! - factor * system[i]![k]!;
    }
  }
  const solution = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    let left = system[i]![size]!;
    for (let k = i + 1; k < size; k++) left -= system[i]![k]! * solution[k]!;
    solution[i] = left / system[i]![i]!;
  }
  return solution;
}

const product = (first: Float32Array, second: Float32Array): number =>
  first.reduce((sum, value, i) => sum + value * second[i]!, 0);

function squared(first: Float32Array, second: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += (first[i]! - second[i]!) ** 2;
  return sum;
}
