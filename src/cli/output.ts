// Where the command line writes: records as JSON lines or as text on stdout, everything else on stderr.
// One place turns numbers into text, so that a non-finite number is null in JSON and a word for people.

import { SingleBar } from "cli-progress";
import { type CliRecord, RECORD_VERSION } from "./schema";

type Unversioned<R> = R extends CliRecord ? Omit<R, "v"> : never;

/** A record as the commands hand it over: without its version, which `recordLine` adds. */
export type NewRecord = Unversioned<CliRecord>;

function finiteOrNull(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  // Typed arrays would print as objects with numbered keys.
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
}

/** A record as one line of JSON: version first, non-finite numbers as null. */
export function recordLine(record: NewRecord): string {
  return JSON.stringify({ v: RECORD_VERSION, ...record }, finiteOrNull);
}

/** Writes to stdout and waits until it is taken, so that a closed or slow pipe is not run over. */
export function print(line: string): Promise<void> {
  return new Promise((done) => process.stdout.write(`${line}\n`, () => done()));
}

/** A sentence for the person at the terminal; never mixed with the data on stdout. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** A number for people: four significant digits, plain words for what is not finite. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "not known";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "minus infinity";
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(3) : String(Number(value.toPrecision(4)));
}

/** Metrics on one line: "elbo -183.2, phi 0.021". */
export function formatMetrics(metrics: Readonly<Record<string, number>>, names: readonly string[]): string {
  return names
    .filter((name) => metrics[name] !== undefined)
    .map((name) => `${name} ${formatNumber(metrics[name])}`)
    .join(", ");
}

export interface Progress {
  update(step: number, text: string): void;
  finish(): void;
}

const SILENT: Progress = { update: () => undefined, finish: () => undefined };

/** A progress bar on a terminal; silent when stderr is not one (logs, pipes, tests). */
export function createProgress(total: number, label: string): Progress {
  if (!process.stderr.isTTY) return SILENT;
  const bar = new SingleBar({
    format: `${label} [{bar}] {value}/{total}  {eta_formatted} left  {text}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
    barsize: 24,
    fps: 8,
  });
  bar.start(total, 0, { text: "" });
  return {
    update: (step, text) => bar.update(Math.min(step, total), { text }),
    finish: () => bar.stop(),
  };
}
