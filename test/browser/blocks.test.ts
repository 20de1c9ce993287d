// Blocks on the workbench: all scenes, the one on show as observed, drawn and different (UX-65), its parses by weight, 3D
// that is turned by keys and follows the chosen parse (UX-63), the blocks as text (UX-144), learned types beside the true
// ones, the memory (UX-30, UX-32), bars of towers (UX-37), dreams (UX-36), and the published figure.

import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  const small = "scenes=24&resolution=16&encoder=tiny&evaluationScenes=8&evaluationSamples=5";
  await lab.open(`blocks?${small}&dataset=cubes-plain&iterations=200&evaluateEvery=200&seed=2`);
  await lab.untilStart();
});
afterAll(() => browser.close());

const wall = () => lab.page.getByRole("listbox", { name: "Scenes" });
const figure = () => lab.picture("scene");
const parses = () => figure().locator(".wsl-parse");
const space = () => figure().locator(".wsl-scene3d");
const blocks = () => figure().getByRole("list", { name: "Blocks of the parse" });
const rows = () => lab.page.locator("tr[data-program]");
const words = () => figure().locator(".wsl-scene-words").innerText();
const weights = async () => (await parses().locator(".wsl-parse-weight").allInnerTexts()).map(Number);

/** Colours of a canvas, as one text that changes with any of them. */
const pixelsOf = (index: number) =>
  figure()
    .locator(".wsl-scene-picture canvas")
    .nth(index)
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

