// The cuboid renderer on WebGPU: one workgroup a tile of a picture. Lanes run in passes of bounded size; a call uploads its
// boxes and the pictures that it needs, and reads back once: a number a lane, or 9 n + 1 with gradients.

import { LabError } from "../../errors";
import { requireHeld } from "../network/calls";
import { integer } from "../sequence/webgpuMatrix";
import { type GpuArray, openWebgpu, readOnce, type WebgpuSession } from "../tfjsWebgpu";
import { requireBoxes, requireLanes } from "./calls";
import { BOX_NUMBERS, type CuboidLanes, type CuboidRenderer, type CuboidRendererSpec } from "./cuboidRenderer";
import { laneNumbers, pictureProgram, TILE } from "./webgpuDrawing";
import { errorProgram, gradientNumbers, gradientProgram, MOST_BOXES, tileSumProgram } from "./webgpuError";

/** Numbers of the largest array of a pass, 16 MiB: 85 pictures of 128 pixels, or their gradients in 600 lanes. */
const MOST_NUMBERS = 4 * 2 ** 20;

/** A renderer on this worker's graphics device. @throws LabError("backend") if there is no adapter, "shape" for too many boxes */
export async function createWebgpuCuboids(
  spec: CuboidRendererSpec,
  mostNumbers = MOST_NUMBERS,
): Promise<WebgpuCuboids> {
  if (spec.boxes > MOST_BOXES) {
    const message = `${spec.name}: invalid boxes: ${spec.boxes} (webgpu takes ${MOST_BOXES} at most)`;
    throw new LabError("shape", { message, help: "Choose wasm as the backend, or fewer boxes." });
  }
  return new WebgpuCuboids(await openWebgpu(), spec, mostNumbers);
}

/** Lanes that run together; `rows` are those of the pictures that they are compared with. */
type Pass = { readonly lanes: readonly number[]; readonly rows: readonly number[] };

export class WebgpuCuboids implements CuboidRenderer {
  readonly spec: CuboidRendererSpec;
  private readonly session: WebgpuSession;
  private readonly mostNumbers: number;
  /** Tiles of a side. */
  private readonly tiles: number;
  private view: GpuArray | null;

  constructor(session: WebgpuSession, spec: CuboidRendererSpec, mostNumbers: number) {
    this.session = session;
    this.spec = spec;
    this.mostNumbers = mostNumbers;
    this.tiles = Math.ceil(spec.side / TILE);
    this.view = session.upload(viewOf(spec));
  }

  async render(boxes: Float64Array): Promise<Float32Array> {
    const { session, spec } = this;
    const total = requireBoxes(spec, boxes);
    const size = 3 * spec.side * spec.side;
    const pictures = new Float32Array(total * size);
    const most = Math.max(1, Math.floor(this.mostNumbers / size));
    for (let from = 0; from < total; from += most) {
      const lanes = range(from, Math.min(from + most, total));
      const packed = session.upload(this.pack(boxes, lanes));
      const out = session.allocate(lanes.length * size);
      session.run(pictureProgram(spec.boxes), [this.held, packed], this.numbers, this.groups(lanes.length), out);
      session.free(packed);
      pictures.set(await readOnce(session, out), from * size);
    }
    for (const lane of range(0, total)) {
      if (!this.isSound(boxes, lane)) pictures.fill(Number.NaN, lane * size, (lane + 1) * size);
    }
    return pictures;
  }

  async squaredError(lanes: CuboidLanes, images: Float32Array): Promise<Float64Array> {
    const total = requireLanes(this.spec, lanes, images);
    const values = new Float64Array(total).fill(Number.NaN);
    const sound = range(0, total).filter((lane) => this.isSound(lanes.boxes, lane));
    await this.compare(lanes, images, sound, null, (lane, numbers) => {
      values[lane] = numbers[0]!;
    });
    return values;
  }

  async gradient(lanes: CuboidLanes, images: Float32Array, coefficient: Float64Array) {
    const { boxes: most } = this.spec;
    const total = requireLanes(this.spec, lanes, images, coefficient);
    const width = most * BOX_NUMBERS;
    const squaredError = new Float64Array(total);
    const gradient = new Float64Array(total * width);
    const used = range(0, total).filter((lane) => coefficient[lane] !== 0);
    const sound = used.filter((lane) => this.isSound(lanes.boxes, lane));
    for (const lane of used) {
      squaredError[lane] = Number.NaN;
      gradient.fill(Number.NaN, lane * width, (lane + 1) * width);
    }
    await this.compare(lanes, images, sound, coefficient, (lane, numbers) => {
      squaredError[lane] = numbers[0]!;
      for (let i = 0; i < width; i += BOX_NUMBERS) {
        writeBox(numbers.subarray(1 + i), gradient.subarray(lane * width + i));
      }
    });
    return { squaredError, gradient };
  }

  /** Only the view stays on the device between calls. */
  dispose(): void {
    if (this.view) this.session.free(this.view);
    this.view = null;
  }

  private get held(): GpuArray {
    return requireHeld(this.view, this.spec.name);
  }

  private get numbers() {
    return [integer(this.spec.side), integer(this.tiles)];
  }

  private groups(lanes: number): number {
    return lanes * this.tiles * this.tiles;
  }

  /** Whether all numbers of a lane are finite as floats; nothing can be drawn of others. */
  private isSound(boxes: Float64Array, lane: number): boolean {
    const width = this.spec.boxes * BOX_NUMBERS;
    return boxes.subarray(lane * width, (lane + 1) * width).every((value) => Number.isFinite(Math.fround(value)));
  }

