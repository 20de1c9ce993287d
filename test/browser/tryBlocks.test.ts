// Try your own scene: built by clicking and by keyboard alone, photographed; the parses with their weights, in 3D and as
// text, beside what was built; files of scenes and of other things; bad ones (UX-110 to 121).

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { otherThings, photo, type Rgba, rgbaOf } from "../helpers/blocksPictures";
import { gifOf } from "../helpers/gif";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import * as page from "../helpers/tryPage";

/** Software WebGL, which 3D needs where there is no graphics card. */
const SOFTWARE_3D = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser(SOFTWARE_3D);
  lab = await visit(browser);
  await page.watchRequests(lab.page);
  await lab.open("/try/blocks");
  await builder().waitFor();
});
afterAll(() => browser.close());

const FIND = "Find the scene";
const builder = () => lab.page.locator('[data-picture="try-builder"]');
const program = () => builder().getAttribute("data-program");
const cell = (name: string) => builder().locator(`[data-cell="${name}"] > button`).first();
const less = (name: string) => builder().getByRole("button", { name: `${name}: take the top block away` });
const seen = () => lab.page.locator('[data-picture="try-preview"]').getAttribute("data-seen");
const alert = () => lab.page.locator(".try-problems [role=alert]");
const comparison = () => lab.page.locator('[data-picture="try-comparison"]');

/** Pixels of the latest inference, as they were sent. */
const sent = () =>
  lab.page.evaluate(() => {
    type Sent = { request?: { userData?: { payload?: { pictures?: { pixels: string }[] } } } };
    const all = (window as unknown as { sentToWorkers: Sent[] }).sentToWorkers;
    const pictures = all.findLast((message) => message.request?.userData)?.request?.userData?.payload?.pictures ?? [];
    return pictures.map(({ pixels }) => pixels);
  });

function png(name: string, { width, height, rgba }: Rgba): page.GivenFile {
  const made = new PNG({ width, height });
  made.data.set(rgba);
  return { name, type: "image/png", bytes: PNG.sync.write(made) };
}

async function example(title: string): Promise<void> {
  await lab.button("Use an example").click();
  await lab.page.getByRole("menuitem", { name: title }).click();
}

async function clear(): Promise<void> {
  await lab.button("Clear").click();
  await expect.poll(program).toBe("- - / - -");
}

/** Searches until a parse of at least this weight stands first, then stops. */
async function find(): Promise<void> {
  await lab.button(FIND).click();
  await comparison().waitFor({ timeout: 20_000 });
}

async function stop(): Promise<void> {
  if ((await lab.button("Stop").count()) > 0) await lab.button("Stop").click();
  await lab.button("Search on").waitFor();
}

