// Cuboids on the wasm kernels. Lanes come one at a time, ordered by the picture that they are compared with, so that memory
// does not grow with either; the set-up of lines stays in float64 (sceneLines.ts).

import { instantiateKernels, type Kernels, type WasmBuild } from "../assembly/module";
import { requireHeld } from "../network/calls";
import { requireBoxes, requireLanes } from "./calls";
import { BOX_NUMBERS, type CuboidLanes, type CuboidRenderer, type CuboidRendererSpec } from "./cuboidRenderer";
import { BOX_SUMS, EDGES, FADE_SUMS, LINES, SceneLines } from "./sceneLines";
import { type Bench, BOX_FLOATS, layOut, readPicture, Targets, WIDE } from "./wasmBench";

/** Where its numbers are, after three rows of eight for the edges. */
const AT = { face: 24, fade: 36, shade: 39, color: 42, isFading: 45 } as const;

/** A renderer in a wasm instance of its own. @param build which build; the best of this machine when absent */
export async function createWasmCuboids(spec: CuboidRendererSpec, build?: WasmBuild): Promise<WasmCuboids> {
  return new WasmCuboids(spec, await instantiateKernels(build));
}

export class WasmCuboids implements CuboidRenderer {
  readonly spec: CuboidRendererSpec;
  private readonly scene: SceneLines;
  private readonly sums = new Float64Array(BOX_SUMS);
  private bench: Bench | null;

  constructor(spec: CuboidRendererSpec, kernels: Kernels) {
    this.spec = spec;
    this.scene = new SceneLines(spec);
    this.bench = layOut(spec, kernels);
  }

  async render(boxes: Float64Array): Promise<Float32Array> {
    const { scene, spec } = this;
    const bench = requireHeld(this.bench, spec.name);
    const size = 3 * spec.side * spec.side;
    const pictures = new Float32Array(requireBoxes(spec, boxes) * size);
    for (let lane = 0; lane * size < pictures.length; lane++) {
      const picture = pictures.subarray(lane * size, (lane + 1) * size);
      if (!scene.set(boxes, lane)) {
        picture.fill(Number.NaN);
        continue;
      }
      this.write(bench);
      bench.kernels.cuboidPicture(bench.job, scene.count);
      readPicture(bench, spec.side, picture);
    }
    return pictures;
  }

  async squaredError(lanes: CuboidLanes, images: Float32Array): Promise<Float64Array> {
    const { scene, spec } = this;
    const errors = new Float64Array(requireLanes(spec, lanes, images));
    const bench = requireHeld(this.bench, spec.name);
    const targets = new Targets(bench, spec, images);
    for (const lane of byGroup(lanes.groups)) {
      const empty = targets.show(lanes.groups[lane]!);
      errors[lane] = Number.NaN;
      if (!scene.set(lanes.boxes, lane)) continue;
      this.write(bench);
      errors[lane] = empty + bench.kernels.cuboidError(bench.job, scene.count);
    }
    return errors;
  }

  async gradient(lanes: CuboidLanes, images: Float32Array, coefficient: Float64Array) {
    const { scene, spec } = this;
    const squaredError = new Float64Array(requireLanes(spec, lanes, images, coefficient));
    const gradient = new Float64Array(lanes.boxes.length);
    const bench = requireHeld(this.bench, spec.name);
    const targets = new Targets(bench, spec, images);
    const width = spec.boxes * BOX_NUMBERS;
    for (const lane of byGroup(lanes.groups)) {
      const factor = coefficient[lane]!;
      if (factor === 0) continue;
      const to = gradient.subarray(lane * width, (lane + 1) * width);
      const empty = targets.show(lanes.groups[lane]!);
      squaredError[lane] = Number.NaN;
      if (scene.set(lanes.boxes, lane)) {
        this.write(bench);
        squaredError[lane] = empty + bench.kernels.cuboidGradient(bench.job, scene.count);
        this.readGradient(bench, 2 * factor, to);
      } else to.fill(Number.NaN);
    }
    return { squaredError, gradient };
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.bench = null;
  }

  /** Bytes of the instance's memory; the same however many lanes a call has. */
  get memoryBytes(): number {
    return requireHeld(this.bench, this.spec.name).kernels.memory.buffer.byteLength;
  }

  /** Writes the scene's boxes for the kernel: distances in units of sigma / ln 2. */
  private write({ boxes }: Bench): void {
    const { colors, count, fades, lines, shades } = this.scene;
    for (let box = 0; box < count; box++) {
      const to = box * BOX_FLOATS;
      for (let line = 0; line < LINES; line++) {
        const from = (box * LINES + line) * 3;
        const isEdge = line < EDGES;
        const at = isEdge ? to + line : to + AT.face + line - EDGES;
        const stride = isEdge ? 8 : 4;
        for (let k = 0; k < 3; k++) boxes[at + k * stride] = lines[from + k]! * Math.LOG2E;
      }
      let isFading = 0;
      for (let a = 0; a < 3; a++) {
        const fade = fades[3 * box + a]!;
        if (fade > 0 && fade < 1) isFading = 1;
        boxes[to + AT.fade + a] = fade;
        boxes[to + AT.shade + a] = fade * shades[3 * box + a]!;
        boxes[to + AT.color + a] = colors[3 * box + a]!;
      }
      boxes[to + AT.isFading] = isFading;
    }
  }

  private readGradient(bench: Bench, factor: number, gradient: Float64Array): void {
    const { scene, sums } = this;
    for (let box = 0; box < scene.count; box++) {
      for (let k = 0; k < BOX_SUMS; k++) {
        const at = (box * BOX_SUMS + k) * WIDE;
        sums[k] = bench.sums[at]! + bench.sums[at + 1]! + bench.sums[at + 2]! + bench.sums[at + 3]!;
      }
      // The kernel's sums by fade are times the fade.
      for (let a = 0; a < 3; a++) sums[FADE_SUMS + a] = sums[FADE_SUMS + a]! / (scene.fades[3 * box + a]! || 1);
      scene.addGradient(box, sums, 0, factor, gradient, scene.places[box]! * BOX_NUMBERS);
    }
  }
}

/** Lanes ordered by the picture that they are compared with. */
function byGroup(groups: Int32Array): Int32Array {
  return Int32Array.from(groups.keys()).sort((a, b) => groups[a]! - groups[b]! || a - b);
}
