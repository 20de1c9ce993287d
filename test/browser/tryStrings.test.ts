// Try your own strings: typed, pasted and dropped columns, what the model will see cell by cell, twenty columns at once,
// ranked programs with their parts aligned to the characters, and bad input explained where it is wrong (UX-110 to 121).

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
  await lab.open("/try/strings");
  await lab.button("Choose files").waitFor();
});
afterAll(() => browser.close());

const FIND = "Find the program";
const table = (name: string) => lab.page.locator(`[data-table="${name}"]`);
const rowsOf = (name: string) => table(name).locator("tbody tr:not(.try-empty)");

/** The strings that the preview shows: to learn from and held out. */
async function shown(): Promise<{ strings: string[]; heldOut: string[] }> {
  const read = async (name: string) =>
    JSON.parse((await lab.page.locator(`[data-seen="${name}"]`).getAttribute("data-strings")) ?? "[]");
  return { strings: await read("strings"), heldOut: await read("held-out") };
}

/** Concepts of the latest inference, as they were sent. */
const sent = () =>
  lab.page.evaluate(() => {
    type Concept = { name: string; strings: string[]; heldOut: string[] };
    type Sent = { request?: { userData?: { payload?: { concepts?: Concept[] } } } };
    const all = (window as unknown as { sentToWorkers: Sent[] }).sentToWorkers;
    return all.findLast((message) => message.request?.userData)?.request?.userData?.payload?.concepts ?? [];
  });

async function type(lines: readonly string[]): Promise<void> {
  if ((await lab.button("Clear").count()) > 0) await lab.button("Clear").click();
  await lab.button("Type some").click();
  await lab.page.locator(".try-typed").focus();
  await lab.page.keyboard.insertText(lines.join("\n"));
  await lab.page.locator(`[data-usable="${new Set(lines).size}"]`).waitFor();
}

/** Ends a search that has found what was waited for. */
async function stop(): Promise<void> {
  if ((await lab.button("Stop").count()) > 0) await lab.button("Stop").click();
  await lab.button("Search on").waitFor();
}

const DATES = ["Jul 10, 2012", "Nov 16, 2004", "Nov 1, 2000", "Jun 9, 2016", "Nov 1, 1999"];

