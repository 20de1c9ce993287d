// The sequence network on the wasm backend. (Contract; the implementation follows.)

import { LabError } from "../../errors";
import type { SequenceNetwork, SequenceSpec } from "../../nn/sequence";
import type { SequencePlan } from "../../nn/sequencePlan";

/** @param block name, group and first weights [parameterCount] of the network's parameter block */
export async function createWasmSequence(
  spec: SequenceSpec,
  _plan: SequencePlan,
  _block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array },
): Promise<SequenceNetwork> {
  const help = "Choose another backend.";
  throw new LabError("backend", { message: `${spec.name}: no sequence network on wasm yet`, help });
}
