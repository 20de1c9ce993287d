// Runs the real command line as a child process and reads what it printed.

import { type ChildProcess, spawn } from "node:child_process";
import { anyRecord, type CliRecord } from "../../src/cli/schema";

export type CliResult = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every line of stdout as a record; throws where a line is none. */
  records(): CliRecord[];
};

export type CliRun = { readonly child: ChildProcess; readonly result: Promise<CliResult> };

/** Starts `lab` with these words; stdin is `input`. */
export function startCli(words: readonly string[], input = ""): CliRun {
  const child = spawn(process.execPath, ["scripts/lab.mjs", ...words], { stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (bytes) => {
    stdout += String(bytes);
  });
  child.stderr.on("data", (bytes) => {
    stderr += String(bytes);
  });
  child.stdin.end(input);
  const result = new Promise<CliResult>((done) => {
    child.on("close", (code) => {
      const records = () =>
        stdout
          .trim()
          .split("\n")
          .map((line) => anyRecord.parse(JSON.parse(line)));
      done({ code, stdout, stderr, records });
    });
  });
  return { child, result };
}

/** Runs `lab` with these words to its end. */
export function runCli(words: readonly string[], input = ""): Promise<CliResult> {
  return startCli(words, input).result;
}

/** The records of one kind. */
export function ofKind<K extends CliRecord["kind"]>(records: readonly CliRecord[], kind: K) {
  return records.filter((record): record is Extract<CliRecord, { kind: K }> => record.kind === kind);
}
