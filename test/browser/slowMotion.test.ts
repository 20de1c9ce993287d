// Slow motion is the same computation with text and rests: equal numbers, nothing moves before Space, short transitions,
// leaving it goes on with the same run, reduced motion makes it instant (UX-51, UX-53, UX-56, UX-57, UX-146).

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

/** Every value of every metric so far, to the last digit; times of the clock left out. */
const records = () =>
  lab.page.evaluate(() => {
    const { records } = (window as unknown as { lab: { records: () => Record<string, [number, number][]> } }).lab;
    return records();
  });

/** Chooses an entry of the speed list, which is there in slow motion. */
async function speed(choice: string): Promise<void> {
  await lab.page.getByRole("combobox", { name: "Speed of slow motion" }).click();
  await lab.page.getByRole("option", { name: choice, exact: true }).click();
  await lab.page.getByRole("listbox").waitFor({ state: "detached" });
}

const frames = () =>
  lab.page.evaluate(() =>
    [...document.querySelectorAll("[data-frame]")].map((picture) => picture.getAttribute("data-frame")),
  );

const caption = () => lab.page.locator(".caption-strip").getByRole("status");
const shownStage = () => lab.page.locator(".wsl-stage").getAttribute("data-stage");

/** Waits until the caption of another stage is said than `before`. */
async function nextCaption(before: string): Promise<void> {
  await lab.page.waitForFunction(
    (text) => document.querySelector(".caption-strip [role=status]")?.textContent !== text,
    before,
  );
}

/** Longest transition or animation of any element on the page, ms. */
const longestMotion = () =>
  lab.page.evaluate(() => {
    const ms = (list: string) =>
      Math.max(...list.split(",").map((one) => Number.parseFloat(one) * (/ms/.test(one) ? 1 : 1000)));
    return Math.max(
      ...[...document.querySelectorAll("*")].map((element) => {
        const style = getComputedStyle(element);
        return Math.max(ms(style.transitionDuration), ms(style.animationDuration));
      }),
    );
  });

describe("slow motion", () => {
  const place = "automata?seed=5&sleep=mix&faults=1";
  let fast: unknown;

  it("starts from three fast steps as the measure", async () => {
    await lab.open(place);
    await lab.untilStart();
    for (let step = 1; step <= 3; step++) {
      await lab.stepOnce();
      await lab.untilStep(step);
      await lab.until("paused");
    }
    fast = await records();
    expect(Object.keys(fast as object)).toContain("elbo");
  });

  it("says the text first and moves nothing until Space", async () => {
    await lab.open(place);
    await lab.untilStart();
    await lab.button("Slow motion").click();
    await speed("on Space");
    await lab.play();
    await caption().getByText("Take an observation.").waitFor();
    const before = { frames: await frames(), step: await lab.step(), phase: await lab.phase() };
    await lab.page.evaluate(async () => {
      for (let frame = 0; frame < 90; frame++) await new Promise((done) => requestAnimationFrame(done));
    });
    expect({ frames: await frames(), step: await lab.step(), phase: await lab.phase() }).toEqual(before);
    expect(await lab.status()).toBe("running");
    await lab.page.keyboard.press("Space");
    await lab.page.locator('.wsl-stage[data-stage="look"]').waitFor();
    await nextCaption("Take an observation.");
    expect(await caption().innerText()).toBe("The recognition model proposes K programs.");
    expect(await shownStage()).toBe("look");
  });

  it("gives the same values as fast steps, to the last digit", async () => {
    const deadline = Date.now() + 60_000;
    while ((await lab.step()) < 3) {
      if (Date.now() > deadline) throw new Error("three slow steps took over a minute");
      await lab.page.keyboard.press("Space");
    }
    await lab.pause();
    expect(await lab.step()).toBe(3);
    expect(await records()).toEqual(fast);
  });

  it("keeps every transition under 400 ms at speed 1", async () => {
    await speed("1×");
    await lab.page.locator(".stage-dots [data-dot=remember]").click();
    await lab.page.locator('.wsl-stage[data-stage="remember"]').waitFor();
    const longest = await longestMotion();
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(400);
  });

  it("slides rows of the memory to their new rank in 240 ms, and not at all with less motion", async () => {
    const slides = async (motion: "no-preference" | "reduce") => {
      await lab.page.emulateMedia({ reducedMotion: motion });
      await lab.open("automata?seed=1&sleep=mix");
      await lab.untilStart();
      await lab.page.evaluate(() => {
        const seen: number[] = [];
        (window as unknown as { slides: number[] }).slides = seen;
        const { animate } = Element.prototype;
        Element.prototype.animate = function (frames, options) {
          const isRow = this.matches('[data-table="memory"] tr[data-program]');
          if (isRow && typeof options === "object") seen.push(Number(options.duration));
          return animate.call(this, frames, options);
        };
      });
      await lab.stepPhase();
      await lab.page.locator('.wsl-stage[data-stage="remember"]').waitFor();
      // Later visits of the same picture reorder its memory.
      await lab.play();
      await lab.untilStep(60);
      await lab.pause();
      return lab.page.evaluate(() => (window as unknown as { slides: number[] }).slides);
    };
    const full = await slides("no-preference");
    expect(full.length).toBeGreaterThan(0);
    expect([...new Set(full)]).toEqual([240]);
    expect(await slides("reduce")).toEqual([]);
    await lab.page.emulateMedia({ reducedMotion: "no-preference" });
  });

  it("moves at once where the system or the person asks for less motion, also while open", async () => {
    await lab.page.emulateMedia({ reducedMotion: "reduce" });
    expect(await longestMotion()).toBe(0);
    await lab.page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await longestMotion()).toBeGreaterThan(0);
    await lab.page.getByRole("button", { name: /^Motion/ }).click();
    await lab.page.getByRole("menuitemradio", { name: "reduce" }).click();
    await lab.page.getByRole("menu").waitFor({ state: "detached" });
    expect(await longestMotion()).toBe(0);
    await lab.page.getByRole("button", { name: /^Motion/ }).click();
    await lab.page.getByRole("menuitemradio", { name: "system" }).click();
    await lab.page.getByRole("menu").waitFor({ state: "detached" });
  });

  it("goes on with the same run when it is left in the middle of a step", async () => {
    await lab.open("automata?seed=5&sleep=mix&faults=1&iterations=12");
    await lab.untilStart();
    await lab.play();
    await lab.until("converged");
    const straight = await records();
    await lab.reset();
    await lab.untilStart();
    await lab.button("Slow motion").click();
    await speed("4×");
    await lab.play();
    await lab.page.locator('.wsl-stage[data-stage="score"]').waitFor();
    await lab.button("Slow motion").click();
    await lab.until("converged");
    expect(await records()).toEqual(straight);
    expect(lab.errors).toEqual([]);
  });
});
