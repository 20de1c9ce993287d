// `lab evaluate DIR`: the held-out log marginal likelihood of a run with its error, and the domain's metrics.

import { Command } from "commander";
import type { DomainSpec } from "../../engine/domain";
import type { Batch } from "../../engine/model";
import type { RunCore } from "../../engine/run/core";
import { estimateLogPx, type LogPxEstimate, meanEstimate } from "../../engine/run/evaluation";
import { estimateFresh, FRESH_BUDGET, type FreshBudget, withFreshNetwork } from "../../engine/run/freshNetwork";
import { readAsset } from "../assets";
import { mistake } from "../failures";
import { datasetOrFile, findDomain, readCount } from "../flags";
import { readUserData } from "../input";
import { openRun, withOtherData } from "../openModel";
import { formatMetrics, formatNumber, type NewRecord, print, recordLine } from "../output";
import { readRunFile } from "../runFolder";

type Flags = {
  json?: boolean;
  samples: string;
  dataset?: string;
  rows: string;
  fresh?: string;
  freshWake: string;
  freshBatch: string;
};
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
  const rng = core.rng.fork("evaluate");
  const estimate = await estimateLogPx(instance, batch, { samples, rng: rng.fork("logPx") });
  const own = await instance.evaluate({ memory, rng: rng.fork("domain"), samples });
  return { ...evaluationOf(target, estimate), metrics: { ...instance.metrics(), ...own } };
}

/** The same through a network that is trained now, on dreams of the run's theta. The domain's own metrics stay out. */
async function evaluateFresh(target: Target, budget: FreshBudget): Promise<Evaluation> {
  const core = await withFreshNetwork(target.core, readAsset);
  try {
    const { instance } = core.parts;
    const isHeldOut = target.batch.observations === target.core.parts.instance.heldOut;
    const { ids } = target.batch;
    const batch = { observations: isHeldOut ? instance.heldOut : instance.train, ids };
    const rng = core.rng.fork("evaluate");
    const { estimate, sleepLogQ } = await estimateFresh(instance, batch, budget, rng, showSteps);
    return { ...evaluationOf(target, estimate), metrics: { ...instance.metrics(), sleepLogQ }, fresh: budget };
  } finally {
    core.dispose();
  }
}

function showSteps(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(done === of ? "\r\x1b[K" : `\rnetwork ${done} of ${of}`);
}

function evaluationOf({ core }: Target, estimate: LogPxEstimate): Omit<Evaluation, "metrics"> {
  const { logPx, stderr, ess } = meanEstimate(estimate);
  const { parts } = core.parts.instance;
  return {
    kind: "evaluation",
    logMarginal: logPx,
    stderr,
    samples: estimate.samples,
    ess,
    count: estimate.logPx.length,
    ...(parts ? { bits: -logPx / (parts.count * Math.LN2), bitsUnit: `bits per ${parts.name}` } : {}),
  };
}

function asText(found: Evaluation): string {
  const { logMarginal, stderr, samples, ess, count, metrics, bits, bitsUnit, fresh } = found;
  const known: Record<string, number> = {};
  for (const [name, value] of Object.entries(metrics)) if (value !== null) known[name] = value;
  const exact =
    stderr === 0 ? "exact" : `S = ${samples}, ESS ${formatNumber(ess)}, standard error ${formatNumber(stderr)}`;
  const perPart = bits === undefined ? "" : `, ${formatNumber(bits)} ${bitsUnit},`;
  const wake = fresh?.wake ? ` and ${fresh.wake} of wake` : "";
  const by = fresh ? [`Proposals: a fresh network, ${fresh.sleep} steps of sleep${wake}, batch ${fresh.batch}.`] : [];
  return [
    `log p(x) ${formatNumber(logMarginal)} nats${perPart} an observation over ${count} held out (${exact}).`,
    ...by,
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
    .option("--rows <n>", "only the first n observations; 0 means all", "0")
    .option("--fresh <steps>", "propose with a fresh network, trained now by so many steps of sleep on the run's theta")
    .option("--fresh-wake <steps>", "steps of wake after them, on the evaluated observations", "0")
    .option("--fresh-batch <n>", "dreams per step of sleep", String(FRESH_BUDGET.batch))
    .option("--json", "one JSON record")
    .action(async (folder: string, flags: Flags) => {
      const samples = readCount("--samples", flags.samples, 1, 1_000_000);
      const run = await readRunFile("DIR", folder);
      const spec = findDomain(run.domain);
      const core = await openRun("DIR", spec, folder);
      const chosen = await chooseTarget(spec, core, flags.dataset);
      const first = readCount("--rows", flags.rows, 0, 1_000_000) || chosen.batch.ids.length;
      const target = { core: chosen.core, batch: { ...chosen.batch, ids: chosen.batch.ids.slice(0, first) } };
      if (target.batch.ids.length === 0) throw mistake("DIR holds a run without held-out data; give --dataset.");
      const found =
        flags.fresh === undefined
          ? await evaluate(target, samples)
          : await evaluateFresh(target, budgetOf(flags, samples));
      await print(flags.json ? recordLine(found) : asText(found));
    });
}

function budgetOf(flags: Flags, samples: number): FreshBudget {
  const sleep = readCount("--fresh", flags.fresh ?? "", 0, 1_000_000);
  const wake = readCount("--fresh-wake", flags.freshWake, 0, 1_000_000);
  const batch = readCount("--fresh-batch", flags.freshBatch, 1, 1000);
  return { ...FRESH_BUDGET, sleep, wake, batch, samples };
}
