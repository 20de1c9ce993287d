// `lab sweep PLAN.json`: algorithms x K x seeds over worker threads; results as JSON lines; started again, it goes on
// where it stopped.

import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { Command } from "commander";
import { interruptSignal } from "../drive";
import { EXIT, mistake } from "../failures";
import { readCount } from "../flags";
import { createProgress, formatNumber, print, recordLine, say } from "../output";
import { type Job, readPlan } from "../plan";
import { finishedKeys, type JobResult, runJobs, type SweepFiles, sweepFiles } from "../sweepJobs";

type Flags = { json?: boolean; workers?: string; queue?: string; out?: string };

function asText(result: JobResult): string {
  if (result.kind === "failed") return `${result.key}: failed. ${result.message}`;
  const numbers = Object.entries(result.metrics).map(([name, value]) => `${name} ${formatNumber(value)}`);
  return `${result.key}: ${result.reason}, ${result.evaluations} evaluations, ${numbers.join(", ")}`;
}

async function sweep(path: string, jobs: readonly Job[], files: SweepFiles, flags: Flags): Promise<number> {
  const workers =
    flags.workers === undefined
      ? Math.max(1, availableParallelism() - 1)
      : readCount("--workers", flags.workers, 1, 64);
  const finished = await finishedKeys(files);
  const open = jobs.filter((job) => !finished.has(job.key));
  const skipped = jobs.length - open.length;
  if (skipped > 0) say(`${skipped} of ${jobs.length} jobs are already in ${files.results}.`);
  const bar = createProgress(open.length, "jobs");
  const interrupt = interruptSignal();
  let done = 0;
  let failed = 0;
  await runJobs(open, files, workers, interrupt, async (result) => {
    if (result.kind === "failed") failed += 1;
    else done += 1;
    bar.update(done + failed, result.key);
    await print(flags.json ? recordLine(result) : asText(result));
  });
  bar.finish();
  if (flags.json)
    await print(recordLine({ kind: "sweep", jobs: jobs.length, done, skipped, failed, out: files.results }));
  else await print(`${done} jobs done, ${skipped} skipped, ${failed} failed; results in ${files.results}.`);
  if (interrupt.aborted) {
    say(`Interrupted; jobs in progress are saved. Go on with: npm run -s lab -- sweep ${path} --out ${files.folder}`);
    return EXIT.interrupted;
  }
  return failed > 0 ? EXIT.failed : EXIT.good;
}

/** The `sweep` command. */
export function sweepCommand(): Command {
  return new Command("sweep")
    .description("Runs a plan of algorithms x K x seeds over worker threads; resumable.")
    .argument("<plan>", "JSON file: domain, algorithms, particles, seeds, options, sets (docs/cli.md)")
    .option("--workers <n>", "worker threads; one fewer than the processors when absent")
    .option("--queue <url>", "not there yet")
    .option("--out <dir>", "folder for results.jsonl and the jobs' folders; runs/<plan's name> when absent")
    .option("--json", "one JSON record a line")
    .action(async (path: string, flags: Flags) => {
      if (flags.queue !== undefined) {
        throw mistake("--queue is not there yet; --workers N runs the sweep on this machine.", { given: flags.queue });
      }
      const jobs = await readPlan(path);
      const files = sweepFiles(flags.out ?? join("runs", basename(path).replace(/\.json$/i, "")));
      process.exitCode = await sweep(path, jobs, files, flags);
    });
}
