// Comparing runs as a person does: plan, start, look at groups, table and one observation, take it away as a file and as a
// link (UX-90 to UX-106).

import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true });
});
afterAll(() => browser.close());

const main = () => lab.page.getByRole("main");
const panels = () => lab.page.locator("[data-run-id]");
const summary = () => lab.page.locator(".compare-summary");
const group = (name: string) =>
  lab.page.getByRole("list", { name: "Groups" }).getByRole("listitem").filter({ hasText: name });
const table = () => lab.page.getByRole("region", { name: "Results", exact: true });

/** Waits until every run has ended, in one of these ways. */
async function untilAll(words: readonly string[]): Promise<void> {
  await lab.page.waitForFunction(
    (words) => {
      const all = [...document.querySelectorAll("[data-run-id]")];
      return all.length > 0 && all.every((panel) => words.includes(panel.getAttribute("data-run-status") ?? ""));
    },
    words,
    { timeout: 80_000 },
  );
}

/** Last values of a chart as it says them itself. */
const values = async (name: string) => (await lab.chart(name).lastValues()) as Record<string, number>;

/** Cells of the column with this head, top to bottom. */
async function column(head: RegExp): Promise<readonly string[]> {
  const heads = await table().getByRole("columnheader").allInnerTexts();
  const index = heads.findIndex((text) => head.test(text));
  expect(index).toBeGreaterThanOrEqual(0);
  return table()
    .locator(`tbody tr > :nth-child(${index + 1})`)
    .allInnerTexts();
}

it("says how many runs a plan has and how long they take, before anything starts (UX-91)", async () => {
  await lab.open("/compare");
  await lab.button("Plan your own comparison").click();
  const plan = lab.page.getByRole("region", { name: "Plan a comparison" });
  const sum = plan.getByRole("status", { name: "Size of the plan" });
  expect(await sum.innerText()).toMatch(/^2 algorithms × 3 seeds = 6 runs, about \d+ (s|min)/);
  await plan.getByRole("combobox", { name: "Domain" }).click();
  await lab.page.getByRole("option", { name: "Clusters" }).click();
  await plan.getByRole("textbox", { name: "Stop after" }).fill("300");
  await plan.getByRole("textbox", { name: "Seed" }).fill("1, 2, 3, 4, 5");
  expect(await sum.innerText()).toContain("10 runs are too many: at most 8");
  await plan.getByRole("textbox", { name: "Seed" }).fill("1, two");
  expect(await plan.innerText()).toContain('seed is "two"');
  await plan.getByRole("textbox", { name: "Seed" }).fill("1, 2, 3");
  await plan.getByRole("combobox", { name: "Add an option to the plan" }).selectOption({ label: "Evaluate every" });
  await plan.getByRole("textbox", { name: "Evaluate every" }).fill("50");
  await plan.getByRole("button", { name: "Start 6 runs" }).click();
  await lab.page.waitForFunction(
    () => location.hash.includes("algorithm=mws,rws") && location.hash.includes("seed=1,2,3"),
  );
  expect(await panels().count()).toBe(6);
});

// Seven runs in a row: on a busy machine they take longer than the usual limit.
it("lets runs take turns; one can wait, go on, and run again (UX-99)", { timeout: 180_000 }, async () => {
  await lab.page.getByRole("button", { name: "Pause MWS, seed 3" }).click();
  expect(await panels().nth(2).innerText()).toContain("not yet run");
  await lab.until("converged", 0, 80_000);
  await lab.until("converged", 3, 80_000);
  expect(await lab.status(2)).toBe("idle");
  await lab.page.getByRole("button", { name: "Start MWS, seed 3" }).click();
  await untilAll(["converged"]);
  const before = await values("nllTest");
  await lab.page.getByRole("button", { name: "Run RWS, seed 2 again" }).click();
  await lab.until(["loading", "running"], 4);
  await untilAll(["converged"]);
  expect(await values("nllTest")).toEqual(before);
});

