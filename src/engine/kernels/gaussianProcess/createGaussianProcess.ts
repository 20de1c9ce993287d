// Builds a Gaussian process on a backend.

import type { BackendName } from "../../backend";
import { requireSpec } from "./calls";
import type { GaussianProcess, GaussianProcessSpec } from "./gaussianProcess";

/** Loaded when used: the wasm path never loads tfjs, and the page never loads kernels. */
const BUILDERS: Readonly<Record<BackendName, (spec: GaussianProcessSpec) => Promise<GaussianProcess>>> = {
  cpu: async (spec) => new (await import("./cpu")).CpuGaussianProcess(spec),
  wasm: async (spec) => (await import("./wasm")).createWasmGaussianProcess(spec),
  webgpu: async (spec) => (await import("./webgpu")).createWebgpuGaussianProcess(spec),
};

/**
 * A Gaussian process on a backend, which holds nothing but scratch space.
 *
 * @throws LabError("shape") for sizes that do not fit, LabError("backend") where the backend is missing.
 */
export async function createGaussianProcess(spec: GaussianProcessSpec, backend: BackendName): Promise<GaussianProcess> {
  requireSpec(spec);
  return BUILDERS[backend](spec);
}
