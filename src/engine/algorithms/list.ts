// The registry of algorithms: adding one is a file beside this one and a line here.

import { LabError } from "../errors";
import type { Algorithm } from "./algorithm";
import { mws } from "./mws";
import { pretraining } from "./pretraining";
import { reinforce } from "./reinforce";
import { rws } from "./rws";
import { vimco } from "./vimco";

/** What is compared, chosen and looked at through the lens. */
export const algorithms: readonly Algorithm[] = [mws, rws, vimco, reinforce];

/** What brings parameters into a state from which the others can learn; only some domains offer it. */
export const startUpAlgorithms: readonly Algorithm[] = [pretraining];

/** The algorithm with this id. @throws LabError("unknown-name") with the names that exist. */
export function findAlgorithm(id: string): Algorithm {
  const found = [...algorithms, ...startUpAlgorithms].find((algorithm) => algorithm.id === id);
  if (found) return found;
  const names = algorithms.map((algorithm) => algorithm.id).join(", ");
  throw new LabError(
    "unknown-name",
    { message: `algorithm is "${id}"; allowed: ${names}.`, help: "Choose one of these algorithms." },
    { name: "algorithm", given: id },
  );
}
