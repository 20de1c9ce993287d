// A time-series sweep as tables (markdown, on stdout) and curves (SVG): estimates of log p(x) over a window of evaluations,
// because the noise of one evaluation is as large as what tells the algorithms apart (HMWS specification, section 15).
// Usage: node scripts/timeseries-table.mjs DIR [--from 800] [--to 1000] [--by particles] [--svg FILE] [--title TEXT]
// DIR is the folder of a finished or running sweep. Steps count from the end of the steps of sleep (sleepFirst).
// Every number: mean over seeds of each run's mean over the window; +- is the standard deviation over seeds, "noise" that
// of single evaluations around their run's mean.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: "string", default: "800" },
    to: { type: "string", default: "1000" },
    by: { type: "string" },
    sleep: { type: "string", default: "100" },
    svg: { type: "string" },
    title: { type: "string", default: "Time series" },
  },
});
const [folder] = positionals;
if (!folder || !existsSync(join(folder, "results.jsonl"))) {
  console.error("Usage: node scripts/timeseries-table.mjs DIR [--from 800] [--to 1000] [--by OPTION] [--svg FILE]");
  process.exit(2);
}

const COLUMNS = [
  ["iwae100Penalised", "IWAE-100, with"],
  ["iwae100", "without"],
  ["iwae10", "IWAE-10, with"],
  ["median", "median, with"],
  ["singleKernel", "one kernel"],
  ["compositional", "compositional"],
  ["memoryBoundPenalised", "memory, with"],
  ["memoryBound", "without"],
  ["top1", "top-1"],
  ["asGood", "as good"],
];
const ORDER = ["hmws", "hmws-minus", "rws-plus", "rws", "vimco", "reinforce"];
const NAMES = { hmws: "HMWS", "hmws-minus": "HMWS−", "rws-plus": "RWS+", rws: "RWS", vimco: "VIMCO" };

const lines = (path) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const sd = (values) => Math.sqrt(values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1));
const text = (value, digits = 1) => value.toFixed(digits).replace("-", "−");
const spread = (values, digits) => (values.length > 1 ? ` ± ${text(sd(values), digits)}` : "");

/** Every finished run with its evaluations, steps counted from the end of sleep. */
const runs = lines(join(folder, "results.jsonl"))
  .filter(({ kind }) => kind === "job")
  .map((job) => ({
    ...job,
    points: lines(join(folder, "jobs", job.key, "history.jsonl"))
      .filter(({ metrics }) => Number.isFinite(metrics.iwae100Penalised))
      .map(({ step, metrics, wallMs, evaluations }) => ({
        step: step - Number(flags.sleep),
        wallMs,
        evaluations,
        metrics,
      })),
  }));

const inWindow = ({ points }) => points.filter(({ step }) => step >= Number(flags.from) && step <= Number(flags.to));
const valuesOf = (run, metric) => inWindow(run).flatMap(({ metrics }) => metrics[metric] ?? []);
const settings = [...new Set(runs.map(({ options }) => String(options[flags.by] ?? "")))];

function groupsOf() {
  return settings.flatMap((setting) =>
    ORDER.map((algorithm) => ({
      setting,
      algorithm,
      runs: runs
        .filter((run) => run.algorithm === algorithm && String(run.options[flags.by] ?? "") === setting)
        .sort((first, second) => first.seed - second.seed),
    })).filter((group) => group.runs.length > 0),
  );
}

function cell(group, metric) {
  const digits = metric === "top1" || metric === "asGood" ? 3 : 1;
  const perRun = group.runs.map((run) => valuesOf(run, metric)).filter((values) => values.length > 0);
  if (perRun.length === 0) return "";
  const means = perRun.map(mean);
  const noise = perRun[0].length > 1 ? ` (noise ${text(mean(perRun.map(sd)), digits)})` : "";
  return text(mean(means), digits) + spread(means, digits) + (metric.startsWith("iwae100") ? noise : "");
}

function printTable(groups) {
  const by = flags.by ? [`${flags.by} | `, "---|"] : ["", ""];
  console.log(`| ${by[0]}| ${COLUMNS.map(([, title]) => title).join(" | ")} | runs | train s | evaluations |`);
  console.log(`|${by[1]}${"---|".repeat(COLUMNS.length + 4)}`);
  for (const group of groups) {
    const last = group.runs
      .map(({ points }) => points.findLast(({ step }) => step <= Number(flags.to)))
      .filter(Boolean);
    const tail = [
      group.runs.length,
      text(mean(last.map(({ wallMs }) => wallMs / 1000)), 0),
      Math.round(mean(last.map(({ evaluations }) => evaluations))),
    ];
    const cells = COLUMNS.map(([metric]) => cell(group, metric));
    const name = NAMES[group.algorithm] ?? group.algorithm.toUpperCase();
    console.log(`| ${flags.by ? `${group.setting} | ` : ""}${name} | ${[...cells, ...tail].join(" | ")} |`);
  }
}

