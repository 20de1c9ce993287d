// Vocabulary of the tests of 3D pictures: a page with nothing but them, what it shows, where it is seen from, its pixels.

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { PNG } from "pngjs";
import type { SceneBlock } from "../../src/views/scene3d/sceneTypes";
import { launchBrowser } from "./lab";
import type { Scene3DPage, Shown } from "./scene3dPage/main";
import { type ScenePage, serveScenePage } from "./scene3dServer";

declare global {
  interface Window {
    scene3d: Scene3DPage;
  }
}

/** A browser and a server of the page, for the tests of one file. */
export class Scenes {
  private constructor(
    private readonly browser: Browser,
    private readonly server: ScenePage,
  ) {}

  static async begin(): Promise<Scenes> {
    const [browser, server] = await Promise.all([launchBrowser(), serveScenePage()]);
    return new Scenes(browser, server);
  }

  async end(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }

  /** A visitor for whom the page shows these pictures, each in the state that is waited for. */
  async open(shown: Shown, options: BrowserContextOptions = {}, prepare?: (page: Page) => Promise<unknown>) {
    const context = await this.browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || /Too many active WebGL/.test(message.text())) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    await prepare?.(page);
    await page.goto(this.server.address);
    await page.waitForFunction(() => window.scene3d !== undefined);
    await page.evaluate((shown) => window.scene3d.show(shown), shown);
    return { page, errors, close: () => context.close() };
  }
}

export const block = (
  id: string,
  row: number,
  column: number,
  y: number,
  side: number,
  color: SceneBlock["color"],
) => ({
  ...{ id, row, column, color },
  centre: [column === 0 ? -1.5667 : 0.5667, -1.5 + y + side / 2, row] as const,
  size: [side, side, side] as const,
});
export const BLOCKS: readonly SceneBlock[] = [
  block("0 1 0", 0, 1, 0, 0.5, [0, 0, 1]),
  block("0 1 1", 0, 1, 0.505, 0.3, [1, 0, 0]),
  block("0 0 0", 0, 0, 0, 0.4, [0, 1, 0]),
  block("1 0 0", 1, 0, 0, 0.5, [0, 0, 1]),
];
export const LINES = BLOCKS.map(({ id }, i) => ({ id, text: `Block ${i + 1}` }));
export const ONE: Shown = [{ props: { blocks: BLOCKS, lines: LINES }, side: 720 }];

export const until = (page: Page, wanted: string, index = 0) =>
  page.waitForFunction(
    ({ wanted, index }) => document.querySelectorAll("[data-scene3d]")[index]?.getAttribute("data-scene3d") === wanted,
    { wanted, index },
    { timeout: 20_000 },
  );
export const picture = (page: Page) => page.getByRole("application", { name: "The scene in 3D" });
export const view = async (page: Page) => (await page.locator("[data-view]").first().getAttribute("data-view")) ?? "";
export const angles = async (page: Page) => (await view(page)).split(" ").map(Number) as [number, number, number];
export const frame = async (page: Page) =>
  Number(await page.locator("[data-picture]").first().getAttribute("data-frame"));
/** Two frames later: what was asked for is drawn. */
export const settled = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** The picture as a file, as the export menu reads it. */
export async function pixels(page: Page): Promise<PNG> {
  const url = await page.evaluate(() => document.querySelector("canvas")?.toDataURL("image/png") ?? "");
  return PNG.sync.read(Buffer.from(url.split(",")[1] ?? "", "base64"));
}

export const rgbAt = (png: PNG, x: number, y: number) => [...png.data.subarray(4 * (y * png.width + x)).subarray(0, 3)];

/** Middle of the pixels of a colour, in px of the page. */
export async function pointOf(page: Page, isMeant: (r: number, g: number, b: number) => boolean) {
  const png = await pixels(page);
  const found: [number, number][] = [];
  for (let y = 0; y < png.height; y++)
    for (let x = 0; x < png.width; x++) {
      const [r, g, b] = rgbAt(png, x, y) as [number, number, number];
      if (isMeant(r, g, b)) found.push([x, y]);
    }
  const box = (await page.locator("canvas").first().boundingBox())!;
  const mean = (i: 0 | 1) => found.reduce((sum, at) => sum + at[i], 0) / found.length;
  return { x: box.x + (mean(0) * box.width) / png.width, y: box.y + (mean(1) * box.height) / png.height };
}