describe("blocks on the workbench", () => {
  it("has a place for everything before it has learned anything", async () => {
    expect(await words()).toBe("Nothing has been recognised in it yet.");
    expect(await blocks().getByRole("listitem").count()).toBe(4);
    expect(await figure().locator(".wsl-scene-picture").count()).toBe(3);
    expect(await lab.page.getByRole("list", { name: "Learned block types" }).getByRole("listitem").count()).toBe(5);
    await space().and(lab.page.locator('[data-scene3d="ready"]')).waitFor();
    expect(lab.requests.some((url) => /\/three[^/]*\.js$/.test(url))).toBe(true);
  });

  it("walks through the scenes by keyboard", async () => {
    await wall().focus();
    await lab.page.keyboard.press("End");
    await lab.page.getByRole("heading", { name: "Scene 24", exact: true }).waitFor();
    expect(await wall().getAttribute("aria-activedescendant")).toBe("scene-23");
    await lab.page.keyboard.press("Home");
    await lab.page.getByRole("heading", { name: "Scene 1", exact: true }).waitFor();
    await wall().getByRole("option", { name: "scene 3", exact: true }).click();
    await lab.page.getByRole("heading", { name: "Scene 3", exact: true }).waitFor();
  });

  it("keeps its size while it learns", async () => {
    const heights = () => figure().evaluate((element) => (element as HTMLElement).offsetHeight);
    const before = await heights();
    await lab.play();
    await lab.untilStep(20);
    expect(await heights()).toBe(before);
    await lab.until("converged", 0, 120_000);
    expect(await heights()).toBe(before);
  });

  it("shows several explanations of a scene without colours, with their weights in words and bars", async () => {
    await wall().focus();
    await lab.page.keyboard.press("Home");
    for (let scene = 1; scene <= 24; scene++) {
      await lab.page.getByRole("heading", { name: `Scene ${scene}`, exact: true }).waitFor();
      await parses().first().waitFor();
      if (/^(Two|Three|Four|Five) explanations: /.test(await words())) break;
      await lab.page.keyboard.press("ArrowRight");
    }
    expect(await words()).toMatch(/^(Two|Three|Four|Five) explanations: .+ \(\d+\s%\) or .+ \(\d+\s%\)/);
    const shares = await weights();
    expect(shares.length).toBeGreaterThan(1);
    expect([...shares].sort((a, b) => b - a)).toEqual(shares);
    expect(shares[1]).toBeGreaterThan(0.02);
  });

  it("turns the 3D scene by keys, and has the three cameras of the paper", async () => {
    const picture = space().getByRole("application");
    const view = async () => ((await picture.getAttribute("data-view")) ?? "").split(" ").map(Number);
    await picture.focus();
    const [azimuth = 0] = await view();
    await lab.page.keyboard.press("ArrowRight");
    const [turned = 0] = await view();
    expect(Math.abs(turned - azimuth)).toBeCloseTo(10, 0);
    await lab.page.keyboard.press("0");
    await expect.poll(async () => Math.round((await view())[0] ?? 0)).toBe(Math.round(azimuth));
    await space().getByRole("button", { name: "Left camera" }).click();
    await expect.poll(async () => Math.round((await view())[0] ?? 0)).toBe(-40);
    await space().getByRole("button", { name: "Reset view" }).click();
  });

  it("shows the second parse in 3D, in the drawn picture, as text and in the memory when it is chosen", async () => {
    const before = { drawn: await pixelsOf(1), text: await blocks().innerText(), name: await nameOf3D() };
    const second = (await parses().nth(1).locator("code").getAttribute("title")) ?? "";
    await parses().nth(0).focus();
    await lab.page.keyboard.press("ArrowDown");
    expect(await parses().nth(1).getAttribute("aria-current")).toBe("true");
    await lab.page.waitForFunction((program) => {
      const picture = document.querySelector('[data-picture="scene"] [role="application"]');
      return picture?.getAttribute("aria-label")?.includes(`Parse ${program} `);
    }, second);
    expect(await nameOf3D()).not.toBe(before.name);
    expect(await blocks().innerText()).not.toBe(before.text);
    const row = lab.page.locator(`tr[data-program="${second}"]`);
    expect(await row.getAttribute("aria-selected")).toBe("true");
    await rows().first().click();
    expect(await parses().nth(1).getAttribute("aria-current")).toBeNull();
  });

  it("has every block as text; one that is chosen is marked in the drawn picture and in 3D", async () => {
    const buttons = blocks().getByRole("button");
    expect(await buttons.count()).toBe(Number(/(\d+) blocks?$/.exec(await nameOf3D())?.[1]));
    const frames = () => figure().getAttribute("data-frame");
    const drawn = await frames();
    await buttons.first().focus();
    await lab.page.keyboard.press("Enter");
    expect(await buttons.first().getAttribute("aria-pressed")).toBe("true");
    await figure().locator(".wsl-block-outline").waitFor();
    await lab.page.waitForFunction(
      (before) => document.querySelector('[data-picture="scene"]')?.getAttribute("data-frame") !== before,
      drawn,
    );
    await lab.page.keyboard.press("Enter");
    expect(await figure().locator(".wsl-block-outline").count()).toBe(0);
  });

  it("draws what is observed and what differs at one scale, and says by how much", async () => {
    const sizes = await figure()
      .locator(".wsl-scene-picture canvas")
      .evaluateAll((all) => all.map((canvas) => [canvas.clientWidth / (canvas as HTMLCanvasElement).width]));
    expect(new Set(sizes.map(String)).size).toBe(1);
    expect(Number.isInteger(sizes[0]?.[0])).toBe(true);
    expect(await figure().locator(".wsl-figure-sentence").innerText()).toMatch(/differs from the picture by 0\.\d{3}/);
    await figure()
      .getByRole("button", { name: /^Show Scene \d+ as table$/ })
      .click();
    expect(await figure().locator("tbody tr").count()).toBeGreaterThan(0);
    await figure()
      .getByRole("button", { name: /^Show Scene \d+ as picture$/ })
      .click();
  });

  it("stands learned types beside the true ones, with what is unused", async () => {
    const types = lab.page.getByRole("list", { name: "Learned block types" }).getByRole("listitem");
    const names = await types.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
    for (const name of names) expect(name).toMatch(/^Type [A-E]: side \d\.\d\d, (unused|\d+\s% of all blocks)/);
    expect(names.filter((name) => /stands for .+: size \d\.\d\d off/.test(name))).toHaveLength(3);
    expect(await lab.picture("types").locator(".wsl-cuboid-true").count()).toBe(3);
    expect(await lab.picture("types").locator(".wsl-size-history path").count()).toBe(10);
  });

  it("has the published figure: three parses from three cameras", async () => {
    const cameras = lab.picture("cameras");
    await cameras.scrollIntoViewIfNeeded();
    const canvases = cameras.locator("canvas");
    expect(await canvases.count()).toBe(9);
    const pictures = await canvases.evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()));
    expect(new Set(pictures.slice(0, 3)).size).toBe(3);
    expect(await cameras.locator(".wsl-camera-words code").count()).toBeGreaterThan(1);
  });

  it("exports that figure with the names of its cameras beside their signs, and its parses", async () => {
    const cameras = lab.picture("cameras");
    const printed = await cameras.locator(".wsl-camera-words code").allInnerTexts();
    await cameras.getByRole("button", { name: /^Export / }).click();
    const [download] = await Promise.all([
      lab.page.waitForEvent("download"),
      cameras.getByRole("menuitem", { name: "SVG, light theme" }).click(),
    ]);
    const svg = await readFile(await download.path(), "utf8");
    const texts = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>([^<]+)<\/text>/g)];
    const words = texts.map(([, , text]) => text);
    expect(words).toEqual(expect.arrayContaining(["front", "left", "right", ...printed]));
    const left = Number(texts.find(([, , text]) => text === "front")?.[1]);
    // The sign of a camera is 18 px wide and begins where the pictures do.
    expect(left).toBeGreaterThan(18);
  });

  it("has bars for what stands where, and dreams as pictures", async () => {
    await lab.button("Posterior picture").click();
    await lab.picture("towers").locator("[data-share]").nth(15).waitFor();
    const shares = await lab
      .picture("towers")
      .locator("[data-share]")
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute("data-share"))));
    expect(shares).toHaveLength(16);
    for (let cell = 0; cell < 4; cell++) {
      expect(shares.slice(4 * cell, 4 * cell + 4).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
    await lab.button("Dreams").click();
    await lab.picture("dreams").locator("canvas").nth(8).waitFor();
    expect(lab.errors).toEqual([]);
  });
});

async function nameOf3D(): Promise<string> {
  return (await space().getByRole("application").getAttribute("aria-label")) ?? "";
}
