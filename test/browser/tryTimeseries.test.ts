// Try your own series: examples, pasted, dropped and drawn numbers, what the model will see of them, ranked expressions
// with fit and forecast in a person's own units, and bad input explained where it is wrong (UX-110 to 121).

import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLEAR_WEIGHT } from "../../src/views/try/verdict";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { quietMachine } from "../helpers/quietMachine";
import * as page from "../helpers/tryPage";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await page.watchRequests(lab.page);
  await lab.open("/try/timeseries");
  await lab.button("Choose files").waitFor();
});
afterAll(() => browser.close());

const FIND = "Find expressions";
const rowsOf = (name: string) => lab.page.locator(`[data-table="${name}"] tbody tr:not(.try-empty)`);
const alert = () => lab.page.locator(".try-problems [role=alert]");
const comparison = () => lab.page.locator('[data-picture="try-comparison"]');

type SentSeries = {
  values: number[];
  scale: { name: string; mean: number; deviation: number; first: number; step: number; future: number[] };
};

/** Series of the latest inference, as they were sent. */
const sent = (): Promise<SentSeries[]> =>
  lab.page.evaluate(() => {
    type Sent = { request?: { userData?: { payload?: { series?: SentSeries[] } } } };
    const all = (window as unknown as { sentToWorkers: Sent[] }).sentToWorkers;
    return all.findLast((message) => message.request?.userData)?.request?.userData?.payload?.series ?? [];
  });

/** Standardised values that the preview shows, to three decimals. */
const shown = async (): Promise<string> => (await lab.page.locator("[data-seen]").getAttribute("data-seen")) ?? "";

/** Ends a search that has found what was waited for. */
async function stop(): Promise<void> {
  if ((await lab.button("Stop").count()) > 0) await lab.button("Stop").click();
  await lab.button("Search on").waitFor();
}

/** Waits until the chosen expression is fitted, and gives log p(x | z) of the fit. */
async function fitted(): Promise<number> {
  await comparison().locator('.try-fit-line[data-score]:not([data-score=""])').waitFor();
  await expect.poll(() => comparison().getAttribute("data-shown"), { timeout: 10_000 }).not.toBe("");
  return Number(await comparison().locator(".try-fit-line").getAttribute("data-score"));
}

const wave = (count: number) =>
  Array.from({ length: count }, (_, i) => Number((20 + 5 * Math.sin(i / 3) + 2 * Math.cos(i / 17)).toFixed(3)));

