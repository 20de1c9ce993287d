// `lab sample DOMAIN --model NAME|DIR`: programs and data drawn from the generative model, its dreams; as PNG files too where
// data are pictures.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { Rng } from "../../engine/rng/rng";
import { replaceFile } from "../dataSetFiles";
import { mistake } from "../failures";
import { findDomain, readCount } from "../flags";
import { observationPng } from "../observationImage";
import { observationLines } from "../observationText";
import { openModel } from "../openModel";
import { type NewRecord, print, recordLine, say } from "../output";

type Flags = { json?: boolean; model?: string; count: string; seed: string; out?: string };
type SampleRecord = NewRecord & { kind: "sample" };

async function sample(id: string, flags: Flags): Promise<void> {
  const spec = findDomain(id);
  if (flags.model === undefined) throw mistake("--model is missing; give the folder of a run or the name of a model.");
  const count = readCount("--count", flags.count, 1, 10_000);
  const seed = readCount("--seed", flags.seed, 0, 2 ** 32 - 1);
  const core = await openModel(spec, flags.model);
  const { model } = core.parts.instance;
  const { batch, programs } = await model.dream(count, new Rng(seed).fork("sample"));
  const records = Array.from({ length: count }, (_, index): SampleRecord => {
    const { length, values } = programs;
    const program = spec.program.print(values.subarray(index * length, (index + 1) * length), core.options);
    return { kind: "sample", program, observation: core.parts.instance.describeObservation(batch, index) };
  });
  if (flags.out !== undefined) return writeSamples(flags.out, records, flags.json === true);
  for (const record of records) await printSample(record, flags.json === true);
}

function printSample(record: SampleRecord, isJson: boolean): Promise<void> {
  const { program, observation } = record;
  return print(isJson ? recordLine(record) : [program, ...observationLines(observation), ""].join("\n"));
}

/** 01.png, 02.png and so on, and samples.jsonl with the records. */
async function writeSamples(folder: string, records: readonly SampleRecord[], isJson: boolean): Promise<void> {
  const pictures = records.map(({ observation }) => observationPng(observation));
  if (pictures.some((picture) => picture === null)) {
    throw mistake("--out writes pictures, but samples of this domain are none; leave it out.");
  }
  const digits = Math.max(2, String(records.length).length);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw mistake(`--out ${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}.`);
  });
  for (const [i, picture] of pictures.entries()) {
    const file = `${String(i + 1).padStart(digits, "0")}.png`;
    await replaceFile(join(folder, file), picture!);
    if (isJson) await printSample(records[i]!, true);
    else await print(`${file}  ${records[i]!.program}`);
  }
  const lines = records.map((record) => `${recordLine(record)}\n`).join("");
  await replaceFile(join(folder, "samples.jsonl"), new TextEncoder().encode(lines));
  say(`${records.length} pictures and samples.jsonl are in ${folder}.`);
}

/** The `sample` command. */
export function sampleCommand(): Command {
  return new Command("sample")
    .description("Dreams: programs and data drawn from a trained generative model.")
    .argument("<domain>", "automata, clusters, ...")
    .option("--model <name or dir>", "a trained model, or the folder of a run")
    .option("--count <n>", "how many", "9")
    .option("--seed <n>", "another seed gives other dreams", "1")
    .option("--out <dir>", "pictures: writes PNG files and samples.jsonl there")
    .option("--json", "one JSON record a line")
    .action(sample);
}
