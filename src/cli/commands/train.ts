// `lab train DOMAIN`: trains to a stop rule, with a progress bar on a terminal and JSON lines with --json. Ctrl-C saves a
// checkpoint and says how to go on; `--resume DIR` continues bit for bit.

import { Command } from "commander";
import type { DomainSpec } from "../../engine/domain";
import { defaultsOf } from "../../engine/options";
import type { RunDescription, RunRecord } from "../../engine/run/records";
import { createLocalClient } from "../clients";
import { type DriveRequest, driveRun, interruptSignal, type Outcome } from "../drive";
import { EXIT, mistake } from "../failures";
import { addRunFlags, type Flags, findDomain, readRunOptions } from "../flags";
import { addTableFlags, readTableFlags, readUserData } from "../input";
import { createProgress, formatMetrics, formatNumber, type NewRecord, print, recordLine, say } from "../output";
import * as folders from "../runFolder";

type FinalRecord = NewRecord & { kind: "final" };

type TrainPlan = {
  readonly spec: DomainSpec;
  readonly request: DriveRequest;
  readonly dataFile: string | null;
  /** Folder to write to; null for none. */
  readonly out: string | null;
  readonly json: boolean;
};

/** The request for a new run. */
async function planNew(id: string, flags: Flags): Promise<TrainPlan> {
  const spec = findDomain(id);
  const { options, dataFile } = readRunOptions(spec, flags);
  const upload =
    dataFile === null
      ? null
      : await readUserData(
          "--dataset",
          dataFile,
          spec,
          { ...defaultsOf(spec.options), ...options },
          readTableFlags(flags),
        );
  const out = flags.out === undefined ? null : String(flags.out);
  if (out !== null) await folders.createRunFolder(out);
  const request = { domain: id, options, userData: upload?.userData ?? null, checkpoint: null };
  return { spec, request, dataFile: upload?.name ?? null, out, json: Boolean(flags.json) };
}

/** The request that continues a run: its own options win, only live ones may be given anew. */
async function planResume(id: string | undefined, folder: string, flags: Flags): Promise<TrainPlan> {
  const run = await folders.readRunFile("--resume", folder);
  if (id !== undefined && id !== run.domain) {
    throw mistake(`DOMAIN is "${id}", but --resume ${folder} holds a run of ${run.domain}.`, { given: id });
  }
  const spec = findDomain(run.domain);
  const { options, dataFile } = readRunOptions(spec, flags);
  for (const [name, value] of Object.entries(options)) {
    if (spec.options[name]?.applies === "live" || value === run.options[name]) continue;
    throw mistake(
      `${name} is "${value}", but the run was started with ${run.options[name]}; it cannot change on --resume.`,
    );
  }
  if (dataFile !== null) throw mistake(`dataset is "${dataFile}"; a resumed run keeps its own data.`);
  const out = flags.out === undefined ? folder : String(flags.out);
  // A run file stays as it is: what is added to it goes into a folder.
  const place = out === folder && folders.isOneFile(folder) ? null : out;
  if (place !== null && place !== folder) await folders.createRunFolder(place);
  const checkpoint = await folders.readCheckpoint("--resume", folder);
  const request = { domain: run.domain, options, userData: null, checkpoint };
  return { spec, request, dataFile: run.dataFile, out: place, json: Boolean(flags.json) };
}

/** The last line of a run, as it stands. */
export function finalOf(outcome: Outcome, out: string | null): FinalRecord {
  const { description, reason } = outcome;
  const { options } = description;
  return {
    kind: "final",
    domain: description.domain,
    algorithm: options.algorithm,
    particles: options.particles,
    seed: options.seed,
    backend: description.backend.name,
    steps: outcome.step,
    wallMs: outcome.wallMs,
    evaluations: outcome.evaluations,
    stopped: reason?.rule ?? "stopped",
    reason: reason?.sentence ?? "interrupted",
    metrics: { ...outcome.metrics },
    out,
  };
}

function saver(plan: TrainPlan, started: () => RunDescription | null) {
  return async (folder: string, checkpoint: Uint8Array, step: number, final: FinalRecord | null): Promise<void> => {
    const options = started()?.options ?? plan.request.options;
    const record = final === null ? null : { v: 1 as const, ...final };
    const run = {
      v: 1 as const,
      domain: plan.spec.id,
      options: { ...options },
      dataFile: plan.dataFile,
      step,
      final: record,
    };
    await folders.saveRun(folder, run, checkpoint);
  };
}

