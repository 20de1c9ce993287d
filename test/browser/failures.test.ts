// What goes wrong is said in sentences, the last good picture stays, and there is a way on (UX-184,
// UX-186, UX-187, UX-190, UX-191, UX-196, UX-197).

import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  await lab?.close();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const NOT_FOR_PEOPLE = /\[object|undefined|\bNaN\b|Error:|\bat .*\.js|[a-z]+-[a-z]+ error/;

const inject = (fault: string) =>
  // window.lab is the page's test hook, there only with faults=1 in the link.
  lab.page.evaluate(
    (fault) => (window as unknown as { lab: { inject(f: string): Promise<void> } }).lab.inject(fault),
    fault,
  );

/** The failure's text: sentences for people, no codes, no raw objects. */
async function said(alert: Locator): Promise<string> {
  await alert.waitFor();
  const text = await alert.innerText();
  expect(text).not.toMatch(NOT_FOR_PEOPLE);
  return text;
}

const alert = () => lab.page.getByRole("main").getByRole("alert").first();

describe("failures", () => {
  it("stops at the first value that is not a number, keeps the picture and offers ways on", async () => {
    await lab.open("automata?faults=1&seed=2");
    await lab.play();
    await lab.untilStep(15);
    await inject("non-finite");
    await lab.until("failed");
    const text = await said(alert());
    expect(text).toMatch(/not a number/i);
    expect(text).toMatch(/step \d+/);
    expect(await lab.page.locator("[data-picture]").count()).toBeGreaterThan(0);
    expect(Number.isFinite(await lab.chart("elbo").lastValue())).toBe(true);
    await lab.page.getByRole("button", { name: /Lower the learning rate/ }).click();
    await lab.until(["running", "converged"]);
    const step = await lab.step();
    await lab.untilStep(step + 3);
    expect(await alert().count()).toBe(0);
  });

  it("goes back to the last good step", async () => {
    await lab.open("clusters?faults=1");
    await lab.play();
    await lab.untilStep(50);
    await inject("non-finite");
    await lab.until("failed");
    const button = lab.page.getByRole("button", { name: /Go back to step/ });
    const step = Number(/step (\d+)/.exec(await button.innerText())?.[1]);
    await button.click();
    await lab.until("paused");
    expect(await lab.step()).toBe(step);
    await lab.play();
    await lab.untilStep(step + 5);
  });

  it("starts a crashed worker once by itself, and explains the second crash", async () => {
    await lab.open("automata?faults=1");
    await lab.play();
    await lab.untilStep(5);
    await lab.pause();
    const step = await lab.step();
    await lab.play();
    await lab.untilStep(step + 2);
    await inject("crash").catch(() => undefined);
    await lab.page
      .getByText(/worker stopped and was started again/i)
      .first()
      .waitFor({ timeout: 20_000 });
    await lab.until("running");
    expect(await lab.step()).toBeGreaterThanOrEqual(step);
    // The transport knows that it plays again.
    await lab.page.getByRole("button", { name: "Pause", exact: true }).waitFor({ timeout: 5000 });
    await inject("crash").catch(() => undefined);
    await lab.until("failed");
    expect(await said(alert())).toMatch(/worker/i);
    await lab.page.getByRole("button", { name: /Resume at step|Try again/ }).click();
    await lab.until("running");
  });

  it("retries a worker that does not load, then explains, and the page stays alive", async () => {
    await lab.page.route(/train\.worker/, (route) => route.abort());
    await lab.open("automata");
    await lab.until("failed");
    expect(await said(alert())).toMatch(/worker/i);
    await lab.page.unroute(/train\.worker/);
    await lab.page.getByRole("button", { name: /Try again/ }).click();
    await lab.until(["paused", "running"]);
    await lab.stepOnce();
    await lab.untilStep(1);
  });

  it("refuses before the start what would not fit into memory", async () => {
    await lab.open("automata?particles=1000&batch=1000&images=20000&height=256&width=256");
    await lab.until("failed", 0, 60_000);
    expect(await said(alert())).toMatch(/memory/i);
    await lab.page
      .getByRole("button", { name: /Use \d+ (particles|observations)/ })
      .first()
      .waitFor();
  });

  it("stops when memory runs out during a run, and offers half of what takes it", async () => {
    await lab.open("automata?faults=1&particles=8&memory=6");
    await lab.play();
    await lab.untilStep(10);
    await inject("out-of-memory");
    await lab.until("failed");
    expect(await said(alert())).toMatch(/memory ran out/i);
    expect(await lab.page.locator("[data-picture]").count()).toBeGreaterThan(0);
    // What the run held is given back: its worker is gone.
    await expect.poll(() => lab.page.workers().length).toBe(0);
    await alert().getByRole("button", { name: "Use 3 remembered programs" }).waitFor();
    await alert().getByRole("button", { name: "Use 4 particles" }).click();
    await lab.untilStart();
    expect(lab.url.hash).toContain("particles=4");
    await lab.stepOnce();
    await lab.untilStep(1);
  });

  it("says that no proposal explains an observation, with advice, instead of an empty list", async () => {
    await lab.open("clusters?faults=1&algorithm=rws&batch=100");
    await lab.until("paused");
    await inject("unexplained");
    await lab.stepOnce();
    await lab.untilStep(1);
    await lab.page.getByText(/None of the \d+ proposals explains this/).waitFor();
    expect(await lab.page.getByRole("grid").first().innerText()).toMatch(/may help/);
    expect(lab.errors).toEqual([]);
  });

  it("says which part needs to be downloaded once, and fetches it at the next try", async () => {
    await lab.open("/");
    await lab.page.context().setOffline(true);
    await lab.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" }).click();
    expect(await said(lab.page.getByRole("alert").first())).toMatch(/needs to be downloaded once/);
    // What is there goes on working.
    await lab.page.getByRole("link", { name: "Home", exact: true }).click();
    await lab.page.locator('main[data-screen="home"] h1').waitFor();
    await lab.page.goBack();
    const retry = lab.page.getByRole("button", { name: "Retry" });
    await retry.waitFor();
    await lab.page.context().setOffline(false);
    await retry.click();
    await lab.page.locator('main[data-screen="help"]:not([aria-busy]) h1').waitFor();
    expect(await lab.page.getByRole("alert").count()).toBe(0);
  });

  it("says nothing when there is nothing to say", async () => {
    await lab.open("automata");
    await lab.play();
    await lab.untilStep(5);
    await lab.reset();
    await lab.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" }).click();
    await lab.page.locator('main[data-screen="help"]').waitFor();
    expect(await lab.page.getByRole("alert").count()).toBe(0);
    expect(lab.errors).toEqual([]);
  });
});