it("draws six runs and two means, named with n (UX-90, UX-93)", async () => {
  expect(await summary().innerText()).toMatch(/6 runs, done after \d+ s of training\. They differ in algorithm only\./);
  const chart = lab.chart("nllTestDistance");
  expect(await chart.seriesCount()).toBe(6);
  expect(await chart.figure.locator("path.wsl-line-mean").count()).toBe(2);
  expect(await chart.figure.locator("path.wsl-line-raw").count()).toBe(6);
  expect(await chart.figure.locator("path.wsl-band").count()).toBe(2);
  for (const name of ["MWS", "RWS"]) expect(await group(name).innerText()).toContain("n = 3");
  expect(await main().innerText()).toContain("band: lowest to highest");
  const all = await values("nllTest");
  const seeds = [1, 2, 3].map((seed) => all[`MWS, seed ${seed}`] ?? Number.NaN);
  expect(new Set(seeds).size).toBe(3);
  expect(all["MWS"]).toBeCloseTo(seeds.reduce((sum, value) => sum + value, 0) / 3, 10);
  await lab.page.getByText("± sd", { exact: true }).click();
  expect(await main().innerText()).toContain("band: one standard deviation each way");
});

it("shares axes between panels until one is unlocked (UX-92)", async () => {
  const axes = () =>
    lab.page
      .locator(".wsl-run-curve")
      .evaluateAll((curves) =>
        curves.map((one) => `${one.getAttribute("data-x-domain")} / ${one.getAttribute("data-y-domain")}`),
      );
  expect(new Set(await axes()).size).toBe(1);
  await lab.page.getByRole("button", { name: "Own axes for MWS, seed 2" }).click();
  const unlocked = await axes();
  expect(unlocked.filter((one) => one === unlocked[0])).toHaveLength(5);
  expect(unlocked[1]).toContain("own");
});

it("hides a group without touching another's numbers or colours (UX-94, UX-95)", async () => {
  const colours = () =>
    lab.page
      .locator("[data-group-slot] > svg path:first-child")
      .evaluateAll((paths) =>
        paths.map((path) => `${getComputedStyle(path).stroke} ${path.getAttribute("stroke-dasharray")}`),
      );
  const [before, looks] = [await values("nllTest"), await colours()];
  expect(new Set(looks).size).toBe(2);
  await group("RWS").getByRole("button", { name: "Show RWS", exact: true }).click();
  await lab.page.waitForFunction(
    () => document.querySelector('figure[data-chart="nllTest"]')?.getAttribute("data-series-count") === "3",
  );
  const after = await values("nllTest");
  expect(Object.keys(after).sort()).toEqual(["MWS", "MWS, seed 1", "MWS, seed 2", "MWS, seed 3"]);
  for (const [name, value] of Object.entries(after)) expect(value).toBe(before[name]);
  expect(await colours()).toEqual(looks);
  await group("RWS").getByRole("button", { name: "Show RWS", exact: true }).click();
  await lab.page.waitForFunction(
    () => document.querySelector('figure[data-chart="nllTest"]')?.getAttribute("data-series-count") === "6",
  );
  expect(await values("nllTest")).toEqual(before);
  expect(await colours()).toEqual(looks);
  await group("MWS").getByRole("button", { name: "Show MWS, seed 1" }).click();
  await expect.poll(() => lab.chart("nllTest").seriesCount()).toBe(5);
  expect((await values("nllTest"))["MWS"]).toBe(before["MWS"]);
  await group("MWS").getByRole("button", { name: "Show MWS, seed 1" }).click();
});

it("switches to time and proposals and says how runs shared the device (UX-96)", async () => {
  const before = await values("nllTest");
  const axis = () => lab.page.locator('.compare-chart[data-place="0"]').getAttribute("data-x-domain");
  const steps = await axis();
  for (const name of ["time", "proposals"] as const) {
    await lab.page.getByRole("group", { name: "Horizontal axis" }).getByText(name, { exact: true }).click();
    await lab.page.waitForFunction((name) => location.hash.includes(`x=${name}`), name);
    expect(await axis()).not.toBe(steps);
    const now = await values("nllTest");
    for (const key of Object.keys(before).filter((each) => each.includes("seed"))) expect(now[key]).toBe(before[key]);
  }
  expect(await main().innerText()).toMatch(/compare steps or proposals before time\./);
  await lab.page.getByRole("group", { name: "Horizontal axis" }).getByText("step", { exact: true }).click();
});