describe("strings of one's own", () => {
  // Other programs on the machine disturb a measurement: it may be repeated; no limit is widened.
  it("typed by keyboard: programs within 3 s, smooth meanwhile, best first, Stop keeps them", {
    retry: 2,
    timeout: 180_000,
  }, async () => {
    await lab.open("/try/strings");
    await type(DATES);
    await quietMachine(20_000);
    expect(await page.findBriefly(lab.page, FIND)).toBeLessThan(3000);
    await page.expectRanked(lab.page);
    const [concept] = await sent();
    expect(concept).toMatchObject({ strings: DATES, heldOut: [] });
    const kept = await rowsOf("try-programs").count();
    expect(kept).toBeGreaterThan(0);
    await lab.button("Search on").click();
    await expect.poll(() => rowsOf("try-programs").first().innerText(), { timeout: 15_000 }).toMatch(/^\\u\\l\\l/);
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
    expect(await rowsOf("try-programs").locator("[data-origin]").first().innerText()).toMatch(
      /recognition model|dream|edit/,
    );
  });

  it("are explained: printed, in words, prior and likelihood, why not the next one", async () => {
    const text = await lab.page.locator("[data-detail]").innerText();
    expect(text).toMatch(/Printed\s+\\u\\l\\l/);
    expect(text).toMatch(/In words\s+\S+/);
    expect(text).toMatch(/−?\d+\.\d \+ \(−\d+\.\d\) = −\d+\.\d nats/);
    expect(text).toMatch(/Why not the next one\?\s+.+: it is /);
    expect(await lab.page.locator("[data-picture^=samples-] li").count()).toBeGreaterThanOrEqual(6);
  });

  it("show which part of the program made which characters", async () => {
    const given = lab.page.locator('[data-strings="given"]');
    expect(await given.locator("li[data-made=true]").count()).toBe(5);
    const year = lab.page.locator(".wsl-program-line button").last();
    await year.focus();
    const marked = () =>
      given
        .locator("li")
        .evaluateAll((lines) =>
          lines.map((line) => [...line.querySelectorAll("[data-on]")].map((one) => one.textContent).join("")),
        );
    // The last part is the last digit of each year, or all of them. The marks follow the focus in the next frame.
    const isLast = (text: string, i: number) => text !== "" && DATES[i]?.endsWith(text) === true;
    await expect.poll(async () => (await marked()).filter(isLast).length).toBe(5);
    expect(await lab.page.locator('[data-strings="generated"] li[data-made=true]').count()).toBe(5);
  });

  it("are scored against a program typed by hand, which is explained where it is ill-formed", async () => {
    const field = lab.page.getByRole("textbox", { name: "Your program" });
    await field.fill("\\u\\l\\l \\d+, \\d(");
    await lab.page.locator(".wsl-hand-problem").waitFor();
    expect(await lab.page.locator(".wsl-hand-problem").innerText()).toMatch(/position 15/);
    await field.fill("\\u.+");
    await lab.page.locator('[data-score="log likelihood"][data-value]').waitFor();
    expect(await lab.page.locator('[data-strings="given"] li[data-made=true]').count()).toBe(5);
    await field.fill("");
  });

  it("give an expression for JavaScript that accepts them, to copy", async () => {
    await lab.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await lab.button("Copy for JavaScript").click();
    await lab.page.getByText("Copied").waitFor();
    const text = await lab.page.evaluate(() => navigator.clipboard.readText());
    const expression = new RegExp(text, "u");
    for (const date of DATES) expect(date).toMatch(expression);
    expect("2012-07-10").not.toMatch(expression);
    expect(await lab.page.locator("[data-regex=python] code").innerText()).not.toBe("");
  });

  it("that share nothing get no winner; else the weights on show decide whether one is clear", async () => {
    for (const lines of [
      ["q7#Zp", "R(d 0%_", "w]=2", "&x;L9*", "T/ h~5{"],
      ["21.8%", "7.5%", "-10.1%", "22.4%", "-4.0%"],
      ["sch488@sfusd.edu", "sch490@sfusd.edu", "sch603@sfusd.edu", "sch707@sfusd.edu", "sch834@sfusd.edu"],
    ]) {
      await type(lines);
      await lab.button(FIND).click();
      await lab.page.locator("[data-verdict]").waitFor();
      await expect.poll(() => page.verdict(lab.page), { timeout: 15_000 }).toMatch(/none|several|clear/);
      await stop();
      // Which of the two it is depends on the shipped model; that it follows from the weights does not.
      const weight = Number(await lab.page.locator("tr[data-weight]").first().getAttribute("data-weight"));
      const byWeight = weight >= CLEAR_WEIGHT ? "clear" : "several";
      expect(await page.verdict(lab.page), lines[0]).toBe(lines[0] === "q7#Zp" ? "none" : byWeight);
      expect(await lab.page.locator("[data-verdict]").innerText()).toMatch(/Rule: /);
    }
  });
});

