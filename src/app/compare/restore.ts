// Runs to and from what the device keeps of them.

import type { CompareRun } from "./compareStore";
import type { KeptRun } from "./savedComparison";

/** A run as plain data. */
export function keptRun(run: CompareRun): KeptRun {
  const { place, options, status, reason, failure, description, series, moments, checkpoint } = run;
  return {
    place,
    options,
    status,
    reason,
    failure,
    description,
    records: series.records(),
    newBestAt: [...series.newBestAt],
    moments: moments.all(),
    checkpoint,
  };
}

/** The plan's runs with the results that were kept; a kept run with other options is left out. */
export function restoreRuns(runs: readonly CompareRun[], kept: readonly KeptRun[]): readonly CompareRun[] {
  return runs.map((run) => {
    const found = kept.find((each) => each.place === run.place && isSame(each.options, run.options));
    return found ? restored(run, found) : run;
  });
}

function restored(run: CompareRun, found: KeptRun): CompareRun {
  run.series.append(found.records, found.newBestAt);
  for (const moment of found.moments) run.moments.add(moment);
  const last = found.records[found.records.length - 1];
  return {
    ...run,
    status: found.status,
    reason: found.reason,
    failure: found.failure,
    description: found.description,
    checkpoint: found.checkpoint,
    step: last?.step ?? 0,
    wallMs: last?.wallMs ?? 0,
    evaluations: last?.evaluations ?? 0,
    version: run.series.version,
    isKept: true,
  };
}

function isSame(first: Readonly<Record<string, unknown>>, second: Readonly<Record<string, unknown>>): boolean {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].every((name) => first[name] === second[name]);
}
