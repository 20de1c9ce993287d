// Time series on the workbench: all series with what is found, the chosen one with fit, forecast, words and addends, its
// residual (UX-65), readings by keyboard (UX-143), the memory and its links (UX-30, UX-32, UX-33, UX-35), dreams (UX-36),
// likelihoods on one chart (UX-40, UX-41), captions of the hybrid stages (UX-50, UX-52).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  const small = "size=tiny&series=20&evaluationSeries=5&evaluationSamples=5";
  await lab.open(`timeseries?${small}&sleepFirst=0&iterations=100000&evaluateEvery=40&seed=2`);
  await lab.untilStart();
});
afterAll(() => browser.close());

const figure = () => lab.picture("series");
const list = () => lab.page.getByRole("listbox", { name: "Series" });
const caption = () => figure().locator(".wsl-series-caption button");
const rows = () => lab.page.locator("tr[data-program]");
const layer = (name: string) => figure().locator(`[data-layer="${name}"]`);

/** Numbers after the letters of a path: x, y, x, y, ... */
const pathNumbers = (d: string) => d.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
const heights = (d: string) => pathNumbers(d).filter((_, i) => i % 2 === 1);

describe("time series on the workbench", () => {
  it("lists all series, walks through them by keyboard, and shows the chosen one's points", async () => {
    await list().focus();
    await lab.page.keyboard.press("End");
    await lab.page.getByRole("heading", { name: "Series 20", exact: true }).waitFor();
    expect(await list().getAttribute("aria-activedescendant")).toBe("series-19");
    await lab.page.keyboard.press("Home");
    await lab.page.getByRole("heading", { name: "Series 1", exact: true }).waitFor();
    await lab.page.keyboard.press("ArrowRight");
    await lab.page.getByRole("heading", { name: "Series 2", exact: true }).waitFor();
    const dots = await layer("observed").locator("path").nth(1).getAttribute("d");
    expect(dots?.match(/M/g)).toHaveLength(128);
    // From -4 to 4, whatever the forecast does.
    const ticks = await layer("axes").locator("text[text-anchor=end]").allTextContents();
    expect(ticks).toEqual(["\u22124", "\u22122", "0", "2", "4"]);
  });

  it("learns, marks what is found, and says how much", async () => {
    await lab.play();
    await lab.untilStep(45);
    await lab.pause();
    await list().evaluate((box) => box.scrollTo(0, 0));
    const unit = (await lab.picture("all-series").locator(".wsl-figure-unit").innerText()) ?? "";
    const [, found, known] = /found, (\d+) of (\d+)/.exec(unit) ?? [];
    expect(Number(known)).toBe(20);
    expect(Number(found)).toBeGreaterThan(0);
    await lab.picture("all-series").getByRole("button", { name: "Show Series as table" }).click();
    const yes = lab.picture("all-series").locator("tbody tr td:nth-child(3)", { hasText: "yes" });
    expect(await yes.count()).toBe(Number(found));
    await lab.picture("all-series").getByRole("button", { name: "Show Series as picture" }).click();
  });

  it("shows fit, forecast with band and three samples, program with its numbers, words and score", async () => {
    await layer("smooth").waitFor();
    expect(await layer("sample").count()).toBe(3);
    expect(await layer("band").count()).toBe(1);
    expect(heights((await layer("mean").getAttribute("d")) ?? "")).toHaveLength(128);
    await figure().getByRole("checkbox", { name: "samples" }).click();
    expect(await layer("sample").count()).toBe(0);
    await figure().getByRole("checkbox", { name: "samples" }).click();
    const program = await caption().innerText();
    expect(program).toMatch(/^\(*(WN|SE|PER[1-4]|C)\((\d\.\d\d, ){0,2}\d\.\d\d\)/);
    const words = await figure().locator(".wsl-series-words").innerText();
    const parts = await figure().locator("[data-component] p").allInnerTexts();
    expect(words.toLowerCase()).toBe(
      `${parts.map((part) => part.replace(/^\S+( [+×] \S+)* /, "")).join(" plus ")}.`.toLowerCase(),
    );
    expect(await figure().locator(".wsl-series-score").innerText()).toMatch(
      /^log p\(x \| z\) of this curve −?[\d.\s]+ nats, before penalty, weight [\d.]+$/,
    );
  });

  it("takes the fit apart into addends that add up to it", async () => {
    const curves = await figure()
      .locator("[data-component] svg path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("d") ?? ""));
    const size = await figure().locator("[data-component] svg").first().getAttribute("height");
    const middle = Number(size) / 2;
    const smooth = heights((await layer("smooth").getAttribute("d")) ?? "");
    const zero = await layer("axes")
      .locator("line")
      .evaluateAll((lines) => Number(lines[2]?.getAttribute("y1")));
    const sum = smooth.map((_, i) => curves.reduce((all, d) => all + middle - (heights(d)[i] ?? middle), 0));
    const fitted = smooth.map((y) => zero - y);
    const scale = fitted.reduce((all, y, i) => all + y * (sum[i] ?? 0), 0) / sum.reduce((all, y) => all + y * y, 1e-9);
    const off = Math.max(...fitted.map((y, i) => Math.abs(y - scale * (sum[i] ?? 0))));
    // Both are rounded to a tenth of a pixel; the plot is about four times as high.
    expect(off).toBeLessThan(1.2);
  });

  it("draws what the fit leaves over at the scale of the values", async () => {
    await figure().getByText("residual", { exact: true }).click();
    await layer("residual").waitFor();
    expect(await layer("smooth").count()).toBe(0);
    await figure().getByText("fit", { exact: true }).click();
    await layer("smooth").waitFor();
  });

  it("reads values by keyboard and has all 256 points in its table", async () => {
    const cursor = figure().getByRole("slider", { name: "Read values of series 2" });
    await cursor.focus();
    await lab.page.keyboard.press("Home");
    expect(await cursor.getAttribute("aria-valuetext")).toMatch(/^x −2\.00: observed \S+, fitted \S+$/);
    await lab.page.keyboard.press("End");
    expect(await cursor.getAttribute("aria-valuetext")).toMatch(/^x 6\.0\d: predicted \S+, between \S+ and \S+$/);
    expect(await figure().locator(".wsl-series-reading").innerText()).toMatch(/predicted/);
    await figure().getByRole("button", { name: "Show Series 2 as table" }).click();
    expect(await figure().locator("caption").innerText()).toMatch(/all 256/);
    await figure().getByRole("button", { name: "Show Series 2 as picture" }).click();
  });

  it("links memory and picture both ways, with age and score parts", async () => {
    const second = rows().nth(1);
    const program = ((await second.getAttribute("data-program")) ?? "").replaceAll("*", "×");
    await second.click();
    expect(await second.getAttribute("aria-selected")).toBe("true");
    await figure().locator(".wsl-series-caption button[aria-current]").waitFor();
    expect((await caption().innerText()).replace(/\([\d., ]+\)/g, "")).toBe(program);
    await caption().click();
    expect(await second.getAttribute("aria-selected")).toBe("false");
    await caption().click();
    expect(await rows().first().getAttribute("aria-selected")).toBe("true");
    await caption().click();
    const heads = await lab.page.locator(".wsl-memory thead th").allInnerTexts();
    expect(heads).toEqual(expect.arrayContaining(["Expression", "Same", "Age", "This step"]));
    const born = await rows().first().locator(".wsl-memory-step").innerText();
    const age = await rows().first().locator("td").nth(3).innerText();
    expect(age).toBe(born === "start" ? "" : String((await lab.step()) - Number(born)));
    await rows().first().locator("td").nth(5).hover();
    const tip = lab.page.getByRole("tooltip");
    await tip.waitFor();
    expect(await tip.innerText()).toMatch(/10 nats of penalty for each of \d+ symbols/);
    await lab.page.mouse.move(5, 5);
  });

  it("keeps the memory's past and compares it with recognition and prior", async () => {
    const slider = lab.page.getByRole("slider", { name: /^History of/ });
    await lab.page.waitForFunction(() => !document.querySelector<HTMLInputElement>(".wsl-history input")?.disabled);
    await slider.focus();
    await lab.page.keyboard.press("Home");
    await lab.page.getByText(/^recorded at step/).waitFor();
    await lab.button("Now").click();
    const choose = (name: string) =>
      lab.page.getByRole("group", { name: "Programs from" }).getByText(name, { exact: true });
    await choose("prior").click();
    await lab.page.getByRole("heading", { name: /^Prior, / }).waitFor();
    await choose("recognition").click();
    await lab.page.getByRole("heading", { name: /^Recognition model/ }).waitFor();
    await choose("memory").click();
    await lab.page.getByRole("heading", { name: "Memory of series 2" }).waitFor();
  });

  it("shows dreams as curves and the weight of kernels", async () => {
    await lab.button("Dreams").click();
    const dreams = lab.picture("dreams").locator(".wsl-dream-row").first().getByRole("img");
    await dreams.nth(8).waitFor();
    const curves = await dreams
      .locator("path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("d") ?? ""));
    for (const d of curves) expect(heights(d).length).toBeGreaterThan(50);
    await lab.button("Posterior picture").click();
    await lab.picture("kernels").waitFor();
    expect(await lab.picture("kernels").locator("[data-share]").count()).toBe(7);
  });

  it("draws likelihoods with and without penalty and the memory bound on one chart, by step, time and proposals", async () => {
    const chart = lab.chart("iwae100Penalised");
    const values = (await chart.lastValues()) as Record<string, number>;
    expect(Object.keys(values)).toEqual(["iwae100Penalised", "iwae100", "memoryBoundPenalised"]);
    for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
    expect(values["iwae100"]).toBeGreaterThan(values["iwae100Penalised"] ?? 0);
    expect(await lab.chart("top1").seriesCount()).toBe(1);
    const axis = lab.page.getByRole("group", { name: "Horizontal axis" });
    await axis.getByText("proposals").click();
    const slider = chart.figure.getByRole("slider");
    await slider.focus();
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^proposals scored/);
    expect(await chart.lastValues()).toEqual(values);
    await axis.getByText("step").click();
  });

  it("shows in the lens what every hybrid algorithm does with structures and their draws", async () => {
    const lens = lab.picture("lens");
    const rows = lens.locator("[data-lens-row]");
    // It is asked for while it is on screen.
    await lens.scrollIntoViewIfNeeded();
    await rows.nth(5).waitFor();
    const titles = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-lens-row")));
    expect(titles).toEqual(["HMWS", "HMWS\u2212", "RWS+", "RWS", "VIMCO", "REINFORCE"]);
    expect(await rows.first().getAttribute("data-own")).toBe("");
    const heights = await lens
      .locator("rect")
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute("height"))));
    expect(heights.every(Number.isFinite)).toBe(true);
    await lens.getByRole("button", { name: /as table$/ }).click();
    const heads = await lens.locator("thead th").allInnerTexts();
    const cells = await lens
      .locator("tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")));
    const column = (name: string) => cells.map((row) => row[heads.indexOf(name)] ?? "");
    const numbers = (text: string) => text.split(" ").map((one) => Number(one.replace("\u2212", "-")));
    // v over all draws and omega over structures sum to 1; half of omega (lambda 0.5) is what phi takes.
    const v = column("HMWS a of each draw").flatMap(numbers);
    expect(v.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 2);
    const omega = column("HMWS b").map((text) => Number(text.replace("\u2212", "-")) || 0);
    expect(omega.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0.5, 1);
    // w-bar / M of a structure's draws: the same sum for every remembered structure.
    const within = column("HMWS b of each draw").map((text) => numbers(text).reduce((sum, one) => sum + one, 0));
    const kept = within.filter((sum) => sum > 0);
    for (const sum of kept) expect(sum).toBeCloseTo(0.5 / kept.length, 2);
    await lens.getByRole("button", { name: /as picture$/ }).click();
  });

  it("steps through the stages with captions and equations of hybrid programs", async () => {
    // Pause may have stopped within a step: a whole one first.
    const stood = await lab.step();
    await lab.stepOnce();
    await lab.untilStep(stood + 1);
    await lab.stepPhase();
    await lab.untilPhase("wake");
    const strip = lab.page.locator('.caption-strip[data-stage="remember"]');
    await strip.waitFor();
    expect(await strip.innerText()).toMatch(/M best different structures; their numbers are drawn afresh/);
    expect(await strip.locator("math").count()).toBeGreaterThan(0);
    expect(await lab.page.locator(".wsl-stage .wsl-kernel").count()).toBeGreaterThan(5);
    await lab.button("Next stage").click();
    const recall = lab.page.locator('.caption-strip[data-stage="recall"]');
    await recall.waitFor();
    expect(await recall.innerText()).toMatch(/Weigh the remembered structures/);
    expect(lab.errors).toEqual([]);
  });
});
