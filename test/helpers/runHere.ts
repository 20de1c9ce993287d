// Runs the command line in this process and catches what it prints: the real command without the start of a new Node.

import { vi } from "vitest";
import { runCommand } from "../../src/cli/main";
import { anyRecord } from "../../src/cli/schema";
import type { CliResult } from "./runCli";

/** Runs `lab` with these words to its end. */
export async function runHere(words: readonly string[]): Promise<CliResult> {
  const printed = { stdout: "", stderr: "" };
  const catching = (name: "stdout" | "stderr") =>
    vi.spyOn(process[name], "write").mockImplementation((text, ...rest) => {
      printed[name] += String(text);
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    });
  const spies = [catching("stdout"), catching("stderr")];
  const earlier = process.exitCode;
  try {
    const code = await runCommand(words);
    const lines = printed.stdout.trim().split("\n");
    return { code, ...printed, records: () => lines.map((line) => anyRecord.parse(JSON.parse(line))) };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = earlier;
  }
}
