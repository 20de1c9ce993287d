// The 3D picture by itself, on a page with nothing else: it looks as the model's pictures, is turned by keys, mouse and
// buttons, draws on demand, marks blocks, and follows the theme and the wish for less motion (UX-63, UX-144, UX-146, UX-150).

import { readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SceneBlock } from "../../src/views/scene3d/sceneTypes";
import type { Shown } from "../helpers/scene3dPage/main";
import { angles, frame, ONE, picture, pixels, rgbAt, Scenes, settled, until, view } from "../helpers/scene3dVisit";

let scenes: Scenes;
beforeAll(async () => {
  scenes = await Scenes.begin();
}, 60_000);
afterAll(() => scenes.end());

type Drawing = {
  readonly camera: { readonly azimuth: number };
  readonly shade: string;
  readonly R: number;
  readonly boxes: readonly {
    row: number;
    col: number;
    level: number;
    centre: number[];
    size: number[];
    color: number[];
  }[];
  readonly image: readonly (readonly (readonly number[])[])[];
  readonly rms_to_supersampled_hard: number;
};
const folder = process.env["LAB_FIXTURES"] ?? "test/fixtures/reference";
// The cast: a file of a known format.
const fixture = JSON.parse(readFileSync(join(folder, "scenes.json"), "utf8")) as { depth_order?: readonly Drawing[] };

const framesDrawn = () => Number(document.querySelector("[data-picture]")?.getAttribute("data-frame") ?? 0);

/** Drawn again since `before`, and nothing more to draw for 15 frames of the page. */
const still = (page: Page, before: number) =>
  page.evaluate(
    (before) =>
      new Promise<void>((done) => {
        let [last, idle] = [before, 0];
        const look = () => {
          const drawn = Number(document.querySelector("[data-picture]")?.getAttribute("data-frame") ?? 0);
          idle = drawn > before && drawn === last ? idle + 1 : 0;
          last = drawn;
          if (idle < 15) requestAnimationFrame(look);
          else done();
        };
        look();
      }),
    before,
  );

describe("beside the model's own pictures", () => {
  it("is the same from all three cameras, to the softness of their edges", async () => {
    const { page, close } = await scenes.open([], { reducedMotion: "reduce" });
    for (const drawing of fixture.depth_order ?? []) {
      const blocks = drawing.boxes.map(({ row, col, level, centre, size, color }) => {
        const vector = (values: number[]) => values as unknown as SceneBlock["centre"]; // three numbers
        return { id: `${row} ${col} ${level}`, centre: vector(centre), size: vector(size), color: vector(color) };
      });
      const { azimuth } = drawing.camera;
      const camera = azimuth === 0 ? "front" : azimuth < 0 ? "left" : "right";
      const plain = { hasGround: false, hasEdges: false };
      const before = await page.evaluate(framesDrawn);
      await page.evaluate((shown) => window.scene3d.show(shown), [
        { props: { blocks, camera, ...plain }, side: 256 },
      ] satisfies Shown);
      await until(page, "ready");
      await still(page, before);
      const png = await pixels(page);
      expect([png.width, png.height]).toEqual([256, 256]);
      const [R, scale] = [drawing.R, 256 / drawing.R];
      let squares = 0;
      for (let row = 0; row < R; row++) {
        for (let column = 0; column < R; column++) {
          for (let channel = 0; channel < 3; channel++) {
            let sum = 0;
            for (let y = row * scale; y < (row + 1) * scale; y++)
              for (let x = column * scale; x < (column + 1) * scale; x++) sum += png.data[4 * (y * 256 + x) + channel]!;
            squares += (sum / (255 * scale * scale) - drawing.image[channel]![row]![column]!) ** 2;
          }
        }
      }
      const rms = Math.sqrt(squares / (3 * R * R));
      // The specification's tolerance: what the soft picture differs from a hard one, and 0.01.
      expect(rms, `${camera} camera`).toBeLessThan(drawing.rms_to_supersampled_hard + 0.01);
    }
    await close();
  });
});

