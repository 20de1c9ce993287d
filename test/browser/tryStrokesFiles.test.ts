// Try your own character from files: pictures and bitmaps as text, several at once, bad ones with a sentence each; new
// exemplars and learning (UX-110 to 121).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gifOf } from "../helpers/gif";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { numbers, pngOf } from "../helpers/pictures";
import * as page from "../helpers/tryPage";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { hasTouch: true });
  await page.watchRequests(lab.page);
  await lab.open("/try/strokes");
  await pad().waitFor();
});
afterAll(() => browser.close());

const FIND = "Find the strokes";
const pad = () => lab.page.locator('[data-picture="try-pad"]');
const seen = () => page.shownCells(lab.page, "try-preview");
const ink = (rows: readonly string[]) => [...rows.join("")].filter((cell) => cell === "1").length;
const alert = () => lab.page.locator(".try-problems [role=alert]");

/** Pixels of the latest inference, as they were sent. */
const sent = () =>
  lab.page.evaluate(() => {
    type Sent = { request?: { userData?: { payload?: { pictures?: { pixels: string }[] } } } };
    const all = (window as unknown as { sentToWorkers: Sent[] }).sentToWorkers;
    const pictures = all.findLast((message) => message.request?.userData)?.request?.userData?.payload?.pictures ?? [];
    return pictures.map(({ pixels }) => {
      const bits = [...pixels].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
      return Array.from({ length: 28 }, (_, row) => bits.slice(28 * row, 28 * (row + 1)));
    });
  });

async function stop(): Promise<void> {
  if ((await lab.button("Stop").count()) > 0) await lab.button("Stop").click();
  await lab.button("Search on").waitFor();
}