describe("a series of one's own", () => {
  // Other programs on the machine disturb a measurement: it may be repeated; no limit is widened.
  it("an example: expressions within 3 s, smooth meanwhile, best first, Stop keeps them", {
    retry: 2,
    timeout: 180_000,
  }, async () => {
    await lab.open("/try/timeseries");
    await page.takeExample(lab.page, "Visitors by month");
    await page.untilPreview(lab.page);
    expect(await lab.page.locator("[data-note=resampling]").innerText()).toBe(
      "The first 128 of 168 values are learned from as they are. The 40 values after them are the truth that the forecast is judged by.",
    );
    await quietMachine(20_000);
    expect(await page.findBriefly(lab.page, FIND)).toBeLessThan(3000);
    await page.expectRanked(lab.page);
    const [series] = await sent();
    expect(series?.values.map((value) => value.toFixed(3)).join(" ")).toBe(await shown());
    expect(series?.scale).toMatchObject({ name: "visitors", future: expect.any(Array) });
    expect(series?.scale.future).toHaveLength(40);
    const before = await rowsOf("try-programs").count();
    expect(before).toBeGreaterThan(0);
    await lab.button("Search on").click();
    // The median of three windows: one may be spoiled by another program of the machine, not two.
    const rates = [
      await page.framesPerSecond(lab.page, 1500),
      await page.framesPerSecond(lab.page, 1500),
      await page.framesPerSecond(lab.page, 1500),
    ];
    expect(await lab.button("Stop").count(), "the search went on meanwhile").toBe(1);
    expect(rates.sort((a, b) => a - b)[1], `frames a second: ${rates.join(", ")}`).toBeGreaterThanOrEqual(50);
    await stop();
    await page.expectRanked(lab.page);
    expect(await rowsOf("try-programs").count()).toBeGreaterThanOrEqual(before);
  });

  it("is explained: printed, in words, prior and likelihood, why not the next one", async () => {
    const text = await lab.page.locator("[data-detail]").innerText();
    expect(text).toMatch(/Printed\s+[A-Z(]/);
    expect(text).toMatch(/In words\s+\S+/);
    expect(text).toMatch(/−?\d+\.\d \+ \(−?\d+\.\d\) = −?\d+\.\d nats/);
    expect(text).toMatch(/Why not the next one\?\s+.+: it is /);
    expect(await lab.page.locator("[data-picture^=samples-] li").count()).toBeGreaterThanOrEqual(6);
    const weight = Number(await lab.page.locator("tr[data-weight]").first().getAttribute("data-weight"));
    expect(await page.verdict(lab.page)).toBe(weight >= CLEAR_WEIGHT ? "clear" : "several");
    expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(/Rule: /);
  });

  it("has a forecast in its own units, judged by what was kept back, as numbers and as a file", async () => {
    await fitted();
    expect(await comparison().innerText()).toMatch(/period [\d.]+ months|over about [\d.]+ months/);
    const score = comparison().locator("[data-known]");
    expect(await score.getAttribute("data-known")).toBe("40");
    expect(await score.innerText()).toMatch(/of the 40 points kept back lie in the band; the error is [\d.]+/);
    await comparison().getByRole("button", { name: "Table" }).click();
    const table = await comparison().locator("table").innerText();
    expect(table).toMatch(/month\s+part\s+visitors/);
    expect(table).toMatch(/2010-\d\d\s+observed/);
    await comparison().getByRole("button", { name: "Picture" }).click();
    const download = lab.page.waitForEvent("download");
    await comparison()
      .getByRole("button", { name: /^Export/ })
      .click();
    await lab.page.getByRole("menuitem", { name: /^CSV/ }).click();
    const csv = readFileSync(await (await download).path(), "utf8");
    const lines = csv.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(lines[0]).toContain("visitors");
    expect(lines[1]).toMatch(/^2010-01,observed,/);
    expect(lines[12]).toMatch(/^2010-12,observed,/);
    expect(lines[129]).toMatch(/^2020-09,predicted,/);
    expect(lines).toHaveLength(257);
  });

  it("is refined: more steps, never worse", async () => {
    const line = comparison().locator(".try-fit-line");
    const before = await fitted();
    const steps = Number(await line.getAttribute("data-steps"));
    await comparison().getByRole("button", { name: "Refine" }).click();
    await expect.poll(() => line.getAttribute("data-steps"), { timeout: 10_000 }).toBe(String(steps + 50));
    expect(await fitted()).toBeGreaterThanOrEqual(before);
    expect(await line.innerText()).toMatch(/The last steps gained/);
  });

  it("is fitted by an expression typed by hand, which is explained where it is ill-formed", async () => {
    const field = lab.page.getByRole("textbox", { name: "Your expression" });
    await field.fill("SE + PER2 *");
    await comparison().locator(".try-kernel-problem").waitFor();
    expect(await comparison().locator(".try-kernel-problem").innerText()).toMatch(
      /Character 12: here must stand a kernel/,
    );
    await field.fill("SE + PER2 + WN");
    await expect.poll(() => comparison().getAttribute("data-shown"), { timeout: 10_000 }).toBe("SE + PER2 + WN");
    // The rhythm that made the example: twelve months.
    expect(await comparison().innerText()).toMatch(/a rhythm of period 1[12](\.\d)? months/);
    expect(await fitted()).toBeGreaterThan(-60);
    await field.press("Escape");
    expect(await field.inputValue()).toBe("");
  });

  it("is learned from, and both answers are kept", { timeout: 120_000 }, async () => {
    await lab.button("Learn from my data").click();
    await expect.poll(() => lab.page.locator(".try-progress").innerText(), { timeout: 60_000 }).toMatch(/step [1-9]/);
    await lab.button("Stop").click();
    await lab.page.locator('[data-compare] [data-side="after"] dd.code').waitFor({ timeout: 60_000 });
    await stop();
    expect(await lab.page.locator("[data-compare]").innerText()).toMatch(/After\s+learned for \d+ steps/);
    await lab.page.locator('[data-side="before"]').getByRole("button", { name: "Show" }).click();
    await page.expectRanked(lab.page);
  });

  it("that is nothing but noise gets no winner", { timeout: 60_000 }, async () => {
    await page.takeExample(lab.page, "Nothing but noise");
    await page.findBriefly(lab.page, FIND);
    expect(await page.verdict(lab.page)).toBe("none");
    expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(
      /No structure stands out\..+Rule: noise, unless/s,
    );
  });
});

describe("ways in", () => {
  it("pasted numbers, one line or one column, with another part to learn from", async () => {
    await page.pasteText(lab.page, wave(100).join(", "));
    await page.untilPreview(lab.page);
    const first = await shown();
    const note = lab.page.locator("[data-note=resampling]");
    expect(await note.innerText()).toMatch(/^The first 80 of 100 values are learned from, read off straight lines/);
    await lab.page.getByLabel("Learn from").selectOption({ label: "all values" });
    await expect.poll(() => note.innerText()).toMatch(/^All 100 values are learned from/);
    expect(await shown()).not.toBe(first);
    await lab.button("Undo").click();
    await expect.poll(shown).toBe(first);
    await lab.button("Clear").click();
    await lab.page.getByText("Type or paste text").click();
    await lab.page.getByRole("textbox", { name: "series as text" }).fill(wave(100).join("\n"));
    await lab.button("Read it").click();
    await page.untilPreview(lab.page);
    expect(await shown()).toBe(first);
  });

  it("a table with times and several columns; each column taken is a row of the answer", {
    timeout: 60_000,
  }, async () => {
    const [a, b] = [wave(60), wave(70).slice(10)];
    const rows = a.map(
      (value, i) =>
        `${new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)};${String(value).replace(".", ",")};shop ${i % 3};${b[i]}`,
    );
    await page.dropFiles(lab.page, [
      page.textFile("sales.csv", ["date;north;place;south", ...rows].join("\n"), "text/csv"),
    ]);
    await page.untilPreview(lab.page);
    const columns = lab.page.locator(".try-columns");
    expect(await columns.innerText()).toMatch(/Series, 2 of 3 taken/);
    expect(await alert().innerText()).toMatch(/Column 3 \("place"\) holds few numbers/);
    await lab.page.getByText("How it was read").click();
    expect(await lab.page.locator(".try-series").innerText()).toMatch(
      /Times stand in column 1 \("date"\): its cells are dates\./,
    );
    await page.findBriefly(lab.page, FIND);
    expect(await rowsOf("try-items").count()).toBe(2);
    expect((await sent()).map(({ scale }) => scale.name)).toEqual(["north", "south"]);
    await rowsOf("try-items").nth(1).getByRole("button").click();
    await fitted();
    expect(await comparison().innerText()).toMatch(/south: 128 values/);
    await lab.page.getByLabel("north", { exact: true }).uncheck();
    expect(await columns.innerText()).toMatch(/1 of 3 taken/);
  });

  it("a curve drawn by pointer and by keyboard", async () => {
    await lab.button("Draw a curve").click();
    const pad = lab.page.locator('[data-picture="try-pad"]');
    expect(await pad.evaluate((element) => getComputedStyle(element).touchAction)).toBe("none");
    await pad.focus();
    for (let i = 0; i < 5; i++) {
      for (let up = 0; up <= i % 3; up++) await lab.page.keyboard.press("ArrowUp");
      await lab.page.keyboard.press("ArrowRight");
    }
    expect(Number(await pad.getAttribute("data-drawn"))).toBe(17);
    await lab.button("Clear").click();
    await lab.button("Draw a curve").click();
    const box = await pad.boundingBox();
    if (!box) throw new Error("no pad");
    const at = (x: number) => [box.x + x * box.width, box.y + box.height * (0.5 - 0.3 * Math.sin(9 * x))] as const;
    await lab.page.mouse.move(...at(0.02));
    await lab.page.mouse.down();
    for (let x = 0.02; x <= 0.98; x += 0.02) await lab.page.mouse.move(...at(x));
    await lab.page.mouse.up();
    await page.untilPreview(lab.page);
    expect(Number(await pad.getAttribute("data-drawn"))).toBeGreaterThan(110);
    expect(await lab.page.locator("[data-note=resampling]").innerText()).toMatch(/^All 1\d\d values are learned from/);
    await page.findBriefly(lab.page, FIND);
    await page.expectRanked(lab.page);
    expect((await sent())[0]?.values).toHaveLength(128);
  });
});

describe("bad input", () => {
  it("names each bad cell by row, column and value, and offers the rest", async () => {
    const cells: (string | number)[] = wave(60);
    cells[4] = "twelve";
    cells[9] = "NaN";
    await page.dropFiles(lab.page, [page.textFile("bad.csv", ["price", ...cells].join("\n"), "text/csv")]);
    await alert().waitFor();
    expect(await alert().innerText()).toMatch(/Row 6, column 1: "twelve" is not a number\./);
    expect(await alert().innerText()).toMatch(/Row 11, column 1: "NaN" is not a number; leave the cell empty/);
    await lab.button("Use the other 58 values").click();
    await page.untilPreview(lab.page);
    expect(await lab.page.locator("[data-note=resampling]").innerText()).toMatch(/The first 46 of 58 values/);
  });

  it.each([
    ["constant.csv", Array(40).fill(3).join("\n"), /one and the same value, 3, in rows 1 to 40 of column 1/],
    ["short.csv", "1\n2\n3\n", /Column 1 has 3 usable values; at least 16 are needed/],
    ["empty.csv", "", /empty\.csv is empty: it has 0 bytes/],
    ["cat.png", "x", /cat\.png is not text/],
    [
      "twice.csv",
      ["time,v", ...wave(30).map((value, i) => `${i === 7 ? 6 : i},${value}`)].join("\n"),
      /Row 9, column 1: "6" is the same time as in row 8/,
    ],
    ["broken.json", "[1, 2", /broken\.json: The file is not valid JSON/],
  ])("%s", async (name, text, sentence) => {
    await page.dropFiles(lab.page, [page.textFile(name, text, name === "cat.png" ? "image/png" : "text/csv")]);
    await alert().getByText(sentence).waitFor();
  });

  it("and nothing went wrong on the page", () => expect(lab.errors).toEqual([]));
});
