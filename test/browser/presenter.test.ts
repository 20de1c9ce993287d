// Presenter mode: one key on every screen that can be shown, readable from the back row, its keys, still live
// (UX-80 to UX-85).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { viewport: { width: 1280, height: 720 } });
});
afterAll(() => browser.close());

const isOn = () => lab.page.locator("html").getAttribute("data-presenter");
const place = async () => Number(await lab.page.locator("[data-presenter-place]").getAttribute("data-presenter-place"));
const press = (key: string) => lab.page.keyboard.press(key);

async function untilPlace(wanted: number): Promise<void> {
  await lab.page.locator(`[data-presenter-place="${wanted}"]`).waitFor({ state: "attached" });
}

async function present(): Promise<void> {
  await lab.page.locator("h1").first().waitFor();
  await press("p");
  await lab.page.locator("html[data-presenter=on]").waitFor();
  await lab.page.locator("[data-presenter-place]").waitFor({ state: "attached" });
}

/** Every visible piece of text with its size as it is seen, and its contrast with the page. */
function smallText(): Promise<readonly string[]> {
  return lab.page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    const small: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || !node.textContent?.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (element.closest(".visually-hidden, .wsl-hidden, sub, sup, math") || box.width < 2) continue;
      // A figure that is laid out to one measure is magnified as a whole: currentCSSZoom says by how much.
      const zoom = (element as Element & { currentCSSZoom?: number }).currentCSSZoom ?? 1;
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * zoom;
      if (size < 23.9) small.push(`${size}px: ${node.textContent}`);
    }
    return small;
  });
}

/** Widths under 3 px among the lines of charts that are seen. */
function thinLines(): Promise<readonly string[]> {
  return lab.page.evaluate(() =>
    [...document.querySelectorAll("figure[data-chart] svg :is(line, path[class^=wsl-line])")]
      .filter((line) => line.checkVisibility())
      .map((line) => getComputedStyle(line).strokeWidth)
      .filter((width) => Number.parseFloat(width) < 3),
  );
}

/** Contrast of a CSS colour pair, by the WCAG formula. */
function contrast(): Promise<number> {
  return lab.page.evaluate(() => {
    const rgb = (colour: string) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    const light = (colour: string) => {
      const [r = 0, g = 0, b = 0] = rgb(colour).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const page = light(getComputedStyle(document.body).backgroundColor);
    const seen = [...document.querySelectorAll("main :is(h1, h2, p, td, th, svg text, .wsl-figure-unit)")].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && element.textContent?.trim(),
    );
    const ratios = seen.map((element) => {
      const style = getComputedStyle(element);
      const ink = light(element instanceof SVGElement ? style.fill : style.color);
      return (Math.max(page, ink) + 0.05) / (Math.min(page, ink) + 0.05);
    });
    return Math.min(...ratios);
  });
}

describe("presenter mode", () => {
  it.each(["/lab/automata", "/learn/1/1", "/compare", "/try/automata"])(
    "turns on and off by P on %s",
    async (route) => {
      await lab.open(route);
      await present();
      expect(await lab.page.getByRole("banner").isVisible()).toBe(false);
      expect(
        await lab.page.locator(".lab-left, .status-bar, .transport, .lesson-bar").filter({ visible: true }).count(),
      ).toBe(0);
      await press("Escape");
      expect(await isOn()).toBeNull();
      expect(await lab.page.getByRole("banner").isVisible()).toBe(true);
    },
  );

  it("has a button, and help names the key", async () => {
    await lab.open("automata?iterations=60");
    await lab.button("Present").click();
    expect(await isOn()).toBe("on");
    await press("p");
    expect(await isOn()).toBeNull();
    await press("?");
    expect(await lab.page.getByRole("dialog").innerText()).toMatch(/P\s+Presenter mode/);
    await press("Escape");
  });

  it.each(["light", "dark"] as const)("can be read from the back row, %s", async (colorScheme) => {
    await lab.page.emulateMedia({ colorScheme });
    await lab.open("automata?iterations=60");
    await lab.untilStart();
    await lab.play();
    await lab.until("converged");
    await present();
    for (const step of [1, 2, 3, 4, 5]) {
      await untilPlace(step);
      expect(await lab.page.locator("main figure").filter({ visible: true }).count()).toBe(1);
      expect(await smallText(), `figure ${step}`).toEqual([]);
      expect(await thinLines(), `figure ${step}`).toEqual([]);
      expect(await contrast(), `figure ${step}`).toBeGreaterThanOrEqual(7);
      await press("ArrowRight");
    }
    await press("Escape");
    await lab.page.emulateMedia({ colorScheme: "light" });
  });
});

