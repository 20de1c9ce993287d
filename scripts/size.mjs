// Sizes of the scripts that the built page fetches, gzipped, against the budgets UX-162 to UX-165.
// Home: what index.html starts with. Workbench: that and every script that the workbench of one domain may ever fetch, but
// 3D; the largest domain counts, and other screens (Compare, Try, lessons) are chunks of their own. Worker: its chunk and
// all that it may load for one domain, on every backend; again the largest counts. 3D: the chunks whose names begin with "three", fetched by a 3D picture alone.
// Usage: node scripts/size.mjs [dist]; exit code 1 if a budget is exceeded, 2 if there is no build.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = process.argv[2] ?? "dist";
const assets = join(dist, "assets");
const BUDGET_KB = { home: 150, workbench: 350, worker: 450, three: 300 };

if (!existsSync(join(dist, "index.html")) || !existsSync(assets)) {
  console.error(`There is no built page in ${dist}; run "npm run build" first.`);
  process.exit(2);
}

const scripts = new Map(
  readdirSync(assets)
    .filter((name) => name.endsWith(".js"))
    .map((name) => [name, readFileSync(join(assets, name))]),
);

/** Names of the scripts that this one mentions by one of the patterns. */
function mentions(text, patterns) {
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => basename(match[1])));
  return found.filter((name) => scripts.has(name));
}

const STATIC = [/(?:from|import)\s*["'`]([^"'`]+\.js)["'`]/g];
const ANY = [...STATIC, /import\(\s*["'`]([^"'`]+\.js)["'`]/g];

/** The scripts reachable from these, themselves included, but `without`; nothing is followed beyond those in `known`. */
function reach(from, patterns, known = new Set(), without = new Set()) {
  const seen = new Set();
  const waiting = [...from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name) || without.has(name)) continue;
    seen.add(name);
    if (known.has(name)) continue;
    waiting.push(...mentions(scripts.get(name).toString("utf8"), patterns));
  }
  return seen;
}

function kilobytes(names) {
  let bytes = 0;
  for (const name of names) bytes += gzipSync(scripts.get(name)).length;
  return bytes / 1000;
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const entries = mentions(html, [/(?:src|href)="([^"]+\.js)"/g]);
const workers = [...scripts.keys()].filter((name) => name.includes(".worker"));
const worker = reach(workers, ANY);
/** The chunk that DomainSpec.load fetches: a worker trains one domain and fetches one of them. */
const runtimes = [...worker].filter((name) => name.startsWith("runtime-"));
const workerOf = (own) => reach(workers, ANY, new Set(), new Set(runtimes.filter((name) => name !== own)));
const home = reach(entries, STATIC);
// The start script names every screen: the workbench's own reach begins behind it.
const workbench = [...scripts.keys()].filter((name) => name.startsWith("LabScreen-"));
/** The chunks of each domain's pictures, named after its folder, and of its tools: a workbench fetches those of one domain. */
const pictures = readdirSync("src/views/domains", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name: domain }) =>
    [...scripts.keys()].filter((name) => name.startsWith(`${domain}-`) || name.startsWith(`${domain}Tools-`)),
  );
/** What DomainSpec.loadReaders and .help fetch: Try and the help page alone call them. */
const readers = [...scripts.keys()].filter((name) =>
  /^(fromUpload|ownTools|uploadTools|describeFit|photograph|help|paperExamples)-/.test(name),
);

function workbenchOf(own) {
  const others = new Set([...pictures.filter((names) => names !== own).flat(), ...readers]);
  const reached = new Set([...home, ...reach(workbench, ANY, home, others)]);
  return [...reached].filter((name) => !worker.has(name) && !name.startsWith("three"));
}

function largest(sets) {
  const sizes = sets.map(kilobytes);
  return sets[sizes.indexOf(Math.max(...sizes))];
}
const page = largest(pictures.map(workbenchOf));
const training = largest(runtimes.map(workerOf));

const three = [...scripts.keys()].filter((name) => name.startsWith("three"));
/** Every screen and what it cannot do without: none of that may be 3D. */
const needed = reach(
  [...entries, ...scripts.keys()].filter((name) => !name.startsWith("three")),
  STATIC,
);
const early = [...needed].filter((name) => name.startsWith("three"));

const rows = [
  ["Home (UX-162)", home, BUDGET_KB.home],
  ["2D workbench, page side (UX-163)", page, BUDGET_KB.workbench],
  ["Engine worker with all it may load for one domain (UX-164)", training, BUDGET_KB.worker],
  ["3D, where a 3D picture is shown (UX-165)", three, BUDGET_KB.three],
];
if (early.length > 0) console.error(`3D is fetched with other scripts: ${early.join(", ")}.`);
let isOver =
  early.length > 0 || three.length === 0 || workers.length === 0 || workbench.length === 0 || runtimes.length === 0;
if (isOver)
  console.error("The build has no worker chunk, no domain for it, no workbench or no 3D chunk, or 3D comes early.");
for (const [title, names, budget] of rows) {
  const size = kilobytes(names);
  if (size > budget) isOver = true;
  const verdict = size > budget ? "OVER the budget of" : "of";
  console.log(`${title}: ${size.toFixed(0)} kB ${verdict} ${budget} kB gzip, ${[...names].length} files`);
}
process.exitCode = isOver ? 1 : 0;
