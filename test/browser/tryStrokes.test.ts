// Try your own character: drawn with mouse, finger and pen or by keyboard alone, dropped, chosen, pasted or as text; the
// preview is what is sent; ranked programs with pen, residual and replay; new exemplars; learning (UX-110 to 121).

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLEAR_WEIGHT } from "../../src/views/try/verdict";
import { gifOf } from "../helpers/gif";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { numbers, pngOf } from "../helpers/pictures";
import { quietMachine } from "../helpers/quietMachine";
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
const marks = async () => Number(await pad().getAttribute("data-marks"));
const seen = () => page.shownCells(lab.page, "try-preview");
const ink = (rows: readonly string[]) => [...rows.join("")].filter((cell) => cell === "1").length;
const alert = () => lab.page.locator(".try-problems [role=alert]");

type Point = readonly [x: number, y: number];
/** A hook with a bar: points in sides of the pad. */
const LINES: readonly (readonly Point[])[] = [
  [
    [0.35, 0.2],
    [0.35, 0.6],
    [0.5, 0.78],
    [0.65, 0.6],
  ],
  [
    [0.2, 0.35],
    [0.7, 0.35],
  ],
];

async function at([x, y]: Point): Promise<Point> {
  const box = (await pad().boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height];
}

async function drawByMouse(lines: readonly (readonly Point[])[]): Promise<void> {
  for (const [first, ...rest] of lines) {
    const before = await marks();
    await lab.page.mouse.move(...(await at(first!)));
    await lab.page.mouse.down();
    for (const point of rest) await lab.page.mouse.move(...(await at(point)), { steps: 8 });
    await lab.page.mouse.up();
    await expect.poll(marks).toBe(before + 1);
  }
}

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

async function clear(): Promise<void> {
  if ((await lab.button("Clear").count()) > 0) await lab.button("Clear").click();
  await expect.poll(marks).toBe(0);
}

async function stop(): Promise<void> {
  if ((await lab.button("Stop").count()) > 0) await lab.button("Stop").click();
  await lab.button("Search on").waitFor();
}

/** Frames that the page draws in this time, a second. */
const framesPerSecond = (ms: number) =>
  lab.page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now();
        let count = 0;
        const next = (now: number) => {
          count += 1;
          if (now - startedAt < wanted) requestAnimationFrame(next);
          else resolve((1000 * count) / (now - startedAt));
        };
        requestAnimationFrame(next);
      }),
    ms,
  );

