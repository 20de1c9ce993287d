// Records of runs in long form: one row per run, record and metric, the columns that every CSV of the lab has (UX-122).

import type { FigureTable } from "../../views/frame/figureTable";
import type { LabRun } from "../stores/runStore";

export const LONG_COLUMNS = [
  "run",
  "algorithm",
  "particles",
  "memory",
  "seed",
  "step",
  "wall_ms",
  "proposals",
  "metric",
  "value",
] as const;

/** All rows of all runs, never thinned. @param metrics only these; null for all */
export function longTable(
  runs: readonly Pick<LabRun, "runId" | "options" | "series">[],
  metrics: ReadonlySet<string> | null = null,
): FigureTable {
  const rows = runs.flatMap(({ runId, options, series }) => {
    const { algorithm, particles, memory, seed } = options;
    const head = [runId, String(algorithm), Number(particles), Number(memory), Number(seed)];
    return series.records().flatMap((record) =>
      Object.entries(record.metrics)
        .filter(([metric]) => metrics === null || metrics.has(metric))
        .map(([metric, value]) => [...head, record.step, record.wallMs, record.evaluations, metric, value]),
    );
  });
  return { columns: LONG_COLUMNS, rows };
}
