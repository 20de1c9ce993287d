// What the cuboid kernels read and write in wasm memory: one picture's boxes and scratch space, one picture to compare with.
// Everything is laid out once.

import { allocate, writeWords } from "../assembly/jobs";
import type { Kernels } from "../assembly/module";
import type { CuboidRendererSpec } from "./cuboidRenderer";
import { BOX_SUMS } from "./sceneLines";

/** Numbers of a vector; of a box, of a span, and of a vector's sight of a box (cuboidRow.as.ts). */
export const WIDE = 4;
export const BOX_FLOATS = 48;
const SPAN_WORDS = 3;
const SIGHT_FLOATS = 28;

export type Bench = {
  readonly kernels: Kernels;
  readonly job: number;
  /** R rounded up to whole vectors. */
  readonly padded: number;
  /** [n, 48] */
  readonly boxes: Float32Array;
  /** [n, 33, 4] */
  readonly sums: Float32Array;
  /** [3, R, padded] */
  readonly target: Float32Array;
  readonly picture: Float32Array;
};

/** Lays out a renderer in a fresh instance. */
export function layOut({ side, boxes, background }: CuboidRendererSpec, kernels: Kernels): Bench {
  const padded = WIDE * Math.ceil(side / WIDE);
  const sizes = {
    boxes: boxes * BOX_FLOATS,
    columns: padded,
    inside: padded,
    target: 3 * side * padded,
    colors: 3 * padded,
    through: padded,
    spans: boxes * SPAN_WORDS,
    sights: (boxes * padded * SIGHT_FLOATS) / WIDE,
    sums: boxes * BOX_SUMS * WIDE,
    picture: 3 * side * padded,
  };
  const places = Object.entries(sizes).map(([name, size]) => [name, allocate(kernels, size)] as const);
  const [bits] = new Uint32Array(Float32Array.of(background).buffer);
  const job = writeWords(kernels, [side, padded, bits!, ...places.map(([, address]) => address)]);
  // Views are made last: memory moves when it grows, and nothing is allocated after this.
  const at = Object.fromEntries(places);
  const view = (name: keyof typeof sizes) => new Float32Array(kernels.memory.buffer, at[name], sizes[name]);
  view("columns").set(Float32Array.from({ length: padded }, (_, column) => column));
  new Int32Array(kernels.memory.buffer, at["inside"], side).fill(-1);
  return {
    kernels,
    job,
    padded,
    boxes: view("boxes"),
    sums: view("sums"),
    target: view("target"),
    picture: view("picture"),
  };
}

/** The drawn picture as [R, R, 3]. */
export function readPicture({ padded, picture }: Bench, side: number, to: Float32Array): void {
  for (let row = 0; row < side; row++) {
    for (let k = 0; k < 3; k++) {
      const from = (k * side + row) * padded;
      for (let column = 0; column < side; column++) to[(row * side + column) * 3 + k] = picture[from + column]!;
    }
  }
}

/** The pictures of a call, one at a time in wasm memory. */
export class Targets {
  private readonly bench: Bench;
  private readonly spec: CuboidRendererSpec;
  private readonly images: Float32Array;
  private shown = -1;
  private empty = 0;

  /** @param images [G, R, R, 3] */
  constructor(bench: Bench, spec: CuboidRendererSpec, images: Float32Array) {
    this.bench = bench;
    this.spec = spec;
    this.images = images;
  }

  /** Brings picture `group` in. @returns squared difference of an empty picture from it */
  show(group: number): number {
    if (group === this.shown) return this.empty;
    const { background, side } = this.spec;
    const { padded, target } = this.bench;
    this.shown = group;
    this.empty = 0;
    for (let row = 0; row < side; row++) {
      for (let k = 0; k < 3; k++) {
        const to = (k * side + row) * padded;
        const from = (group * side + row) * side * 3 + k;
        for (let column = 0; column < side; column++) {
          const value = this.images[from + 3 * column]! - background;
          target[to + column] = value;
          this.empty += value * value;
        }
      }
    }
    return this.empty;
  }
}
