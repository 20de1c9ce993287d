// Builds a recurrent network on a backend. The initial numbers come from the rng alone: the same on every backend.

import type { BackendName } from "../backend";
import type { Rng } from "../rng/rng";
import type { Recurrent, RecurrentSpec } from "./recurrent";
import { initialRecurrent, planRecurrent } from "./recurrentPlan";

/**
 * A recurrent network whose first weights are drawn from `rng.fork(blockName)` (rng does not move).
 *
 * @param blockName name of its parameter block; "theta..." puts it in group theta, anything else in phi
 * @throws LabError("shape") for sizes that do not fit, LabError("backend") where the backend is missing.
 */
export async function createRecurrent(
  spec: RecurrentSpec,
  backend: BackendName,
  rng: Rng,
  blockName: string,
): Promise<Recurrent> {
  const plan = planRecurrent(spec);
  const initial = initialRecurrent(spec, plan, rng.fork(blockName));
  const group = blockName.startsWith("theta") ? ("theta" as const) : ("phi" as const);
  const block = { name: blockName, group, initial };
  // Loaded when used: the wasm path never loads tfjs, and the page never loads kernels.
  if (backend === "webgpu") {
    const { createWebgpuRecurrent } = await import("../kernels/recurrent/webgpu");
    return createWebgpuRecurrent(spec, plan, block);
  }
  if (backend === "wasm") {
    const { createWasmRecurrent } = await import("../kernels/recurrent/wasm");
    return createWasmRecurrent(spec, plan, block);
  }
  const { createCpuRecurrent } = await import("../kernels/recurrent/cpu");
  return createCpuRecurrent(spec, plan, block);
}
