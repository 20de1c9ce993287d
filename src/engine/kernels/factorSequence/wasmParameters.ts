// Where the parts of a factored sequence stand in the padded block of the wasm kernels.

import type { FactorPartName, FactorPlan } from "../../nn/factorPlan";
import type { FactorSequenceSpec } from "../../nn/factorSequence";
import type { Kernels } from "../assembly/module";
import { paddedTo8 } from "../network/wasmTensor";
import { Parameters } from "../sequence/wasmParameters";

export type FactorParameters = Parameters<FactorPartName>;

/** The padded block: units and the values of each part padded to multiples of 8, the padding inert zeros. */
export function factorParameters(
  kernels: Kernels,
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  block: { readonly name: string; readonly group: "theta" | "phi" },
): FactorParameters {
  const { hidden, context, factors } = spec;
  const gates = Array.from({ length: 4 }, () => hidden);
  const list = plan.list.map((part) => {
    const isInner = part.name === "recurrent" || part.name === "output" || part.name === "context";
    const widths = part.name === "output" || part.name === "outputBias" ? factors : gates;
    return { ...part, widths, storedRows: isInner ? paddedTo8(part.rows) : part.rows };
  });
  const numColumns = factors.reduce((sum, values) => sum + paddedTo8(values), 0);
  return new Parameters(kernels, list, Math.max(4 * paddedTo8(hidden), paddedTo8(context), numColumns), block);
}
