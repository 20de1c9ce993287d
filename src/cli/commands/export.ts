// `lab export DIR --out FILE`: the trained parameters of a run's folder as a model file: weights in single precision and
// the options, nothing else.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Command } from "commander";
import { readCheckpoint as parseCheckpoint } from "../../engine/run/checkpoint";
import { readModel, writeModel } from "../../engine/run/modelFile";
import { mistake } from "../failures";
import { formatMetrics, type NewRecord, print, recordLine } from "../output";
import { readCheckpoint } from "../runFolder";

type ExportRecord = NewRecord & { kind: "export" };

async function exportModel(folder: string, flags: { readonly out?: string; readonly json?: boolean }): Promise<void> {
  if (flags.out === undefined) throw mistake("--out is missing; give the model file to write.");
  const bytes = writeModel(parseCheckpoint(await readCheckpoint("DIR", folder)));
  await mkdir(dirname(flags.out), { recursive: true });
  await writeFile(flags.out, bytes);
  const { domain, steps, blocks, metrics } = readModel(bytes);
  const parameters = blocks.reduce((sum, block) => sum + block.values.length, 0);
  const record: ExportRecord = {
    kind: "export",
    out: flags.out,
    domain,
    steps,
    parameters,
    bytes: bytes.length,
    metrics: { ...metrics },
  };
  await print(flags.json ? recordLine(record) : asText(record));
}

function asText(record: ExportRecord): string {
  const { out, domain, steps, parameters, bytes } = record;
  const known = Object.fromEntries(
    Object.entries(record.metrics).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  return [
    `${out}: ${domain}, ${steps} steps, ${parameters} parameters, ${bytes} bytes.`,
    formatMetrics(known, Object.keys(known)),
  ].join("\n");
}

/** The `export` command. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Writes the trained parameters of a run's folder as a small model file.")
    .argument("<dir>", "folder of a run")
    .option("--out <file>", "the model file, for example public/models/automata/k3.model")
    .option("--json", "one JSON record")
    .action(exportModel);
}
