// Limits can be lifted: a switch opens wider ranges and says what the run would cost before it starts (UX-27).

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

const main = () => lab.page.getByRole("main");
const particles = () => main().getByRole("spinbutton", { name: "Particles" });
const typeParticles = async (text: string) => {
  await particles().fill(text);
  await particles().press("Enter");
};

describe("unusual values", () => {
  it("are explained and not taken until they are allowed", async () => {
    await lab.open("clusters?seed=2");
    await lab.untilStart();
    await typeParticles("500");
    await main()
      .getByText(/usually 2 to 100, not 500.*takes 1 to 1000/)
      .waitFor();
    expect(lab.url.hash).not.toContain("particles=500");
  });

  it("are taken with the switch, which says memory and time before the start", { timeout: 180_000 }, async () => {
    await particles().press("Escape");
    await main().getByLabel("Allow unusual values").check();
    await typeParticles("500");
    await lab.page.waitForFunction(() => location.hash.includes("particles=500"));
    await main().getByText("outside usual range").first().waitFor();
    const cost = lab.page.locator("[data-run-cost=cost]");
    await cost.waitFor({ timeout: 30_000 });
    expect(await cost.innerText()).toMatch(
      /About [\d.]+ MB of memory and [\d.]+ m?s a step on this device: [\d:]+ for 5\s?000 steps/,
    );
    // Measuring has not touched the run.
    expect(await lab.step()).toBe(0);
    await lab.play();
    await lab.untilStep(1);
    expect(Number(await particles().inputValue())).toBe(500);
    // 250 remembered programs are drawn ten times a second: on a busy machine the press is answered late.
    await lab.button("Pause").click({ timeout: 90_000 });
    await lab.until("paused");
  });
});
