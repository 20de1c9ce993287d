// Gaussian processes on the wasm kernels, float64: two lanes side by side in the vector, so that a lane that fails stays
// alone and every step of Schur's algorithm is whole vectors. Memory does not grow with the number of lanes.

import { allocate, writeWords } from "../assembly/jobs";
import { instantiateKernels, type Kernels, type WasmBuild } from "../assembly/module";
import { requireHeld } from "../network/calls";
import { laneOf, predictLanes, requireLanes } from "./calls";
import { ATOM_PARAMETERS } from "./covariance";
import type { GaussianProcess, GaussianProcessSpec, KernelLanes, SeriesRows } from "./gaussianProcess";
import { ATOM_NUMBERS, ATOM_SUMS, finishGradient, sumLogLikelihood, writeLane } from "./lanes";

/** Lanes that are worked on together: the numbers of a vector. */
const LANES = 2;

/** Gaussian processes in a wasm instance of their own. @param build which build; the best of this machine when absent */
export async function createWasmGaussianProcess(
  spec: GaussianProcessSpec,
  build?: WasmBuild,
): Promise<WasmGaussianProcess> {
  return new WasmGaussianProcess(spec, await instantiateKernels(build));
}

export class WasmGaussianProcess implements GaussianProcess {
  readonly spec: GaussianProcessSpec;
  private bench: Bench | null;

  constructor(spec: GaussianProcessSpec, kernels: Kernels) {
    this.spec = spec;
    this.bench = layOut(spec, kernels);
  }

  async logLikelihood(series: SeriesRows, lanes: KernelLanes): Promise<Float64Array> {
    const values = new Float64Array(requireLanes(this.spec, series, lanes));
    const bench = requireHeld(this.bench, "Gaussian process");
    for (let from = 0; from < values.length; from += LANES) {
      this.write(bench, series, lanes, from);
      bench.kernels.gaussianLikelihood(bench.job);
      this.readValues(bench, values, from);
    }
    return values;
  }

  async gradient(series: SeriesRows, lanes: KernelLanes) {
    const { spec } = this;
    const width = spec.mostAtoms * ATOM_PARAMETERS;
    const logLikelihood = new Float64Array(requireLanes(spec, series, lanes));
    const gradient = new Float64Array(logLikelihood.length * width);
    const bench = requireHeld(this.bench, "Gaussian process");
    for (let from = 0; from < logLikelihood.length; from += LANES) {
      this.write(bench, series, lanes, from);
      bench.kernels.gaussianGradient(bench.job);
      this.readValues(bench, logLikelihood, from);
      for (let n = from; n < Math.min(from + LANES, logLikelihood.length); n++) {
        if (logLikelihood[n] === Number.NEGATIVE_INFINITY) continue;
        const { ops, parameters } = laneOf(spec, lanes, n);
        const to = gradient.subarray(n * width, (n + 1) * width);
        finishGradient(spec, ops, parameters, bench.lanes[n - from]!.sums, to);
        if (to.every(Number.isFinite)) continue;
        to.fill(0);
        logLikelihood[n] = Number.NEGATIVE_INFINITY;
      }
    }
    return { logLikelihood, gradient };
  }

  async predict(series: SeriesRows, lanes: KernelLanes, ahead: number) {
    return predictLanes(this.spec, series, lanes, ahead);
  }

  /** The memory goes with the instance, which nothing holds any more. */
  dispose(): void {
    this.bench = null;
  }

  /** Bytes of the instance's memory; the same however many lanes a call has. */
  get memoryBytes(): number {
    return requireHeld(this.bench, "Gaussian process").kernels.memory.buffer.byteLength;
  }

  /** Two lanes from `from` on; the last one twice where it is alone. */
  private write(bench: Bench, series: SeriesRows, lanes: KernelLanes, from: number): void {
    const { points } = this.spec;
    for (let lane = 0; lane < LANES; lane++) {
      const n = Math.min(from + lane, lanes.rows.length - 1);
      const { ops, parameters } = laneOf(this.spec, lanes, n);
      const place = bench.lanes[lane]!;
      writeLane(this.spec, ops, parameters, place.ops, place.atoms);
      const row = lanes.rows[n]!;
      place.series.set(series.subarray(row * points, (row + 1) * points));
    }
  }

  private readValues(bench: Bench, values: Float64Array, from: number): void {
    const count = Math.min(LANES, values.length - from);
    for (let lane = 0; lane < count; lane++) {
      values[from + lane] = sumLogLikelihood(bench.pivots, bench.squares, lane, LANES, this.spec.points);
    }
  }
}

/** Views of what the kernels read and write. */
type Bench = {
  readonly kernels: Kernels;
  readonly job: number;
  readonly pivots: Float64Array;
  readonly squares: Float64Array;
  readonly lanes: readonly {
    readonly ops: Uint8Array;
    readonly atoms: Float64Array;
    readonly series: Float64Array;
    readonly sums: Float64Array;
  }[];
};

function layOut(spec: GaussianProcessSpec, kernels: Kernels): Bench {
  const { points, mostOps, mostAtoms, noise, jitter } = spec;
  const padded = 2 * Math.ceil(points / 2);
  const doubles = (count: number) => allocate(kernels, 2 * count);
  const side = () => doubles(LANES * padded);
  const at = {
    ops: doubles(Math.ceil((LANES * mostOps) / 8)),
    atoms: doubles(LANES * mostAtoms * ATOM_NUMBERS),
    series: side(),
    values: doubles(LANES * mostOps * padded),
    shapes: doubles(LANES * mostOps * padded),
    u: side(),
    v: side(),
    rest: side(),
    pivots: side(),
    squares: side(),
    predictor: side(),
    weights: side(),
    byLag: side(),
    adjoints: doubles(mostOps * padded),
    sums: doubles(LANES * mostAtoms * ATOM_SUMS),
  };
  const numbers = new Uint32Array(Float64Array.of(noise, jitter).buffer);
  const job = writeWords(kernels, [points, padded, mostOps, mostAtoms, ...numbers, ...Object.values(at)]);
  // Views are made last: memory moves when it grows, and nothing is allocated after this.
  const { buffer } = kernels.memory;
  const view = (address: number, row: number, count: number) =>
    new Float64Array(buffer, address + 8 * row * count, count);
  return {
    kernels,
    job,
    pivots: view(at.pivots, 0, LANES * padded),
    squares: view(at.squares, 0, LANES * padded),
    lanes: Array.from({ length: LANES }, (_, lane) => ({
      ops: new Uint8Array(buffer, at.ops + lane * mostOps, mostOps),
      atoms: view(at.atoms, lane, mostAtoms * ATOM_NUMBERS),
      series: view(at.series, lane, padded),
      sums: view(at.sums, lane, mostAtoms * ATOM_SUMS),
    })),
  };
}
