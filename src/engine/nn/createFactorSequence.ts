// Builds a factored sequence on a backend. The initial numbers come from the rng alone: the same on every backend.

import type { BackendName } from "../backend";
import type { Rng } from "../rng/rng";
import { initialFactorSequence, planFactorSequence } from "./factorPlan";
import type { FactorSequence, FactorSequenceSpec } from "./factorSequence";

/**
 * A factored sequence whose first weights are drawn from `rng.fork(blockName)` (rng does not move).
 *
 * @param blockName name of its parameter block; "theta..." puts it in group theta, anything else in phi
 * @throws LabError("shape") for sizes that do not fit, LabError("backend") where the backend is missing.
 */
export async function createFactorSequence(
  spec: FactorSequenceSpec,
  backend: BackendName,
  rng: Rng,
  blockName: string,
): Promise<FactorSequence> {
  const plan = planFactorSequence(spec);
  const initial = initialFactorSequence(spec, plan, rng.fork(blockName));
  const group = blockName.startsWith("theta") ? ("theta" as const) : ("phi" as const);
  const block = { name: blockName, group, initial };
  // Loaded when used: the wasm path never loads tfjs, and the page never loads kernels.
  if (backend === "webgpu") {
    const { createWebgpuFactorSequence } = await import("../kernels/factorSequence/webgpu");
    return createWebgpuFactorSequence(spec, plan, block);
  }
  if (backend === "wasm") {
    const { createWasmFactorSequence } = await import("../kernels/factorSequence/wasm");
    return createWasmFactorSequence(spec, plan, block);
  }
  const { createCpuFactorSequence } = await import("../kernels/factorSequence/cpu");
  return createCpuFactorSequence(spec, plan, block);
}
