// Builds a sequence network on a backend. The initial numbers come from the rng alone: the same on every backend.

import type { BackendName } from "../backend";
import type { Rng } from "../rng/rng";
import type { SequenceNetwork, SequenceSpec } from "./sequence";
import { initialSequence, planSequence } from "./sequencePlan";

/**
 * A network whose first weights are drawn from `rng.fork(blockName)` (rng does not move).
 *
 * @param blockName name of its parameter block; "theta..." puts it in group theta, anything else in phi
 * @throws LabError("shape") for sizes that do not fit, LabError("backend") where the backend is missing.
 */
export async function createSequence(
  spec: SequenceSpec,
  backend: BackendName,
  rng: Rng,
  blockName: string,
): Promise<SequenceNetwork> {
  const plan = planSequence(spec);
  const initial = initialSequence(spec, plan, rng.fork(blockName));
  const group = blockName.startsWith("theta") ? ("theta" as const) : ("phi" as const);
  const block = { name: blockName, group, initial };
  // Loaded when used: the wasm path never loads tfjs, and the page never loads kernels.
  if (backend === "webgpu") {
    const { createWebgpuSequence } = await import("../kernels/sequence/webgpu");
    return createWebgpuSequence(spec, plan, block);
  }
  if (backend === "wasm") {
    const { createWasmSequence } = await import("../kernels/sequence/wasm");
    return createWasmSequence(spec, plan, block);
  }
  const { createCpuSequence } = await import("../kernels/sequence/cpu");
  return createCpuSequence(spec, plan, block);
}
