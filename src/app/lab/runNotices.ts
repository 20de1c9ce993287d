// What the workbench says about its runs by itself, in the polite line.

import type { DomainSpec } from "../../engine/domain";
import { runName } from "../router/variant";
import { say } from "../stores/noticeStore";
import { runById, useRuns } from "../stores/runStore";

let hasSaidDevice = false;

/** One quiet line, once: the graphics device was looked for and not used. */
export function sayDevice(runId: string, spec: DomainSpec): void {
  const backend = runById(runId)?.description?.backend;
  if (hasSaidDevice || !backend || backend.name === "webgpu" || !spec.backends.includes("webgpu")) return;
  hasSaidDevice = true;
  say(backend.reason);
}

/** Why a run came to its end; with its name where several stand side by side. */
export function sayReason(runId: string, sentence: string): void {
  const run = runById(runId);
  const name = run && useRuns.getState().runs.length > 1 ? `${runName(run.options)}: ` : "";
  const text = `${name}${sentence}`;
  say(`${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`, true);
}
