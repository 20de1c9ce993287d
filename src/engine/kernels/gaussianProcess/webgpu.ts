// Gaussian processes on WebGPU: one workgroup a lane. Lanes run in passes of bounded size; a pass uploads a few hundred
// bytes a lane and reads back 2 floats, or 17 with gradients. Predictions are float64 on the processor.

import { LabError } from "../../errors";
import { requireHeld } from "../network/calls";
import { openWebgpu, type WebgpuSession } from "../tfjsWebgpu";
import { laneOf, predictLanes, requireLanes } from "./calls";
import { ATOM_PARAMETERS } from "./covariance";
import {
  type GaussianProcess,
  type GaussianProcessSpec,
  type KernelLanes,
  OP,
  type SeriesRows,
} from "./gaussianProcess";
import { ATOM_NUMBERS, ATOM_SUMS, finishGradient, LOG_TWO_PI, writeLane } from "./lanes";
import { ATOM_FLOATS, gradientProgram, LANE_HEAD, likelihoodProgram } from "./webgpuPrograms";

/** Every device has 16 KiB of memory for a workgroup: 9 KiB at 128 points, 12 with gradients. */
const MOST_POINTS = 160;
/** Most lanes of a pass. */
const MOST_LANES = 8192;
/** Keeps 12 bits of a float's significand: its product with a lag below 4096 is exact. */
const HIGH_BITS = 0xfffff000;

/** Gaussian processes on this worker's graphics device. @throws LabError("backend") if there is no adapter */
export async function createWebgpuGaussianProcess(
  spec: GaussianProcessSpec,
  mostLanes = MOST_LANES,
): Promise<WebgpuGaussianProcess> {
  if (spec.points > MOST_POINTS) {
    const message = `invalid points: ${spec.points} (webgpu takes ${MOST_POINTS} at most)`;
    throw new LabError("shape", { message, help: "Choose wasm as the backend, or fewer points." });
  }
  return new WebgpuGaussianProcess(await openWebgpu(), spec, mostLanes);
}

export class WebgpuGaussianProcess implements GaussianProcess {
  readonly spec: GaussianProcessSpec;
  private session: WebgpuSession | null;
  private readonly mostLanes: number;

  constructor(session: WebgpuSession, spec: GaussianProcessSpec, mostLanes: number) {
    this.session = session;
    this.spec = spec;
    this.mostLanes = mostLanes;
  }

  async logLikelihood(series: SeriesRows, lanes: KernelLanes): Promise<Float64Array> {
    const values = new Float64Array(requireLanes(this.spec, series, lanes));
    await this.run(series, lanes, LANE_HEAD, (n, results, isSound) => {
      values[n] = this.valueOf(results, isSound);
    });
    return values;
  }

  async gradient(series: SeriesRows, lanes: KernelLanes) {
    const { spec } = this;
    const width = spec.mostAtoms * ATOM_PARAMETERS;
    const logLikelihood = new Float64Array(requireLanes(spec, series, lanes));
    const gradient = new Float64Array(logLikelihood.length * width);
    const sums = new Float32Array(spec.mostAtoms * ATOM_SUMS);
    await this.run(series, lanes, LANE_HEAD + 3 * spec.mostAtoms, (n, results, isSound) => {
      logLikelihood[n] = this.valueOf(results, isSound);
      if (logLikelihood[n] === Number.NEGATIVE_INFINITY) return;
      for (let atom = 0; atom < spec.mostAtoms; atom++) {
        const from = LANE_HEAD + 3 * atom;
        sums.set(results.subarray(from, from + 3), ATOM_SUMS * atom);
      }
      const { ops, parameters } = laneOf(spec, lanes, n);
      const to = gradient.subarray(n * width, (n + 1) * width);
      finishGradient(spec, ops, parameters, sums, to);
      if (to.every(Number.isFinite)) return;
      to.fill(0);
      logLikelihood[n] = Number.NEGATIVE_INFINITY;
    });
    return { logLikelihood, gradient };
  }

  async predict(series: SeriesRows, lanes: KernelLanes, ahead: number) {
    return predictLanes(this.spec, series, lanes, ahead);
  }

  /** Nothing stays on the device between calls. */
  dispose(): void {
    this.session = null;
  }

  /** Hands each lane's results to `take`. */
  private async run(
    series: SeriesRows,
    lanes: KernelLanes,
    width: number,
    take: (n: number, results: Float32Array, isSound: boolean) => void,
  ): Promise<void> {
    const session = requireHeld(this.session, "Gaussian process");
    const total = lanes.rows.length;
    if (total === 0) return;
    const program = width === LANE_HEAD ? likelihoodProgram(this.spec) : gradientProgram(this.spec);
    const rows = session.upload(Float32Array.from(series));
    try {
      for (let from = 0; from < total; from += this.mostLanes) {
        const count = Math.min(this.mostLanes, total - from);
        const packed = packLanes(this.spec, lanes, from, count);
        const ints = session.upload(packed.ints);
        const atoms = session.upload(packed.atoms);
        const out = session.allocate(count * width);
        try {
          session.run(program, [ints, atoms, rows], [], count, out);
          const results = await session.read(out);
          for (let i = 0; i < count; i++) {
            take(from + i, results.subarray(i * width, (i + 1) * width), packed.isSound[i] === 1);
          }
        } finally {
          for (const array of [ints, atoms, out]) session.free(array);
        }
      }
    } finally {
      session.free(rows);
    }
  }

  private valueOf([value, sound]: Float32Array, isSound: boolean): number {
    const { points } = this.spec;
    if (!isSound || sound !== points || !Number.isFinite(value)) return Number.NEGATIVE_INFINITY;
    return value! - 0.5 * points * LOG_TWO_PI;
  }
}

/** Lanes as the programs read them. A lane that cannot be computed is not sound, and is white noise there. */
function packLanes(spec: GaussianProcessSpec, lanes: KernelLanes, from: number, count: number) {
  const { mostOps, mostAtoms } = spec;
  const ints = new Int32Array(count * (mostOps + 1));
  const atoms = new Float32Array(count * mostAtoms * ATOM_FLOATS);
  const isSound = new Uint8Array(count);
  const ops = new Uint8Array(mostOps);
  const numbers = new Float64Array(mostAtoms * ATOM_NUMBERS);
  for (let i = 0; i < count; i++) {
    const lane = laneOf(spec, lanes, from + i);
    writeLane(spec, lane.ops, lane.parameters, ops, numbers.fill(0));
    if (numbers.every((value) => Number.isFinite(Math.fround(value)))) isSound[i] = 1;
    else ops.fill(OP.end).fill(OP.whiteNoise, 0, 1);
    ints.set(ops, i * (mostOps + 1));
    ints[i * (mostOps + 1) + mostOps] = lanes.rows[from + i]!;
    for (const [at, value] of isSound[i] === 1 ? numbers.entries() : []) {
      const to = 2 * (i * mostAtoms * ATOM_NUMBERS + at);
      atoms[to] = at % ATOM_NUMBERS === 2 ? shortFloat(value) : value;
      atoms[to + 1] = value - atoms[to]!;
    }
  }
  return { ints, atoms, isSound };
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** A float with zeros in the lower half of its significand. */
function shortFloat(value: number): number {
  float[0] = value;
  word[0]! &= HIGH_BITS;
  return float[0]!;
}
