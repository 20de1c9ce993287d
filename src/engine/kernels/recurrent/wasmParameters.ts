// Where the parts of a recurrent network stand in the padded block of the wasm kernels.

import type { RecurrentSpec } from "../../nn/recurrent";
import type { RecurrentPartName, RecurrentPlan } from "../../nn/recurrentPlan";
import type { Kernels } from "../assembly/module";
import { paddedTo8 } from "../network/wasmTensor";
import { Parameters } from "../sequence/wasmParameters";

export type RecurrentParameters = Parameters<RecurrentPartName>;

/**
 * The padded block: units, inputs and outputs padded to multiples of 8, the padding inert zeros. The input's rows follow the
 * recurrent ones, so that one product takes both.
 */
export function recurrentParameters(
  kernels: Kernels,
  { inputs, context, hidden, outputs }: RecurrentSpec,
  plan: RecurrentPlan,
  block: { readonly name: string; readonly group: "theta" | "phi" },
): RecurrentParameters {
  const gates = Array.from({ length: 4 }, () => hidden);
  const { recurrent, input, ...others } = plan.parts;
  const list = [recurrent!, input!, ...Object.values(others)].map((part) => {
    const isRow = part.name === "bias" || part.name === "outputBias";
    const isOutput = part.name === "output" || part.name === "outputBias";
    return {
      ...part,
      widths: isOutput ? [outputs] : gates,
      storedRows: isRow ? 1 : paddedTo8(part.rows),
    };
  });
  const [units, width] = [paddedTo8(hidden), paddedTo8(inputs)];
  const widest = Math.max(4 * units, units + width, paddedTo8(context), paddedTo8(outputs));
  return new Parameters(kernels, list, widest, block);
}
