// The jobs of a sweep over a few worker threads: each in its own folder, finished ones skipped, begun ones continued.
// The results file gets one line a finished job, in the order in which jobs finish.

import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { asLabError } from "../engine/errors";
import type { RunRecord } from "../engine/run/records";
import { createJobClient } from "./clients";
import { finalOf } from "./commands/train";
import { driveRun, type Outcome } from "./drive";
import { sentenceOf } from "./failures";
import { type NewRecord, recordLine } from "./output";
import type { Job } from "./plan";
import * as folders from "./runFolder";
import { jobRecord } from "./schema";

export type JobResult = (NewRecord & { kind: "job" }) | (NewRecord & { kind: "failed" });

export type SweepFiles = { readonly folder: string; readonly results: string };

/** Where a sweep writes: results.jsonl and one folder a job. */
export function sweepFiles(folder: string): SweepFiles {
  return { folder, results: join(folder, "results.jsonl") };
}

/** Keys of the jobs that the results file already holds; a damaged last line (a stop while writing) is not counted. */
export async function finishedKeys(files: SweepFiles): Promise<ReadonlySet<string>> {
  if (!existsSync(files.results)) return new Set();
  const keys = new Set<string>();
  for (const line of (await readFile(files.results, "utf8")).split("\n")) {
    const record = readLine(line);
    if (record !== null) keys.add(record.key);
  }
  return keys;
}

function readLine(line: string): { key: string } | null {
  try {
    const read = jobRecord.safeParse(JSON.parse(line));
    return read.success ? read.data : null;
  } catch {
    return null; // an empty or half-written line
  }
}

async function begun(folder: string): Promise<Uint8Array | null> {
  return folders.holdsRun(folder) ? folders.readCheckpoint("the job's folder", folder).catch(() => null) : null;
}

/** Runs one job in a worker thread, from its checkpoint if it has one. */
async function runJob(job: Job, files: SweepFiles, interrupt: AbortSignal): Promise<Outcome> {
  const folder = join(files.folder, "jobs", job.key);
  const checkpoint = await begun(folder);
  let writing: Promise<void> = Promise.resolve();
  const later = (work: () => Promise<void>) => {
    writing = writing.then(work);
    writing.catch(() => undefined); // the error surfaces where `writing` is awaited
  };
  const save = (bytes: Uint8Array, step: number) =>
    folders.saveRun(
      folder,
      { v: 1, domain: job.domain, options: { ...job.options }, dataFile: null, step, final: null },
      bytes,
    );
  const handlers = {
    onStart: (started: { history: readonly RunRecord[] }) => later(() => folders.writeHistory(folder, started.history)),
    onRecords: (records: readonly RunRecord[]) => later(() => folders.appendHistory(folder, records)),
    onNotice: () => undefined,
    save,
  };
  const request = { domain: job.domain, options: checkpoint ? {} : job.options, userData: null, checkpoint };
  const outcome = await driveRun(createJobClient(job.key), request, handlers, interrupt);
  await writing;
  await save(outcome.checkpoint, outcome.step);
  return outcome;
}

async function finish(job: Job, files: SweepFiles, interrupt: AbortSignal): Promise<JobResult | null> {
  try {
    const outcome = await runJob(job, files, interrupt);
    if (outcome.reason === null) return null;
    const folder = join(files.folder, "jobs", job.key);
    const result: JobResult = { ...finalOf(outcome, folder), kind: "job", key: job.key, options: { ...job.options } };
    await appendFile(files.results, `${recordLine(result)}\n`);
    return result;
  } catch (error) {
    return { kind: "failed", key: job.key, message: sentenceOf(asLabError(error)) };
  }
}

/**
 * Runs the jobs, `workers` at a time.
 * @param onResult called after each job that ended or failed; interrupted jobs are saved and not reported
 */
export async function runJobs(
  jobs: readonly Job[],
  files: SweepFiles,
  workers: number,
  interrupt: AbortSignal,
  onResult: (result: JobResult) => Promise<void>,
): Promise<void> {
  await mkdir(files.folder, { recursive: true });
  await endHalfLine(files);
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job && !interrupt.aborted; job = waiting.shift()) {
      const result = await finish(job, files, interrupt);
      if (result !== null) await onResult(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
}

/** A stop while writing may leave half a line: ends it, so that the next result starts on its own line. */
async function endHalfLine(files: SweepFiles): Promise<void> {
  if (!existsSync(files.results)) return;
  const text = await readFile(files.results, "utf8");
  if (text !== "" && !text.endsWith("\n")) await appendFile(files.results, "\n");
}
