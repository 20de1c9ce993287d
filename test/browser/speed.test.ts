// How the page moves while it trains, measured and written to test-results/speed.json (UX-160 to UX-170).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { quantile, writeFigures } from "../helpers/measurements";
import { quietMachine } from "../helpers/quietMachine";

let browser: Browser;
const figures: Record<string, unknown> = {};
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  writeFigures("speed", figures);
  await browser.close();
});

/** Runs in the page before anything else: notes paints, shifts, long tasks and what workers send. */
function watchPage(): void {
  const seen = {
    paint: 0,
    shift: 0,
    long: [] as { start: number; ms: number }[],
    messages: [] as { at: number; bytes: number; kind: string }[],
  };
  Object.assign(window, { seen });
  const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("largest-contentful-paint", (entry) => {
    seen.paint = entry.startTime;
  });
  observe("layout-shift", (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!shift.hadRecentInput) seen.shift += shift.value;
  });
  observe("longtask", (entry) => seen.long.push({ start: entry.startTime, ms: entry.duration }));
  const bytesOf = (value: unknown, depth = 0): number => {
    if (ArrayBuffer.isView(value)) return value.byteLength;
    if (typeof value === "string") return value.length * 2;
    if (typeof value !== "object" || value === null) return 8;
    if (depth > 12) return 0;
    return Object.entries(value).reduce((sum, [key, each]) => sum + key.length + bytesOf(each, depth + 1), 0);
  };
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", ({ data }) =>
        seen.messages.push({ at: performance.now(), bytes: bytesOf(data), kind: String(data?.kind) }),
      );
    }
  };
}

type Seen = {
  paint: number;
  shift: number;
  long: { start: number; ms: number }[];
  messages: { at: number; bytes: number; kind: string }[];
};

async function watched(): Promise<Lab> {
  const lab = await visit(browser);
  await lab.page.addInitScript(watchPage);
  return lab;
}

// The page's own record, put there by watchPage.
const seen = (lab: Lab) => lab.page.evaluate(() => (window as unknown as { seen: Seen }).seen);

/** Frame gaps in ms over `seconds`, while the page does what it does. */
function frameGaps(lab: Lab, seconds: number): Promise<number[]> {
  return lab.page.evaluate(
    (seconds) =>
      new Promise<number[]>((done) => {
        const gaps: number[] = [];
        const start = performance.now();
        let last = start;
        const tick = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now - start < seconds * 1000) requestAnimationFrame(tick);
          else done(gaps);
        };
        requestAnimationFrame(tick);
      }),
    seconds,
  );
}

describe("home", () => {
  it("paints within 1.5 s and does not shift", async () => {
    const paints: number[] = [];
    let shift = 0;
    for (let round = 0; round < 5; round += 1) {
      const lab = await watched();
      await lab.open("/");
      await lab.page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.paint > 0);
      const record = await seen(lab);
      paints.push(record.paint);
      shift = Math.max(shift, record.shift);
      expect(lab.requests.some((url) => url.includes("worker"))).toBe(false);
      await lab.close();
    }
    figures["home"] = { largestPaintMs: quantile(paints, 0.5), layoutShift: shift };
    expect(quantile(paints, 0.5)).toBeLessThan(1500);
    expect(shift).toBeLessThan(0.1);
  });
});

// Other programs on the machine disturb a measurement: it waits for quiet and may be repeated; no limit is widened.
describe.each(["automata", "clusters"])("%s while training", { retry: 2, timeout: 180_000 }, (domain) => {
  it("keeps its frames, its tasks short and its messages few", async () => {
    await quietMachine();
    const lab = await watched();
    await lab.open(`${domain}?iterations=1000000`);
    const pressed = performance.now();
    await lab.play();
    await lab.untilStep(1);
    const firstStepMs = performance.now() - pressed;
    await lab.untilStep(5);
    const from = await lab.page.evaluate(() => performance.now());
    const gaps = await frameGaps(lab, 20);
    const record = await seen(lab);
    const messages = record.messages.filter((each) => each.at > from);
    const snapshots = messages.filter((each) => each.kind === "snapshot");
    const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
    const long = record.long.filter((task) => task.start > from);
    const measured = {
      firstStepMs,
      framesPerSecond: gaps.length / seconds,
      frame95Ms: quantile(gaps, 0.95),
      shareOfFramesUpTo34Ms: gaps.filter((gap) => gap <= 34).length / gaps.length,
      longestTaskMs: Math.max(0, ...long.map((task) => task.ms)),
      tasksOver100Ms: long.filter((task) => task.ms > 100).length,
      snapshotsPerSecond: snapshots.length / seconds,
      largestSnapshotBytes: Math.max(0, ...snapshots.map((each) => each.bytes)),
      stepsPerSecond: Number(await lab.page.locator("[data-steps-per-second]").getAttribute("data-steps-per-second")),
      layoutShift: record.shift,
    };
    figures[domain] = measured;
    expect(measured.firstStepMs).toBeLessThan(4000);
    expect(measured.framesPerSecond).toBeGreaterThanOrEqual(50);
    expect(measured.shareOfFramesUpTo34Ms).toBeGreaterThanOrEqual(0.95);
    expect(measured.tasksOver100Ms).toBe(0);
    expect(measured.snapshotsPerSecond).toBeLessThanOrEqual(10.2);
    expect(snapshots.length).toBeGreaterThan(20);
    expect(measured.largestSnapshotBytes).toBeLessThanOrEqual(256 * 1024);
    expect(measured.layoutShift).toBeLessThan(0.1);
    await lab.close();
  });
});

describe("input", { retry: 2, timeout: 180_000 }, () => {
  it("is answered within 200 ms while training", async () => {
    await quietMachine();
    const lab = await watched();
    await lab.open("automata");
    await lab.play();
    await lab.untilStep(5);
    const times = await lab.page.evaluate(async () => {
      const times: number[] = [];
      const buttons = [
        ...document.querySelectorAll<HTMLElement>(
          "main figure button[aria-pressed], main figure button[aria-expanded]",
        ),
      ];
      for (const button of buttons.slice(0, 6)) {
        const start = performance.now();
        button.click();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - start);
      }
      return times;
    });
    figures["input"] = { slowestMs: Math.max(...times), presses: times.length };
    expect(times.length).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(200);
    await lab.close();
  });
});