describe("a character of one's own", () => {
  it("is drawn by mouse at once; a line is one step of Undo; the settings change what the model sees", async () => {
    expect(await pad().evaluate((element) => getComputedStyle(element).touchAction)).toBe("none");
    await drawByMouse(LINES);
    const first = await seen();
    expect(ink(first)).toBeGreaterThan(30);
    await lab.button("Undo").click();
    await expect.poll(marks).toBe(1);
    await drawByMouse(LINES.slice(1));
    await expect.poll(seen).toEqual(first);
    // Broader, larger, not centred, exchanged: each shows, and Undo brings the first back.
    const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["size", () => lab.page.getByLabel("Size").fill("26")],
      ["threshold", () => lab.page.getByLabel("Ink from").fill("0.9")],
      ["invert", () => lab.page.getByLabel("Light ink on dark").check()],
    ];
    for (const [name, change] of changes) {
      await change();
      await expect.poll(seen, { message: name }).not.toEqual(first);
      await lab.button("Undo").click();
      await expect.poll(seen, { message: name }).toEqual(first);
    }
    await lab.page.getByText("broad", { exact: true }).click();
    await drawByMouse([
      [
        [0.2, 0.9],
        [0.8, 0.9],
      ],
    ]);
    await expect.poll(seen).not.toEqual(first);
    await clear();
    expect(ink(await seen())).toBe(0);
  });

  it("is drawn with a finger and with a pen; a second finger draws nothing", async () => {
    for (const kind of ["touch", "pen"] as const) {
      const [a, b] = [await at([0.3, 0.3]), await at([0.7, 0.7])];
      await pad().evaluate(
        (element, { kind, a, b }) => {
          // A made-up pointer cannot be captured; the pad needs none while it stays inside.
          element.setPointerCapture = () => undefined;
          const tell = (type: string, [clientX, clientY]: readonly number[], pointerId: number) =>
            element.dispatchEvent(
              new PointerEvent(type, {
                pointerType: kind,
                pointerId,
                clientX: clientX!,
                clientY: clientY!,
                button: 0,
                bubbles: true,
              }),
            );
          tell("pointerdown", a, 7);
          tell("pointerdown", b, 8);
          tell("pointermove", a, 8);
          for (let i = 1; i <= 9; i++)
            tell(
              "pointermove",
              a.map((v, axis) => v + ((b[axis]! - v) * i) / 9),
              7,
            );
          tell("pointerup", a, 8);
          tell("pointerup", b, 7);
        },
        { kind, a, b },
      );
      await expect.poll(marks, { message: kind }).toBe(1);
      const rows = await seen();
      expect(rows.filter((row) => row.includes("1")).length, kind).toBeGreaterThan(12);
      await clear();
    }
  });

  it("is drawn by keyboard alone, cell by cell and along", async () => {
    await lab.page.getByLabel("Centre").uncheck();
    await lab.page.getByLabel("Size").fill("0");
    await pad().focus();
    for (const key of ["Space", "ArrowUp", "Enter"]) await lab.page.keyboard.press(key);
    for (let i = 0; i < 4; i++) await lab.page.keyboard.press("Shift+ArrowRight");
    await lab.page.keyboard.press("Space");
    const rows = await seen();
    // Row 15 (the middle, at 14 from 0) and the one above it, four of whose five cells stay.
    expect(rows[14]).toBe(`${"0".repeat(14)}1${"0".repeat(13)}`);
    expect(rows[13]).toBe(`${"0".repeat(14)}1111${"0".repeat(10)}`);
    expect(ink(rows)).toBe(5);
    expect(await lab.page.locator(".try-cursor-text").innerText()).toBe("Row 14, column 19: paper");
    await clear();
  });

  it("gets programs within 3 s that go on improving smoothly; what is sent is what is shown; Stop keeps the best", async () => {
    await drawByMouse(LINES);
    const shown = await seen();
    await quietMachine(20_000);
    expect(await page.findBriefly(lab.page, FIND)).toBeLessThan(3000);
    await page.expectRanked(lab.page);
    expect(await sent()).toEqual([shown]);
    const best = async () =>
      Number((await lab.page.locator("tr[data-best] .try-number").last().innerText()).replace("\u2212", "-"));
    const early = await best();
    await lab.button("Search on").click();
    const rates = [await framesPerSecond(1500), await framesPerSecond(1500), await framesPerSecond(1500)];
    expect(await lab.button("Stop").count(), "the search went on meanwhile").toBe(1);
    expect(rates.sort((a, b) => a - b)[1], `frames a second: ${rates.join(", ")}`).toBeGreaterThanOrEqual(50);
    await expect.poll(best, { timeout: 15_000 }).toBeGreaterThan(early);
    await stop();
    const kept = await page.weights(lab.page);
    expect(kept.length).toBeGreaterThan(1);
    await page.expectRanked(lab.page);
  });

  it("is shown with pen, reconstruction and residual; the replay runs and stops; strokes are a list of text", async () => {
    const comparison = lab.page.locator('[data-picture="try-comparison"]');
    expect(await comparison.locator("svg.wsl-pen g[data-token]").count()).toBeGreaterThan(0);
    expect(await lab.page.locator('[data-picture="try-residual"]').innerText()).toMatch(/\d+ cells, \d+\s?%/);
    expect(await comparison.getByRole("option").count()).toBe(10);
    expect(await comparison.getByRole("option").first().getAttribute("aria-label")).toMatch(/^1: stroke \d+, pen up/);
    const place = comparison.getByRole("slider", { name: "Place of the pen" });
    await comparison.getByRole("button", { name: "Replay the pen" }).click();
    await expect.poll(async () => Number(await place.inputValue())).toBeLessThan(9);
    await expect.poll(async () => Number(await place.inputValue()), { timeout: 20_000 }).toBe(10);
    await comparison.getByRole("button", { name: "One stroke back" }).click();
    expect(await place.getAttribute("aria-valuetext")).toBe("after 9 of 10 strokes");
  });

  it("is explained: printed, in words, prior and likelihood, why not the next one, how sure", async () => {
    const text = await lab.page.locator("[data-detail]").innerText();
    expect(text).toMatch(/Printed\s+\(\d+\)( \(?\d+\)?){9}/);
    expect(text).toMatch(/In words\s+\d+ strokes? with the pen down/);
    expect(text).toMatch(/−\d+\.\d \+ \(−\d+\.\d\) = −\d+\.\d nats/);
    expect(text).toMatch(/Why not the next one\?\s+\(\d+\).+: it is .+It writes /s);
    const weight = Number(await lab.page.locator("tr[data-weight]").first().getAttribute("data-weight"));
    const said = await page.verdict(lab.page);
    if (said !== "none") expect(said).toBe(weight >= CLEAR_WEIGHT ? "clear" : "several");
    expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(/Rule: /);
    const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  });
});

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