describe("a scene", () => {
  it("is built by clicking, in 3D and in the plan; each change is undone; the photograph follows", async () => {
    expect(await program()).toBe("- - / - -");
    const blank = await seen();
    await cell("Front left").click();
    await builder().getByText("large blue cube").click();
    await cell("Front left").click();
    await cell("Back right").click();
    expect(await program()).toBe("AC - / - C");
    const three = await seen();
    expect(three).not.toBe(blank);
    await less("Front left").click();
    expect(await program()).toBe("A - / - C");
    await lab.button("Undo").click();
    expect(await program()).toBe("AC - / - C");
    expect(await seen()).toBe(three);
    // In 3D: a click on the ground of a free cell puts one there; "Take away" removes the block under the pointer.
    const picture = builder().locator(".wsl-scene3d-picture[data-live]");
    await picture.waitFor({ timeout: 30_000 });
    await builder().getByRole("button", { name: "Front" }).count();
    const box = (await picture.boundingBox())!;
    let place: readonly [number, number] | null = null;
    for (let x = 0.55; x < 0.95 && !place; x += 0.05) {
      for (let y = 0.4; y < 0.95 && !place; y += 0.06) {
        await lab.page.mouse.click(box.x + x * box.width, box.y + y * box.height);
        if ((await program()) !== "AC - / - C") place = [x, y];
      }
    }
    expect(place, "some click on the right half puts a block").not.toBeNull();
    expect((await program())?.replace(/[^A-C]/g, "")).toHaveLength(4);
    await clear();
  });

  it("is built by keyboard alone: arrows, Enter, Delete and numbers", async () => {
    await cell("Front left").focus();
    for (const key of ["3", "Enter", "2", "Enter", "ArrowRight", "1", "Space", "Space", "Delete", "ArrowUp", "Enter"]) {
      await lab.page.keyboard.press(key);
    }
    expect(await program()).toBe("CB A / - A");
    expect(await cell("Front left").getAttribute("aria-label")).toBe(
      "Front left, 2 blocks: large blue cube, green cube; add a small red cube",
    );
    await lab.page.keyboard.press("ArrowLeft");
    for (let i = 0; i < 4; i++) await lab.page.keyboard.press("Enter");
    expect(await program(), "no more than three").toBe("CB A / AAA A");
    expect(await cell("Back left").getAttribute("aria-label")).toContain("no more fits");
    await clear();
    expect(await lab.button(FIND).count(), "an empty scene is not sent").toBe(0);
  });

  it("is parsed within moments: as it was built, with weights that sum to 1; what is sent is the photograph", async () => {
    await example("A town of four towers");
    expect(await program()).toBe("B C / CBA ABC");
    const shown = await seen();
    await find();
    await page.expectRanked(lab.page);
    await expect
      .poll(() => comparison().locator('[data-table="try-truth"]').getAttribute("data-right"), { timeout: 15_000 })
      .toBe("4");
    await stop();
    expect(await sent()).toEqual([shown]);
    expect(Number(await comparison().getAttribute("data-error"))).toBeLessThan(0.002);
    expect(await page.verdict(lab.page)).toBe("clear");
    // The scene as text: every block is a button that marks it in the drawn picture.
    const blocks = comparison().getByRole("list", { name: "Blocks of the parse" }).getByRole("button");
    expect(await blocks.count()).toBe(8);
    const sides = await blocks.evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top })),
    );
    const covered = sides.slice(1).filter(({ left, top }, i) => top === sides[i]!.top && left < sides[i]!.right);
    expect(covered, "blocks beside each other do not cover each other").toEqual([]);
    await blocks.first().click();
    await comparison().locator("[data-block]").waitFor();
    const text = await lab.page.locator("[data-detail]").innerText();
    expect(text).toMatch(/Printed\s+\S+ \S+ \/ \S+ \S+/);
    expect(text).toMatch(/Why not the next one\?\s+\S+ \S+ \/ .+It has /s);
    const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
    await clear();
  });

  it("with a hidden tower has several explanations, told with their weights; the second is shown in its turn", async () => {
    await example("A tower hidden behind another");
    await find();
    await expect.poll(() => page.verdict(lab.page), { timeout: 15_000 }).toBe("several");
    await stop();
    expect(await comparison().innerText()).toMatch(/explanations: .+behind the front left.+\d+\s?%/);
    const rows = lab.page.locator("tr[data-weight]");
    expect(await rows.count()).toBeGreaterThan(2);
    const second = await rows.nth(1).getByRole("button").innerText();
    const first = await comparison().getAttribute("data-shown");
    await rows.nth(1).getByRole("button").click();
    await expect.poll(() => comparison().getAttribute("data-shown")).not.toBe(first);
    expect((await comparison().getAttribute("data-shown"))?.replace(/\s/g, "")).toBe(second.replace(/\s/g, ""));
    // From the sides: the best three with their weights.
    expect(await comparison().locator(".wsl-cameras canvas").count()).toBe(9);
    await clear();
  });

  it("of one colour has other types to build from, and can be learned from: both answers are kept", async () => {
    await lab.page.getByText("cubes of one colour").click();
    await builder().getByText("medium cube").waitFor();
    await example("A tower hidden behind another");
    await find();
    await stop();
    expect(await page.verdict(lab.page)).toBe("several");
    await lab.button("Learn from my data").click();
    await expect.poll(() => lab.page.locator("main").innerText(), { timeout: 30_000 }).toMatch(/[1-9]\d* of 300/);
    await lab.button("Stop").click();
    await lab.page.locator('[data-compare="true"]').waitFor({ timeout: 30_000 });
    await stop();
    expect(await lab.page.locator('[data-side="after"]').innerText()).toMatch(/learned for \d+ steps/);
    await clear();
    await lab.page.getByText("red, green and blue cubes").click();
  });

  it("of blocks that are no cubes is unlike anything the model has seen", async () => {
    await example("Blocks that are no cubes");
    await find();
    await expect.poll(() => page.verdict(lab.page), { timeout: 15_000 }).toBe("none");
    await stop();
    expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(/unlike anything this model has seen/);
    expect(await comparison().locator('[data-table="try-truth"]').count()).toBe(0);
    await clear();
  });
});

