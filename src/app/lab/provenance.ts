// What every exported figure says about where it comes from (UX-135): version, data, and each run's options and backend.

import { version } from "../../../package.json";
import type { DomainSpec } from "../../engine/domain";
import { changedOptions } from "../../engine/options";
import { runName } from "../router/variant";
import type { LabRun } from "../stores/runStore";

/** One line for the lab and the data, one line a run. */
export function provenanceOf(spec: DomainSpec, runs: readonly LabRun[]): readonly string[] {
  const started = runs.flatMap((run) => (run.description ? [run.description] : []));
  const data = started[0]?.facts.name ?? "no data yet";
  const lines = [`Wake-Sleep Lab ${version}, ${spec.title.toLowerCase()}, data: ${data}`];
  for (const { options, backend } of started) {
    const changed = Object.entries(changedOptions(spec.options, options)).map(([name, value]) => `${name}=${value}`);
    lines.push(
      `${runName(options)}, seed ${options.seed}, ${backend.name}${changed.length ? `; ${changed.join(", ")}` : ""}`,
    );
  }
  return lines;
}
