// Hands on a 3D picture: building with the pointer, and fingers that turn and zoom it while the page still scrolls
// (UX-63, UX-211).

import type { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Shown } from "../helpers/scene3dPage/main";
import { angles, BLOCKS, picture, pixels, pointOf, Scenes, settled, until, view } from "../helpers/scene3dVisit";

let scenes: Scenes;
beforeAll(async () => {
  scenes = await Scenes.begin();
}, 60_000);
afterAll(() => scenes.end());

describe("building", () => {
  const building = (tool: "add" | "remove"): Shown => [{ props: { blocks: BLOCKS }, tool, side: 480 }];

  it("shows what a click would do, and does it", async () => {
    const { page, errors, close } = await scenes.open(building("add"), { reducedMotion: "reduce" });
    await until(page, "ready");
    await page.getByRole("button", { name: "Right camera" }).click();
    await settled(page);
    const plain = await pixels(page);
    const at = await pointOf(page, (r, g, b) => r < 40 && g > 150 && b < 40);
    await page.mouse.move(at.x, at.y);
    await expect.poll(async () => (await pixels(page)).data.equals(plain.data)).toBe(false);
    await page.mouse.down();
    await page.mouse.up();
    expect(await page.evaluate(() => window.scene3d.placed)).toEqual([{ row: 0, column: 0 }]);
    // A drag turns and builds nothing.
    await page.mouse.down();
    await page.mouse.move(at.x + 80, at.y, { steps: 4 });
    await page.mouse.up();
    expect(await page.evaluate(() => window.scene3d.placed.length)).toBe(1);
    await page.evaluate((shown) => window.scene3d.show(shown), building("remove"));
    await page.getByRole("button", { name: "Right camera" }).click();
    await page.mouse.click(at.x, at.y);
    expect(await page.evaluate(() => window.scene3d.picked)).toEqual(["0 0 0"]);
    expect(errors).toEqual([]);
    await close();
  });

  it("marks a cell that has the focus elsewhere", async () => {
    const { page, close } = await scenes.open(building("add"));
    await until(page, "ready");
    await settled(page);
    const before = await pixels(page);
    await page.evaluate((shown) => window.scene3d.show(shown), [
      { props: { blocks: BLOCKS, highlightCell: { row: 1, column: 1 } }, tool: "add" as const, side: 480 },
    ] satisfies Shown);
    await settled(page);
    const select = (png: PNG) => {
      let count = 0;
      for (let i = 0; i < png.data.length; i += 4) if (png.data[i] === 255 && png.data[i + 1] === 241) count++;
      return count;
    };
    expect(select(before)).toBe(0);
    expect(select(await pixels(page))).toBeGreaterThan(300);
    await close();
  });
});

describe("on a phone", () => {
  it("turns under a finger that goes sideways, zooms under two, and lets the page scroll", async () => {
    const { page, close } = await scenes.open([{ props: { blocks: BLOCKS } }], {
      ...{ viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" },
    });
    await until(page, "ready");
    const session = await page.context().newCDPSession(page);
    const box = (await picture(page).boundingBox())!;
    const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
    type Point = { x: number; y: number; id?: number };
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints });
    const [azimuth, , distance] = await angles(page);
    await touch("touchStart", [{ x, y }]);
    for (let moved = 10; moved <= 80; moved += 10) await touch("touchMove", [{ x: x + moved, y }]);
    await touch("touchEnd", []);
    await expect.poll(async () => (await angles(page))[0]).toBeLessThan(azimuth - 20);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);

    await touch("touchStart", [
      { x: x - 30, y, id: 0 },
      { x: x + 30, y, id: 1 },
    ]);
    for (let moved = 5; moved <= 40; moved += 5) {
      await touch("touchMove", [
        { x: x - 30 - moved, y, id: 0 },
        { x: x + 30 + moved, y, id: 1 },
      ]);
    }
    await touch("touchEnd", []);
    await expect.poll(async () => (await angles(page))[2]).toBeLessThan(distance * 0.7);
    expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);

    const turned = await view(page);
    await touch("touchStart", [{ x, y }]);
    for (let moved = 10; moved <= 120; moved += 10) await touch("touchMove", [{ x, y: y - moved }]);
    await touch("touchEnd", []);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(50);
    expect(await view(page)).toBe(turned);
    await close();
  });
});