describe("a table of one's own", () => {
  const rows = Array.from({ length: 12 }, (_, i) => [
    `INV-${String(1200 + 7 * i).padStart(5, "0")}`,
    `${(i * 37) % 100}.${(i * 53) % 10}%`,
    i % 3 === 0 ? "  north " : `lot ${"ABCDEFGHIJKL"[i]}${i}`,
  ]);
  const csv = ["number,share,place", ...rows.map((row) => row.join(","))].join("\n");

  it("shows what the model will see, column by column, and sends exactly that", async () => {
    await page.dropFiles(lab.page, [page.textFile("sheet.csv", csv, "text/csv")]);
    await page.untilPreview(lab.page);
    expect(await lab.page.locator(".try-columns").innerText()).toMatch(/Columns, 3 of 3 taken/);
    const first = await shown();
    expect(first.strings).toHaveLength(5);
    expect(first.heldOut).toHaveLength(5);
    expect([...first.strings, ...first.heldOut].every((text) => /^INV-\d{5}$/.test(text))).toBe(true);
    // The heading is no string; the switch makes it one.
    await lab.page.getByText("How it was read").click();
    await lab.page.getByLabel("The first row names the columns").uncheck();
    await lab.page.locator('[data-usable="13"]').waitFor();
    await lab.button("Undo").click();
    await lab.page.locator('[data-usable="12"]').waitFor();
    expect(await shown()).toEqual(first);
    await lab.button("Draw others").click();
    await expect.poll(async () => (await shown()).strings).not.toEqual(first.strings);
    // The third column: four cells are the same, with spaces around them.
    await lab.button("Next").click();
    await lab.button("Next").click();
    await lab.page.locator('[data-usable="9"]').waitFor();
    await lab.page.getByText(/^Cell by cell/).click();
    const cells = await table("try-cells").innerText();
    expect(cells).toMatch(/2\s+north\s+is used as "north"/);
    expect(cells).toMatch(/5\s+north\s+left out: is the same as in row 2/);
    await lab.page.getByText("Cleaning", { exact: true }).click();
    await lab.page.getByLabel("Take away spaces around a cell").uncheck();
    await expect.poll(async () => [...(await shown()).strings, ...(await shown()).heldOut].length).toBe(9);
    await lab.page.getByLabel("Take away spaces around a cell").check();
    const last = await shown();
    await lab.page.getByLabel("share", { exact: true }).uncheck();
    await page.findBriefly(lab.page, FIND);
    const concepts = await sent();
    expect(concepts.map((concept) => concept.name)).toEqual(["number", "place"]);
    expect(concepts[1]).toMatchObject(last);
    expect(await rowsOf("try-items").count()).toBe(2);
    const score = lab.page.locator("[data-held-out]");
    await rowsOf("try-items").first().getByRole("button").click();
    expect(await score.innerText()).toMatch(/\d of 5 held-out strings/);
  });

  it("of twenty columns gives twenty rows", { retry: 2, timeout: 180_000 }, async () => {
    if ((await lab.button("Clear").count()) > 0) await lab.button("Clear").click();
    const wide = Array.from({ length: 8 }, (_, row) =>
      Array.from({ length: 20 }, (_, column) => `${"ABCDEFGHIJKLMNOPQRST"[column]}-${row}${(row * column) % 7}`).join(
        "\t",
      ),
    );
    await page.pasteText(lab.page, wide.join("\n"));
    await expect.poll(() => lab.page.locator(".try-columns legend").innerText()).toMatch(/20 of 20 taken/);
    await quietMachine(20_000);
    expect(await page.findBriefly(lab.page, FIND)).toBeLessThan(6000);
    expect(await rowsOf("try-items").count()).toBe(20);
    for (const row of await rowsOf("try-items").allInnerTexts())
      expect(row).toMatch(/one clear|several|none fits|none yet/);
    await rowsOf("try-items").nth(19).getByRole("button").click();
    expect((await shown()).strings.every((text) => text.startsWith("T-"))).toBe(true);
  });

  it("with bad cells names row, column and value, and offers the rest", async () => {
    const bad = ["code", "A1", "A2", "Añ", "A4", "A5", "A6", "this cell is far too long for it", "A8"];
    await page.dropFiles(lab.page, [page.textFile("codes.csv", bad.join("\n"), "text/csv")]);
    const alert = lab.page.locator(".try-problems [role=alert]");
    await alert.waitFor();
    const said = await alert.innerText();
    expect(said).toMatch(/Row 4, column 1: “Añ” has "ñ" \(U\+00F1\)/);
    expect(said).toMatch(/Row 8, column 1: “this cell is far too lo…” has 32 symbols; at most 24 are allowed/);
    await lab.button("Use the other 6 cells").click();
    await expect
      .poll(async () => [...(await shown()).strings, ...(await shown()).heldOut].sort())
      .toEqual(["A1", "A2", "A4", "A5", "A6", "A8"]);
  });

  it("with too few usable cells says how many, why, and which rows; the other columns are kept", async () => {
    const lines = ["id;note", "X-1;ok", "X-2;ok", "X-3;", "X-4;ok", "X-5;no", "X-6;ok"];
    await page.dropFiles(lab.page, [page.textFile("notes.csv", lines.join("\n"), "text/csv")]);
    const alert = lab.page.locator(".try-problems [role=alert]");
    await alert.getByText(/Column "note" has 2 distinct usable cells of 6/).waitFor();
    expect(await alert.innerText()).toMatch(
      /3 duplicate, 1 empty; at least 5 are needed\. For example row 3 is the same as in row 2/,
    );
    expect((await shown()).strings.every((text) => text.startsWith("X-"))).toBe(true);
    await page.pasteText(lab.page, "a1\na2\na1");
    expect(await alert.innerText()).toMatch(/The text has 2 distinct usable cells of 3: 1 duplicate; at least 5/);
    for (const [file, sentence] of [
      [page.textFile("empty.csv", ""), /empty\.csv is empty: it has 0 bytes/],
      [page.textFile("cat.png", "x", "image/png"), /cat\.png is not text: \.txt, \.csv, \.tsv and \.json are allowed/],
      [page.textFile("broken.json", '["a1", ', "application/json"), /broken\.json: /],
    ] as const) {
      await page.dropFiles(lab.page, [file]);
      await alert.getByText(sentence).waitFor();
    }
    expect(lab.errors).toEqual([]);
  });
});
