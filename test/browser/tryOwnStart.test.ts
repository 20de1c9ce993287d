// "Start from: trained model": a good state at once, in links, and offered only where a model fits (UX-19).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

/** The bound of the shipped model k3-generic at the end of its training, nats (public/models/automata/README.md). */
const STORED_ELBO = -124.4;

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

async function firstElbo(place: string): Promise<number> {
  await lab.open(place);
  await lab.untilStart();
  await lab.play();
  await lab.untilStep(30);
  await lab.pause();
  return (await lab.firstAndLast("elbo"))[0];
}

const startFrom = () => lab.page.getByRole("main").locator("[data-option='startFrom'], [aria-label='Start from']");

describe("a run from a trained model", () => {
  it("shows a first bound near the stored one", async () => {
    const trained = await firstElbo("automata?startFrom=trained");
    expect(Math.abs(trained - STORED_ELBO)).toBeLessThan(30);
    expect(lab.url.hash).toMatch(/startFrom=trained/);
    expect(await firstElbo("automata")).toBeLessThan(STORED_ELBO - 150);
  });

  it("is offered only where a model fits", async () => {
    const more = () => lab.page.getByRole("button", { name: /^More options/ });
    await lab.open("automata");
    await more().click();
    await expect.poll(() => startFrom().count()).toBeGreaterThan(0);
    await lab.open("automata?prior=lstm");
    await lab.untilStart();
    if ((await more().count()) > 0) await more().click();
    await lab.page.getByText("Evaluate every").waitFor();
    expect(await startFrom().count()).toBe(0);
  });
});
