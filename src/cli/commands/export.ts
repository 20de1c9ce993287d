// `lab export DIR --out FILE`: the trained parameters of a run's folder as a model file: weights in single precision and
// the options, nothing else. `lab export --program TEXT --as LANGUAGE`: one program for use elsewhere.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Command } from "commander";
import { readCheckpoint as parseCheckpoint } from "../../engine/run/checkpoint";
import { readModel, writeModel } from "../../engine/run/modelFile";
import { mistake } from "../failures";
import { formatMetrics, type NewRecord, print, recordLine } from "../output";
import { readCheckpoint } from "../runFolder";
import { translateProgram } from "./translate";

type ExportRecord = NewRecord & { kind: "export" };

type Flags = {
  readonly out?: string;
  readonly blocks?: string;
  readonly program?: string;
  readonly as?: string;
  readonly json?: boolean;
};

async function exportEither(folder: string | undefined, flags: Flags): Promise<void> {
  if (flags.program === undefined) {
    if (flags.as !== undefined) throw mistake(`--as is "${flags.as}", but --program is missing; give the program.`);
    if (folder === undefined) throw mistake("DIR is missing; give the folder of a run, or a program with --program.");
    return exportModel(folder, flags);
  }
  const extra = folder === undefined ? (flags.out === undefined ? null : "--out") : "DIR";
  if (extra !== null) throw mistake(`${extra} is given beside --program, which is printed; leave one of them out.`);
  return translateProgram(flags.program, flags);
}

async function exportModel(folder: string, flags: Flags): Promise<void> {
  if (flags.out === undefined) throw mistake("--out is missing; give the model file to write.");
  const state = parseCheckpoint(await readCheckpoint("DIR", folder));
  const bytes = writeModel(state, wantedBlocks(state.blocks, flags.blocks));
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

/** The blocks that --blocks names; undefined for all. */
function wantedBlocks(blocks: readonly { readonly name: string }[], given: string | undefined): string[] | undefined {
  const wanted = given?.split(",").map((name) => name.trim());
  const names = blocks.map(({ name }) => name);
  const unknown = wanted?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw mistake(`--blocks names "${unknown}"; allowed: ${names.join(", ")}.`);
  return wanted;
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
    .description("Writes the trained parameters of a run's folder as a small model file, or prints one program.")
    .argument("[dir]", "folder of a run")
    .option("--out <file>", "the model file, for example public/models/automata/k3.model")
    .option("--blocks <names>", "only these parameter blocks, with commas between: for starts that teach one part")
    .option("--program <text>", "strings: a program instead of a folder, for example '\\u+\\d?'")
    .option("--as <language>", "javascript (for the flag u) or python (module re)")
    .option("--json", "one JSON record")
    .action(exportEither);
}
