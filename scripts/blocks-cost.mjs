// Time and memory of blocks training by number of likelihood evaluations, beside the paper's table (scenes specification,
// section 9): HMWS with K = M = N, RWS with S = K (M + N) samples. Each row is one training process of its own.
// Usage: node scripts/blocks-cost.mjs [--iterations 100] [--repeats 3] [--set KEY=VALUE ...]
// Seconds are training time (evaluations left out), the median over repeats; the time of 5,000 iterations is extrapolated
// from them. Memory is the largest resident set of the whole process, Node and the lab's code included (about 150 MB),
// read from /proc: elsewhere than on Linux it stays empty.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: flags } = parseArgs({
  options: {
    iterations: { type: "string", default: "100" },
    repeats: { type: "string", default: "3" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const TOTAL = 5000;
/** K = M = N, the samples S of the same cost, and the paper's minutes and megabytes (HMWS, RWS). */
const ROWS = [
  { draws: 2, samples: 8, minutes: [67, 82], megabytes: [2277, 3467] },
  { draws: 3, samples: 18, minutes: [136, 196], megabytes: [4645, 7646] },
  { draws: 4, samples: 32, minutes: [186, 327], megabytes: [8028, 13556] },
  { draws: 5, samples: 50, minutes: [390, 582], megabytes: [12485, 21155] },
  { draws: 6, samples: 72, minutes: [499, null], megabytes: [17963, null] },
];
const ALGORITHMS = ["hmws", "rws"];

/** One training process: { seconds per iteration, megabytes }. */
function train(algorithm, { draws, samples }) {
  const folder = mkdtempSync(join(tmpdir(), "blocks-cost-"));
  // The released code dreams as often as it samples: S per observation for RWS, K for HMWS.
  const dreams = 5 * (algorithm === "rws" ? samples : draws);
  const settings = [`evaluateEvery=${Number(flags.iterations) * 10}`, `dreams=${dreams}`, ...flags.set];
  const given = ["train", "blocks", "--algorithm", algorithm, "--particles", draws, "--iterations", flags.iterations];
  const rest = ["--backend", "wasm", "--seed", 1, "--json", "--out", folder];
  const args = [...given, ...rest, ...settings.flatMap((one) => ["--set", one])].map(String);
  const child = spawn(process.execPath, [join(root, "scripts", "lab.mjs"), ...args], { cwd: root });
  let output = "";
  let problem = "";
  let megabytes = Number.NaN;
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (problem += chunk));
  const watch = setInterval(() => {
    megabytes = residentPeak(child.pid) ?? megabytes;
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      clearInterval(watch);
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) return reject(new Error(problem.trim() || `lab train ended with ${code}`));
      const last = JSON.parse(output.trim().split("\n").at(-1));
      return resolve({ seconds: last.wallMs / 1000 / last.steps, megabytes });
    });
  });
}

function residentPeak(pid) {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return null;
  try {
    const found = readFileSync(path, "utf8").match(/VmHWM:\s+(\d+) kB/);
    return found ? Number(found[1]) / 1024 : null;
  } catch {
    // The process ended between the two lines.
    return null;
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const minutes = (seconds) => (seconds >= 600 ? (seconds / 60).toFixed(0) : (seconds / 60).toFixed(1));
const known = (value) => value ?? "out of memory";

console.log(
  "| S = K(M + N) | HMWS, s an iteration | RWS | HMWS, min to 5,000 | RWS | paper HMWS | paper RWS | HMWS, MB | RWS | paper HMWS | paper RWS |",
);
console.log(`|${"---|".repeat(11)}`);
for (const row of ROWS) {
  const results = [];
  for (const algorithm of ALGORITHMS) {
    const runs = [];
    for (let repeat = 0; repeat < Number(flags.repeats); repeat++) runs.push(await train(algorithm, row));
    results.push({
      seconds: median(runs.map(({ seconds }) => seconds)),
      megabytes: median(runs.map((run) => run.megabytes)),
    });
  }
  const cells = [
    row.samples,
    ...results.map(({ seconds }) => seconds.toFixed(3)),
    ...results.map(({ seconds }) => minutes(seconds * TOTAL)),
    ...row.minutes.map(known),
    ...results.map(({ megabytes }) => (Number.isNaN(megabytes) ? "" : megabytes.toFixed(0))),
    ...row.megabytes.map(known),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
