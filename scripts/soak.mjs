// The soak bar: the page trains for half an hour, and what it holds must not grow. Every minute, after a forced garbage
// collection: the page's heap, the worker's heap and its array buffers (wasm memory with it), tensors on a graphics device.
// Usage: npm run soak -- [--minutes 30] [--place "automata?..."] [--root dist]; exit code 1 if something grows.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserSentence, findBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const ARGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const MORE = ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--enable-unsafe-webgpu"];
/** Growth of a heap over the whole run that is still called steady. */
const LIMIT_MB = 20;
const MB = 1024 ** 2;

function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

/** Sends protocol commands to the page's first dedicated worker through the page's own session. */
async function workerSession(session) {
  let sessionId = null;
  const waiting = new Map();
  let next = 1;
  session.on("Target.attachedToTarget", (event) => {
    if (event.targetInfo.type === "worker") ({ sessionId } = event);
  });
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result ?? {});
    waiting.delete(id);
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return async (method) => {
    if (sessionId === null) return {};
    const id = next++;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    await session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  };
}

/** Used heap in MB after a collection; `buffers`: what typed arrays and wasm memories hold outside of it. */
async function heapOf(send) {
  await send("HeapProfiler.collectGarbage");
  await send("HeapProfiler.collectGarbage");
  const { usedSize = 0, backingStorageSize = 0 } = await send("Runtime.getHeapUsage");
  return { heap: usedSize / MB, buffers: backingStorageSize / MB };
}

/** Arrays on the graphics device; tfjs keeps its engine on the worker's global, where there is one. */
async function tensorsOf(page) {
  const [worker] = page.workers();
  if (!worker) return 0;
  return worker.evaluate(() => self._tfengine?.backendInstance?.numDataIds?.() ?? 0).catch(() => -1);
}

/** One row of the table. A run that is finished begins again by Reset, as a person would do. */
async function measure(page, pageSend, workerSend, minute) {
  const own = await heapOf(pageSend);
  const worker = await heapOf(workerSend);
  const { step, status } = await page.evaluate(() => {
    const panel = document.querySelector("[data-run-id]");
    return { step: Number(panel?.getAttribute("data-step")), status: panel?.getAttribute("data-run-status") };
  });
  return { minute, step, status, page: own, worker, tensors: await tensorsOf(page) };
}

const text = ({ minute, step, status, page, worker, tensors }) =>
  [
    String(minute).padStart(6),
    String(step).padStart(9),
    status.padEnd(9),
    page.heap.toFixed(1).padStart(9),
    page.buffers.toFixed(1).padStart(12),
    worker.heap.toFixed(1).padStart(11),
    worker.buffers.toFixed(1).padStart(14),
    String(tensors).padStart(7),
  ].join(" ");

/** Growth from the median of the first fifth to the median of the last fifth, so that one odd minute does not judge. */
function growth(rows, read) {
  const part = Math.max(1, Math.floor(rows.length / 5));
  const median = (some) => some.map(read).sort((a, b) => a - b)[Math.floor(some.length / 2)];
  return median(rows.slice(-part)) - median(rows.slice(0, part));
}

const root = argument("root", "dist");
const browserPath = findBrowser();
if (browserPath === null || !existsSync(root)) {
  console.error(
    browserPath === null ? browserSentence : `There is no built page in ${root}; run "npm run build" first.`,
  );
  process.exit(2);
}
const minutes = Number(argument("minutes", "30"));
const { address, server } = await serve({ root, port: 0 });
const browser = await chromium.launch({ executablePath: browserPath, args: [...ARGS, ...MORE] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
const session = await page.context().newCDPSession(page);
const workerSend = await workerSession(session);
const pageSend = (method) => session.send(method);
await page.goto(`${address}#/lab/${argument("place", "automata?iterations=10000000&patience=0")}`);
await page.getByRole("main").getByRole("button", { name: "Play", exact: true }).click();
await page.waitForFunction(() => Number(document.querySelector("[data-run-id]")?.getAttribute("data-step")) > 50);
console.log("minute      step status      page MB page buffers   worker MB worker buffers tensors");
const rows = [];
for (let minute = 0; minute <= minutes; minute += 1) {
  if (minute > 0) await page.waitForTimeout(60_000);
  const row = await measure(page, pageSend, workerSend, minute);
  // The first minute fills caches, compiled code and the curves' first rows.
  if (minute > 0) rows.push(row);
  console.log(text(row));
  if (["converged", "failed", "stopped"].includes(row.status)) {
    await page.getByRole("main").getByRole("button", { name: "Reset", exact: true }).click();
    await page.waitForFunction(
      () => document.querySelector("[data-run-id]")?.getAttribute("data-run-status") === "paused",
    );
    await page.getByRole("main").getByRole("button", { name: "Play", exact: true }).click();
  }
}
await browser.close();
server.close();
const grown = {
  "page heap": growth(rows, (row) => row.page.heap),
  "page buffers": growth(rows, (row) => row.page.buffers),
  "worker heap": growth(rows, (row) => row.worker.heap),
  "worker buffers": growth(rows, (row) => row.worker.buffers),
};
const tensors = growth(rows, (row) => row.tensors);
for (const [name, value] of Object.entries(grown)) console.log(`${name}: ${value.toFixed(1)} MB of ${LIMIT_MB} MB`);
console.log(`tensors: ${tensors === 0 ? "flat" : `${tensors} more`}; errors on the page: ${errors.length}`);
const isSteady = Object.values(grown).every((value) => value < LIMIT_MB) && tensors <= 0 && errors.length === 0;
console.log(isSteady ? "Steady." : "Not steady.");
process.exitCode = isSteady ? 0 : 1;
