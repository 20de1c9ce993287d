// `lab list`: what there is to choose from, on this machine.

import { Command } from "commander";
import { domains } from "../../domains/list";
import { algorithms, hybridAlgorithms } from "../../engine/algorithms/list";
import type { BackendName } from "../../engine/backend";
import { chooseBackend } from "../../engine/backend";
import { LabError } from "../../engine/errors";
import { listModels } from "../assets";
import { type NewRecord, print, recordLine } from "../output";

const BACKENDS: readonly BackendName[] = ["webgpu", "wasm", "cpu"];

type Catalogue = NewRecord & { kind: "catalogue" };

async function describeBackend(name: BackendName): Promise<Catalogue["backends"][number]> {
  try {
    const report = await chooseBackend(name, BACKENDS);
    const detail = report.detail === "" ? "" : ` (${report.detail})`;
    return { name, available: report.name === name, reason: `${report.reason}${detail}` };
  } catch (error) {
    if (error instanceof LabError) return { name, available: false, reason: error.message };
    throw error;
  }
}

async function catalogue(): Promise<Catalogue> {
  const backends: Catalogue["backends"] = [];
  for (const name of BACKENDS) backends.push(await describeBackend(name));
  return {
    kind: "catalogue",
    domains: domains.map(({ id, title, summary, options }) => ({ id, title, summary, options: Object.keys(options) })),
    algorithms: [...new Set([...algorithms, ...hybridAlgorithms])].map(({ id, title, summary }) => ({
      id,
      title,
      summary,
    })),
    datasets: domains.flatMap((domain) => domain.datasets.map((dataset) => ({ ...dataset, domain: domain.id }))),
    models: [...listModels()],
    backends,
  };
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const lines = rows.length === 0 ? ["  none"] : rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  return [title, ...lines].join("\n");
}

function asText(found: Catalogue): string {
  return [
    section(
      "Domains",
      found.domains.map(({ id, summary }) => [id, summary]),
    ),
    section(
      "Algorithms",
      found.algorithms.map(({ id, summary }) => [id, summary]),
    ),
    section(
      "Data sets",
      found.datasets.map(({ name, domain, summary }) => [name, `${domain}: ${summary}`]),
    ),
    section(
      "Trained models",
      found.models.map(({ name, domain, summary }) => [name, `${domain}: ${summary}`]),
    ),
    section(
      "Backends",
      found.backends.map(({ name, available, reason }) => [name, `${available ? "yes" : "no"}: ${reason}`]),
    ),
  ].join("\n\n");
}

/** The `list` command. */
export function listCommand(): Command {
  return new Command("list")
    .description("Domains, algorithms, data sets, trained models and backends on this machine.")
    .option("--json", "one JSON record")
    .action(async (flags: { json?: boolean }) => {
      const found = await catalogue();
      await print(flags.json ? recordLine(found) : asText(found));
    });
}