it("tabulates means, spread, cost and an interval, sortable (UX-97)", async () => {
  expect(await column(/^n\b/)).toEqual(["3", "3"]);
  for (const cell of await column(/^NLL/)) expect(cell).toMatch(/^\d+\.\d+ ± \d/);
  const final = (await column(/^NLL/)).map(Number.parseFloat);
  const shown = await values("nllTest");
  expect(final[0]).toBeCloseTo(shown["MWS"] ?? 0, 1);
  expect(await table().locator("tfoot").innerText()).toMatch(
    /RWS minus MWS, 95 % interval[\s\S]*\d+\.\d+ \(.+ to .+\)/,
  );
  const head = table().getByRole("columnheader", { name: /^NLL/ });
  await head.getByRole("button").click();
  expect(await head.getAttribute("aria-sort")).toBe("ascending");
  expect((await column(/^NLL/)).map(Number.parseFloat)).toEqual([...final].sort((a, b) => a - b));
  await head.getByRole("button").click();
  expect(await head.getAttribute("aria-sort")).toBe("descending");
  expect((await column(/^NLL/)).map(Number.parseFloat)).toEqual([...final].sort((a, b) => b - a));
  await table().getByRole("textbox", { name: "threshold" }).fill("7.5");
  await lab.page.keyboard.press("Enter");
  expect((await column(/^Steps to 7\.5/)).every((cell) => /^\d+/.test(cell))).toBe(true);
  expect(lab.page.url()).toContain("reach=7.5");
});

it("draws the exact answer and the distance to it (UX-106)", async () => {
  expect(await lab.chart("nllTest").figure.locator("text.wsl-reference-label").textContent()).toContain(
    "exact: true model",
  );
  const exact = Number(
    /exact: true model, (\d+\.\d+)/.exec((await lab.chart("nllTest").figure.textContent()) ?? "")?.[1],
  );
  const [nll, distance] = [await values("nllTest"), await values("nllTestDistance")];
  expect(distance["MWS, seed 1"]).toBeCloseTo((nll["MWS, seed 1"] ?? 0) - exact, 1);
});

it("keeps bounds of different estimators off one axis and offers the common measure (UX-105)", async () => {
  await lab.page.getByRole("button", { name: "Choose what the large chart shows" }).click();
  await lab.page.getByRole("menuitemradio", { name: "Bound", exact: true }).click();
  const note = lab.page.locator(".chart-note[data-kept-off]");
  expect(await note.innerText()).toMatch(
    /Not drawn here: RWS \(K-sample bound, K = 10\)\. Bounds of different estimators/,
  );
  expect(await lab.chart("elbo").seriesCount()).toBe(3);
  expect(Object.keys(await values("elbo")).every((name) => name.startsWith("MWS"))).toBe(true);
  // The panels share an axis with their own kind only, and the table does not judge across kinds.
  const axes = await lab.page
    .locator(".wsl-run-curve")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-y-domain")));
  expect(axes[0]).not.toBe(axes[3]);
  expect([axes[4], axes[5]]).toEqual([axes[3], axes[3]]);
  expect(await table().locator("tfoot").innerText()).toContain("not comparable");
  await note.getByRole("button", { name: /Show held-out log p\(x\)/ }).click();
  await lab.chart("logPx").figure.waitFor();
  expect(await lab.chart("logPx").seriesCount()).toBe(6);
  expect(await note.count()).toBe(0);
  const [own, common] = [await values("nllTest"), await values("logPx")];
  expect(common["RWS, seed 1"]).toBeCloseTo(-(own["RWS, seed 1"] ?? 0), 6);
});

