// Turns a sweep's folder into a table (markdown, on stdout) and a figure (SVG): one metric, grouped by everything but
// the seed. Usage: node scripts/sweep-report.mjs DIR METRIC [--last STEPS] [--true VALUE] [--svg FILE] [--title TEXT]
// The value of a run is the mean of the metric over its last STEPS steps (default: the last record that has it).
// --true VALUE takes |that mean - VALUE| instead: the error of the averaged metric. The figure's axis is logarithmic from
// --floor, or --linear LOW,HIGH; --line VALUE,NAME draws an exact reference. Curves run over evaluations of the joint, or with
// --over seconds over training time.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    last: { type: "string" },
    true: { type: "string" },
    svg: { type: "string" },
    title: { type: "string", default: "" },
    floor: { type: "string", default: "0.0001" },
    linear: { type: "string" },
    line: { type: "string" },
    over: { type: "string", default: "evaluations" },
  },
});
const [folder, metric] = positionals;
if (!folder || !metric || !existsSync(join(folder, "results.jsonl"))) {
  console.error("Usage: node scripts/sweep-report.mjs DIR METRIC [--last STEPS] [--true VALUE] [--svg FILE]");
  process.exit(2);
}

const lines = (path) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const AXES = {
  evaluations: { title: "evaluations of the joint", text: (value) => `${Math.round(value / 1000)}k` },
  seconds: { title: "training time, s", text: (value) => value.toFixed(0) },
};
const over = AXES[flags.over];
if (!over) {
  console.error(`--over is "${flags.over}"; allowed: ${Object.keys(AXES).join(", ")}`);
  process.exit(2);
}

/** Every finished job with the points of its metric: `at` is where a point stands on the axis. */
function readJobs() {
  return lines(join(folder, "results.jsonl"))
    .filter((record) => record.kind === "job")
    .map((record) => {
      const history = lines(join(folder, "jobs", record.key, "history.jsonl"));
      const points = history
        .filter((point) => Number.isFinite(point.metrics[metric]))
        .map((point) => ({
          step: point.step,
          at: flags.over === "seconds" ? point.wallMs / 1000 : point.evaluations,
          value: point.metrics[metric],
        }));
      return { record, points };
    })
    .filter((job) => job.points.length > 0);
}

/** The number that the table shows for one run. */
function finalValue(points) {
  const end = points.at(-1).step;
  const window = flags.last ? points.filter((point) => point.step > end - Number(flags.last)) : points.slice(-1);
  const mean = window.reduce((sum, point) => sum + point.value, 0) / window.length;
  return flags.true === undefined ? mean : Math.abs(mean - Number(flags.true));
}

const SHOWN = ["algorithm", "sleep", "phi", "particles", "memory", "proposals", "neighbours", "dataset", "iterations"];

/** Options that tell a group from the others, in a fixed order. */
function groupOf(record) {
  const options = { ...record.options, algorithm: record.algorithm };
  return SHOWN.filter((name) => options[name] !== undefined && options[name] !== "").map((name) => [
    name,
    options[name],
  ]);
}

function grouped(jobs) {
  const groups = new Map();
  for (const job of jobs) {
    const parts = groupOf(job.record);
    const key = JSON.stringify(parts);
    if (!groups.has(key)) groups.set(key, { parts: Object.fromEntries(parts), jobs: [] });
    groups.get(key).jobs.push(job);
  }
  return [...groups.values()];
}

const short = (value) => (Math.abs(value) < 0.1 ? value.toFixed(4) : value.toFixed(3));
const median = (sorted) =>
  sorted.length % 2 ? sorted[(sorted.length - 1) / 2] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;

function printTable(groups) {
  const names = SHOWN.filter((name) => groups.some((group) => group.parts[name] !== undefined));
  console.log(`| ${[...names, `${metric} by seed`, "median", "evaluations", "train s (median)"].join(" | ")} |`);
  console.log(`|${"---|".repeat(names.length + 4)}`);
  for (const group of groups) {
    const runs = [...group.jobs].sort((a, b) => a.record.seed - b.record.seed);
    const values = runs.map((job) => finalValue(job.points));
    const wall = median(runs.map((job) => job.record.wallMs / 1000).sort((a, b) => a - b));
    const cells = names.map((name) => group.parts[name] ?? "");
    const middle = median([...values].sort((a, b) => a - b));
    cells.push(values.map(short).join(" / "), short(middle), String(runs[0].record.evaluations), wall.toFixed(1));
    console.log(`| ${cells.join(" | ")} |`);
  }
}

// The figure: one panel for each (neighbours, particles), one line for each algorithm; seeds thin, mean thick.
const STYLES = [
  { colour: "#4765c9", dash: "" },
  { colour: "#b04074", dash: "7 3" },
  { colour: "#214740", dash: "2 3" },
  { colour: "#806c32", dash: "9 3 2 3" },
];
const WIDTH = 270;
const HEIGHT = 190;
const KEY_WIDTH = 130;
const MARGIN = { left: 44, right: 20, top: 30, bottom: 34 };

