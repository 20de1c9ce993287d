// Builds a network on a backend. The initial numbers come from the rng alone, so they are the same on every backend.

import type { BackendName } from "../backend";
import { LabError } from "../errors";
import { CpuNetwork } from "../kernels/network/cpu";
import { type NetworkPlan, planNetwork } from "../kernels/network/plan";
import { PlainBlock } from "../optim/plainBlock";
import type { Rng } from "../rng/rng";
import type { Network, NetworkSpec } from "./network";

/**
 * A network with weights and biases uniform on +-1 / sqrt(fan_in), drawn from `rng.fork(blockName)` (rng does not move).
 *
 * @param capacity largest batch of one call; fewer rows cost less
 * @param blockName name of its parameter block; "theta..." puts it in group theta, anything else in phi
 * @throws LabError("shape") for a spec whose layers do not fit, LabError("backend") where the backend is missing.
 */
export async function createNetwork(
  spec: NetworkSpec,
  backend: BackendName,
  rng: Rng,
  capacity: number,
  blockName = "phi.network",
): Promise<Network> {
  const plan = planNetwork(spec);
  if (!Number.isInteger(capacity) || capacity < 1) {
    const message = `${spec.name}: invalid capacity ${capacity} (expected integer >= 1)`;
    throw new LabError("shape", { message, help: "Ask for room for at least one row." }, { capacity });
  }
  const initial = initialParameters(plan, rng.fork(blockName));
  const group = blockName.startsWith("theta") ? "theta" : "phi";
  // Loaded when used: the wasm path never loads tfjs, and the page never loads kernels.
  if (backend === "webgpu") {
    const { createWebgpuNetwork } = await import("../kernels/network/webgpu");
    return createWebgpuNetwork(spec, plan, { name: blockName, group, initial }, capacity);
  }
  if (backend === "wasm") {
    const { createWasmNetwork } = await import("../kernels/network/wasm");
    return createWasmNetwork(spec, plan, { name: blockName, group, initial }, capacity);
  }
  return new CpuNetwork(spec, plan, new PlainBlock(blockName, group, initial), capacity);
}

/** Weights and biases of every layer in block order, uniform on +-1 / sqrt(fan_in), float32. */
export function initialParameters(plan: NetworkPlan, rng: Rng): Float32Array {
  const initial = new Float32Array(plan.parameterCount);
  for (const layer of plan.layers) {
    if (layer.kind !== "conv") continue;
    const limit = 1 / Math.sqrt(layer.fanIn);
    const end = layer.biasOffset + layer.output[2];
    for (let i = layer.weightOffset; i < end; i++) initial[i] = (2 * rng.uniform() - 1) * limit;
  }
  return initial;
}