it("shows one observation in every run at one step (UX-98, UX-100)", async () => {
  const columns = () => lab.page.locator("[data-column-of]");
  expect(await columns().count()).toBe(6);
  for (const text of await columns().allInnerTexts()) expect(text).toMatch(/memory|latest samples/i);
  const programs = () => lab.page.locator(".observation-best .code").allInnerTexts();
  expect(await programs()).toHaveLength(6);
  await lab.page.getByRole("slider", { name: /^step/ }).fill("100");
  const steps = await columns().evaluateAll((all) => all.map((one) => one.getAttribute("data-at-step")));
  expect(new Set(steps)).toEqual(new Set(["100"]));
  for (const text of await lab.page.locator(".observation-when").allInnerTexts()) {
    expect(Number(/step (\d+)/.exec(text)?.[1] ?? 0)).toBeLessThanOrEqual(100);
  }
  const pictures = () => lab.page.locator("[data-column-of] [role=img]").first().getAttribute("aria-label");
  await lab.page.getByRole("slider", { name: /^step/ }).press("End");
  expect(await pictures()).toContain("Set 1:");
  await lab.page.getByRole("button", { name: "Next data set" }).click();
  await lab.page.waitForFunction(
    () =>
      [...document.querySelectorAll("[data-column-of]")].every((column) =>
        /recorded at step 300/.test(column.textContent ?? ""),
      ),
    null,
    { timeout: 60_000 },
  );
  expect(await pictures()).toContain("Set 2:");
  expect(await programs()).toHaveLength(6);
  expect((await programs()).every((text) => /^[A-G]{7}$/.test(text))).toBe(true);
});

it("lists only what differs (UX-101)", async () => {
  expect(
    await lab.page.locator("[data-differs]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-differs"))),
  ).toEqual(["algorithm"]);
});

it("puts everything into one archive (UX-102)", async () => {
  const coming = lab.page.waitForEvent("download");
  await lab.button("Export all").click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("comparison-clusters.zip");
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
  const charts = await lab.page
    .locator("figure[data-chart]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-chart")));
  const names = charts.flatMap((name) => [`figures/${name}.png`, `figures/${name}.svg`]);
  expect(Object.keys(files).sort()).toEqual(["comparison.csv", "comparison.json", ...names].sort());
  const lines = strFromU8(files["comparison.csv"]!)
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  expect(lines[0]).toBe("run,algorithm,particles,memory,seed,step,wall_ms,proposals,metric,value");
  const last = lines.filter((line) => line.startsWith("run-1,mws,10,0,1,300,") && line.includes(",nllTest,"));
  expect(Number(last[0]?.split(",").pop())).toBe((await values("nllTest"))["MWS, seed 1"]);
  const whole = JSON.parse(strFromU8(files["comparison.json"]!));
  expect(whole.runs).toHaveLength(6);
  expect(whole.runs[5].options).toMatchObject({ algorithm: "rws", seed: 3 });
  expect(whole.runs[0].records.at(-1).step).toBe(300);
  expect(strFromU8(files["figures/nllTest.svg"]!)).toContain("<svg");
});

it("is a link: the same results here, the same plan and nothing run elsewhere (UX-103)", async () => {
  await lab.button("Copy link").click();
  await lab.page.getByText("Link copied").first().waitFor();
  const link = await lab.page.evaluate(() => navigator.clipboard.readText());
  const before = await values("nllTest");
  await lab.page.goto("about:blank");
  await lab.page.goto(link);
  await lab.page.waitForFunction(() => document.querySelectorAll("[data-run-status=converged]").length === 6);
  await expect.poll(() => values("nllTest")).toEqual(before);
  const best = lab.page.locator("[data-column-of] .observation-best .code");
  await expect.poll(() => best.count()).toBe(6);
  const other = await visit(browser);
  await other.page.goto(link);
  await other.page.locator("[data-run-id]").nth(5).waitFor();
  expect(await other.page.locator("main").innerText()).toContain("6 runs, not yet run: about");
  expect(await other.page.locator("[data-run-status=idle]").count()).toBe(6);
  expect(other.url.hash).toBe(new URL(link).hash);
  expect(other.errors).toEqual([]);
  await other.close();
});