describe("a scene that is watched", () => {
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    ({ page, errors } = await scenes.open(ONE, { reducedMotion: "reduce" }));
    await until(page, "ready");
  });
  afterAll(() => page.context().close());

  it("turns, zooms, changes its camera and comes back by keys", async () => {
    await picture(page).focus();
    const [azimuth, elevation, distance] = await angles(page);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowUp");
    expect(await angles(page)).toEqual([azimuth + 10, elevation + 30, distance]);
    await page.keyboard.press("+");
    expect((await angles(page))[2]).toBeLessThan(distance);
    for (const [key, name, wanted] of [
      ["1", "Front camera", "0.0 0.1 3.70"],
      ["2", "Left camera", "-40.0 30.0 3.70"],
      ["3", "Right camera", "40.0 30.0 3.70"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await view(page)).toBe(wanted);
      expect(await page.getByRole("button", { name }).getAttribute("aria-pressed")).toBe("true");
    }
    await page.keyboard.press("0");
    expect(await angles(page)).toEqual([azimuth, elevation, distance]);
    await page.getByRole("button", { name: "Left camera" }).click();
    await page.getByRole("button", { name: "Reset view" }).click();
    expect(await angles(page)).toEqual([azimuth, elevation, distance]);
  });

  it("says what its keys do, and shows where the focus is", async () => {
    const id = (await picture(page).getAttribute("aria-describedby")) ?? "";
    expect(await page.locator(`[id="${id}"]`).textContent()).toMatch(/Arrow keys turn.*10 degrees.*0 or Home resets/);
    await page.getByRole("button", { name: "Front camera" }).focus();
    await page.keyboard.press("Shift+Tab");
    expect(await picture(page).evaluate((element) => element.matches(":focus-visible"))).toBe(true);
    expect(await picture(page).evaluate((element) => getComputedStyle(element).outlineWidth)).toBe("2px");
  });

  it("turns under a drag, and zooms under the wheel only while it has the focus", async () => {
    const box = (await picture(page).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    const [azimuth, elevation, distance] = await angles(page);
    await page.mouse.down();
    await page.mouse.move(x - 60, y + 30, { steps: 5 });
    await page.mouse.up();
    const turned = await angles(page);
    expect(turned[0]).toBeGreaterThan(azimuth + 15);
    expect(turned[1]).toBeGreaterThan(elevation + 8);
    await picture(page).focus();
    await page.mouse.wheel(0, 200);
    await expect.poll(async () => (await angles(page))[2]).toBeGreaterThan(distance + 0.5);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    const zoomed = await view(page);
    await picture(page).blur();
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(200);
    expect(await view(page)).toBe(zoomed);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.getByRole("button", { name: "Reset view" }).click();
  });

  it("draws once for a change and nothing in between", async () => {
    await settled(page);
    const before = await frame(page);
    await page.evaluate(
      () =>
        new Promise<void>((done) => {
          let left = 40;
          const next = () => (left-- > 0 ? requestAnimationFrame(next) : done());
          next();
        }),
    );
    expect(await frame(page)).toBe(before);
    // The same blocks in new arrays are no change.
    await page.evaluate((shown) => window.scene3d.show(shown), structuredClone(ONE));
    await settled(page);
    expect(await frame(page)).toBe(before);
    await picture(page).focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => frame(page)).toBeGreaterThan(before);
    expect(await frame(page)).toBeLessThanOrEqual(before + 2);
    await page.keyboard.press("0");
  });

  it("marks the block of a line, and tells which block was clicked", async () => {
    await page.getByRole("list", { name: "Blocks" }).getByRole("button", { name: "Block 3" }).click();
    expect(await page.evaluate(() => window.scene3d.selected.at(-1))).toBe("0 0 0");
    const plain = await pixels(page);
    await page.evaluate((shown) => window.scene3d.show(shown), [
      { ...ONE[0]!, props: { ...ONE[0]!.props, selectedId: "0 0 0" } },
    ] satisfies Shown);
    await settled(page);
    const marked = await pixels(page);
    expect(marked.data.equals(plain.data)).toBe(false);
    expect(await page.getByRole("button", { name: "Block 3" }).getAttribute("aria-pressed")).toBe("true");
    // From the front, the red block stands on the blue one in the left column.
    await page.getByRole("button", { name: "Front camera" }).click();
    await settled(page);
    const front = await pixels(page);
    const red: [number, number][] = [];
    for (let y = 0; y < front.height; y++)
      for (let x = 0; x < front.width; x++) {
        const [r, g, b] = rgbAt(front, x, y) as [number, number, number];
        if (r > 150 && g < 40 && b < 40) red.push([x, y]);
      }
    expect(red.length).toBeGreaterThan(200);
    const mean = [0, 1].map((i) => red.reduce((sum, at) => sum + at[i]!, 0) / red.length) as [number, number];
    expect(mean[0]).toBeLessThan(front.width / 2);
    await page.locator("canvas").click({ position: { x: mean[0], y: mean[1] } });
    expect(await page.evaluate(() => window.scene3d.selected.at(-1))).toBe("0 1 1");
    await page.getByRole("button", { name: "Reset view" }).click();
  });

  it("follows the theme at once, and is light in files", async () => {
    await settled(page);
    expect(rgbAt(await pixels(page), 3, 3)).toEqual([255, 255, 255]);
    await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
    await expect.poll(async () => rgbAt(await pixels(page), 3, 3)).toEqual([25, 28, 31]);
    const light = await page.evaluate(() => {
      const html = document.documentElement;
      html.setAttribute("data-theme", "light");
      const url = document.querySelector("canvas")?.toDataURL("image/png") ?? "";
      html.setAttribute("data-theme", "dark");
      return url;
    });
    expect(rgbAt(PNG.sync.read(Buffer.from(light.split(",")[1] ?? "", "base64")), 3, 3)).toEqual([255, 255, 255]);
    await settled(page);
    // On screen it has stayed dark.
    const shot = PNG.sync.read(await picture(page).screenshot());
    expect(rgbAt(shot, 8, 8)).toEqual([25, 28, 31]);
    await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  });

  it("has no serious finding", async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe("motion", () => {
  it("takes a moment from camera to camera, and none where motion is reduced", async () => {
    const { page, close } = await scenes.open(ONE);
    await until(page, "ready");
    const seen = (name: string) =>
      page.evaluate(async (name) => {
        const element = document.querySelector("[data-view]")!;
        const views = new Set<string>();
        const begun = performance.now();
        document.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)?.click();
        let changed = begun;
        while (performance.now() - begun < 500) {
          const now = element.getAttribute("data-view") ?? "";
          if (!views.has(now)) changed = performance.now();
          views.add(now);
          await new Promise(requestAnimationFrame);
        }
        return { views: views.size, ms: changed - begun, last: element.getAttribute("data-view") };
      }, name);
    const moved = await seen("Left camera");
    expect(moved.last).toBe("-40.0 30.0 3.70");
    expect(moved.views).toBeGreaterThan(2);
    expect(moved.ms).toBeLessThan(400);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const jumped = await seen("Right camera");
    expect(jumped).toMatchObject({ views: 1, last: "40.0 30.0 3.70" });
    await close();
  });
});
