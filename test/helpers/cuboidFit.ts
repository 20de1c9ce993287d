// Fits place, size and colour of one cube to a picture by Adam on the renderer's gradient (scenes specification, 5.8.5).

import type { CuboidRenderer, CuboidRendererSpec } from "../../src/engine/kernels/cuboids/cuboidRenderer";
import { Rng } from "../../src/engine/rng/rng";
import { hardPicture } from "./cuboids";

type Cube = {
  readonly centre: readonly [number, number, number];
  readonly size: number;
  readonly color: readonly [number, number, number];
};

const RATE = 0.03;
/** Softness starts at 8 times its value and comes down over this many steps. */
const ANNEALING = 100;
const EVERY = 10;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const boxOf = ({ centre, size, color }: Cube) => Float64Array.of(...centre, size, size, size, ...color);

/** How far the fit ends from the truth. The start is up to 0.5 off in x and y, and random in size and colour. */
export async function fitCube(
  build: (spec: CuboidRendererSpec) => Promise<CuboidRenderer>,
  spec: CuboidRendererSpec,
  truth: Cube,
  target: "soft" | "hard",
  seed: number,
  steps = 250,
): Promise<{ readonly position: number; readonly size: number }> {
  let renderer = await build(spec);
  const box = boxOf(truth);
  const image = target === "soft" ? await renderer.render(box) : Float32Array.from(hardPicture(spec, box, 8));
  const rng = new Rng(seed);
  const raw = [
    truth.centre[0] + rng.uniform() - 0.5,
    truth.centre[1] + rng.uniform() - 0.5,
    ...Array.from({ length: 4 }, () => rng.normal()),
  ];
  const cubeOf = (): Cube => ({
    centre: [raw[0]!, raw[1]!, truth.centre[2]],
    size: 0.2 + 0.8 * sigmoid(raw[2]!),
    color: [sigmoid(raw[3]!), sigmoid(raw[4]!), sigmoid(raw[5]!)],
  });
  const [first, second] = [new Float64Array(6), new Float64Array(6)];
  for (let step = 0; step < steps; step++) {
    if (step <= ANNEALING && step % EVERY === 0) {
      renderer = await build({ ...spec, softness: spec.softness * 8 ** (1 - step / ANNEALING) });
    }
    const cube = cubeOf();
    const lanes = { boxes: boxOf(cube), groups: new Int32Array(1) };
    const { gradient } = await renderer.gradient(lanes, image, Float64Array.of(1));
    const share = (cube.size - 0.2) / 0.8;
    const bySize = gradient[3]! + gradient[4]! + gradient[5]!;
    const slopes = [gradient[0]!, gradient[1]!, bySize * 0.8 * share * (1 - share)];
    for (const [k, value] of cube.color.entries()) slopes.push(gradient[6 + k]! * value * (1 - value));
    for (const [k, slope] of slopes.entries()) {
      first[k] = 0.9 * first[k]! + 0.1 * slope;
      second[k] = 0.999 * second[k]! + 0.001 * slope * slope;
      const [mean, square] = [first[k]! / (1 - 0.9 ** (step + 1)), second[k]! / (1 - 0.999 ** (step + 1))];
      raw[k] = raw[k]! - (RATE * mean) / (Math.sqrt(square) + 1e-8);
    }
  }
  const found = cubeOf();
  const position = Math.hypot(found.centre[0] - truth.centre[0], found.centre[1] - truth.centre[1]);
  return { position, size: Math.abs(found.size - truth.size) };
}