/** HMWS less RWS, run by run of the same seed. */
function printDifference(groups) {
  for (const setting of settings) {
    const own = groups.filter((group) => group.setting === setting);
    const [first, second] = ["hmws", "rws"].map((id) => own.find(({ algorithm }) => algorithm === id));
    if (!first || !second) continue;
    for (const metric of ["iwae100Penalised", "iwae100"]) {
      const differences = first.runs.flatMap((run) => {
        const other = second.runs.find(({ seed }) => seed === run.seed);
        const [a, b] = [valuesOf(run, metric), other ? valuesOf(other, metric) : []];
        return a.length > 0 && b.length > 0 ? [mean(a) - mean(b)] : [];
      });
      if (differences.length === 0) continue;
      const each = differences.map((value) => text(value)).join(", ");
      const where = flags.by ? `${flags.by} ${setting}: ` : "";
      console.log(
        `\n${where}HMWS − RWS, ${metric}, by seed: ${each}; mean ${text(mean(differences))}${spread(differences, 1)}.`,
      );
    }
  }
}

// The figure: one panel a subset; line: mean over seeds of a moving mean of five evaluations; band: one standard deviation
// of single evaluations around it, over seeds and the five.
const STYLES = {
  hmws: ["#4765c9", ""],
  "hmws-minus": ["#7a94e6", "9 3"],
  "rws-plus": ["#b04074", "2 3"],
  rws: ["#806c32", "7 3"],
  vimco: ["#214740", "9 3 2 3"],
};
const PANELS = [
  ["iwae100Penalised", "all series"],
  ["singleKernel", "one kernel"],
  ["compositional", "two or more"],
  ["median", "median series"],
];
const [WIDTH, HEIGHT] = [300, 220];
const BOX = { left: 46, right: 22, top: 30, bottom: 36 };

function smoothed(group, metric) {
  const steps = [...new Set(group.runs.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  return steps
    .filter((step) => step >= 0)
    .map((step, i, all) => {
      const near = all.slice(Math.max(0, i - 2), i + 3);
      const values = group.runs.flatMap(({ points }) =>
        points.filter((point) => near.includes(point.step)).flatMap(({ metrics }) => metrics[metric] ?? []),
      );
      return { step, middle: mean(values), noise: values.length > 1 ? sd(values) : 0 };
    });
}

function panel(groups, [metric, title], at) {
  const curves = groups.map((group) => ({ group, points: smoothed(group, metric) }));
  const every = curves.flatMap(({ points }) => points.flatMap(({ middle, noise }) => [middle - noise, middle + noise]));
  const sorted = [...every].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor(sorted.length * 0.02)], sorted[sorted.length - 1]];
  const end = Math.max(...curves.map(({ points }) => points.at(-1)?.step ?? 1));
  const x = (step) => (at * WIDTH + BOX.left + (step / end) * (WIDTH - BOX.left - BOX.right)).toFixed(1);
  const y = (value) => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return (44 + HEIGHT - BOX.bottom - share * (HEIGHT - BOX.top - BOX.bottom)).toFixed(1);
  };
  const step = [1, 2, 5, 10, 20, 50, 100].find((size) => (high - low) / size <= 5) ?? 200;
  let svg = `<text x="${at * WIDTH + BOX.left}" y="62" fill="#1b1d21" font-weight="600">${title}</text>`;
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    svg += `<line x1="${x(0)}" x2="${x(end)}" y1="${y(tick)}" y2="${y(tick)}" stroke="#e6e3dd"/>`;
    svg += `<text x="${x(0) - 6}" y="${Number(y(tick)) + 4}" text-anchor="end">${text(tick, 0)}</text>`;
  }
  for (const tick of [0, end / 2, end])
    svg += `<text x="${x(tick)}" y="${44 + HEIGHT - 18}" text-anchor="middle">${tick}</text>`;
  for (const { group, points } of curves) {
    const [colour, dash] = STYLES[group.algorithm] ?? ["#4f535a", ""];
    const up = points.map(({ step: s, middle, noise }) => `${x(s)},${y(middle + noise)}`);
    const down = [...points].reverse().map(({ step: s, middle, noise }) => `${x(s)},${y(middle - noise)}`);
    svg += `<path d="M${[...up, ...down].join("L")}Z" fill="${colour}" opacity="0.1"/>`;
    const path = points.map(({ step: s, middle }) => `${x(s)},${y(middle)}`).join("L");
    svg += `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
  }
  return svg;
}

function figure(groups) {
  const key = groups.map(({ algorithm }, i) => {
    const [colour, dash] = STYLES[algorithm] ?? ["#4f535a", ""];
    const from = 12 + i * 110;
    const line = `<line x1="${from}" x2="${from + 26}" y1="32" y2="32" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>`;
    return `${line}<text x="${from + 32}" y="36">${NAMES[algorithm] ?? algorithm}</text>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PANELS.length * WIDTH}" height="${HEIGHT + 48}" ` +
    `font-family="Inter, system-ui, sans-serif" font-size="11" fill="#4f535a"><title>${flags.title}</title>` +
    `<desc>IWAE-100 with the length penalty, nats a series, against training steps; band: noise of single evaluations.</desc>` +
    `<rect width="100%" height="100%" fill="#ffffff"/><text x="12" y="16" font-size="13" font-weight="600" fill="#1b1d21">` +
    `${flags.title}: IWAE-100 with penalty (nats a series) against training steps</text>${key.join("")}` +
    `${PANELS.map((one, i) => panel(groups, one, i)).join("")}</svg>\n`
  );
}

const groups = groupsOf();
console.log(`Steps ${flags.from} to ${flags.to} after ${flags.sleep} steps of sleep; nats a series.\n`);
printTable(groups);
printDifference(groups);
if (flags.svg) writeFileSync(flags.svg, figure(groups));
