// Measures the bars of inference for strings and prints them as tables (markdown, on stdout).
// Usage: npm run -s strings-bars -- [--model NAME|DIR] [--concepts 200] [--seconds 5] [--data-seed 4242] [--rounds N]
//          [--only concepts|paper] [--paper-seconds 10] [--failures] [--out FILE.json] [--examples]
// --short is 40 concepts of 1 s. --rounds fixes rounds instead of time, so that results repeat. --failures lists concepts
// whose best program makes a held-out string impossible. --examples rewrites src/domains/strings/paperExamples.ts.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setup } from "./setup.mjs";

const { values: flags } = parseArgs({
  options: {
    model: { type: "string" },
    concepts: { type: "string", default: "200" },
    seconds: { type: "string", default: "5" },
    "data-seed": { type: "string", default: "4242" },
    rounds: { type: "string" },
    only: { type: "string" },
    "paper-seconds": { type: "string", default: "10" },
    short: { type: "boolean", default: false },
    failures: { type: "boolean", default: false },
    out: { type: "string" },
    examples: { type: "boolean", default: false },
  },
});

setup({ quiet: true });
await import("tsx");
const { strings } = await import("../src/domains/strings/index.ts");
const bars = await import("../bench/stringsBars.ts");

const model = flags.model ?? (strings.models.find(({ isStart }) => !isStart) ?? strings.models[0]).name;
const count = flags.short ? 40 : Number(flags.concepts);
const seconds = flags.short ? 1 : Number(flags.seconds);
const rounds = flags.rounds === undefined ? {} : { rounds: Number(flags.rounds) };
const fixture = fileURLToPath(new URL("../test/fixtures/reference/strings.json", import.meta.url));
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const nats = (value) => (value === null ? "impossible" : value.toFixed(1));
const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;

const HEADER = `// The paper's printed examples with the programs in print and the one that the shipped model finds. Data for the help
// page, written by \`npm run -s strings-bars -- --only paper --examples\` (model ${model}); a test holds it to the search.
// Source: Hewitt, Le & Tenenbaum 2020, figures 1, 7 and 8, as listed in the strings specification, section 11.
`;
const TYPE = `export type PaperExample = {
  readonly name: string;
  /** Where it is printed, and what of it is legible. */
  readonly source: string;
  readonly strings: readonly string[];
  /** Programs to compare with, the first one the reference; nats on the strings, uniform classes and fair operators. */
  readonly references: readonly { readonly who: string; readonly program: string; readonly logLikelihood: number | null }[];
  /** The first program kept by the joint under the shipped model within the bar of 12 nats; rank 1 is the best of all. */
  readonly ours: {
    readonly program: string;
    readonly rank: number;
    readonly logLikelihood: number;
    readonly origin: string;
  };
};
`;

const result = { model, dataSeed: Number(flags["data-seed"]), seconds, ...rounds };
if (flags.only !== "paper") await concepts();
if (flags.only !== "concepts") await paper();
if (flags.out) writeFileSync(flags.out, `${JSON.stringify(result, null, 1)}\n`);

async function concepts() {
  const request = { count, dataSeed: result.dataSeed, spending: { seconds, ...rounds } };
  const all = await bars.measureConcepts(model, request, (_, i) => process.stderr.write(`\r${i + 1} of ${count}`));
  process.stderr.write("\n");
  const sum = bars.summaryOf(all);
  Object.assign(result, { summary: sum, concepts: all });
  const spent = rounds.rounds === undefined ? `${seconds} s` : `${rounds.rounds} rounds`;
  console.log(`${count} generated concepts, data seed ${result.dataSeed}, model ${model}, ${spent} each\n`);
  console.log("| figure | value | bar |\n|---|---|---|");
  console.log(`| best program finite on all held-out strings | ${percent(sum.finiteShare)} | >= 85 % |`);
  console.log(`| the program kept that should predict best: finite | ${percent(sum.safestFiniteShare)} | |`);
  console.log(`| the same: held-out NLL, ratio to the pattern's | ${sum.safestRatio.toFixed(3)} | |`);
  console.log(`| mixture of the programs kept finite | ${percent(sum.mixtureFiniteShare)} | |`);
  console.log(`| a held-out missing-value token that no given string has | ${percent(sum.unforeseen)} | |`);
  console.log(`| held-out NLL, best program, nats (n = ${sum.both}, both finite) | ${sum.heldOutNll.toFixed(2)} | |`);
  console.log(`| held-out NLL, generating pattern, the same concepts | ${sum.patternNll.toFixed(2)} | |`);
  console.log(`| ratio | ${sum.ratio.toFixed(3)} | <= 1.15 |`);
  console.log(`| all concepts, 0.99 p + 0.01 p(.*): best program | ${sum.floored.toFixed(2)} | |`);
  console.log(`| the same: generating pattern | ${sum.flooredPattern.toFixed(2)} | |`);
  console.log(`| ratio | ${sum.flooredRatio.toFixed(3)} | |\n`);
  if (flags.failures) failures(all);
}

function failures(all) {
  for (const each of all.filter(({ heldOutNll }) => heldOutNll === null)) {
    const why = bars.isUnforeseen(each) ? "missing token" : "";
    console.log(`${each.family} ${why}\n  given ${each.strings.join("  ")}\n  held out ${each.heldOut.join("  ")}`);
    console.log(`  pattern ${each.pattern}   best ${each.best} (${each.origin})\n`);
  }
}

async function paper() {
  const spending = { seconds: Number(flags["paper-seconds"]), ...rounds };
  const all = await bars.measurePaper(model, fixture, spending);
  Object.assign(result, { paper: all });
  console.log(`The paper's examples, uniform evaluator; bar: at most ${bars.PAPER_BAR} nats below the reference\n`);
  console.log(
    "| example | reference | nats | ours | rank by joint | nats | below | met |\n|---|---|---|---|---|---|---|---|",
  );
  for (const example of all) {
    const [reference] = example.references;
    const below = bars.shortfall(example);
    const met = below !== null && below <= bars.PAPER_BAR ? "yes" : "no";
    const { program, rank, logLikelihood } = example.ours ?? {};
    const ours = example.ours ? `${code(program)} | ${rank} | ${nats(logLikelihood)}` : "none | | ";
    const text = `${code(reference.program)} | ${nats(reference.logLikelihood)} | ${ours}`;
    console.log(`| ${example.name} | ${text} | ${below === null ? "" : below.toFixed(1)} | ${met} |`);
  }
  if (flags.examples) writeExamples(all);
}

function writeExamples(all) {
  const data = all.map(({ rounds: _, ...example }) => example);
  const file = fileURLToPath(new URL("../src/domains/strings/paperExamples.ts", import.meta.url));
  writeFileSync(
    file,
    `${HEADER}\n${TYPE}\nexport const PAPER_EXAMPLES: readonly PaperExample[] = ${JSON.stringify(data)};\n`,
  );
  console.log(`\nWritten to ${file}; format it with npx biome check --write.`);
}
