// Measures the bars of learning for strokes and prints them as tables (markdown, on stdout).
// Usage: npm run -s strokes-bars -- recovery|characters|stability [--seed 1] [--steps N] [--every N] [--cool STEP] [--set name=value ...]
//          [--out FILE.json] [--svg FILE.svg] [--png FILE.png]
// --cool: from this step on the bank's learning rate falls, to a tenth at the end.
// recovery: bank12, memory bound against the generating programs; --svg draws both banks. characters: any data set
// (--set dataset=omniglot), memory bits against both baselines; --png draws characters and what their programs draw.
// stability: a tiny network for 20 000 steps; the engine's guard ends a run at the first number that is not finite.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { PNG } from "pngjs";
import { setup } from "./setup.mjs";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    steps: { type: "string" },
    every: { type: "string" },
    cool: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
    out: { type: "string" },
    svg: { type: "string" },
    png: { type: "string" },
  },
});

/** What each bar is measured with; --set changes it. */
const BARS = {
  recovery: {
    dataset: "bank12",
    // More than twelve: every hidden stroke then has a start near it. The prior learns which to use.
    strokes: 64,
    transforms: "1",
    images: 80,
    batch: 16,
    particles: 6,
    sleep: "replay",
    replayBy: "weighted",
    iterations: 3000,
    mutations: 1,
    rewritten: 1,
    bankLearningRate: 0.006,
  },
  characters: { images: 200, transforms: "8", iterations: 5000, mutations: 1, rewritten: 0.5 },
  stability: { size: "tiny", images: 100, transforms: "8", iterations: 20000, bankLearningRate: 0.01 },
};
const [bar] = positionals;
if (!Object.hasOwn(BARS, bar ?? "")) {
  console.error("Usage: npm run -s strokes-bars -- recovery|characters|stability [--seed 1] [--steps N] [--set a=b]");
  process.exit(2);
}

setup({ quiet: true });
await import("tsx");
const bars = await import("../bench/strokesBars.ts");
const { strokes } = await import("../src/domains/strokes/index.ts");

const given = Object.fromEntries(flags.set.map((pair) => [pair.slice(0, pair.indexOf("=")), valueIn(pair)]));
const options = {
  evaluateEvery: 1000000,
  backend: "wasm",
  ...BARS[bar],
  ...given,
  seed: Number(flags.seed),
  ...(flags.steps ? { iterations: Number(flags.steps) } : {}),
};
const every = Number(flags.every ?? Math.max(1, Math.ceil(options.iterations / 10)));

/** The text after "=" as the option table has it. */
function valueIn(pair) {
  const [name, text] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
  const kind = strokes.options[name]?.kind;
  if (kind === "flag") return text === "true";
  return kind === "int" || kind === "real" ? Number(text) : text;
}

const nats = (value) => value.toFixed(2);
const bits = (value) => value.toFixed(4);

const onPoint = ({ step, cpuSeconds, memoryElbo, bits: perPixel }) =>
  console.log(`| ${step} | ${cpuSeconds.toFixed(1)} | ${nats(memoryElbo)} | ${bits(perPixel)} |`);
console.log(`${bar}, ${JSON.stringify(options)}\n`);
console.log("| step | process s | memory bound, nats | bits per pixel |\n|---|---|---|---|");
const trained = await bars
  .train({ options, every, ...(flags.cool ? { coolFrom: Number(flags.cool) } : {}), onPoint })
  .catch((error) => {
    // A data set that is not here, an option that is wrong: one sentence.
    console.error(error.help ? `${error.message} ${error.help}` : error);
    process.exit(2);
  });
const result = { bar, options, curve: trained.curve };
if (bar === "recovery") await recovery();
if (bar === "characters") characters();
if (bar === "stability") console.log(`\n${options.iterations} steps, every number finite.`);
if (flags.png) await sheet(flags.png);
if (flags.out) writeFileSync(flags.out, `${JSON.stringify(result, null, 1)}\n`);
trained.core.dispose();

