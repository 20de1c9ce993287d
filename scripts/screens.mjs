// Pictures of every screen into docs/screens: desktop, presenter's size and phone, light and dark, idle, training and
// failed. Usage: npm run screens -- [--root dist] [--out docs/screens] [--only part-of-a-name]; writes JPEG
// files and, when all are taken, an index, README.md.

import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { browserSentence, findBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const ARGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  presenter: { viewport: { width: 1280, height: 720 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const QUALITY = 30;
/** Bytes of all pictures together: they travel with every clone. */
const MOST_BYTES = 5 * 1024 ** 2;

const status = (wanted) => (page) =>
  page.waitForFunction(
    (wanted) => wanted.includes(document.querySelector("[data-run-id]")?.getAttribute("data-run-status")),
    wanted,
    { timeout: 60_000 },
  );
const ready = status(["paused", "running", "converged"]);
const press = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true }).first().click();

async function train(page) {
  await ready(page);
  await press(page, "Play");
  await page.waitForFunction(
    () => Number(document.querySelector("[data-run-id]")?.getAttribute("data-step")) >= 150,
    undefined,
    { timeout: 60_000 },
  );
  await press(page, "Pause");
  await status(["paused", "converged"])(page);
}

/** As it runs: values stream in, nothing is paused for the picture. */
async function training(page) {
  await ready(page);
  await press(page, "Play");
  await page.waitForFunction(
    () => Number(document.querySelector("[data-run-id]")?.getAttribute("data-step")) >= 40,
    undefined,
    { timeout: 60_000 },
  );
}

async function slow(page) {
  await ready(page);
  await press(page, "Slow motion");
  await press(page, "Play");
  // A caption comes before its stage: the picture is taken when both tell of the same one.
  await page.waitForFunction(
    () => {
      const [panel, caption] = [".stage-dock-panel [data-stage]", ".caption-strip"].map((place) =>
        document.querySelector(place)?.getAttribute("data-stage"),
      );
      return panel === caption && panel === "score";
    },
    undefined,
    { timeout: 60_000 },
  );
}

async function fail(page) {
  await ready(page);
  await page.evaluate(() => window.lab.inject("non-finite"));
  await press(page, "Step");
  await status(["failed"])(page);
}

async function present(page) {
  await train(page);
  await page.getByRole("main").focus();
  await page.keyboard.press("p");
}

async function compare(page) {
  await press(page, "Start 6 runs");
  await page.waitForFunction(() => document.querySelectorAll("[data-run-status=converged]").length === 6, undefined, {
    timeout: 90_000,
  });
}

async function infer(page) {
  await press(page, "Use an example");
  await page.getByRole("menuitem").first().click();
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Find the/ })
    .click();
  await page.waitForTimeout(4000);
}

/** A scene that is trained to its step. */
async function scene(page) {
  await page.locator('[data-scene="ready"]').waitFor({ timeout: 60_000 });
  await still(page);
}

const still = (page) => page.waitForTimeout(800);

