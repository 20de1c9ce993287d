// The cuboid renderer on the best wasm build: pictures compared with an observed one, and gradients, a CPU second, of scenes
// of the data's own generator (5 blocks on average) and of full grids, beside eager tfjs with its autodiff on its own wasm
// backend. Set-up of the lines and reading of the sums are part of every number. CPU time, not wall time.

import { createRequire } from "node:module";
import { FRONT_CAMERA } from "../src/domains/blocks/camera";
import { makeScenes } from "../src/domains/blocks/data/makeScenes";
import { boxesOf } from "../src/domains/blocks/depthOrder";
import { placeBlocks } from "../src/domains/blocks/places";
import { enableRelaxedSimd } from "../src/engine/kernels/assembly/relaxedSimdInNode";
import { createCuboidRenderer } from "../src/engine/kernels/cuboids/createCuboidRenderer";
import type { CuboidLanes, CuboidRendererSpec } from "../src/engine/kernels/cuboids/cuboidRenderer";
import { eagerGradient, eagerPictures } from "../src/engine/kernels/cuboids/reference";
import { type BenchResult, benchResult, measureCpuRate } from "./result";

type Tfjs = typeof import("@tensorflow/tfjs-core");

const BOXES = 12;
const LANES = 250;
const GROUPS = 5;
const EAGER_LANES = 5;
const RUNS = 7;
const EAGER_RUNS = 2;

/** Rates at 32, 64 and 128 pixels. */
export async function benchCuboidRenderer(): Promise<readonly BenchResult[]> {
  enableRelaxedSimd();
  const tf: Tfjs = createRequire(import.meta.url)("@tensorflow/tfjs");
  createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  const results: BenchResult[] = [];
  for (const side of [32, 64, 128]) results.push(...(await benchSide(tf, side)));
  return results;
}

async function benchSide(tf: Tfjs, side: number): Promise<BenchResult[]> {
  const spec = benchSpec(side);
  const renderer = await createCuboidRenderer(spec, "wasm");
  const lanes = { boxes: benchScenes(LANES, false), groups: groupsOf(LANES) };
  const full = { boxes: benchScenes(LANES, true), groups: groupsOf(LANES) };
  const images = await renderer.render(benchScenes(GROUPS, false));
  const ones = new Float64Array(LANES).fill(1);
  const rate = (work: () => unknown) => measureCpuRate(work, LANES, { runs: RUNS, seconds: 0.1 });
  const few = { boxes: lanes.boxes.slice(0, EAGER_LANES * BOXES * 9), groups: groupsOf(EAGER_LANES) };
  const forward = await eagerRate(() => eagerErrors(tf, spec, few, images));
  const backward = await eagerRate(() => eagerGradient(tf, spec, few, images, ones.slice(0, EAGER_LANES)));
  const named = (name: string, value: number, reference: number | null) =>
    benchResult(`cuboidRenderer.${name}.${side}`, "pictures", value, reference, RUNS);
  const results = [
    named("forward", await rate(() => renderer.squaredError(lanes, images)), forward),
    named("backward", await rate(() => renderer.gradient(lanes, images, ones)), backward),
    named("forward.full", await rate(() => renderer.squaredError(full, images)), null),
    named("backward.full", await rate(() => renderer.gradient(full, images, ones)), null),
  ];
  renderer.dispose();
  return results;
}

const eagerRate = (work: () => unknown) => measureCpuRate(work, EAGER_LANES, { runs: EAGER_RUNS, seconds: 0.1 });

async function eagerErrors(
  tf: Tfjs,
  spec: CuboidRendererSpec,
  lanes: CuboidLanes,
  images: Float32Array,
): Promise<void> {
  const errors = tf.tidy(() => {
    const boxes = tf.tensor3d(Float32Array.from(lanes.boxes), [EAGER_LANES, BOXES, 9]);
    const wanted = tf.tensor3d(images, [GROUPS, spec.side ** 2, 3]);
    return tf.sum(tf.square(tf.sub(eagerPictures(tf, spec, boxes, lanes.boxes), wanted)), [1, 2]);
  });
  await errors.data();
  errors.dispose();
}

/** The training view with the lab's softness. */
export function benchSpec(side: number): CuboidRendererSpec {
  const shades = [0.5, 0.63, 0.5, 0.93, 0.73, 0.5] as const;
  const softness = side === 32 ? 0.35 : side === 64 ? 0.5 : 0.75;
  return { name: "bench", side, boxes: BOXES, camera: FRONT_CAMERA, shades, softness, background: 1 };
}

/** [N, 12, 9] scenes of the data, or with every place of the grid taken. */
export function benchScenes(count: number, isFull: boolean): Float64Array {
  const settings = { gridSide: 2, shrink: 0.01, depthRule: "centred" } as const;
  const made = makeScenes({ dataset: "cubes", count, seed: 1, split: "train", gridSide: 2 });
  if (isFull) for (const [at, place] of made.programs.entries()) made.programs[at] = place === 0 ? 1 + (at % 3) : place;
  const boxes = new Float64Array(count * BOXES * 9);
  for (let i = 0; i < count; i++) {
    const [from, to] = [i * BOXES, (i + 1) * BOXES];
    const placed = placeBlocks(made.programs.subarray(from, to), made.raw.subarray(from, to), made.types, settings);
    boxes.set(boxesOf(placed, FRONT_CAMERA), from * 9);
  }
  return boxes;
}

const groupsOf = (count: number) => Int32Array.from({ length: count }, (_, n) => n % GROUPS);