describe("pictures of one's own", () => {
  const RING = (x: number, y: number) => Math.abs(Math.hypot(x - 31.5, y - 31.5) - 20) < 3.5;
  const ring = (light = 255, dark = 0) => pngOf(64, 64, (x, y) => (RING(x, y) ? dark : light));

  it("arrive by drop, file field and clipboard; light on dark and transparent ones are read alike", async () => {
    await lab.open("/try/strokes");
    const png = { name: "ring.png", type: "image/png", bytes: ring() };
    const first: (readonly string[])[] = [];
    for (const give of [
      () => page.dropFiles(lab.page, [png]),
      () => page.chooseFiles(lab.page, [png]),
      () => page.pasteFile(lab.page, png),
      () => page.dropFiles(lab.page, [{ ...png, name: "night.png", bytes: ring(0, 255) }]),
      () =>
        page.dropFiles(lab.page, [
          {
            name: "glass.svg",
            type: "image/svg+xml",
            bytes: new TextEncoder().encode(
              '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="20" fill="none" stroke="white" stroke-width="7"/></svg>',
            ),
          },
        ]),
    ]) {
      await give();
      await lab.page.locator('[data-picture="try-given"]').waitFor();
      first.push(await seen());
      await lab.button("Clear").click();
      await pad().waitFor();
    }
    expect(ink(first[0]!)).toBeGreaterThan(60);
    expect(first[1]).toEqual(first[0]);
    expect(first[2]).toEqual(first[0]);
    expect(first[3]).toEqual(first[0]);
    // Drawn by the browser with soft edges: nearly the same.
    const differing = [...first[4]!.join("")].filter((cell, i) => cell !== first[0]!.join("")[i]).length;
    expect(differing).toBeLessThan(40);
  });

  it("that are text are read cell by cell", async () => {
    const next = numbers(3);
    const rows = Array.from({ length: 28 }, () =>
      Array.from({ length: 28 }, () => (next() < 0.2 ? "1" : "0")).join(""),
    );
    await page.pasteText(lab.page, rows.join("\n"));
    await lab.page.locator('[data-picture="try-given"]').waitFor();
    expect(await seen()).toEqual(rows);
    await page.pasteText(lab.page, "0101\n01x1");
    await alert()
      .getByText(/row 2, column 3: "x" is not allowed/)
      .waitFor();
  });

  it("several at once are a table; noise gets no winner", async () => {
    const next = numbers(5);
    const noise = pngOf(28, 28, () => (next() < 0.5 ? 0 : 255), 4);
    await page.dropFiles(lab.page, [
      { name: "ring.png", type: "image/png", bytes: ring() },
      { name: "noise.png", type: "image/png", bytes: noise },
      {
        name: "bar.png",
        type: "image/png",
        bytes: pngOf(64, 64, (x, y) => (x > 28 && x < 35 && y > 10 && y < 54 ? 0 : 255)),
      },
    ]);
    await lab.button(FIND).click();
    const items = lab.page.locator('[data-table="try-items"] tbody tr');
    await expect.poll(() => items.count(), { timeout: 15_000 }).toBe(3);
    await stop();
    expect((await sent()).length).toBe(3);
    await items.nth(1).getByRole("button").click();
    expect(await page.verdict(lab.page)).toBe("none");
    expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(/hardly written with ten pen strokes/);
  });

  it("show new exemplars of the best program and of all, told apart", async () => {
    const galleries = lab.page.locator("[data-picture^=samples-]");
    expect(await galleries.count()).toBe(2);
    const captions = await galleries.locator("figcaption").allInnerTexts();
    expect(captions[0]).toMatch(/best program/);
    expect(captions[1]).toMatch(/all programs/);
    for (const name of ["best", "all"]) {
      const count = await lab.page.locator(`[data-picture="samples-${name}"] canvas`).count();
      expect(count, name).toBeGreaterThanOrEqual(3);
    }
  });

  it("that cannot be used get a sentence each; the good ones are kept", async () => {
    const cells = Array.from({ length: 32 }, (_, y) =>
      Array.from({ length: 32 }, (_, x) => (RING(2 * x, 2 * y) ? 1 : 0)),
    );
    const flat = { name: "flat.png", type: "image/png", bytes: pngOf(32, 32, () => 255) };
    const cases: readonly (readonly [page.GivenFile, RegExp])[] = [
      [flat, /flat\.png is all one colour; it needs ink on paper/],
      [
        { name: "broken.png", type: "image/png", bytes: ring().subarray(0, 60) },
        /broken\.png cannot be read as a picture/,
      ],
      [
        { name: "huge.png", type: "image/png", bytes: ring(), zeros: 21 * 1024 * 1024 },
        /huge\.png has 21\.0 MB; at most 20 MB/,
      ],
      [
        {
          name: "wide.svg",
          type: "image/svg+xml",
          bytes: new TextEncoder().encode(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="300"><rect width="50" height="50"/></svg>',
          ),
        },
        /wide\.svg is 9000 by 300 pixels; at most 8192/,
      ],
      [{ name: "song.mp3", type: "audio/mpeg", bytes: ring() }, /song\.mp3 is not a picture/],
      [
        {
          name: "glass.svg",
          type: "image/svg+xml",
          bytes: new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>'),
        },
        /glass\.svg is all one colour/,
      ],
      [page.textFile("empty.txt", ""), /empty\.txt is empty/],
    ];
    for (const [file, sentence] of cases) {
      await page.dropFiles(lab.page, [file]);
      await alert().getByText(sentence).waitFor();
    }
    await page.dropFiles(lab.page, [flat, { name: "moves.gif", type: "image/gif", bytes: gifOf([cells, cells]) }]);
    await alert()
      .getByText(/moves\.gif moves: only its first frame is used/)
      .waitFor();
    expect(await alert().innerText()).toMatch(/flat\.png is all one colour/);
    expect(ink(await seen())).toBeGreaterThan(60);
    expect(lab.errors).toEqual([]);
  });

  it("can be learned from: both answers are kept", async () => {
    await page.findBriefly(lab.page, FIND);
    await lab.button("Learn from my data").click();
    await lab.page.locator('[data-compare="true"]').waitFor({ timeout: 80_000 });
    await stop();
    expect(await lab.page.locator("[data-side]").count()).toBe(2);
    expect(await lab.page.locator('[data-side="after"]').innerText()).toMatch(/learned for \d+ steps/);
  });
});