  /** Hands the results of each lane of `used` to `take`: its squared error, with coefficients also its gradient. */
  private async compare(
    lanes: CuboidLanes,
    images: Float32Array,
    used: readonly number[],
    coefficient: Float64Array | null,
    take: (lane: number, numbers: Float32Array) => void,
  ): Promise<void> {
    if (used.length === 0) return;
    const { session, spec } = this;
    const width = coefficient ? gradientNumbers(spec.boxes) : 1;
    const out = session.allocate(used.length * width);
    let done = 0;
    for (const pass of this.passes(lanes.groups, used, width)) {
      this.comparePass(pass, lanes, images, coefficient, { array: out, first: done * width });
      done += pass.lanes.length;
    }
    const read = await readOnce(session, out);
    for (const [i, lane] of used.entries()) take(lane, read.subarray(i * width, (i + 1) * width));
  }

  /** Lanes in order, cut where their tiles' results or their pictures would fill an array. */
  private passes(groups: Int32Array, used: readonly number[], width: number): readonly Pass[] {
    const size = 3 * this.spec.side * this.spec.side;
    const mostLanes = Math.max(1, Math.floor(this.mostNumbers / (this.groups(1) * width)));
    const mostRows = Math.max(1, Math.floor(this.mostNumbers / size));
    const passes: Pass[] = [];
    let lanes: number[] = [];
    let rows = new Set<number>();
    for (const lane of used) {
      const row = groups[lane]!;
      if (lanes.length === mostLanes || (rows.size === mostRows && !rows.has(row))) {
        passes.push({ lanes, rows: [...rows] });
        lanes = [];
        rows = new Set();
      }
      lanes.push(lane);
      rows.add(row);
    }
    passes.push({ lanes, rows: [...rows] });
    return passes;
  }

  private comparePass(
    pass: Pass,
    { boxes, groups }: CuboidLanes,
    images: Float32Array,
    coefficient: Float64Array | null,
    target: { readonly array: GpuArray; readonly first: number },
  ): void {
    const { session, spec } = this;
    const width = coefficient ? gradientNumbers(spec.boxes) : 1;
    const program = coefficient ? gradientProgram(spec.boxes) : errorProgram(spec.boxes);
    const observed = session.upload(picturesOf(images, pass.rows, 3 * spec.side * spec.side));
    const packed = session.upload(this.pack(boxes, pass.lanes, { pass, groups, coefficient }));
    const count = pass.lanes.length;
    const parts = session.allocate(this.groups(count) * width);
    session.run(program, [this.held, packed, observed], this.numbers, this.groups(count), parts);
    const numbers = [this.groups(1), width, target.first].map(integer);
    session.run(tileSumProgram(), [parts], numbers, count * width, target.array);
    for (const array of [observed, packed, parts]) session.free(array);
  }

  /** Rows of the programs' `lanes`: bounds of every box from the eye, colours, coefficient, place of the picture. */
  private pack(
    boxes: Float64Array,
    lanes: readonly number[],
    compared?: { readonly pass: Pass; readonly groups: Int32Array; readonly coefficient: Float64Array | null },
  ): Float32Array {
    const { boxes: most, camera } = this.spec;
    const numbers = laneNumbers(most);
    const packed = new Float32Array(lanes.length * numbers);
    const places = new Map(compared?.pass.rows.map((row, place) => [row, place]));
    for (const [i, lane] of lanes.entries()) {
      for (let box = 0; box < most; box++) {
        const from = (lane * most + box) * BOX_NUMBERS;
        packBox(boxes.subarray(from), camera.eye, packed.subarray(i * numbers + box * BOX_NUMBERS));
      }
      if (compared === undefined) continue;
      packed[(i + 1) * numbers - 2] = compared.coefficient?.[lane] ?? 0;
      packed[(i + 1) * numbers - 1] = places.get(compared.groups[lane]!)!;
    }
    return packed;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function viewOf({ camera, softness, side, background, shades }: CuboidRendererSpec): Float32Array {
  const { forward, right, up, tau } = camera;
  const basis = [...forward, ...right.map((value) => tau * value), ...up.map((value) => tau * value)];
  return Float32Array.from([...basis, (2 * softness) / side, background, ...shades]);
}

function picturesOf(images: Float32Array, rows: readonly number[], size: number): Float32Array {
  const pictures = new Float32Array(rows.length * size);
  for (const [place, row] of rows.entries()) pictures.set(images.subarray(row * size, (row + 1) * size), place * size);
  return pictures;
}

/** Bounds from the eye are differences of nearly equal numbers: they are taken in float64. */
function packBox(box: Float64Array, eye: readonly number[], to: Float32Array): void {
  if (!(box[3]! > 0)) {
    to[0] = 1;
    return;
  }
  for (let a = 0; a < 3; a++) {
    to[a] = box[a]! - box[3 + a]! / 2 - eye[a]!;
    to[3 + a] = box[a]! + box[3 + a]! / 2 - eye[a]!;
    to[6 + a] = box[6 + a]!;
  }
}

/** From bounds to centre and size. */
function writeBox(byBounds: Float32Array, to: Float64Array): void {
  for (let a = 0; a < 3; a++) {
    to[a] = byBounds[a]! + byBounds[3 + a]!;
    to[3 + a] = (byBounds[3 + a]! - byBounds[a]!) / 2;
    to[6 + a] = byBounds[6 + a]!;
  }
}
