// Held-out bits per pixel of a strokes sweep, every run judged through a fresh recognition network with one budget
// (MWS specification, 1.7), as a table beside the paper's. Usage:
//   node scripts/strokes-table.mjs DIR [--fresh 2000] [--fresh-wake 0] [--samples 1000] [--rows 50] [--only-table]
// DIR is the folder of a finished or running sweep. Results go to DIR/fresh.jsonl; started again, it goes on where it
// stopped. Low is good. The paper's numbers are for other data and 200 000 steps: order, not size, is comparable.

import { execFile } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { setup } from "./setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fresh: { type: "string", default: "2000" },
    "fresh-wake": { type: "string", default: "0" },
    samples: { type: "string", default: "1000" },
    rows: { type: "string", default: "50" },
    "only-table": { type: "boolean", default: false },
  },
});
const [folder] = positionals;
if (!folder || !existsSync(join(folder, "results.jsonl"))) {
  console.error("Usage: node scripts/strokes-table.mjs DIR [--fresh 2000] [--samples 1000] [--rows 50]");
  process.exit(2);
}

/** Table 1 of Hewitt, Le & Tenenbaum 2020, bits per pixel, by algorithm and K. */
const PAPER = {
  rws: { 3: 0.363, 5: 0.348, 10: 0.333, 20: 0.324, 40: 0.322 },
  vimco: { 3: 0.361, 5: 0.333, 10: 0.326, 20: 0.318, 40: 0.319 },
  mws: { 3: 0.311, 5: 0.305, 10: 0.321, 20: 0.31, 40: 0.316 },
};

const lines = (path) =>
  existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
const budget = [flags.fresh, flags["fresh-wake"], flags.samples, flags.rows].join("/");
const file = join(folder, "fresh.jsonl");

async function judge(key) {
  const words = ["--fresh", flags.fresh, "--fresh-wake", flags["fresh-wake"], "--samples", flags.samples];
  const command = ["scripts/lab.mjs", "evaluate", join(folder, "jobs", key), ...words, "--rows", flags.rows, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, maxBuffer: 1 << 24 });
  const { bits, stderr, ess, logMarginal } = JSON.parse(stdout);
  appendFileSync(file, `${JSON.stringify({ key, budget, bits, stderr, ess, logMarginal })}\n`);
}

const jobs = lines(join(folder, "results.jsonl")).filter(({ kind }) => kind === "job");
const known = new Set(lines(file).flatMap((one) => (one.budget === budget ? [one.key] : [])));
const waiting = flags["only-table"] ? [] : jobs.filter(({ key }) => !known.has(key));
for (const [i, { key }] of waiting.entries()) {
  process.stderr.write(`${i + 1} of ${waiting.length} ${key}\n`);
  await judge(key);
}

const found = new Map(lines(file).flatMap((one) => (one.budget === budget ? [[one.key, one]] : [])));
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const sd = (values) => Math.sqrt(values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1));
const counts = [...new Set(jobs.map(({ particles }) => particles))].sort((a, b) => a - b);

const judged = [...found.values()];
console.log(
  `Bits per pixel of the first ${flags.rows} held-out characters. Fresh network: ${flags.fresh} steps of sleep` +
    `${Number(flags["fresh-wake"]) > 0 ? `, ${flags["fresh-wake"]} of wake` : ""}, batch 50; S = ${flags.samples}, ` +
    `effective samples ${mean(judged.map(({ ess }) => ess)).toFixed(1)}, standard error of one number ` +
    `${(mean(judged.map(({ stderr }) => stderr)) / (784 * Math.LN2)).toFixed(4)} from sampling.\n`,
);
console.log(`| | ${counts.map((k) => `K = ${k}`).join(" | ")} | ${counts.map((k) => `paper, ${k}`).join(" | ")} |`);
console.log(`|---|${"---|".repeat(2 * counts.length)}`);
for (const algorithm of ["rws", "vimco", "mws"]) {
  const cells = counts.map((particles) => {
    const own = jobs.filter((job) => job.algorithm === algorithm && job.particles === particles);
    const bits = own.flatMap(({ key }) => (found.has(key) ? [found.get(key).bits] : []));
    if (bits.length === 0) return "";
    return bits.length === 1 ? `${bits[0].toFixed(4)} (1 run)` : `${mean(bits).toFixed(4)} ± ${sd(bits).toFixed(4)}`;
  });
  console.log(
    `| ${algorithm.toUpperCase()} | ${cells.join(" | ")} | ${counts.map((k) => PAPER[algorithm][k]).join(" | ")} |`,
  );
}
const [first] = jobs;
if (first) {
  setup({ quiet: true });
  await import("tsx");
  const { heldOutBaselines } = await import("../bench/strokesBars.ts");
  const { constant, pixels, count } = await heldOutBaselines(first.options, Number(flags.rows));
  console.log(
    `\nThe same ${count} characters: one rate for all pixels ${constant.toFixed(4)}, a rate for each ${pixels.toFixed(4)}.`,
  );
  const runs = counts.map((k) => jobs.filter(({ particles }) => particles === k).length).join(", ");
  console.log(`Runs by K: ${runs}; ± is the standard deviation over seeds. The paper: mean of 3 runs on other data.`);
}
