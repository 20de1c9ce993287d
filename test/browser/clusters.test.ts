// Clusters: what was learned beside the exact answer, with the difference as a number (UX-64, UX-43).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

describe("clusters", () => {
  it("brings the test NLL close to the true model's and draws that as a line", async () => {
    await lab.open("clusters?iterations=1500");
    await lab.play();
    await lab.until("converged");
    const nll = lab.chart("nllTest");
    const [first, last] = await lab.firstAndLast("nllTest");
    const text = await nll.figure.innerText();
    const truth = Number(/true model,? (\d+\.\d+)/.exec(text)?.[1]);
    expect(truth).toBeGreaterThan(9);
    expect(first - truth).toBeGreaterThan(4);
    expect(last - truth).toBeGreaterThan(-0.05);
    expect(last - truth).toBeLessThan(1.5);
  });

  it("shows points, clusterings and the exact posterior with the difference", async () => {
    const text = await lab.page.getByRole("main").innerText();
    expect(text).toMatch(/exact/i);
    expect(text).toMatch(/nats|difference|KL/i);
    expect(await lab.page.locator("[data-picture]").count()).toBeGreaterThan(0);
    expect(lab.errors).toEqual([]);
  });
});