async function train(plan: TrainPlan): Promise<number> {
  let description: RunDescription | null = null;
  const history: RunRecord[] = [];
  let writing: Promise<void> = Promise.resolve();
  const later = (work: () => Promise<void>) => {
    writing = writing.then(work);
    writing.catch(() => undefined); // the error surfaces where `writing` is awaited
  };
  const save = saver(plan, () => description);
  const charted = plan.spec.metrics.filter((metric) => metric.chart).map((metric) => metric.name);
  let bar = createProgress(1, plan.spec.id);
  const handlers = {
    onStart: (started: RunDescription) => {
      description = started;
      history.push(...started.history);
      bar = createProgress(started.options.iterations, `${started.domain} ${started.options.algorithm}`);
      if (plan.out !== null) later(() => folders.writeHistory(plan.out ?? "", started.history));
    },
    onRecords: (records: readonly RunRecord[], step: number) => {
      history.push(...records);
      const newest = records.at(-1);
      bar.update(step, newest ? formatMetrics(newest.metrics, charted.slice(0, 3)) : "");
      if (plan.out !== null) later(() => folders.appendHistory(plan.out ?? "", records));
      if (plan.json && records.length > 0)
        later(() => print(records.map((record) => recordLine(folders.progressOf(record))).join("\n")));
    },
    onNotice: say,
    save: plan.out === null ? null : (bytes: Uint8Array, step: number) => save(plan.out ?? "", bytes, step, null),
  };
  const outcome = await driveRun(createLocalClient(), plan.request, handlers, interruptSignal()).finally(() =>
    bar.finish(),
  );
  await writing;
  const interrupted = outcome.reason === null;
  const { domain, options } = outcome.description;
  const out = plan.out ?? (interrupted ? folders.defaultRunFolder(domain, options) : null);
  const final = finalOf(outcome, out);
  if (out !== null) await save(out, outcome.checkpoint, outcome.step, interrupted ? null : final);
  if (out !== null && plan.out === null) await folders.writeHistory(out, history);
  await print(plan.json ? recordLine(final) : asText(final, charted));
  if (!interrupted) return EXIT.good;
  say(
    `Interrupted at step ${final.steps} and saved; go on with: npm run -s lab -- train ${final.domain} --resume ${out}`,
  );
  return EXIT.interrupted;
}

function asText(final: FinalRecord, charted: readonly string[]): string {
  const known: Record<string, number> = {};
  for (const [name, value] of Object.entries(final.metrics)) if (value !== null) known[name] = value;
  const seconds = formatNumber((final.wallMs ?? Number.NaN) / 1000);
  const lines = [
    `${final.domain}, ${final.algorithm}, K = ${final.particles}, seed ${final.seed}, ${final.backend}: ${final.reason}.`,
    `${final.steps} steps, ${final.evaluations} evaluations, ${seconds} s.`,
    formatMetrics(known, [...charted, ...Object.keys(known).filter((name) => !charted.includes(name))]),
  ];
  return [...lines, ...(final.out === null ? [] : [`Saved in ${final.out}.`])].join("\n");
}

/** The `train` command. */
export function trainCommand(): Command {
  const command = new Command("train")
    .description("Trains a domain's model; Ctrl-C saves a checkpoint and says how to resume.")
    .argument("[domain]", "automata, clusters, ...; with --resume it may be left out")
    .option("--out <dir>", "folder for run.json, history.jsonl and the checkpoint")
    .option("--resume <dir>", "continue the run in this folder, or in this run file of the page")
    .option("--json", "one JSON record a line");
  return addRunFlags(addTableFlags(command)).action(async (id: string | undefined, flags: Flags) => {
    const table = flags.column === undefined ? (flags.skipBad ? "--skip-bad" : null) : "--column";
    if (table !== null && (flags.dataset === undefined || flags.resume !== undefined)) {
      throw mistake(`${table} is for a file of your own; give it with --dataset to a new run.`);
    }
    if (id === undefined && flags.resume === undefined) throw mistake("DOMAIN is missing; see: npm run -s lab -- list");
    const resume = flags.resume === undefined ? null : String(flags.resume);
    const plan = resume === null ? await planNew(id ?? "", flags) : await planResume(id, resume, flags);
    process.exitCode = await train(plan);
  });
}
