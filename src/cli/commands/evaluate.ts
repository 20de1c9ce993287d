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
  freshWake?: string;
  freshBatch?: string;
};
type Evaluation = NewRecord & { kind: "evaluation" };
/** What is printed, and whether log p(x) is exact. */
type Found = { readonly record: Evaluation; readonly isExact: boolean };

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

async function evaluate(target: Target, samples: number): Promise<Found> {
  const { core, batch } = target;
  const { instance, memory } = core.parts;
  const rng = core.rng.fork("evaluate");
  const estimate = await estimateLogPx(instance, batch, { samples, rng: rng.fork("logPx") });
  const own = await instance.evaluate({ memory, rng: rng.fork("domain"), samples });
  const record = { ...evaluationOf(target, estimate), metrics: { ...instance.metrics(), ...own } };
  return { record, isExact: estimate.isExact };
}

/** The same through a network that is trained now, on dreams of the run's theta. The domain's own metrics stay out. */
async function evaluateFresh(target: Target, budget: FreshBudget): Promise<Found> {
  const core = await withFreshNetwork(target.core, readAsset);
  try {
    const { instance } = core.parts;
    const isHeldOut = target.batch.observations === target.core.parts.instance.heldOut;
    const { ids } = target.batch;
    const batch = { observations: isHeldOut ? instance.heldOut : instance.train, ids };
    const rng = core.rng.fork("evaluate");
    const { estimate, sleepLogQ } = await estimateFresh(instance, batch, budget, rng, showSteps);
    const metrics = { ...instance.metrics(), sleepLogQ };
    return { record: { ...evaluationOf(target, estimate), metrics, fresh: budget }, isExact: false };
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

function asText({ record, isExact }: Found): string {
  const { logMarginal, stderr, samples, ess, count, metrics, bits, bitsUnit, fresh } = record;
  const known: Record<string, number> = {};
  for (const [name, value] of Object.entries(metrics)) if (value !== null) known[name] = value;
  const error = samples === 1 ? "unknown" : formatNumber(stderr);
  const exact = isExact ? "exact" : `S = ${samples}, ESS ${formatNumber(ess)}, standard error ${error}`;
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
    .option("--rows <n>", "log p(x) of the first n observations only; 0 means all", "0")
    .option("--fresh <steps>", "propose with a fresh network, trained now by so many steps of sleep on the run's theta")
    .option("--fresh-wake <steps>", "with --fresh: steps of wake after them, on the evaluated observations; default 0")
    .option("--fresh-batch <n>", `with --fresh: dreams per step of sleep; default ${FRESH_BUDGET.batch}`)
    .option("--json", "one JSON record")
    .action(async (folder: string, flags: Flags) => {
      const samples = readCount("--samples", flags.samples, 1, 1_000_000);
      const budget = budgetOf(flags, samples);
      const run = await readRunFile("DIR", folder);
      const spec = findDomain(run.domain);
      const core = await openRun("DIR", spec, folder);
      const chosen = await chooseTarget(spec, core, flags.dataset);
      const first = readCount("--rows", flags.rows, 0, 1_000_000) || chosen.batch.ids.length;
      const target = { core: chosen.core, batch: { ...chosen.batch, ids: chosen.batch.ids.slice(0, first) } };
      if (target.batch.ids.length === 0) throw mistake("DIR holds a run without held-out data; give --dataset.");
      const found = await (budget === null ? evaluate(target, samples) : evaluateFresh(target, budget));
      await print(flags.json ? recordLine(found.record) : asText(found));
    });
}

/** The budget of a fresh network, or null where none is asked for. */
function budgetOf(flags: Flags, samples: number): FreshBudget | null {
  if (flags.fresh === undefined) {
    const extra = [
      flags.freshWake === undefined ? [] : "--fresh-wake",
      flags.freshBatch === undefined ? [] : "--fresh-batch",
    ].flat();
    if (extra.length > 0) throw mistake(`${extra[0]} is given, but --fresh is missing; give its steps of sleep.`);
    return null;
  }
  const sleep = readCount("--fresh", flags.fresh, 0, 1_000_000);
  const wake = readCount("--fresh-wake", flags.freshWake ?? "0", 0, 1_000_000);
  const batch = readCount("--fresh-batch", flags.freshBatch ?? String(FRESH_BUDGET.batch), 1, 1000);
  return { ...FRESH_BUDGET, sleep, wake, batch, samples };
}
