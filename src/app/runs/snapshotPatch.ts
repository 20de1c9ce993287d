// A snapshot of the worker as a change of the page's state.

import type { Snapshot } from "../../engine/run/records";
import type { RunPatch } from "../stores/runStore";

/** What a snapshot changes; a memory or a picture that it lacks stays as it was. */
export function snapshotPatch(snapshot: Snapshot, version: number, phase: Snapshot["phase"]): RunPatch {
  const { step, epoch, stage, stepsPerSecond, evaluations, wallMs, slowed, memory, picture } = snapshot;
  const patch: RunPatch = { version, step, epoch, phase, stage, stepsPerSecond, evaluations, wallMs, slowed };
  return { ...patch, ...(memory ? { memory } : {}), ...(picture ? { picture } : {}) };
}
