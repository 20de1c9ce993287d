// `lab bench [NAME]`: rates of the hot paths, each beside its reference implementation in the same run.

import { Command } from "commander";
import { type BenchResult, benchNames, runBench } from "../../../bench/index";
import { mistake } from "../failures";
import { formatNumber, print, recordLine, say } from "../output";

function asText(result: BenchResult): string {
  const { name, rate, unit, referenceRate, ratio, runs } = result;
  const reference =
    referenceRate === null ? "" : `; reference ${formatNumber(referenceRate)}, ratio ${formatNumber(ratio)}`;
  return `${name}: ${formatNumber(rate)} ${unit}/s (median of ${runs} runs${reference})`;
}

/** The `bench` command. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("Rates of named hot paths, each with its reference implementation in the same run.")
    .argument("[name]", `one of ${benchNames.join(", ")}; all of them when absent`)
    .option("--json", "one JSON record a line")
    .action(async (name: string | undefined, flags: { json?: boolean }) => {
      if (name !== undefined && !benchNames.includes(name)) {
        throw mistake(`NAME is "${name}"; allowed: ${benchNames.join(", ")}.`, { given: name });
      }
      for (const each of name === undefined ? benchNames : [name]) {
        if (process.stderr.isTTY) say(`Measuring ${each} ...`);
        for (const result of await runBench(each)) {
          await print(flags.json ? recordLine({ kind: "bench", ...result }) : asText(result));
        }
      }
    });
}
