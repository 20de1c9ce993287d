// The faults bar: device losses and worker crashes at random moments of runs in the real page. Every run has to resume
// and to end with the numbers of an undisturbed run from the same seed, to the last digit.
// Usage: npm run faults -- [--losses 20] [--crashes 20] [--seed 1] [--root dist]; exit code 1 on any difference.

import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";
import { register } from "tsx/esm/api";
import { browserSentence, findBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const ARGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const MORE = ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--enable-unsafe-webgpu"];
const SMALL = "dataset=live&height=12&width=12&images=8&batch=4&particles=2&evaluateEvery=9&iterations=30";

/** What is disturbed, and how long its run is. Software WebGPU takes 80 ms for a step of the small run. */
const KINDS = {
  loss: [{ name: "automata, WebGPU", place: `automata?backend=webgpu&${SMALL}`, steps: 30, fault: "device-loss" }],
  crash: [
    { name: "automata", place: "automata?iterations=500&evaluateEvery=120", steps: 500, fault: "crash" },
    { name: "clusters", place: "clusters?iterations=6000&evaluateEvery=900", steps: 6000, fault: "crash" },
  ],
};
const NUM_SEEDS = 4;

function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

/** A small seeded generator (mulberry32): the moments of a run of this script can be repeated. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const panel = () => document.querySelector("[data-run-id]");

async function until(page, statuses, timeout = 120_000) {
  await page.waitForFunction(
    (wanted) => wanted.includes(document.querySelector("[data-run-id]")?.getAttribute("data-run-status")),
    statuses,
    { timeout },
  );
}

const press = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true }).click();

const untilStep = (page, step) =>
  page.waitForFunction(
    (step) => Number(document.querySelector("[data-run-id]")?.getAttribute("data-step")) >= step,
    step,
    { timeout: 120_000 },
  );

/** Opens a run that stands at step 0. */
async function open(page, address, kind, seed) {
  await page.goto("about:blank");
  await page.goto(`${address}#/lab/${kind.place}&seed=${seed}&faults=1`);
  await until(page, ["paused"]);
}

/** The state at the end: the checkpoint's fields and the page's records, without times. */
async function numbersOf(page, readCheckpoint) {
  await until(page, ["converged"]);
  // The last records arrive with the last snapshot; the checkpoint is asked for after it.
  const { file, records } = await page.evaluate(async () => ({
    file: await window.lab.checkpoint(),
    records: window.lab.records(),
  }));
  // Which observation is on show is the page's business: stepping by phase follows one of the step's own.
  const { wallMs, selected, history, ...state } = readCheckpoint(new Uint8Array(Buffer.from(file, "base64")));
  return { state, history: history.map(({ wallMs, ...rest }) => rest), records };
}

/** Names of what differs between two ends. */
function differences(found, wanted) {
  const names = [];
  for (const key of Object.keys(wanted.state)) {
    if (!isDeepStrictEqual(found.state[key], wanted.state[key])) names.push(key);
  }
  if (!isDeepStrictEqual(found.history, wanted.history)) names.push("history");
  if (!isDeepStrictEqual(found.records, wanted.records)) names.push("records on the page");
  return names;
}

const SITUATIONS = ["playing", "played on after a pause", "held within a step"];

const statusOf = (page) => page.evaluate(`(${panel})().getAttribute("data-run-status")`);

/** Brings a run to a random moment. False if it has ended by then, as it may on a busy machine. */
async function bringTo(page, kind, situation, random) {
  const at = 1 + Math.floor(random() * (kind.steps * 0.7));
  await press(page, "Play");
  if (situation === 1) {
    await untilStep(page, Math.floor(at / 2));
    await press(page, "Pause");
    await until(page, ["paused", "converged"]);
    if ((await statusOf(page)) === "converged") return false;
    await press(page, "Play");
  }
  await untilStep(page, at);
  if (situation === 2) {
    if ((await statusOf(page)) === "running") await press(page, "Pause");
    await until(page, ["paused", "converged"]);
    if ((await statusOf(page)) === "converged") return false;
    await press(page, "Phase step");
    await page.waitForFunction(() => document.querySelector("[data-run-id]")?.getAttribute("data-phase") !== "none");
  }
  await page.waitForTimeout(random() * 200);
  return (await statusOf(page)) !== "converged";
}

/** Makes the fault happen there, and lets the run end. Returns where that was. */
async function disturb(page, kind, situation) {
  const step = Number(await page.evaluate(`(${panel})().getAttribute("data-step")`));
  await page.evaluate((fault) => window.lab.inject(fault).catch(() => undefined), kind.fault);
  // The sentence may give way to the next one before anybody looks: the page's observer has kept it.
  await page.waitForFunction(() => window.said.some((text) => /Resumed at step/.test(text)), undefined, {
    timeout: 60_000,
  });
  const said = await page.evaluate(() => window.said.find((text) => /Resumed at step/.test(text)));
  const resumed = /Resumed at step ([\d\s]+)/.exec(said)?.[1]?.trim() ?? "";
  if (situation === 2) {
    await until(page, ["paused", "running"]);
    await press(page, "Play");
  }
  return { step, resumed };
}

/** Runs in the page: keeps every sentence of its polite line. */
function listen() {
  window.said = [];
  new MutationObserver(() => {
    for (const line of document.querySelectorAll('[role="status"]')) window.said.push(line.textContent ?? "");
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

async function judge({ page, address, readCheckpoint }, kinds, count, random) {
  const wanted = new Map();
  const rows = [];
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length];
    const seed = 1 + (Math.floor(index / kinds.length) % NUM_SEEDS);
    const key = `${kind.place} ${seed}`;
    if (!wanted.has(key)) {
      await open(page, address, kind, seed);
      await press(page, "Play");
      wanted.set(key, await numbersOf(page, readCheckpoint));
    }
    const situation = Math.floor(random() * SITUATIONS.length);
    const row = { kind: kind.name, fault: kind.fault, seed, situation: SITUATIONS[situation], at: "", resumed: "" };
    try {
      do await open(page, address, kind, seed);
      while (!(await bringTo(page, kind, situation, random)));
      const { step, resumed } = await disturb(page, kind, situation);
      const names = differences(await numbersOf(page, readCheckpoint), wanted.get(key));
      rows.push({ ...row, at: step, resumed, result: names.length === 0 ? "equal" : `differs: ${names.join(", ")}` });
    } catch (error) {
      const state = await page.evaluate(`(${panel})()?.getAttribute("data-run-status")`).catch(() => "?");
      rows.push({ ...row, result: `did not resume (${state}): ${String(error).split("\n")[0]}` });
    }
    console.log(Object.values(rows[rows.length - 1]).join(" | "));
  }
  return rows;
}

const root = argument("root", "dist");
const browserPath = findBrowser();
if (browserPath === null || !existsSync(root)) {
  console.error(
    browserPath === null ? browserSentence : `There is no built page in ${root}; run "npm run build" first.`,
  );
  process.exit(2);
}
register();
const { readCheckpoint } = await import("../src/engine/run/checkpoint.ts");
const { address, server } = await serve({ root, port: 0 });
const browser = await chromium.launch({ executablePath: browserPath, args: [...ARGS, ...MORE] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
await page.addInitScript(listen);
const random = randomFrom(Number(argument("seed", "1")));
console.log("run | fault | seed | situation | at step | resumed at step | result");
const bench = { page, address, readCheckpoint };
const rows = [
  ...(await judge(bench, KINDS.loss, Number(argument("losses", "20")), random)),
  ...(await judge(bench, KINDS.crash, Number(argument("crashes", "20")), random)),
];
await browser.close();
server.close();
const equal = rows.filter((row) => row.result === "equal").length;
console.log(`${equal} of ${rows.length} runs resumed and ended with equal numbers.`);
process.exitCode = equal === rows.length ? 0 : 1;
