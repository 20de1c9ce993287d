// The check that every parameter block makes before it takes a checkpoint's numbers.

import { LabError } from "../errors";
import type { BlockState, ParameterBlock } from "./parameterBlock";

/** @throws LabError("checkpoint") unless all three arrays have the block's size. */
export function requireState(block: Pick<ParameterBlock, "name" | "size">, state: BlockState): void {
  for (const array of [state.values, state.moment1, state.moment2]) {
    if (array.length === block.size) continue;
    throw new LabError(
      "checkpoint",
      {
        message: `${block.name} has ${array.length} numbers, expected ${block.size}`,
        help: "Open the checkpoint with the options it was made with.",
      },
      { block: block.name, given: array.length, expected: block.size },
    );
  }
}
