// Lessons: text beside a live workbench, the same by every path; keys, tasks, predictions, the way out (UX-70 to UX-77, UX-214).

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

/** Waits until this step's scene stands. */
async function standsAt(step: number, timeout = 60_000): Promise<void> {
  await lab.page.locator(`main[data-lesson-step="${step}"] .lesson-stage[data-scene="ready"]`).waitFor({ timeout });
}

async function openStep(lesson: number, step: number): Promise<void> {
  await lab.page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/learn/${lesson}/${step}`);
  await standsAt(step);
}

/** Everything that a step sets: runs and where they stand, panels, figures, marks, controls. */
function sceneState(): Promise<unknown> {
  return lab.page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    const values = (selector: string, name: string) => all(selector).map((element) => element.getAttribute(name));
    return {
      runs: all("[data-run-id]").map((panel) => ({
        status: panel.getAttribute("data-run-status"),
        step: panel.getAttribute("data-step"),
        phase: panel.getAttribute("data-phase"),
        text: panel.textContent,
      })),
      panels: values("[data-panel]", "data-panel"),
      marked: values("[data-marked]", "data-panel"),
      figures: all("figure")
        .filter((figure) => figure.checkVisibility())
        .map((figure) => figure.getAttribute("aria-labelledby") && figure.querySelector("h2, h3")?.textContent),
      // Series of several runs carry the run's running number, which tells how often scenes were opened.
      lastValues: values("[data-last-values]", "data-last-values").map((text) => text?.replace(/run-\d+ /g, "")),
      memory: all(".wsl-memory tbody tr, [data-table=memory] tbody tr").map((row) => row.textContent),
      stage: values("[data-stage]", "data-stage"),
      controls: values("[data-controls]", "data-controls"),
      lit: values("[data-lit]", "data-part"),
      slow: all(".scene-transport [aria-pressed=true]").map((button) => button.textContent),
    };
  });
}

const hash = () => lab.url.hash;
const next = () => lab.button("Next").click();

describe("the list of lessons", () => {
  it("offers all six", async () => {
    await lab.open("/learn");
    const links = await lab.page.getByRole("main").getByRole("listitem").getByRole("link").allInnerTexts();
    expect(links).toEqual([
      "Programs that explain data",
      "Two models that teach each other",
      "Wake, replay, fantasy, stage by stage",
      "Why memory? Particles K and memory M",
      "When wake-sleep fails: comparing algorithms",
      "Learning to learn: new data after training",
    ]);
  });
});

describe.each([
  { lesson: 1, steps: 9, jumps: [6, 2, 9, 4, 1, 8, 3, 7, 5] },
  { lesson: 2, steps: 8, jumps: [5, 2, 8, 4, 1, 7, 3, 6] },
  { lesson: 3, steps: 9, jumps: [5, 9, 2, 8, 1, 4, 7, 3, 6] },
  { lesson: 4, steps: 8, jumps: [6, 2, 8, 4, 1, 7, 3, 5] },
  { lesson: 5, steps: 9, jumps: [8, 3, 9, 1, 5, 2, 7, 4, 6] },
  { lesson: 6, steps: 8, jumps: [6, 2, 8, 4, 1, 7, 3, 5] },
])("lesson $lesson", ({ lesson, steps, jumps }) => {
  it("is in the same state at each step forwards, backwards and by jumping", { timeout: 180_000 }, async () => {
    await lab.open(`/learn/${lesson}/1`);
    const forwards: unknown[] = [];
    for (let step = 1; step <= steps; step += 1) {
      await standsAt(step);
      forwards[step] = await sceneState();
      if (step < steps) await next();
    }
    for (let step = steps - 1; step >= 1; step -= 1) {
      await lab.button("Previous").click();
      await standsAt(step);
      expect(await sceneState(), `step ${step} backwards`).toEqual(forwards[step]);
    }
    for (const step of jumps) {
      await lab.page.getByRole("link", { name: `Step ${step}:` }).click();
      await standsAt(step);
      expect(await sceneState(), `step ${step} by jumping`).toEqual(forwards[step]);
    }
    expect(lab.errors).toEqual([]);
  });
});

describe("walking through a lesson", () => {
  it("keeps the step in the address and on the device", async () => {
    await lab.open("/learn/1/3");
    await standsAt(3);
    await lab.page.reload();
    await standsAt(3);
    expect(hash()).toBe("#/learn/1/3");
    await lab.open("/learn/1");
    await standsAt(3);
    expect(hash()).toBe("#/learn/1/3");
  });

  it("goes by arrow keys and says about how long it still takes", async () => {
    const left = () => lab.page.locator(".lesson-left").innerText();
    const before = await left();
    expect(before).toMatch(/^about \d+ minutes left$/);
    await lab.page.locator("body").press("ArrowRight");
    await standsAt(4);
    expect(await left()).not.toBe(before);
    await lab.page.locator("body").press("ArrowLeft");
    await standsAt(3);
    expect(await lab.page.locator(".lesson-steps [aria-current=step]").innerText()).toBe("3");
  });

  it("keeps Previous and Next at one place", async () => {
    const places: number[] = [];
    for (const step of [3, 4, 6]) {
      await openStep(1, step);
      places.push((await lab.button("Next").boundingBox())?.x ?? -1);
    }
    expect(new Set(places).size).toBe(1);
  });

  it("takes its marks, runs and slow motion away when it is left", async () => {
    await openStep(3, 9);
    await lab.button("Slow motion").click();
    await lab.page.getByRole("button", { name: "noise level", exact: true }).focus();
    expect(await lab.page.locator("[data-lit]").count()).toBeGreaterThan(0);
    await lab.page.evaluate(() => {
      window.location.hash = "#/lab/automata";
    });
    await lab.untilStart();
    expect(await lab.page.locator("[data-lit]").count()).toBe(0);
    expect(await lab.button("Slow motion").getAttribute("aria-pressed")).toBe("false");
  });
});

describe("doing and predicting", () => {
  it("ticks what was done, and can be skipped", async () => {
    await lab.open("/learn/1/1");
    await standsAt(1);
    const task = lab.page.locator("[data-task]");
    expect(await task.getAttribute("data-task")).toBe("open");
    await lab
      .picture("images")
      .getByRole("button", { name: /picture 7/i })
      .click();
    await lab.page.locator('[data-task="done"]').waitFor();
    await openStep(1, 2);
    expect(await task.getAttribute("data-task")).toBe("open");
    await lab.button("Skip").click();
    await standsAt(3);
  });

  it("reveals what the run did beside what was chosen, and keeps the choice on the device", async () => {
    await lab.open("/learn/3/4");
    await standsAt(4);
    const radio = lab.page.getByRole("radio", { name: "one or two" });
    await radio.check();
    expect(await lab.page.locator("[data-reveal-text]").count()).toBe(0);
    await lab.button("Show me").click();
    const reveal = lab.page.locator("[data-reveal-text]");
    await reveal.waitFor();
    expect(await reveal.innerText()).toMatch(/You chose: one or two\. In this run \d of the five were accepted/);
    expect(await lab.page.locator("[data-stage]").first().getAttribute("data-stage")).toBe("remember");
    await lab.page.reload();
    await standsAt(4);
    expect(await radio.isChecked()).toBe(true);
    expect(lab.foreignRequests()).toEqual([]);
  });

  it("shows the noise that reweighted wake-sleep overestimates", async () => {
    await lab.open("/learn/5/2");
    await standsAt(2);
    await lab.page.getByRole("radio", { name: "too high" }).check();
    await lab.page.locator("h1").click();
    await lab.page.locator("body").press("Space");
    const reveal = lab.page.locator("[data-reveal-text]");
    await reveal.waitFor({ timeout: 60_000 });
    const [, mws, rws] = /MWS ends at ([\d.]+) and RWS at ([\d.]+)/.exec(await reveal.innerText()) ?? [];
    expect(Number(mws)).toBeLessThan(0.025);
    expect(Number(rws)).toBeGreaterThan(0.05);
  });

  it("shows what a memory of one buys for the same number of scored programs", async () => {
    await lab.open("/learn/4/4");
    await standsAt(4);
    await lab.page.getByRole("radio", { name: "about the same" }).check();
    await lab.button("Show me").click();
    const reveal = lab.page.locator("[data-reveal-text]");
    await reveal.waitFor({ timeout: 60_000 });
    const [, mws, rws] =
      /MWS ends at (\d+) nats for five held-out strings and RWS at (\d+)/.exec(await reveal.innerText()) ?? [];
    expect(Number(mws)).toBeLessThan(Number(rws) - 10);
  });

  it("shows the programs of a memory, and notices that one was chosen", async () => {
    await openStep(4, 6);
    const rows = lab.page.getByRole("main").getByRole("grid").getByRole("row");
    await rows.nth(2).click();
    await lab.page.locator(".lesson-task[data-task=done]").waitFor();
    expect(await lab.picture("concept").locator('[data-strings="given"] li[data-made=true]').count()).toBe(5);
  });

  it("hands its run over to the workbench", async () => {
    await lab.open("/learn/3/9");
    await standsAt(9);
    await lab.button("Step").click();
    await lab.untilStep(3);
    const bound = await lab.chart("phi").lastValue();
    await lab.button("Explore freely from here").click();
    await lab.page.locator('main[data-screen="lab"]').waitFor();
    expect(await lab.step()).toBe(3);
    expect(lab.url.hash).toContain("dataSeed=7");
    expect(await lab.chart("phi").lastValue()).toBe(bound);
    await lab.stepOnce();
    await lab.untilStep(4);
    expect(lab.errors).toEqual([]);
  });
});

describe("for teachers", () => {
  it("shows notes on demand and prints text without controls", async () => {
    await lab.open("/learn/1/2");
    await standsAt(2);
    const notes = lab.page.getByLabel("Teacher notes", { exact: true });
    expect(await lab.page.locator(".lesson-notes").count()).toBe(0);
    await lab.button("Teacher notes").click();
    expect(await notes.last().innerText()).toMatch(/About [\d.]+ min/);
    await lab.page.emulateMedia({ media: "print" });
    const visible = await lab.page.evaluate(
      () =>
        [...document.querySelectorAll("button, a, input, select, textarea")].filter((element) =>
          element.checkVisibility({ visibilityProperty: true }),
        ).length,
    );
    expect(visible).toBe(0);
    expect(await lab.page.locator(".handout").innerText()).toContain("9. What the machine found");
    await lab.page.emulateMedia({ media: "screen" });
    await lab.button("Teacher notes").click();
  });

  it("stands beside the picture on a phone on its side", async () => {
    await lab.page.setViewportSize({ width: 812, height: 375 });
    await openStep(1, 1);
    const text = await lab.page.locator(".lesson-article").boundingBox();
    const stage = await lab.page.locator(".lesson-stage").boundingBox();
    expect(stage?.x ?? 0).toBeGreaterThanOrEqual((text?.x ?? 0) + (text?.width ?? 812));
    expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(812);
    await lab.page.setViewportSize({ width: 1440, height: 900 });
  });
});
