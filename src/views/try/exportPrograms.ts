// The programs of an inference as a file: CSV, JSON or plain text, with the lines that say where they come from.

import type { InferenceReport } from "../../engine/worker/inferences";
import { tableCsv } from "../frame/figureTable";

export type ProgramFormat = "csv" | "json" | "txt";

export type ProgramExport = {
  readonly report: InferenceReport;
  /** One per item. */
  readonly names: readonly string[];
  readonly provenance: readonly string[];
};

const COLUMNS = ["input", "rank", "program", "weight", "log_prior", "log_likelihood", "log_joint", "samples", "origin"];

/** The text of the file. */
export function programFile(format: ProgramFormat, given: ProgramExport): string {
  if (format === "csv") return tableCsv({ columns: COLUMNS, rows: rowsOf(given) }, given.provenance);
  if (format === "json") return jsonOf(given);
  return textOf(given);
}

function rowsOf({ report, names }: ProgramExport) {
  return report.items.flatMap((item, i) =>
    item.programs.map((found, rank) => [
      names[i] ?? "",
      rank + 1,
      found.printed,
      found.weight,
      found.logPrior,
      found.logLikelihood,
      found.logJoint,
      found.samples,
      found.origin,
    ]),
  );
}

function jsonOf({ report, names, provenance }: ProgramExport): string {
  const items = report.items.map(({ programs, draws, different, logPx, exact }, i) => ({
    input: names[i] ?? "",
    draws,
    different,
    logPx,
    exact,
    programs,
  }));
  return `${JSON.stringify({ provenance, seconds: report.seconds, items }, null, 1)}\n`;
}

function textOf({ report, names, provenance }: ProgramExport): string {
  const lines = provenance.map((line) => `# ${line}`);
  for (const [i, item] of report.items.entries()) {
    lines.push("", names[i] ?? "");
    for (const found of item.programs) {
      lines.push(`  ${found.weight.toFixed(4)}  ${found.printed}  log p(z, x) = ${found.logJoint.toFixed(2)}`);
      for (const sentence of found.explanation) lines.push(`          ${sentence}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
