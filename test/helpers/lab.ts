// The vocabulary of the browser tests: what a person does on the page and what the page says about itself.
// Things are found by role and name; state is read from the attributes of the experience specification, section 2.

import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { inject } from "vitest";

export type RunStatus = "idle" | "loading" | "running" | "paused" | "stopped" | "converged" | "failed";

const QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const STEADY = ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];
/** Gives pages the software graphics adapter; the engine takes it only when WebGPU is asked for by name. */
export const SOFTWARE_WEBGPU = ["--enable-unsafe-webgpu"];

/** A Chromium with a fresh profile. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = [...QUIET, ...STEADY, ...more];
  return chromium.launch({ executablePath: inject("chromium"), headless: true, args });
}

/** One visitor with one tab. Keeps what the page logged as errors and what it asked the network for. */
export class Lab {
  readonly errors: string[] = [];
  readonly requests: string[] = [];

  constructor(
    readonly page: Page,
    readonly address: string,
  ) {
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.context().on("request", (request) => this.requests.push(request.url()));
  }

  /** Opens "automata", "clusters?seed=3" or any route that starts with "/". */
  async open(place: string): Promise<void> {
    const hash = place.startsWith("/") ? place : `/lab/${place}`;
    await this.page.goto("about:blank");
    await this.page.goto(`${this.address}#${hash}`);
    await this.page.locator("main[data-screen]:not([aria-busy=true])").waitFor();
  }

  /** A run's panel: the first, or the one at `index`. */
  panel(index = 0): Locator {
    return this.page.locator("[data-run-id]").nth(index);
  }

  async status(index = 0): Promise<RunStatus> {
    // The attribute's values are the closed list of the specification.
    return (await this.panel(index).getAttribute("data-run-status")) as RunStatus;
  }

  async step(index = 0): Promise<number> {
    return Number(await this.panel(index).getAttribute("data-step"));
  }

  async phase(index = 0): Promise<string> {
    return (await this.panel(index).getAttribute("data-phase")) ?? "";
  }

  /** Waits until the run is in one of these states. */
  async until(statuses: RunStatus | readonly RunStatus[], index = 0, timeout = 30_000): Promise<void> {
    const wanted = typeof statuses === "string" ? [statuses] : statuses;
    await this.page.waitForFunction(
      ({ wanted, index }) => {
        const panel = document.querySelectorAll("[data-run-id]")[index];
        return wanted.includes(panel?.getAttribute("data-run-status") ?? "");
      },
      { wanted: wanted as readonly string[], index },
      { timeout },
    );
  }

  /** Waits until the run has done at least `step` steps. */
  async untilStep(step: number, index = 0, timeout = 60_000): Promise<void> {
    await this.page.waitForFunction(
      ({ step, index }) => Number(document.querySelectorAll("[data-run-id]")[index]?.getAttribute("data-step")) >= step,
      { step, index },
      { timeout },
    );
  }

  /** Waits until the run stands in this phase of a step. */
  async untilPhase(phase: string, index = 0): Promise<void> {
    await this.page.waitForFunction(
      ({ phase, index }) => document.querySelectorAll("[data-run-id]")[index]?.getAttribute("data-phase") === phase,
      { phase, index },
    );
  }

  /** Waits until the run stands at step 0, ready. */
  async untilStart(): Promise<void> {
    await this.page.waitForFunction(() => {
      const panel = document.querySelector("[data-run-id]");
      return panel?.getAttribute("data-step") === "0" && panel.getAttribute("data-run-status") === "paused";
    });
  }

  button(name: string | RegExp): Locator {
    const exact = typeof name === "string";
    return this.page.getByRole("main").getByRole("button", { name, exact });
  }

  async play(): Promise<void> {
    await this.button("Play").click();
  }

  async pause(): Promise<void> {
    await this.button("Pause").click();
    await this.until(["paused", "converged", "stopped"]);
  }

  async stop(): Promise<void> {
    await this.button("Stop").click();
    await this.until("stopped");
  }

  async reset(): Promise<void> {
    await this.button("Reset").click();
  }

  async stepOnce(): Promise<void> {
    await this.button("Step").click();
  }

  async stepPhase(): Promise<void> {
    await this.button("Phase step").click();
  }

  /** First and last value of a chart's first series, from the sentence that it says about itself. */
  async firstAndLast(name: string): Promise<readonly [number, number]> {
    const text = (await this.chart(name).figure.textContent()) ?? "";
    const found = / from (\S+) at step [\d\s]+ to (\S+) at step/.exec(text);
    const read = (shown: string | undefined) => Number((shown ?? "").replace("\u2212", "-").replace(/[\s,]/g, ""));
    return [read(found?.[1]), read(found?.[2])];
  }

  /** A chart by its name: "elbo", "phi". */
  chart(name: string) {
    const figure = this.page.locator(`figure[data-chart="${name}"]`);
    return {
      figure,
      seriesCount: async () => Number(await figure.getAttribute("data-series-count")),
      lastValues: async () => JSON.parse((await figure.getAttribute("data-last-values")) ?? "null") as unknown,
      lastValue: async (index = 0) =>
        lastNumber(JSON.parse((await figure.getAttribute("data-last-values")) ?? "[]"), index),
    };
  }

  picture(name: string): Locator {
    return this.page.locator(`[data-picture="${name}"]`);
  }

  /** Text of every alert and status line on the page. */
  async announcements(): Promise<string> {
    const texts = await this.page.locator('[role="alert"], [role="status"]').allInnerTexts();
    return texts.join("\n");
  }

  get url(): URL {
    return new URL(this.page.url());
  }

  /** Requests that left the page's own origin. */
  foreignRequests(): readonly string[] {
    const own = new URL(this.address).origin;
    return this.requests.filter((url) => /^https?:|^wss?:/.test(url) && new URL(url).origin !== own);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

/** The number of the series at `index` in data-last-values, which is a list or a record of numbers. */
function lastNumber(values: unknown, index: number): number {
  const list = Array.isArray(values) ? values : Object.values(values as Record<string, unknown>);
  return Number(list[index]);
}

/**
 * A visitor with a fresh profile. Service workers are off, so that requests can be counted and intercepted; tests of
 * the offline page pass `serviceWorkers: "allow"`.
 */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Lab> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ viewport, serviceWorkers: "block", ...options });
  return new Lab(await context.newPage(), inject("address"));
}
