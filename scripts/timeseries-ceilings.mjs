// What the grammar itself makes of generated series (markdown, on stdout): log p(x) by enumeration of expressions at the
// centre parameters, the lines that learned models are held against (HMWS specification, section 15).
// Usage: node scripts/timeseries-ceilings.mjs [--dataset pcfg] [--data-seed 1] [--series 40] [--held-out] [--symbols 5]

import { parseArgs } from "node:util";
import { setup } from "./setup.mjs";

const { values: flags } = parseArgs({
  options: {
    dataset: { type: "string", default: "pcfg" },
    "data-seed": { type: "string", default: "1" },
    series: { type: "string", default: "40" },
    symbols: { type: "string", default: "5" },
    "held-out": { type: "boolean", default: false },
  },
});

setup({ quiet: true });
await import("tsx");
const { ceilings } = await import("../src/domains/timeseries/ceiling.ts");
const { DATASETS } = await import("../src/domains/timeseries/data/datasets.ts");
const { makeSeries } = await import("../src/domains/timeseries/data/makeSeries.ts");
const { readExpressions } = await import("../src/domains/timeseries/grammar/expression.ts");
const { isSameKernel } = await import("../src/domains/timeseries/kernelKey.ts");
const { NARROW } = await import("../src/domains/timeseries/parameters.ts");

const recipe = DATASETS[flags.dataset];
if (!recipe) {
  console.error(`dataset is "${flags.dataset}"; allowed: ${Object.keys(DATASETS).join(", ")}`);
  process.exit(2);
}
const made = makeSeries({
  dataset: flags.dataset,
  count: Number(flags.series),
  seed: Number(flags["data-seed"]),
  split: flags["held-out"] ? "heldOut" : "train",
  scheme: NARROW,
});
const expressions = readExpressions(made.programs);
const length = made.programs.length / made.count;
const truths = expressions.map((_, n) => made.programs.subarray(n * length, (n + 1) * length));

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
const text = (value) => (Number.isNaN(value) ? "" : value.toFixed(1).replace("-", "−"));

const isSingle = expressions.map(({ numAtoms }) => numAtoms === 1);
const singles = isSingle.filter(Boolean).length;
console.log(`${made.count} series of ${flags.dataset}, data seed ${flags["data-seed"]}: ${singles} of one kernel\n`);
console.log("| mean log p(x), nats | all | median | one kernel | compositional | top-1 |");
console.log("|---|---|---|---|---|---|");
for (const mostSymbols of [Number(flags.symbols), recipe.leastSymbols]) {
  for (const lengthPenalty of [10, 0]) {
    const { logPx, best } = await ceilings(made.values, { mostSymbols, lengthPenalty, ...recipe });
    const values = [...logPx];
    const found = best.filter((program, n) => isSameKernel(program, truths[n])).length;
    const cells = [
      `up to ${mostSymbols} symbol${mostSymbols === 1 ? "" : "s"}, ${lengthPenalty > 0 ? "with" : "without"} penalty`,
      text(mean(values)),
      text(median(values)),
      text(mean(values.filter((_, n) => isSingle[n]))),
      text(mean(values.filter((_, n) => !isSingle[n]))),
      `${found} of ${made.count}`,
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
