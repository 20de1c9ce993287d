// A run with what serves it: its snapshots and its automatic checkpoints. Replaced as a whole after a device loss.

import { asLabError, type LabError } from "../errors";
import { asAllocationFailure } from "../run/memoryLimit";
import type { Snapshot } from "../run/records";
import type { Run } from "../run/run";
import { SnapshotMaker } from "../run/snapshot";
import { Keeper } from "./keeper";

export type Current = { readonly run: Run; readonly maker: SnapshotMaker; readonly keeper: Keeper };

/** Wraps a standing run; its present state is the first one kept. */
export async function currentOf(run: Run, autosave: (checkpoint: Uint8Array, step: number) => void): Promise<Current> {
  const keeper = new Keeper(autosave);
  await keeper.keep(run.core);
  return { run, maker: new SnapshotMaker(run), keeper };
}

/** The current snapshot; null if the run died meanwhile, or if it cannot be made (then `failed` hears why). */
export async function takeSnapshot(
  current: Current,
  isSafe: boolean,
  failed: (error: LabError) => void,
): Promise<Snapshot | null> {
  const { run, maker } = current;
  try {
    return isSafe ? await maker.take() : await run.whenSafe(() => maker.take());
  } catch (thrown) {
    // A picture needs memory too.
    if (!run.isGone) failed(asAllocationFailure(thrown, run.core.options) ?? asLabError(thrown));
    return null;
  }
}