async function recovery() {
  const found = await bars.recoveryOf(trained);
  const { generating, uniformPrior, memoryElbo, margin, matches, characters: count } = found;
  Object.assign(result, { generating, uniformPrior, memoryElbo, margin, matches });
  console.log(`\n| figure | value |\n|---|---|`);
  console.log(
    `| generating programs, true bank, uniform prior (${nats(uniformPrior)}), n = ${count} | ${nats(generating)} |`,
  );
  console.log(`| memory bound | ${nats(memoryElbo)} |`);
  console.log(`| margin (bar: -${100 * bars.RECOVERY_BAR} % and more) | ${(100 * margin).toFixed(1)} % |`);
  const close = matches.filter(({ distance }) => distance < 0.05).length;
  console.log(`| strokes within 0.05 of a true one | ${close} of ${matches.length} |`);
  if (flags.svg) writeFileSync(flags.svg, banks(found));
}

function characters() {
  const { constant, pixels } = bars.baselinesOf(trained.train);
  const last = trained.curve.at(-1);
  Object.assign(result, { constant, pixels });
  console.log(`\n| figure | bits per pixel |\n|---|---|\n| one rate for all pixels | ${bits(constant)} |`);
  console.log(`| a rate for each pixel | ${bits(pixels)} |\n| memory | ${bits(last.bits)} |`);
  const crossed = trained.curve.find((point) => point.bits < pixels);
  console.log(
    crossed ? `\nBelow the pixels' rates from step ${crossed.step} or earlier.` : "\nAbove the pixels' rates.",
  );
}

/** Originals and reconstructions, three screen pixels a pixel. */
async function sheet(file) {
  const { width, height, grey } = await bars.contactSheet(trained, 60, 12);
  const scale = 3;
  const png = new PNG({ width: width * scale, height: height * scale });
  for (let i = 0; i < width * scale * height * scale; i++) {
    const value = grey[Math.floor(i / (width * scale * scale)) * width + Math.floor((i % (width * scale)) / scale)];
    png.data.set([value, value, value, 255], 4 * i);
  }
  writeFileSync(file, PNG.sync.write(png));
}

/** True strokes in the upper row, each above its match. */
function banks({ trueBank, learned, matches }) {
  const cell = 76;
  const columns = matches.length;
  const paths = matches.flatMap(({ stroke, partner, distance }, i) => [
    arc(trueBank, stroke, i * cell + 10, 24, cell - 20),
    partner < 0 ? "" : arc(learned, partner, i * cell + 10, 24 + cell, cell - 20),
    `<text x="${i * cell + cell / 2}" y="${2 * cell + 34}" text-anchor="middle">${distance.toFixed(3)}</text>`,
  ]);
  const size = `width="${columns * cell}" height="${2 * cell + 44}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Inter, system-ui, sans-serif" font-size="11" ` +
    `fill="#4f535a"><title>Twelve hidden strokes and those that were learned</title><desc>Above the strokes that made ` +
    `the data, below their matches, and the distance in canvas sides.</desc><rect width="100%" height="100%" ` +
    `fill="#ffffff"/><text x="8" y="14">Hidden (above), learned (below), distance</text>${paths.join("")}</svg>\n`
  );
}

/** A stroke as a line through 24 points in a square of `side`, its start marked by a dot. */
function arc(bank, stroke, left, top, side) {
  const [dx, dy, theta] = [bank.dx[stroke], bank.dy[stroke], bank.theta[stroke]];
  const span = 0.55;
  const points = Array.from({ length: 25 }, (_, i) => {
    // Half the turning angle is theta: the tangent turns from +theta to -theta against the chord.
    const t = i / 24;
    const flat = Math.abs(theta) < 1e-4;
    const along = flat ? t : (Math.sin(theta) - Math.sin(theta * (1 - 2 * t))) / (2 * Math.sin(theta));
    const aside = flat ? 0 : (Math.cos(theta * (1 - 2 * t)) - Math.cos(theta)) / (2 * Math.sin(theta));
    return [along * dx - aside * dy, along * dy + aside * dx];
  });
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  const at = ([x, y]) =>
    [left + side / 2 + ((x - middle[0]) / span) * side, top + side / 2 - ((y - middle[1]) / span) * side]
      .map((value) => value.toFixed(1))
      .join(" ");
  const [start] = points.map(at);
  const [cx, cy] = start.split(" ");
  return `<path d="M${points.map(at).join("L")}" fill="none" stroke="#1b1d21" stroke-width="3"/><circle cx="${cx}" cy="${cy}" r="4" fill="#b04074"/>`;
}
