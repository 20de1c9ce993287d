// What happens after a step has failed: a lost graphics device is rebuilt once from the latest kept state, parameters
// that are no longer finite go back to it, and a failed allocation is told with a smaller suggestion.

import type { ReadAsset } from "../domain";
import { asLabError, LabError } from "../errors";
import { buildRun } from "../run/createRun";
import { asAllocationFailure } from "../run/memoryLimit";
import type { RunListener } from "../run/run";
import { restoreState } from "../run/state";
import { type Current, currentOf } from "./current";
import { hasFiniteParameters } from "./faults";

/** A second loss within this time is not repaired, ms. */
export const SECOND_LOSS_MS = 120_000;

export type RecoveryContext = {
  readonly listener: RunListener;
  readonly autosave: (checkpoint: Uint8Array, step: number) => void;
  /** Called before a rebuild begins. */
  readonly pausing: () => void;
};

export type RecoveryOutcome =
  | { readonly kind: "recovered"; readonly current: Current }
  | { readonly kind: "failed"; readonly error: LabError };

/** Decides and performs recoveries for one session. */
export class Recovery {
  private lostAt = -Infinity;

  constructor(private readonly readAsset: ReadAsset) {}

  /** Never rejects: a recovery that fails is a failure to tell. */
  async recover(thrown: unknown, current: Current, context: RecoveryContext): Promise<RecoveryOutcome> {
    const { options } = current.run.core;
    const error = asAllocationFailure(thrown, options) ?? asLabError(thrown);
    if (error.code === "device-lost") return this.rebuild(error, current, context);
    if (error.code !== "non-finite") return { kind: "failed", error };
    try {
      await goBackIfPoisoned(current);
    } catch (failure) {
      const second = asLabError(failure);
      // Reading the parameters is what finds that their device has gone.
      if (second.code === "device-lost") return this.rebuild(second, current, context);
    }
    return { kind: "failed", error };
  }

  private async rebuild(error: LabError, current: Current, context: RecoveryContext): Promise<RecoveryOutcome> {
    const now = performance.now();
    const isSecond = now - this.lostAt < SECOND_LOSS_MS;
    this.lostAt = now;
    current.run.kill(error);
    const { parts } = current.run.core;
    const state = current.keeper.latest;
    if (isSecond || !state) return { kind: "failed", error: lostAgain(error) };
    context.pausing();
    try {
      const { spec, backend, userData } = parts;
      const { options } = current.run.core;
      const request = { spec, options, backend, userData, state: { ...state, options }, readAsset: this.readAsset };
      const run = await buildRun(request, context.listener);
      // What the person chose while the device was rebuilt counts too.
      run.core.succeed(current.run.core);
      const rebuilt = await currentOf(run, context.autosave);
      rebuilt.maker.skipThrough(current.maker.lastSent);
      return { kind: "recovered", current: rebuilt };
    } catch (failure) {
      return { kind: "failed", error: asLabError(failure) };
    }
  }
}

/** A guard that fires leaves the parameters as they were; if those were bad already, the latest kept state returns. */
async function goBackIfPoisoned({ run, keeper }: Current): Promise<void> {
  const { latest } = keeper;
  if (!latest || (await hasFiniteParameters(run.core))) return;
  await restoreState(run.core, latest);
}

function lostAgain(cause: LabError): LabError {
  return new LabError(
    "device-lost",
    {
      title: "The graphics device was lost again",
      message: `the graphics device was lost twice within two minutes: ${cause.message}`,
      help: "Switch the backend to the CPU and go on from the last checkpoint.",
    },
    { offer: "cpu" },
    { cause },
  );
}
