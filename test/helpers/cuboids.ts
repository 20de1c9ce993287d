// Random scenes, hard pictures and finite differences for the tests of cuboid renderers.

import type { CuboidRendererSpec } from "../../src/engine/kernels/cuboids/cuboidRenderer";

/** [R, R, 3] by exact rays against slabs, `samples` x `samples` a pixel: what the soft picture tends to. */
export function hardPicture(spec: CuboidRendererSpec, boxes: Float64Array, samples: number): Float64Array {
  const { side } = spec;
  const picture = new Float64Array(side * side * 3);
  const fine = side * samples;
  for (let i = 0; i < fine; i++) {
    for (let j = 0; j < fine; j++) {
      const color = rayColor(spec, boxes, (2 * j + 1) / fine - 1, 1 - (2 * i + 1) / fine);
      const at = (Math.floor(i / samples) * side + Math.floor(j / samples)) * 3;
      for (let k = 0; k < 3; k++) picture[at + k] = picture[at + k]! + color[k]! / samples ** 2;
    }
  }
  return picture;
}

function rayColor(
  { camera, shades, background }: CuboidRendererSpec,
  boxes: Float64Array,
  alpha: number,
  beta: number,
) {
  const { eye, forward, right, up, tau } = camera;
  const ray = [0, 1, 2].map((k) => forward[k]! + tau * (alpha * right[k]! + beta * up[k]!));
  let nearest = Number.POSITIVE_INFINITY;
  let color = [background, background, background];
  for (let from = 0; from < boxes.length; from += 9) {
    let [enter, leave, face] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -1];
    for (let a = 0; a < 3; a++) {
      const half = boxes[from + 3 + a]! / 2;
      const ends = [-half, half].map((end) => (boxes[from + a]! + end - eye[a]!) / ray[a]!);
      const isReversed = ray[a]! < 0;
      const [first, last] = isReversed ? [ends[1]!, ends[0]!] : [ends[0]!, ends[1]!];
      leave = Math.min(leave, last);
      if (first <= enter) continue;
      enter = first;
      face = 2 * a + (isReversed ? 1 : 0);
    }
    if (enter > leave || enter < 0 || enter >= nearest || boxes[from + 3] === 0) continue;
    nearest = enter;
    color = [6, 7, 8].map((k) => shades[face]! * boxes[from + k]!);
  }
  return color;
}
