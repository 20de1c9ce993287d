// Figures, tables and programs as files and on the clipboard, with everything that is needed to make them again
// (UX-122, UX-132, UX-133, UX-135).

import { readFile } from "node:fs/promises";
import type { Browser, Locator } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

const HEADER = "run,algorithm,particles,memory,seed,step,wall_ms,proposals,metric,value";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser, { permissions: ["clipboard-read", "clipboard-write"], colorScheme: "dark" });
  await lab.open("automata?seed=4&iterations=40&evaluateEvery=20&run=rws:6");
  await lab.play();
  await lab.until("converged");
  await lab.until("converged", 1);
});
afterAll(() => browser.close());

const bound = () => lab.chart("elbo").figure;
const memory = () => lab.page.locator('figure[data-table="memory"]');

async function choose(figure: Locator, item: string): Promise<void> {
  await figure.getByRole("button", { name: /^Export / }).click();
  await figure.getByRole("menuitem", { name: item }).click();
}

async function exported(figure: Locator, item: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([lab.page.waitForEvent("download"), choose(figure, item)]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Version, options, seed, backend, data and hash. */
function expectProvenance(text: string): void {
  expect(text).toMatch(/Wake-Sleep Lab \d+\.\d+\.\d+/);
  expect(text).toMatch(/data: live, hash [0-9a-f]{16}/);
  expect(text).toMatch(/K = 10, seed 4, backend wasm; .*particles=10.*seed=4/);
  expect(text).toMatch(/K = 6, seed 4, backend wasm; .*algorithm=rws/);
}

describe("a chart", () => {
  it("gives all rows in long form as CSV", async () => {
    const { name, bytes } = await exported(bound(), "CSV, all rows");
    expect(name).toBe("elbo.csv");
    const lines = bytes.toString("utf8").trimEnd().split("\n");
    expectProvenance(lines.filter((line) => line.startsWith("#")).join("\n"));
    const [header, ...rows] = lines.filter((line) => !line.startsWith("#"));
    expect(header).toBe(HEADER);
    const cells = rows.map((row) => row.split(","));
    expect(cells.every((row) => row.length === 10)).toBe(true);
    expect(new Set(cells.map((row) => row[0])).size).toBe(2);
    expect(new Set(cells.map((row) => row[1]))).toEqual(new Set(["mws", "rws"]));
    const last = cells.filter((row) => row[1] === "mws" && row[8] === "elbo").at(-1);
    expect(Number(last?.[5])).toBe(40);
    expect(Number(last?.[9])).toBeCloseTo(await lab.chart("elbo").lastValue(), 6);
  });

  it("gives JSON with the same numbers", async () => {
    const { bytes } = await exported(bound(), "JSON, all rows");
    const json = JSON.parse(bytes.toString("utf8")) as { provenance: string[]; columns: string[]; rows: unknown[][] };
    expectProvenance(json.provenance.join("\n"));
    expect(json.rows.length).toBeGreaterThan(10);
    expect(json.rows.every((row) => row.length === json.columns.length)).toBe(true);
  });

  it("gives SVG in the light theme with title, description, provenance and text as text", async () => {
    const { bytes } = await exported(bound(), "SVG, light theme");
    const read = await lab.page.evaluate((text) => {
      const svg = new DOMParser().parseFromString(text, "image/svg+xml");
      const one = (name: string) => svg.querySelector(name)?.textContent ?? "";
      const texts = [...svg.querySelectorAll("text")].map((element) => element.textContent);
      const ground = svg.querySelector("rect")?.getAttribute("fill");
      return {
        error: one("parsererror"),
        title: one("title"),
        desc: one("desc"),
        meta: one("metadata"),
        texts,
        ground,
      };
    }, bytes.toString("utf8"));
    expect(read.error).toBe("");
    expect(read.title).toBe("Bound");
    expect(read.desc).toMatch(/rose|fell/);
    expect(read.ground).toBe("#ffffff");
    expect(read.texts.join(" ")).toContain("MWS");
    expectProvenance(read.meta);
  });

  it("gives a PNG of twice the size with its words inside", async () => {
    const { bytes } = await exported(bound(), "PNG, twice the size");
    const drawn = await bound().locator(".wsl-figure-drawing").boundingBox();
    // Twelve px are free on either side.
    expect(PNG.sync.read(bytes).width).toBe(2 * (Math.ceil(drawn?.width ?? 0) + 24));
    expectProvenance(/tEXtComment\0([\s\S]*?)IDAT/.exec(bytes.toString("latin1"))?.[1] ?? "");
  });

  it("goes to the clipboard as a figure with a caption", async () => {
    await choose(bound(), "Copy as figure");
    await bound().getByText("Figure and caption copied.").waitFor();
    const copied = await lab.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const read = async (type: string) => (await item?.getType(type))?.text();
      return { html: await read("text/html"), plain: await read("text/plain") };
    });
    expect(copied.html).toContain("<svg");
    for (const text of [copied.html ?? "", copied.plain ?? ""]) {
      expectProvenance(text);
      expect(text).toMatch(/20\d\d-\d\d-\d\d/);
      expect(text).toMatch(/Hewitt/);
    }
  });
});

describe("the memory", () => {
  it("gives its programs as text and as JSON", async () => {
    const text = (await exported(memory(), "Text, one line each")).bytes.toString("utf8");
    const lines = text.trimEnd().split("\n");
    expectProvenance(lines.filter((line) => line.startsWith("#")).join("\n"));
    const programs = lines.filter((line) => !line.startsWith("#"));
    expect(programs.length).toBe(5);
    for (const line of programs) expect(line).toMatch(/^[01]\.\d{4}\trule \d+$/);
    const json = JSON.parse((await exported(memory(), "JSON, all rows")).bytes.toString("utf8")) as {
      rows: unknown[][];
    };
    expect(programs[0]).toContain(String(json.rows[0]?.[0]));
  });

  it("is a table, and still gives SVG and PNG", async () => {
    const svg = (await exported(memory(), "SVG, light theme")).bytes.toString("utf8");
    expect(svg).toMatch(/<text[^>]*>rule \d+<\/text>/);
    expect(PNG.sync.read((await exported(memory(), "PNG, twice the size")).bytes).height).toBeGreaterThan(100);
  });
});

it("every picture and chart on the page offers the four formats", async () => {
  for (const figure of await lab.page.locator("figure:has(button[aria-label^='Export '])").all()) {
    await figure.getByRole("button", { name: /^Export / }).click();
    const names = await figure.getByRole("menuitem").allInnerTexts();
    for (const format of ["CSV", "JSON", "SVG", "PNG"]) expect(names.join()).toContain(format);
    await lab.page.keyboard.press("Escape");
  }
});

it("the export dialog gives all records of all runs", async () => {
  await lab.page.keyboard.press("e");
  const dialog = lab.page.getByRole("dialog", { name: "Export" });
  const [download] = await Promise.all([
    lab.page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  expect(lines.find((line) => !line.startsWith("#"))).toBe(HEADER);
  const metrics = new Set(lines.filter((line) => !line.startsWith("#")).map((line) => line.split(",")[8]));
  expect(metrics.size).toBeGreaterThan(5);
  await lab.page.keyboard.press("Escape");
  expect(lab.errors).toEqual([]);
});
