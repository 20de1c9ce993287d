// `lab sample DOMAIN --model NAME|DIR`: programs and data drawn from the generative model, its dreams.

import { Command } from "commander";
import { Rng } from "../../engine/rng/rng";
import { mistake } from "../failures";
import { findDomain, readCount } from "../flags";
import { observationLines } from "../observationText";
import { openModel } from "../openModel";
import { print, recordLine } from "../output";

type Flags = { json?: boolean; model?: string; count: string; seed: string };

async function sample(id: string, flags: Flags): Promise<void> {
  const spec = findDomain(id);
  if (flags.model === undefined) throw mistake("--model is missing; give the folder of a run or the name of a model.");
  const count = readCount("--count", flags.count, 1, 10_000);
  const seed = readCount("--seed", flags.seed, 0, 2 ** 32 - 1);
  const core = await openModel(spec, flags.model);
  const { model } = core.parts.instance;
  const { batch, programs } = await model.dream(count, new Rng(seed).fork("sample"));
  for (let index = 0; index < count; index += 1) {
    const { length, values } = programs;
    const program = spec.program.print(values.subarray(index * length, (index + 1) * length), core.options);
    const observation = core.parts.instance.describeObservation(batch, index);
    await print(
      flags.json
        ? recordLine({ kind: "sample", program, observation })
        : [program, ...observationLines(observation), ""].join("\n"),
    );
  }
}

/** The `sample` command. */
export function sampleCommand(): Command {
  return new Command("sample")
    .description("Dreams: programs and data drawn from a trained generative model.")
    .argument("<domain>", "automata, clusters, ...")
    .option("--model <name or dir>", "a trained model, or the folder of a run")
    .option("--count <n>", "how many", "9")
    .option("--seed <n>", "another seed gives other dreams", "1")
    .option("--json", "one JSON record a line")
    .action(sample);
}