/** Name, route, what is done there, and the sizes it is worth showing in. */
const SHOTS = [
  ["home", "/", still, ["desktop", "phone"]],
  ["lab-automata-idle", "/lab/automata", ready, ["desktop"]],
  ["lab-automata-trained", "/lab/automata", train, ["desktop", "phone"]],
  ["lab-automata-slow-motion", "/lab/automata", slow, ["desktop", "phone"]],
  ["lab-automata-failed", "/lab/automata?faults=1", fail, ["desktop", "phone"]],
  ["lab-automata-presenter", "/lab/automata", present, ["presenter"]],
  ["lab-clusters-trained", "/lab/clusters?iterations=100000", train, ["desktop", "phone"]],
  ["lab-strings-trained", "/lab/strings", train, ["desktop", "phone"]],
  ["lab-strings-slow-motion", "/lab/strings", slow, ["desktop", "phone"]],
  ["lab-strokes-training", "/lab/strokes", training, ["desktop"]],
  ["lab-strokes-trained", "/lab/strokes", train, ["desktop", "phone"]],
  [
    "lab-timeseries-trained",
    "/lab/timeseries?preset=compositional&series=40&sleepFirst=0&seed=3&obs=5",
    train,
    ["desktop"],
  ],
  ["learn", "/learn", still, ["desktop", "phone"]],
  ["lesson-1", "/learn/1/1", still, ["desktop", "phone"]],
  ["lesson-2", "/learn/2/2", scene, ["desktop"]],
  ["lesson-3", "/learn/3/4", still, ["desktop"]],
  ["lesson-4", "/learn/4/3", scene, ["desktop", "phone"]],
  ["lesson-5", "/learn/5/2", still, ["desktop"]],
  ["compare", "/compare", still, ["desktop", "phone"]],
  [
    "compare-finished",
    "/compare?v=1&domain=clusters&algorithm=mws,rws&seed=1,2,3&iterations=1000",
    compare,
    ["desktop"],
  ],
  ["try", "/try", still, ["desktop"]],
  ["try-automata", "/try/automata", still, ["desktop", "phone"]],
  ["try-automata-answer", "/try/automata", infer, ["desktop", "phone"]],
  ["try-clusters-answer", "/try/clusters", infer, ["desktop"]],
  ["try-strings", "/try/strings", still, ["desktop"]],
  ["try-strings-answer", "/try/strings", infer, ["desktop", "phone"]],
  ["try-strokes", "/try/strokes", still, ["desktop", "phone"]],
  ["try-strokes-answer", "/try/strokes", infer, ["desktop", "phone"]],
  ["runs", "/runs", still, ["desktop", "phone"]],
  ["help", "/help", still, ["desktop", "phone"]],
  ["help-strings", "/help/strings", still, ["desktop"]],
  ["help-strokes", "/help/strokes", still, ["desktop"]],
  ["not-found", "/nope", still, ["desktop"]],
];

function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

/** One picture; null with a printed reason where the screen is not as expected. */
async function shoot(browser, address, { name, place, act, size, theme, out }) {
  const context = await browser.newContext({
    ...SIZES[size],
    colorScheme: theme,
    reducedMotion: "reduce",
    serviceWorkers: "block",
  });
  const file = `${name}-${size}-${theme}.jpg`;
  try {
    const page = await context.newPage();
    await page.goto(`${address}#${place}`);
    await page.locator("main[data-screen]:not([aria-busy=true])").waitFor();
    await act(page);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(out, file), type: "jpeg", quality: QUALITY });
    return file;
  } catch (error) {
    console.error(`${file}: ${String(error).split("\n")[0]}`);
    return null;
  } finally {
    await context.close();
  }
}

const root = argument("root", "dist");
const out = argument("out", "docs/screens");
const browserPath = findBrowser();
if (browserPath === null || !existsSync(root)) {
  console.error(
    browserPath === null ? browserSentence : `There is no built page in ${root}; run "npm run build" first.`,
  );
  process.exit(2);
}
const only = argument("only", "");
const shots = SHOTS.filter(([name]) => name.includes(only));
if (only === "") rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { address, server } = await serve({ root, port: 0 });
const browser = await chromium.launch({ executablePath: browserPath, args: ARGS });
const lines = [
  "# Screens",
  "",
  "Made by `npm run build && npm run screens`; sizes are 1440 x 900, 1280 x 720 (presenter) and 390 x 844.",
  "",
];
let bytes = 0;
let missing = 0;
for (const [name, place, act, sizes] of shots) {
  const files = [];
  for (const size of sizes) {
    for (const theme of ["light", "dark"])
      files.push(await shoot(browser, address, { name, place, act, size, theme, out }));
  }
  missing += files.filter((file) => file === null).length;
  const kept = files.filter((file) => file !== null);
  for (const file of kept) bytes += statSync(join(out, file)).size;
  lines.push(
    `- ${name.replaceAll("-", " ")} (\`#${place}\`): ${kept.map((file) => `[${file.replace(`${name}-`, "").replace(".jpg", "").replace("-", ", ")}](${file})`).join(" · ")}`,
  );
}
await browser.close();
server.close();
if (only === "") writeFileSync(join(out, "README.md"), `${lines.join("\n")}\n`);
console.log(`${(bytes / 1024 ** 2).toFixed(1)} MB in ${out}; ${missing} missing.`);
process.exitCode = missing === 0 && bytes < MOST_BYTES ? 0 : 1;
