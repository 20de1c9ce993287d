// The state of a run that is about to be let go: taken in the background, so that leaving a screen never waits.

import { readRunStep } from "../../engine/run/runFile";
import type { TrainingClient } from "../../engine/worker/client";

/** A checkpoint file and the step that it holds. */
export type HeldCheckpoint = { readonly bytes: Uint8Array; readonly step: number };

/** A checkpoint under the step that it holds: the page may have been told of an older one. */
export function heldOf(bytes: Uint8Array, shownStep: number): HeldCheckpoint {
  return { bytes, step: readRunStep(bytes) ?? shownStep };
}

/** A worker that has not answered by then is ended without, ms. */
const LAST_MS = 3_000;

/** Pauses the run, takes its checkpoint and frees the client. Null if the worker cannot or does not answer. */
export async function takeLastCheckpoint(client: TrainingClient, shownStep: number): Promise<HeldCheckpoint | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, LAST_MS, null));
  const last = async () => {
    await client.pause();
    return heldOf(await client.checkpoint(), shownStep);
  };
  try {
    return await Promise.race([last(), late]);
  } catch (error) {
    // The run was stopped, lost or never started: what was saved before stays.
    console.info("No last checkpoint:", error);
    return null;
  } finally {
    client.dispose();
  }
}
