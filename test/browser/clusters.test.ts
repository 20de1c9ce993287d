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
    const value = await nll.lastValue();
    expect(value).toBeGreaterThan(10.05);
    expect(value).toBeLessThan(12.5);
    expect(await nll.figure.innerText()).toMatch(/10[.,]09/);
  });

  it("shows points, clusterings and the exact posterior with the difference", async () => {
    const text = await lab.page.getByRole("main").innerText();
    expect(text).toMatch(/exact/i);
    expect(text).toMatch(/nats|difference|KL/i);
    expect(await lab.page.locator("[data-picture]").count()).toBeGreaterThan(0);
    expect(lab.errors).toEqual([]);
  });
});
