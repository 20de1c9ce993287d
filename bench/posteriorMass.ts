// How many of the 877 clusterings carry the posterior mass, per set of the fixed data: under the true model and under
// models learned here. Usage: npx tsx bench/posteriorMass.ts [iterations]; prints a markdown table.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readDataset } from "../src/domains/clusters/data";
import { clusters } from "../src/domains/clusters/index";
import { massTable, posteriorMassStudy } from "../src/domains/clusters/posteriorMass";
import type { OptionValues } from "../src/engine/options";
import { createRun } from "../src/engine/run/createRun";

const readAsset = async (path: string) => new Uint8Array(await readFile(new URL(`../public/${path}`, import.meta.url)));

/** The table of the study: the true model, the untrained one, and models learned in `iterations` steps with seed 1. */
export async function posteriorMassReport(iterations: number): Promise<string> {
  const { train, trueSigma } = readDataset(await readAsset("datasets/crp-gmm-100x7.json"));
  const learned: readonly (readonly [string, OptionValues])[] = [
    ["MWS M=5 R=5", { memory: 5, proposals: 5 }],
    ["MWS-fantasy M=5 R=1", { memory: 5, proposals: 1, sleep: "fantasy" }],
    ["MWS M=5 R=1", { memory: 5, proposals: 1 }],
    ["RWS K=5", { algorithm: "rws", particles: 5 }],
    ["VIMCO K=5", { algorithm: "vimco", particles: 5 }],
  ];
  const rows = [
    { name: "true model (variance 0.03)", study: posteriorMassStudy(train, trueSigma) },
    { name: "untrained (variance 1)", study: posteriorMassStudy(train, [1, 0, 0, 1]) },
  ];
  for (const [name, chosen] of learned) {
    const sigma = await learnedSigma({ ...chosen, iterations, evaluateEvery: iterations });
    const label = `${name}, ${iterations} steps (\u03a3\u2081\u2081 ${sigma[0].toFixed(3)}, \u03a3\u2082\u2082 ${sigma[3].toFixed(3)})`;
    rows.push({ name: label, study: posteriorMassStudy(train, sigma) });
  }
  return massTable(rows);
}

async function learnedSigma(options: OptionValues): Promise<[number, number, number, number]> {
  const { run } = await createRun({ spec: clusters, options, userData: null, checkpoint: null, readAsset });
  await run.advance("free");
  const { sigma, sigma12, sigma22 } = run.core.parts.instance.metrics();
  return [sigma ?? Number.NaN, sigma12 ?? Number.NaN, sigma12 ?? Number.NaN, sigma22 ?? Number.NaN];
}

async function main(): Promise<void> {
  const iterations = Number(process.argv[2] ?? 5000);
  process.stdout.write(
    "Clusterings needed for a share of the posterior mass, over 100 training sets: median / mean / 90th percentile / largest.\n\n",
  );
  process.stdout.write(await posteriorMassReport(iterations));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
