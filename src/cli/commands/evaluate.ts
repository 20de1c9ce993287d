// `lab evaluate DIR`: the held-out log marginal likelihood of a run with its error, and the domain's metrics.

import { Command } from "commander";
import type { DomainSpec } from "../../engine/domain";
import type { Batch } from "../../engine/model";
import type { RunCore } from "../../engine/run/core";
import { estimateLogPx, meanEstimate } from "../../engine/run/evaluation";
import { mistake } from "../failures";
import { datasetOrFile, findDomain, readCount } from "../flags";
import { readUserData } from "../input";
import { openRun, withOtherData } from "../openModel";
import { formatMetrics, formatNumber, type NewRecord, print, recordLine } from "../output";
import { readRunFile } from "../runFolder";

type Flags = { json?: boolean; samples: string; dataset?: string };
type Evaluation = NewRecord & { kind: "evaluation" };

/** What is to be evaluated: the held-out rows, or the person's own. */
type Target = { readonly core: RunCore; readonly batch: Batch };

function rows(from: number, to: number): Int32Array {
  return Int32Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

async function chooseTarget(spec: DomainSpec, core: RunCore, dataset: string | undefined): Promise<Target> {
  const heldOutOf = (run: RunCore): Target => {
    const { heldOut } = run.parts.instance;
    return { core: run, batch: { observations: heldOut, ids: rows(0, heldOut.count) } };
  };
  if (dataset === undefined) return heldOutOf(core);
  const { name, file } = datasetOrFile(spec, dataset);
  if (file === null) return heldOutOf(await withOtherData(core, { dataset: name, userData: null }));
  const { userData } = await readUserData("--dataset", file, spec, core.options);
  const other = await withOtherData(core, { dataset: null, userData });
  const { train, facts } = other.parts.instance;
  return { core: other, batch: { observations: train, ids: rows(facts.userRow, train.count) } };
}

async function evaluate(target: Target, samples: number): Promise<Evaluation> {
  const { core, batch } = target;
  const { instance, memory } = core.parts;
  if (batch.ids.length === 0) throw mistake("DIR holds a run without held-out data; give --dataset.");
  const rng = core.rng.fork("evaluate");
  const estimate = await estimateLogPx(instance, batch, { samples, rng: rng.fork("logPx") });
  const { logPx, stderr, ess } = meanEstimate(estimate);
  const own = await instance.evaluate({ memory, rng: rng.fork("domain"), samples });
  const metrics = { ...instance.metrics(), ...own };
  return { kind: "evaluation", logMarginal: logPx, stderr, samples, ess, count: batch.ids.length, metrics };
}

function asText(found: Evaluation): string {
  const { logMarginal, stderr, samples, ess, count, metrics } = found;
  const known: Record<string, number> = {};
  for (const [name, value] of Object.entries(metrics)) if (value !== null) known[name] = value;
  const exact =
    stderr === 0 ? "exact" : `S = ${samples}, ESS ${formatNumber(ess)}, standard error ${formatNumber(stderr)}`;
  return [
    `log p(x) ${formatNumber(logMarginal)} nats an observation over ${count} held out (${exact}).`,
    formatMetrics(known, Object.keys(known)),
  ].join("\n");
}

/** The `evaluate` command. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description("Held-out log marginal likelihood of a run, and the domain's metrics.")
    .argument("<dir>", "the folder of a run")
    .option("--samples <n>", "S, importance samples an observation", "100")
    .option("--dataset <name or file>", "other data than the run's own held-out data")
    .option("--json", "one JSON record")
    .action(async (folder: string, flags: Flags) => {
      const samples = readCount("--samples", flags.samples, 1, 1_000_000);
      const run = await readRunFile("DIR", folder);
      const spec = findDomain(run.domain);
      const core = await openRun("DIR", spec, folder);
      const found = await evaluate(await chooseTarget(spec, core, flags.dataset), samples);
      await print(flags.json ? recordLine(found) : asText(found));
    });
}
