// What every export says about where it comes from (UX-135): version, data with their hash, and each run's options,
// seed and backend.

import { version } from "../../../package.json";
import type { DomainSpec } from "../../engine/domain";
import { runName } from "../router/variant";
import type { LabRun } from "../stores/runStore";
import { dataHash } from "./dataHash";

/** One line for the lab and the data, one line a started run with all its options. */
export function provenanceOf(
  spec: DomainSpec,
  runs: readonly Pick<LabRun, "runId" | "options" | "description">[],
): readonly string[] {
  const started = runs.flatMap((run) => (run.description ? [{ ...run, description: run.description }] : []));
  const facts = started[0]?.description.facts;
  const data = facts ? `data: ${facts.name}, hash ${dataHash(facts.data)}` : "no data yet";
  const lines = [`Wake-Sleep Lab ${version}, ${spec.title.toLowerCase()}, ${data}`];
  for (const { runId, options, description } of started) {
    // Live options may have changed since the start.
    const all = { ...description.options, ...options };
    const text = Object.entries(all).map(([name, value]) => `${name}=${value}`);
    lines.push(`${runId}: ${runName(all)}, seed ${all.seed}, backend ${description.backend.name}; ${text.join(", ")}`);
  }
  return lines;
}
