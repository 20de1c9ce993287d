// The registry of algorithms: adding one is a file beside this one, a line here and its name in names.ts.

import { LabError } from "../errors";
import type { Algorithm } from "./algorithm";
import { hmws } from "./hmws";
import { hmwsMinus } from "./hmwsMinus";
import { mws } from "./mws";
import { pretraining } from "./pretraining";
import { reinforce } from "./reinforce";
import { rws } from "./rws";
import { rwsPlus } from "./rwsPlus";
import { vimco } from "./vimco";

/** What is compared, chosen and looked at through the lens where programs are discrete. */
export const algorithms: readonly Algorithm[] = [mws, rws, vimco, reinforce];

/** The same where programs have a continuous part. */
export const hybridAlgorithms: readonly Algorithm[] = [hmws, hmwsMinus, rwsPlus, rws, vimco, reinforce];

/** What brings parameters into a state from which the others can learn; only some domains offer it. */
export const startUpAlgorithms: readonly Algorithm[] = [pretraining];

/** The algorithm with this id. @throws LabError("unknown-name") with the names that exist. */
export function findAlgorithm(id: string): Algorithm {
  const every = new Set([...algorithms, ...hybridAlgorithms, ...startUpAlgorithms]);
  const found = [...every].find((algorithm) => algorithm.id === id);
  if (found) return found;
  const names = [...every].filter((algorithm) => !startUpAlgorithms.includes(algorithm)).map(({ id: own }) => own);
  throw new LabError(
    "unknown-name",
    { message: `algorithm is "${id}"; allowed: ${names.join(", ")}.`, help: "Choose one of these algorithms." },
    { name: "algorithm", given: id },
  );
}
