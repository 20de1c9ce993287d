// Checks of the arguments of Network.forward and Network.backward, the same sentence on every backend.

import { LabError } from "../../errors";
import type { Network } from "../../nn/network";

type Sizes = Pick<Network, "spec" | "inputSize" | "outputSize" | "capacity">;

/** @throws LabError("shape") unless 1 <= batchSize <= capacity and `input` holds at least that many rows. */
export function requireBatch(network: Sizes, input: ArrayLike<number>, batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > network.capacity) {
    throw new LabError(
      "shape",
      {
        message: `${network.spec.name}: invalid batch size ${batchSize} (expected 1 to ${network.capacity})`,
        help: "Use fewer rows in one call.",
      },
      { batchSize, capacity: network.capacity },
    );
  }
  requireLength(network, "input", input.length, batchSize * network.inputSize, true);
}

/** @throws LabError("shape") unless a forward pass came first and `gradient` matches its output. */
export function requireForward(network: Sizes, gradient: ArrayLike<number>, batchSize: number): void {
  if (batchSize === 0) {
    const message = `${network.spec.name}: backward without a forward pass`;
    throw new LabError("shape", { message, help: "Call forward first." });
  }
  requireLength(network, "output gradient", gradient.length, batchSize * network.outputSize, false);
}

/** What a disposed network no longer has. @throws LabError("unexpected") after dispose. */
export function requireHeld<Held>(held: Held | null, name: string): Held {
  if (held !== null) return held;
  throw new LabError("unexpected", { message: `${name} was used after dispose`, help: "Reload the page." });
}

function requireLength(network: Sizes, what: string, given: number, expected: number, orMore: boolean): void {
  if (given === expected || (orMore && given > expected)) return;
  const message = `${network.spec.name}: ${what} has ${given} numbers, expected ${expected}`;
  throw new LabError("shape", { message, help: "Pass rows of the network's own size." }, { given, expected });
}