describe("its keys", () => {
  it("go on, back and to a figure: Space, arrows, page keys, digits", async () => {
    await lab.open("automata?iterations=60");
    await lab.untilStart();
    await present();
    await untilPlace(1);
    for (const [key, wanted] of [
      ["Space", 2],
      ["ArrowRight", 3],
      ["PageDown", 4],
      ["PageUp", 3],
      ["ArrowLeft", 2],
      ["Shift+Space", 1],
      ["5", 5],
    ] as const) {
      await press(key);
      expect(await place(), key).toBe(wanted);
    }
  });

  it("blank the screen, show the pointer while L is held, and fill the screen", async () => {
    const blank = lab.page.locator("[data-presenter-blank]");
    await press(".");
    expect(await blank.count()).toBe(1);
    await press(".");
    expect(await blank.count()).toBe(0);
    const pointer = lab.page.locator("[data-presenter-pointer]");
    await lab.page.mouse.move(400, 300);
    await lab.page.keyboard.down("l");
    await lab.page.mouse.move(420, 320);
    const box = await pointer.boundingBox();
    expect(box && Math.round(box.x + box.width / 2)).toBe(420);
    await lab.page.keyboard.up("l");
    expect(await pointer.count()).toBe(0);
    await press("f");
    await lab.page.waitForFunction(() => document.fullscreenElement !== null);
    await press("f");
    await lab.page.waitForFunction(() => document.fullscreenElement === null);
  });

  it("list themselves only while the mouse moves", async () => {
    const keys = lab.page.getByLabel("Keys of presenter mode");
    await keys.waitFor({ state: "detached" });
    await lab.page.mouse.move(200, 200);
    await keys.waitFor();
    expect(await keys.innerText()).toContain("Blank the screen");
  });

  it("switch slow motion, in which Next is the next stage", async () => {
    await press("s");
    await press("Space");
    await lab.untilPhase("wake");
    await press("Space");
    expect(await lab.step()).toBe(0);
    await press("s");
  });

  it("leave the run live: another seed restarts it and the mode stays", async () => {
    await press("d");
    await lab.page.waitForFunction(() => /seed=\d+/.test(window.location.hash));
    await lab.untilStart();
    expect(await isOn()).toBe("on");
    await press("Enter");
    await lab.untilStep(10);
    expect(await isOn()).toBe("on");
    await lab.until("converged");
    await press("Escape");
    expect(lab.errors).toEqual([]);
  });

  it("keep a rehearsed run that plays, labelled, when training fails", async () => {
    await lab.open("automata?iterations=40&faults=1");
    await lab.untilStart();
    await present();
    await press("k");
    await press("Enter");
    await lab.until("converged");
    await press("d");
    await lab.untilStart();
    expect(await lab.page.locator('[data-recorded="playing"]').count()).toBe(0);
    // A run's second failure in a row is not repaired by itself; a value that is not a number never is.
    await lab.page.evaluate(() => window.lab?.inject("non-finite"));
    await press("Enter");
    const label = lab.page.locator('[data-recorded="playing"]');
    await label.waitFor();
    expect(await label.innerText()).toBe("recorded");
    await lab.untilStep(40);
    expect(await lab.page.getByRole("alert").filter({ visible: true }).count()).toBe(0);
    expect(await isOn()).toBe("on");
    await press("Escape");
  });

  it("walk through the steps of a lesson, revealing a question first", async () => {
    await lab.open("/learn/3/4");
    await lab.page.locator('.lesson-stage[data-scene="ready"]').waitFor();
    await present();
    expect(await smallText()).toEqual([]);
    await press("Space");
    await lab.page.locator('.caption-strip[data-stage="remember"]').waitFor();
    expect(await place()).toBe(4);
    await press("Space");
    await untilPlace(5);
    await press("2");
    await untilPlace(2);
    expect(lab.url.hash).toBe("#/learn/3/2");
    expect(await isOn()).toBe("on");
  });
});
