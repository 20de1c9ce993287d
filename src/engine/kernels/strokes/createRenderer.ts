// Builds a stroke renderer on a backend. The first numbers come from the rng alone: the same on every backend.

import type { BackendName } from "../../backend";
import { PlainBlock } from "../../optim/plainBlock";
import type { Rng } from "../../rng/rng";
import { initialRaw } from "./bank";
import { requireSpec } from "./calls";
import type { RenderCore } from "./core";
import type { StrokeRendererSpec } from "./renderer";
import { BlockRenderer } from "./strokeRenderer";

/**
 * A renderer whose first parameters are drawn from `rng.fork(blockName)` (rng does not move).
 *
 * @param blockName name of its parameter block; "theta..." puts it in group theta, anything else in phi
 * @throws LabError("shape") for sizes that do not fit, LabError("backend") where the backend is missing.
 */
export async function createRenderer(
  spec: StrokeRendererSpec,
  backend: BackendName,
  rng: Rng,
  blockName = "theta.strokes",
): Promise<BlockRenderer> {
  requireSpec(spec);
  const group = blockName.startsWith("theta") ? "theta" : "phi";
  const block = new PlainBlock(blockName, group, initialRaw(spec, rng.fork(blockName)));
  return new BlockRenderer(spec, await createCore(spec, backend), block);
}

/** Loaded when used: the wasm path never loads tfjs, and the page never loads kernels. */
async function createCore(spec: StrokeRendererSpec, backend: BackendName): Promise<RenderCore> {
  if (backend === "webgpu") {
    const { createWebgpuCore } = await import("./webgpu");
    return createWebgpuCore(spec);
  }
  if (backend === "wasm") {
    const { createWasmCore } = await import("./wasm");
    return createWasmCore(spec);
  }
  const { CpuCore } = await import("./cpu");
  return new CpuCore(spec);
}