describe("a picture", () => {
  const WHITE = [255, 255, 255];
  const SCENE = Int32Array.of(0, 0, 0, 3, 2, 0, 1, 0, 0, 0, 0, 0);

  it("of a scene is read whatever its size, shape, background and transparency; the preview is what is sent", async () => {
    const plain = photo(SCENE, 128);
    const wide = rgbaOf(200, 128, (x, y) => {
      const inside =
        x >= 36 && x < 164 ? Array.from({ length: 3 }, (_, c) => plain.rgba[4 * (y * 128 + x - 36) + c]!) : WHITE;
      return inside.map((value) => 0.9 * value);
    });
    await page.dropFiles(lab.page, [png("wide.png", wide)]);
    const note = lab.page.locator('[data-note="reading"]');
    await expect
      .poll(() => note.innerText())
      .toMatch(/200 by 128 pixels became 32 by 32\. Cropped.+Its background \(#e6e6e6\) became white\./);
    const white = await seen();
    await lab.page.getByLabel("Make the background white").uncheck();
    await expect.poll(seen).not.toBe(white);
    await lab.button("Undo").click();
    await expect.poll(seen).toBe(white);
    await lab.page.getByText("add background").click();
    await expect.poll(seen).not.toBe(white);
    await lab.button("Undo").click();
    await find();
    await expect
      .poll(async () => Number(await comparison().getAttribute("data-error")), { timeout: 15_000 })
      .toBeLessThan(0.002);
    await stop();
    expect(await sent()).toEqual([white]);
    expect(await page.verdict(lab.page)).not.toBe("none");
    const glass = photo(SCENE, 64, (color) => (color.every((channel) => channel > 250) ? [0, 0, 0, 0] : color));
    await page.dropFiles(lab.page, [png("glass.png", glass)]);
    await expect
      .poll(() => note.innerText())
      .toMatch(/64 by 64 pixels became 32 by 32\. Transparent parts became white\./);
  });

  it("of other things: each is said to be unlike anything", async () => {
    const others = otherThings();
    const names = ["gradient", "text", "noise", "texture"];
    await page.dropFiles(
      lab.page,
      names.map((name) => png(`${name}.png`, others[name]!)),
    );
    // The button is there for the picture before, too, until these are read.
    await lab.page.getByText("1 of 4: gradient.png").waitFor();
    await lab.button(FIND).click();
    const items = lab.page.locator('[data-table="try-items"] tbody tr');
    await expect.poll(() => items.count(), { timeout: 20_000 }).toBe(4);
    await stop();
    for (const i of names.keys()) {
      await items.nth(i).getByRole("button").click();
      await expect.poll(() => page.verdict(lab.page), { message: names[i]! }).toBe("none");
    }
    expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(
      /leaves a squared error of .+Rule: unlike when/s,
    );
  });

  it("that cannot be used gets a sentence; scenes are read as text; a moving picture gives its first frame", async () => {
    const flat = png(
      "flat.png",
      rgbaOf(40, 40, () => [9, 9, 9]),
    );
    const cells = Array.from({ length: 32 }, (_, y) =>
      Array.from({ length: 32 }, (_, x) => (x > 8 && x < 16 && y > 20 ? 1 : 0)),
    );
    const cases: readonly (readonly [page.GivenFile, RegExp])[] = [
      [flat, /flat\.png is all one colour; it needs towers on a background/],
      [
        png(
          "tiny.png",
          rgbaOf(5, 5, (x) => [50 * x, 0, 0]),
        ),
        /tiny\.png is 5 by 5 pixels; at least 8/,
      ],
      [
        png(
          "long.png",
          rgbaOf(200, 20, (x) => [x, 0, 0]),
        ),
        /long\.png is 200 by 20 pixels; one side may be at most 8 times/,
      ],
      [{ ...flat, name: "broken.png", bytes: flat.bytes.subarray(0, 40) }, /broken\.png cannot be read as a picture/],
      [{ ...flat, name: "huge.png", zeros: 21 * 1024 * 1024 }, /huge\.png has 21\.0 MB; at most 20 MB/],
      [{ ...flat, name: "song.mp3", type: "audio/mpeg" }, /song\.mp3 is not a picture/],
      [page.textFile("diary.txt", "dear diary"), /diary\.txt, line 1: .+A scene is written like/],
    ];
    for (const [file, sentence] of cases) {
      await page.dropFiles(lab.page, [file]);
      await alert().getByText(sentence).waitFor();
    }
    await page.dropFiles(lab.page, [{ name: "moves.gif", type: "image/gif", bytes: gifOf([cells, cells]) }]);
    await alert()
      .getByText(/moves\.gif moves: only its first frame is used/)
      .waitFor();
    await page.pasteText(lab.page, "CB - / - A");
    await expect.poll(program).toBe("CB - / - A");
    expect(lab.errors).toEqual([]);
  });
});
