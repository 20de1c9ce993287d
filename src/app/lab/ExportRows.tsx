// The numbers of all runs of the bench as one file, in the export dialog: every record and metric, never thinned.

import type { DomainSpec } from "../../engine/domain";
import { tableCsv } from "../../views/frame/figureTable";
import { downloadFile } from "../saved/downloadFile";
import { useLab } from "../stores/labStore";
import { say } from "../stores/noticeStore";
import { useRuns } from "../stores/runStore";
import { Button } from "../ui/Button";
import { longTable } from "./longForm";
import { provenanceOf } from "./provenance";

/** One row of the dialog: what, and its two formats. */
export function ExportRows() {
  const spec = useLab((lab) => lab.spec);
  if (!spec) return null;
  return (
    <div className="export-all">
      <span>All records of all runs</span>
      <Button onClick={() => save(spec, "csv")}>Export CSV</Button>
      <Button onClick={() => save(spec, "json")}>Export JSON</Button>
    </div>
  );
}

function save(spec: DomainSpec, format: "csv" | "json"): void {
  const { runs } = useRuns.getState();
  const provenance = provenanceOf(spec, runs);
  const name = `${spec.id}-records.${format}`;
  const text = format === "csv" ? tableCsv(longTable(runs), provenance) : recordsJson(provenance);
  downloadFile(name, new TextEncoder().encode(text), format === "csv" ? "text/csv" : "application/json");
  say(`Exported as ${name}.`, true);
}

/** Runs with options, backend and every record. */
function recordsJson(provenance: readonly string[]): string {
  const runs = useRuns.getState().runs.map(({ runId, options, description, series }) => ({
    run: runId,
    options: { ...description?.options, ...options },
    backend: description?.backend.name ?? null,
    data: description?.facts.name ?? null,
    records: series.records(),
  }));
  return JSON.stringify({ provenance, runs }, null, 1);
}
