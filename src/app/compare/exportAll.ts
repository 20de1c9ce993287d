// Everything of a comparison in one archive: long CSV, complete JSON, and every figure on the page as SVG and PNG.

import { strToU8, zipSync } from "fflate";
import { version } from "../../../package.json";
import type { DomainSpec } from "../../engine/domain";
import type { FigureContent } from "../../views/frame/exportFigure";
import { figureFile } from "../../views/frame/exportFigure";
import { provenanceOf } from "../lab/provenance";
import { runName } from "../router/variant";
import type { CompareRun } from "./compareStore";
import { type ComparePlan, writePlan } from "./plan";

/** UX-122: header of the long form, one row a run, step and metric. */
export const CSV_HEADER = "run,algorithm,particles,memory,seed,step,wall_ms,proposals,metric,value";

export type Archive = { readonly name: string; readonly bytes: Uint8Array; readonly leftOut: readonly string[] };

/** The archive's bytes; figures that show their table instead of a drawing are named in `leftOut`. */
export async function comparisonArchive(
  spec: DomainSpec,
  plan: ComparePlan,
  runs: readonly CompareRun[],
  figures: readonly HTMLElement[],
): Promise<Archive> {
  const provenance = provenanceOf(spec, runs);
  const files: Record<string, Uint8Array> = {
    "comparison.csv": strToU8(longCsv(runs, provenance)),
    "comparison.json": strToU8(completeJson(spec, plan, runs, provenance)),
  };
  const leftOut: string[] = [];
  for (const figure of figures) {
    const content = contentOf(figure, provenance);
    if (!content.drawing) {
      leftOut.push(content.title);
      continue;
    }
    for (const format of ["svg", "png"] as const) {
      const { fileName, blob } = await figureFile(format, content);
      files[`figures/${fileName}`] = new Uint8Array(await blob.arrayBuffer());
    }
  }
  return { name: `comparison-${spec.id}.zip`, bytes: zipSync(files), leftOut };
}

/** One row a run, record and metric; provenance as comment lines before the header. */
export function longCsv(runs: readonly CompareRun[], provenance: readonly string[]): string {
  const lines = [...provenance.map((line) => `# ${line}`), CSV_HEADER];
  for (const run of runs) {
    const { algorithm, particles, memory, seed } = run.options;
    const head = [run.runId, algorithm, particles, memory ?? "", seed].map(String).join(",");
    for (const record of run.series.records()) {
      const at = `${record.step},${record.wallMs},${record.evaluations}`;
      for (const [metric, value] of Object.entries(record.metrics)) lines.push(`${head},${at},${metric},${value}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Plan, runs with options, device and every record, and where it comes from. */
export function completeJson(
  spec: DomainSpec,
  plan: ComparePlan,
  runs: readonly CompareRun[],
  provenance: readonly string[],
): string {
  return JSON.stringify(
    {
      kind: "wake-sleep-lab comparison",
      version,
      provenance,
      domain: spec.id,
      link: writePlan(plan),
      plan,
      runs: runs.map((run) => ({
        run: run.runId,
        name: runName(run.options),
        options: run.options,
        status: run.status,
        reason: run.reason?.sentence ?? null,
        failure: run.failure?.error.message ?? null,
        backend: run.description?.backend.name ?? null,
        data: run.description?.facts.name ?? null,
        references: run.description?.facts.references ?? [],
        records: run.series.records(),
      })),
    },
    null,
    1,
  );
}

function contentOf(figure: HTMLElement, provenance: readonly string[]): FigureContent {
  return {
    name: figure.dataset["chart"] ?? "figure",
    title: figure.querySelector("h2, h3")?.textContent ?? "Figure",
    sentence: figure.querySelector(".wsl-figure-sentence")?.textContent ?? "",
    provenance,
    table: () => ({ columns: [], rows: [] }),
    drawing: figure.querySelector<HTMLElement>(".wsl-figure-drawing"),
  };
}
