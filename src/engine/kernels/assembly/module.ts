// Loads the wasm kernels: the relaxed-SIMD build where this machine accepts it, else the SIMD build.
// A module is compiled once; every network gets an instance, and with it a memory, of its own.

import { LabError } from "../../errors";
import type { CuboidKernels } from "./cuboidKernels";
import type { GaussianKernels } from "./gaussianKernels";
import type { StrokeKernels } from "./strokeKernels";
import type { WinogradKernels } from "./winogradKernels";

/** Which of the two builds: "relaxed-simd" has fused multiply-add. */
export type WasmBuild = "relaxed-simd" | "simd";

/** The exports of lab.as.ts. Addresses and byte counts are plain numbers; jobs are addresses of records (jobs.ts). */
export interface Kernels extends CuboidKernels, GaussianKernels, StrokeKernels, WinogradKernels {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
  zero(start: number, bytes: number): void;
  packWeights(weights: number, depth: number, columns: number, panels: number): void;
  packTransposed(weights: number, rows: number, columns: number, panels: number, panelBytes: number): void;
  copyPatches(
    source: number,
    rows: number,
    segments: number,
    length: number,
    segmentBytes: number,
    to: number,
    rowFloats: number,
    count: number,
  ): void;
  product(job: number, count: number): void;
  productRows(job: number, from: number, count: number): void;
  weightGradient(job: number, count: number, isAdding: boolean): void;
  poolForward(job: number, first: number, count: number): void;
  poolBackward(job: number, count: number): void;
  maxPoolForward(job: number, first: number, count: number): void;
  maxPoolBackward(job: number, first: number, count: number): void;
  adam(
    values: number,
    gradient: number,
    moment1: number,
    moment2: number,
    count: number,
    rate: number,
    beta1: number,
    beta2: number,
    correction1: number,
    correction2: number,
    epsilon: number,
  ): void;
  sumSquares(values: number, count: number): number;
  lstmForward(
    gates: number,
    inputs: number,
    parentCells: number,
    cells: number,
    tanhCells: number,
    states: number,
    stateBytes: number,
    count: number,
    hidden: number,
  ): void;
  lstmBackward(
    gates: number,
    parentCells: number,
    tanhCells: number,
    stateGradients: number,
    cellGradients: number,
    parentCellGradients: number,
    count: number,
    hidden: number,
  ): void;
  addRow(rows: number, row: number, to: number, count: number, floats: number): void;
  addRows(rows: number, targets: number, count: number, floats: number): void;
  fillOffsets(to: number, count: number, stride: number, first: number): void;
  attend(
    queries: number,
    rowTexts: number,
    ranges: number,
    paths: number,
    keys: number,
    values: number,
    weights: number,
    stride: number,
    mixed: number,
    count: number,
    hidden: number,
    embedding: number,
  ): void;
  attendBackward(
    queries: number,
    rowTexts: number,
    ranges: number,
    paths: number,
    keys: number,
    values: number,
    weights: number,
    stride: number,
    mixedGradients: number,
    queryGradients: number,
    keyGradients: number,
    valueGradients: number,
    scratch: number,
    count: number,
    hidden: number,
    embedding: number,
  ): void;
  maxOverRows(rows: number, starts: number, largest: number, winners: number, count: number, floats: number): void;
  maxOverRowsBackward(
    largest: number,
    winners: number,
    gradients: number,
    starts: number,
    rowGradients: number,
    count: number,
    floats: number,
  ): void;
  scoreTokens(
    logits: number,
    count: number,
    columns: number,
    rowMasks: number,
    masks: number,
    shares: number,
    keep: number,
    useStarts: number,
    useTokens: number,
    useCoefficients: number,
    useLogProbs: number,
    scratch: number,
    isTraining: boolean,
  ): void;
  drawTokens(
    logits: number,
    count: number,
    columns: number,
    rowMasks: number,
    masks: number,
    shares: number,
    keep: number,
    laneStarts: number,
    laneWords: number,
    seed: number,
    streamA: number,
    streamB: number,
    drawn: number,
    logProbs: number,
    scratch: number,
  ): void;
  gatherInputs(
    rows: number,
    count: number,
    floats: number,
    starts: number,
    groups: number,
    table: number,
    firstRows: number,
    parts: number,
    tokens: number,
    laneBytes: number,
  ): void;
  spreadInputs: Kernels["gatherInputs"];
  scorePart(
    logits: number,
    count: number,
    columns: number,
    rowBytes: number,
    mask: number,
    tokens: number,
    laneBytes: number,
    coefficients: number,
    logProbs: number,
    scratch: number,
    isTraining: boolean,
  ): void;
  clearPart(logits: number, count: number, columns: number, rowBytes: number): void;
  drawPart(
    logits: number,
    count: number,
    columns: number,
    rowBytes: number,
    mask: number,
    tokens: number,
    laneBytes: number,
    firstWord: number,
    laneWords: number,
    seed: number,
    streamA: number,
    streamB: number,
    logProbs: number,
    scratch: number,
  ): void;
  fillRandom(to: number, blocks: number, seed: number, streamA: number, streamB: number, counterFrom: number): void;
}

/** The builds that this machine can run, best first; empty where there is no WebAssembly SIMD. */
export async function availableBuilds(): Promise<readonly WasmBuild[]> {
  if (typeof WebAssembly === "undefined") return [];
  const builds: WasmBuild[] = [];
  for (const build of ["relaxed-simd", "simd"] as const) {
    if (WebAssembly.validate(await bytesOf(build))) builds.push(build);
  }
  return builds;
}

/**
 * A fresh instance with its own memory.
 *
 * @param build the best available one when absent
 * @throws LabError("backend") where no build runs.
 */
export async function instantiateKernels(build?: WasmBuild): Promise<Kernels> {
  const chosen = build ?? (await availableBuilds())[0];
  if (chosen === undefined) {
    const help = "Use a current browser, or choose cpu as the backend.";
    throw new LabError("backend", { message: "WebAssembly with SIMD is not available here", help });
  }
  compiled[chosen] ??= bytesOf(chosen).then((bytes) => WebAssembly.compile(bytes));
  const instance = await WebAssembly.instantiate(await compiled[chosen], {});
  // The cast names the exports of lab.as.ts, which the compiler cannot see.
  return instance.exports as unknown as Kernels;
}

const compiled: Partial<Record<WasmBuild, Promise<WebAssembly.Module>>> = {};

async function bytesOf(build: WasmBuild): Promise<Uint8Array<ArrayBuffer>> {
  const text =
    build === "simd"
      ? (await import("../generated/simd")).simdWasm
      : (await import("../generated/relaxedSimd")).relaxedSimdWasm;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
