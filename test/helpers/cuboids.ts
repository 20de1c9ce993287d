// Cameras, random scenes and hard pictures for the tests of cuboid renderers.

import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import type { Camera, CuboidRendererSpec } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import type { Rng } from "../../src/engine/rng/rng";

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

/** Views that tests look from: the training view, the two of the figure, from above, along the ground, from close by. */
export const CAMERAS: Readonly<Record<string, Camera>> = {
  front: orbit(0.1, 0),
  left: orbit(30, -40),
  right: orbit(30, 40),
  above: orbit(80, 10),
  below: orbit(-20, 150),
  level: { ...orbit(0, 0), eye: [-0.4, -0.9, -2] },
};

/** A camera on its orbit around the scene, degrees. Source: scenes specification, section 2. */
export function orbit(elevation: number, azimuth: number): Camera {
  const [e, a] = [elevation, azimuth + 180].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
  const away = [Math.cos(e) * Math.sin(a), Math.sin(e), Math.cos(e) * Math.cos(a)] as const;
  const right = [Math.cos(a), 0, -Math.sin(a)] as const;
  const forward = [-away[0], -away[1], -away[2]] as const;
  const up = [
    right[1] * forward[2] - right[2] * forward[1],
    right[2] * forward[0] - right[0] * forward[2],
    right[0] * forward[1] - right[1] * forward[0],
  ] as const;
  const eye = [-0.15 + 3.7 * away[0], 3.7 * away[1], 0.1 + 3.7 * away[2]] as const;
  return { eye, forward, right, up, tau: Math.tan(Math.PI / 6) };
}

/** The lab's renderer at a size: 0.35, 0.5 and 0.75 pixels of softness at 32, 64 and 128, and alike in between. */
export function cuboidSpec(side: number, boxes = 12, camera: Camera = CAMERAS["front"]!): CuboidRendererSpec {
  const shades = [0.5, 0.63, 0.5, 0.93, 0.73, 0.5] as const;
  return { name: "cuboids", side, boxes, camera, shades, softness: 0.35 * Math.sqrt(side / 32), background: 1 };
}

/**
 * [N, n, 9] towers of one to three blocks on a square grid, all sides and colours random, front to back by their distance
 * from the eye; absent ones last.
 *
 * @param filled share of the cells with a tower
 */
export function randomScenes(
  rng: Rng,
  { boxes, camera }: CuboidRendererSpec,
  lanes: number,
  filled = 0.6,
): Float64Array {
  const numbers = new Float64Array(lanes * boxes * 9);
  const cells = Math.ceil(Math.sqrt(boxes / 3));
  const between = (low: number, high: number) => low + (high - low) * rng.uniform();
  for (let lane = 0; lane < lanes; lane++) {
    const list: number[][] = [];
    for (let cell = 0; cell < cells * cells; cell++) {
      if (cell > 0 && rng.uniform() > filled) continue;
      let bottom = -1.5;
      for (let level = 1 + rng.int(3); level > 0 && list.length < boxes; level--) {
        const [x, z] = [(cell % cells) * 2.1 - 1.05 * cells, Math.floor(cell / cells)];
        const size = [between(0.2, 0.9), between(0.2, 0.9), between(0.2, 0.9)] as const;
        const centre = [x + between(-0.2, 0.2), bottom + size[1] / 2, z + between(-0.1, 0.1)];
        list.push([...centre, ...size, rng.uniform(), rng.uniform(), rng.uniform()]);
        bottom += size[1] + 0.005;
      }
    }
    const distance = (box: number[]) => Math.hypot(...[0, 1, 2].map((k) => box[k]! - camera.eye[k]!));
    list.sort((a, b) => distance(a) - distance(b));
    numbers.set(list.flat(), lane * boxes * 9);
  }
  return numbers;
}

/** [G, R, R, 3] pictures to compare with: half of them pictures of other scenes, half noise. */
export function randomImages(rng: Rng, spec: CuboidRendererSpec, groups: number): Float32Array {
  const images = new CpuCuboids(spec).draw(randomScenes(rng, spec, groups));
  const size = 3 * spec.side * spec.side;
  for (let at = 0; at < images.length; at++) if (Math.floor(at / size) % 2 === 1) images[at] = rng.uniform();
  return images;
}
