// Every term leads to the glossary, every control and every colour is explained somewhere (UX-74).

import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COLOURS } from "../../src/app/help/colours";
import { CONTROLS, helpFor } from "../../src/app/help/controls";
import { GLOSSARY } from "../../src/app/help/glossary";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

type Control = { readonly name: string; readonly own: string; readonly helpId: string };

/**
 * The controls that are seen, with what explains each where it stands: a description, a title, or an option's help.
 * Links are left out: they say where they lead.
 */
function controlsOnPage(): Promise<readonly Control[]> {
  return lab.page.evaluate(() => {
    const textOf = (ids: string | null) =>
      (ids ?? "")
        .split(" ")
        .map((id) => document.getElementById(id)?.textContent ?? "")
        .join(" ")
        .trim();
    const nameOf = (element: Element) =>
      element.getAttribute("aria-label") ??
      (textOf(element.getAttribute("aria-labelledby")) ||
        (element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? "") : (element.textContent ?? "")));
    return [...document.querySelectorAll("button, input, select, textarea, [role=slider], [role=radio]")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => {
        const group = element.closest("[aria-describedby]");
        const own = textOf(group?.getAttribute("aria-describedby") ?? null) || (element.getAttribute("title") ?? "");
        const helpId = element.closest("[data-help]")?.getAttribute("data-help") ?? "";
        return {
          name: nameOf(element).trim(),
          own: own || (element.closest("label")?.getAttribute("title") ?? ""),
          helpId,
        };
      });
  });
}

/** Names of controls that nothing explains. */
async function unexplained(): Promise<readonly string[]> {
  const controls = await controlsOnPage();
  expect(controls.length).toBeGreaterThan(0);
  const ids = new Set(CONTROLS.map((entry) => entry.id));
  for (const { name, helpId } of controls) if (helpId) expect(ids, name).toContain(helpId);
  const silent = controls.filter(({ name, own, helpId }) => !own && !helpId && !helpFor(name));
  return [...new Set(silent.map(({ name }) => name))];
}

describe("terms", () => {
  it("have a page each, with other terms that exist", async () => {
    const ids = new Set(GLOSSARY.map((entry) => entry.id));
    for (const entry of GLOSSARY)
      for (const other of entry.see) expect(ids, `${entry.id} names ${other}`).toContain(other);
    for (const id of ["memory", "noise", "estimator-lens", "band", "dream"]) {
      await lab.open(`/help/${id}`);
      const entry = GLOSSARY.find((candidate) => candidate.id === id);
      expect(await lab.page.getByRole("heading", { level: 1 }).innerText()).toBe(entry?.term);
    }
  });

  it("are reached from the words of a lesson", async () => {
    await lab.open("/learn/1/4");
    await lab.page.locator('.lesson-stage[data-scene="ready"]').waitFor();
    await lab.page.getByRole("link", { name: "likelihood" }).click();
    await lab.page.getByRole("heading", { level: 1, name: "Likelihood" }).waitFor();
  });
});

describe("help of a domain", () => {
  it.each(["automata", "blocks", "clusters", "strings", "strokes", "timeseries"])(
    "has six headings for %s",
    async (domain) => {
      await lab.open(`/help/${domain}`);
      await lab.page.locator(".prose h2").nth(5).waitFor();
      const headings = await lab.page.locator(".prose h2").allInnerTexts();
      expect(headings).toHaveLength(6);
      const paragraphs = await lab.page.locator(".prose section p").allInnerTexts();
      for (const text of paragraphs) expect(text.length).toBeGreaterThan(60);
    },
  );
});

describe("controls", () => {
  it.each([
    "automata?iterations=40",
    "clusters?iterations=40",
    "strings?iterations=40&concepts=10&batch=10",
    "strokes?iterations=40&images=20&size=tiny&batch=5",
    "timeseries?iterations=40&series=20&size=tiny&evaluationSeries=2",
    "blocks?iterations=40&scenes=10&evaluationScenes=2&evaluationSamples=5",
  ])("are all explained on %s", async (place) => {
    await lab.open(place);
    await lab.untilStart();
    await lab.stepOnce();
    await lab.untilStep(1);
    const more = lab.button(/^More options/);
    if ((await more.count()) > 0) await more.click();
    expect(await unexplained()).toEqual([]);
  });

  it.each(["/", "/learn/3/4", "/learn/1/8", "/try/automata", "/try/strings", "/try/strokes", "/runs", "/compare"])(
    "are all explained on %s",
    async (route) => {
      await lab.open(route);
      const stage = lab.page.locator(".lesson-stage");
      if ((await stage.count()) > 0) await lab.page.locator('.lesson-stage[data-scene="ready"]').waitFor();
      expect(await unexplained()).toEqual([]);
    },
  );
});

describe("colours", () => {
  it("that mean something are all in help, with the colour itself", async () => {
    const tokens = readFileSync("src/app/styles/tokens.css", "utf8");
    const meaning = tokens.match(
      /--(?:theta|phi|memory|wake|replay|fantasy|data|prediction|mismatch|exact|select|run-\d)(?=:)/g,
    );
    expect(new Set(COLOURS.map((colour) => colour.token))).toEqual(new Set(meaning));
    await lab.open("/help");
    expect(await lab.page.locator("[data-colour-key]").count()).toBe(COLOURS.length);
  });

  it("of every key on the workbench are among them", async () => {
    await lab.open("/help");
    const known = await lab.page.evaluate(() =>
      [...document.querySelectorAll("[data-colour-key] i")].map((swatch) => getComputedStyle(swatch).backgroundColor),
    );
    await lab.open("automata?iterations=40&run=rws:10");
    await lab.untilStart();
    await lab.stepOnce();
    await lab.untilStep(1);
    const keys = await lab.page.evaluate(() => {
      const shapes = document.querySelectorAll(
        ".run-row > svg :is(path, line), .phases svg :is(path, circle), .wsl-wall-key i, .wsl-lens-legend rect",
      );
      return [...shapes].flatMap((shape) => {
        const style = getComputedStyle(shape);
        return [style.stroke, style.fill, style.backgroundColor].filter((paint) => /^rgb\(/.test(paint));
      });
    });
    expect(keys.length).toBeGreaterThan(4);
    // Black is SVG's default fill of lines that are not filled.
    const strange = keys.filter((paint) => paint !== "rgb(0, 0, 0)" && !known.includes(paint));
    expect([...new Set(strange)]).toEqual([]);
  });
});