function drawFigure(groups) {
  const rows = [...new Set(groups.map((group) => String(group.parts.neighbours ?? "")))];
  const columns = [...new Set(groups.map((group) => String(group.parts.particles ?? "")))];
  const names = [...new Set(groups.map((group) => group.parts.algorithm))];
  const floor = Number(flags.floor);
  const all = groups.flatMap((group) => group.jobs.flatMap((job) => job.points.map((point) => point.value)));
  const axis = flags.linear ? linearAxis(flags.linear) : logAxis(floor, all);
  const width = Math.max(columns.length * WIDTH, names.length * KEY_WIDTH + 24);
  const panelWidth = width / columns.length;
  const panels = rows.flatMap((row, r) =>
    columns.map((column, c) => {
      const own = groups.filter(
        (group) => String(group.parts.neighbours ?? "") === row && String(group.parts.particles ?? "") === column,
      );
      const title = [row && `k = ${row}`, column && `K = ${column}`].filter(Boolean).join(", ");
      return drawPanel(own, names, { x: c * panelWidth, y: r * HEIGHT + 44, width: panelWidth, axis, title });
    }),
  );
  const key = names.map((name, i) => keyEntry(name, STYLES[i], 12 + i * KEY_WIDTH)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${rows.length * HEIGHT + 48}" ` +
    `font-family="Inter, system-ui, sans-serif" font-size="11" fill="#4f535a">` +
    `<title>${flags.title || metric}</title><desc>${metric} against ${over.title}; thin: seeds, thick: mean.</desc>` +
    `<rect width="100%" height="100%" fill="#ffffff"/><text x="12" y="16" font-size="13" font-weight="600" ` +
    `fill="#1b1d21">${flags.title || metric}</text>${key}${panels.join("")}</svg>\n`
  );
}

/** An axis: ticks, and the share of the height at a value. */
function logAxis(floor, values) {
  const low = Math.floor(Math.log10(Math.max(floor, Math.min(...values))));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => Number((10 ** (low + i)).toPrecision(1)));
  return { ticks, share: (value) => (Math.log10(Math.max(floor, value)) - low) / (high - low) };
}

function linearAxis(range) {
  const [low, high] = range.split(",").map(Number);
  const ticks = Array.from({ length: 4 }, (_, i) => Number((low + ((high - low) * i) / 3).toFixed(2)));
  return { ticks, share: (value) => Math.min(1, Math.max(0, (value - low) / (high - low))) };
}

function keyEntry(name, style, x) {
  const line = `<line x1="${x}" x2="${x + 28}" y1="30" y2="30" stroke="${style.colour}" stroke-width="2.5" stroke-dasharray="${style.dash}"/>`;
  return `${line}<text x="${x + 34}" y="34">${name.toUpperCase()}</text>`;
}

function drawPanel(groups, names, { x, y, width, axis, title }) {
  const end = Math.max(1, ...groups.flatMap((group) => group.jobs.map((job) => job.points.at(-1).at)));
  const toX = (value) => x + MARGIN.left + (value / end) * (width - MARGIN.left - MARGIN.right);
  const bottom = y + HEIGHT - MARGIN.bottom;
  const top = y + MARGIN.top;
  const toY = (value) => bottom - axis.share(value) * (bottom - top);
  let svg = `<text x="${x + MARGIN.left}" y="${y + 18}" fill="#1b1d21" font-weight="600">${title}</text>`;
  for (const tick of axis.ticks) {
    const at = toY(tick);
    svg += `<line x1="${x + MARGIN.left}" x2="${x + width - MARGIN.right}" y1="${at}" y2="${at}" stroke="#e6e3dd"/>`;
    svg += `<text x="${x + MARGIN.left - 6}" y="${at + 4}" text-anchor="end">${tick}</text>`;
  }
  const ticks = [0, end / 2, end];
  for (const tick of ticks)
    svg += `<text x="${toX(tick)}" y="${bottom + 15}" text-anchor="middle">${over.text(tick)}</text>`;
  svg += `<text x="${toX(end / 2)}" y="${bottom + 28}" text-anchor="middle">${over.title}</text>`;
  if (flags.line) svg += referenceLine(flags.line, toX, toY, end);
  for (const group of groups) {
    const style = STYLES[names.indexOf(group.parts.algorithm)];
    for (const job of group.jobs) svg += curve(job.points, toX, toY, style, 0.8, 0.45);
    svg += curve(meanOf(group.jobs), toX, toY, style, 2.5, 1);
  }
  return svg;
}

function referenceLine(text, toX, toY, end) {
  const [value, name] = text.split(",");
  const at = toY(Number(value));
  const dots = `<line x1="${toX(0)}" x2="${toX(end)}" y1="${at}" y2="${at}" stroke="#4f535a" stroke-dasharray="1 3"/>`;
  return `${dots}<text x="${toX(end)}" y="${at - 4}" text-anchor="end">${name} ${value}</text>`;
}

/** Mean over the seeds at the records that all have. */
function meanOf(jobs) {
  const length = Math.min(...jobs.map((job) => job.points.length));
  return Array.from({ length }, (_, i) => ({
    at: jobs.reduce((sum, job) => sum + job.points[i].at, 0) / jobs.length,
    value: jobs.reduce((sum, job) => sum + job.points[i].value, 0) / jobs.length,
  }));
}

function curve(points, toX, toY, style, width, opacity) {
  const every = Math.max(1, Math.floor(points.length / 150));
  const kept = points.filter((_, i) => i % every === 0 || i === points.length - 1);
  const path = kept.map((point) => `${toX(point.at).toFixed(1)},${toY(point.value).toFixed(1)}`).join("L");
  const dash = width > 1 ? style.dash : "";
  return `<path d="M${path}" fill="none" stroke="${style.colour}" stroke-width="${width}" stroke-dasharray="${dash}" opacity="${opacity}"/>`;
}

const groups = grouped(readJobs());
printTable(groups);
if (flags.svg) writeFileSync(flags.svg, drawFigure(groups));
