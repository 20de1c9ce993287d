// Builds a cuboid renderer on a backend.

import type { BackendName } from "../../backend";
import { requireSpec } from "./calls";
import type { CuboidRenderer, CuboidRendererSpec } from "./cuboidRenderer";

/** Loaded when used: the wasm path never loads tfjs, and the page never loads kernels. */
const BUILDERS: Readonly<Record<BackendName, (spec: CuboidRendererSpec) => Promise<CuboidRenderer>>> = {
  cpu: async (spec) => new (await import("./cpu")).CpuCuboids(spec),
  wasm: async (spec) => (await import("./wasm")).createWasmCuboids(spec),
  webgpu: async (spec) => (await import("./webgpu")).createWebgpuCuboids(spec),
};

/**
 * A renderer on a backend, which holds nothing but scratch space.
 *
 * @throws LabError("shape") for a spec that no renderer can have, LabError("backend") where the backend is missing.
 */
export async function createCuboidRenderer(spec: CuboidRendererSpec, backend: BackendName): Promise<CuboidRenderer> {
  requireSpec(spec);
  return BUILDERS[backend](spec);
}
