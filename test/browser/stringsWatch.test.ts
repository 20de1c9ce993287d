// Strings on the workbench: a part of a program marks the characters that it made, in every string and by pointer or
// keyboard; residual and held-out strings; the list of concepts; what the evaluator learned (UX-60, UX-65).

import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { strings } from "../../src/domains/strings";
import { PAPER_EXAMPLES } from "../../src/domains/strings/paperExamples";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await lab.open("strings?concepts=200&evaluateEvery=1000000");
  await lab.untilStart();
  await lab.stepOnce();
  await lab.until("paused");
});
afterAll(() => browser.close());

const figure = () => lab.picture("concept");
const field = () => lab.page.getByRole("textbox", { name: "Your program" });
const rows = (column: "given" | "held out" | "generated") =>
  figure().locator(`[data-strings="${column}"] li[data-made]`);

/** What each row shows as marked, and its whole text. */
function markedIn(list: Locator): Promise<{ marked: string; text: string }[]> {
  return list.evaluateAll((items) =>
    items.map((item) => {
      const characters = [...item.querySelectorAll<HTMLElement>(".wsl-chars > span")];
      const read = (some: HTMLElement[]) => some.map((one) => one.textContent).join("");
      return { marked: read(characters.filter((one) => one.dataset["on"] !== undefined)), text: read(characters) };
    }),
  );
}

/** The concept whose strings are all digits and one or more colons, such as times; its strings from the page. */
async function chooseConcept(sought: string): Promise<string[]> {
  await lab.page.getByRole("searchbox", { name: "Search concepts" }).fill(sought);
  const option = lab.page.getByRole("option").first();
  await option.click();
  await lab.page.locator('[role="option"][aria-selected="true"]').waitFor();
  return (await markedIn(rows("given"))).map((row) => row.text);
}

describe("strings on the workbench", () => {
  it("shows a concept: five strings to learn from and five held out", async () => {
    expect(await figure().locator('[data-strings="given"] li[aria-label]').count()).toBe(5);
    expect(await figure().locator('[data-strings="held out"] li[aria-label]').count()).toBe(5);
  });

  it("marks what a pointed part made in each example, as the evaluator derives it", async () => {
    await chooseConcept("genotypes");
    await field().fill("\\u/\\u.?");
    await rows("given").first().waitFor();
    await figure().getByRole("button", { name: "/, always /" }).hover();
    for (const column of ["given", "held out", "generated"] as const) {
      const marked = await markedIn(rows(column));
      expect(marked).toHaveLength(5);
      for (const row of marked) expect(row.marked, row.text).toBe("/");
    }
    await figure().getByRole("button", { name: "\\u, one capital letter" }).last().hover();
    for (const row of await markedIn(rows("given"))) expect(row.marked, row.text).toBe(row.text[2]);
  });

  it("chooses brackets and repeats as wholes", async () => {
    await field().fill("(\\u/)+.+");
    await figure()
      .getByRole("button", { name: /^\(\\u\/\)\+, once or more/ })
      .hover();
    for (const row of await markedIn(rows("given"))) expect(row.marked, row.text).toBe(row.text.slice(0, 2));
    expect(await figure().locator(".wsl-part-words").innerText()).toMatch(/made \d+ of \d+ characters/);
  });

  it("walks over the parts with the arrow keys, and back from a character to its part", async () => {
    await field().fill("\\u/\\u.?");
    const parts = figure().getByRole("group", { name: "Parts of \\u/\\u.?" });
    await parts.getByRole("button").first().focus();
    await lab.page.keyboard.press("ArrowRight");
    for (const row of await markedIn(rows("given"))) expect(row.marked, row.text).toBe("/");
    await lab.page.keyboard.press("Enter");
    expect(await parts.locator('[aria-pressed="true"]').innerText()).toBe("/");
    await lab.page.keyboard.press("Escape");
    await rows("given").first().locator(".wsl-chars > span").first().hover();
    expect(await parts.locator("[data-on]").allInnerTexts()).toEqual(["\\u"]);
  });

  it("says in words which strings a program cannot make", async () => {
    const given = await markedIn(rows("given"));
    const only = given[0]?.text ?? "";
    await field().fill(strings.program.print(literalProgram(only), {}));
    const made = await rows("given").evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset["made"]));
    expect(made).toEqual(given.map((row) => String(row.text === only)));
    const impossible = rows("given").filter({ hasText: "cannot make it" });
    expect(await impossible.count()).toBe(given.length - 1);
    expect(await impossible.locator("svg").count()).toBe(given.length - 1);
  });

  it("has a residual: characters that a class left to chance are darker than literals", async () => {
    await field().fill("\\u/\\u.?");
    await figure().getByText("residual").click();
    const shades = await rows("given")
      .first()
      .locator(".wsl-chars > span")
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    const alpha = (shade: string | undefined) => Number(/[/,] ([\d.]+)\)$/.exec(shade ?? "")?.[1] ?? Number.NaN);
    expect(alpha(shades[0])).toBeGreaterThan(0.1);
    expect(alpha(shades[1])).toBe(0);
    await figure().getByText("alignment").click();
    await lab.page.getByRole("button", { name: "Clear your program" }).click();
  });

  it("draws only the concepts in view and walks through all by keyboard", async () => {
    await lab.page.getByRole("searchbox", { name: "Search concepts" }).fill("");
    const list = lab.page.getByRole("listbox", { name: "Concepts" });
    await list.focus();
    await lab.page.keyboard.press("End");
    const last = lab.page.locator('[role="option"][aria-selected="true"]');
    expect(await last.getAttribute("aria-posinset")).toBe("200");
    expect(await list.getAttribute("aria-activedescendant")).toBe(await last.getAttribute("id"));
    expect(await lab.page.getByRole("option").count()).toBeLessThan(40);
    expect(await figure().innerText()).toMatch(/Concept 200\s/);
    await lab.page.keyboard.press("Home");
    expect(await figure().innerText()).toMatch(/Concept 1\s/);
  });

  it("finds the other concepts that a program makes, likeliest first, and goes there", async () => {
    await field().fill("\\w+-\\w+");
    await strings.loadTools?.();
    const own = strings.tools.createEvaluator();
    own.setLogits(strings.tools.uniformLogits());
    const read = strings.tools.parseTokens("\\w+-\\w+");
    if (!read.ok) throw new Error(read.message);
    const makes = (texts: readonly string[]) =>
      own.logProb(read.tokens, strings.tools.encodeStrings(texts), 0, texts.length) > Number.NEGATIVE_INFINITY;
    const options = lab.page.locator('[data-part="alike"]');
    await options.getByRole("button", { name: "Find concepts that it makes, too" }).click();
    const named = await options.locator("[data-row]").evaluateAll((all) => all.map((one) => one.ariaLabel ?? ""));
    expect(named.length).toBeGreaterThan(1);
    for (const name of named) expect(makes(name.split(", ").slice(1)), name).toBe(true);
    await options.locator("[data-row]").first().click();
    const [number] = /\d+/.exec(named[0] ?? "") ?? [];
    await figure()
      .getByRole("heading", { name: `Concept ${number}`, exact: true })
      .waitFor();
    expect(await field().inputValue()).toBe("");
  });

  it("shows what the evaluator learned, and the data beside real columns", async () => {
    const stop = lab.picture("evaluator").locator('[data-operator="starStop"]');
    expect(Number(await stop.getAttribute("data-value"))).toBeGreaterThan(0);
    const all = await lab.picture("realism").locator("[data-inside]").count();
    expect(all).toBe(strings.tools.realism([{ name: "", strings: ["a"], heldOut: [], pattern: null }]).length);
  });

  it("lists programs as lines of text in memory, dreams, posterior and lens", async () => {
    await lab.open("strings?concepts=10&batch=10&evaluateEvery=1000000&open=posterior,dreams");
    await lab.untilStart();
    await lab.stepOnce();
    const row = lab.page.locator("tr[data-program]").first();
    await row.waitFor();
    const printed = (await row.getAttribute("data-program")) ?? "";
    expect(await row.locator("code").innerText()).toBe(printed);
    expect(await row.locator("code").getAttribute("title")).toBe(printed);
    expect(await row.locator("td.wsl-number").first().innerText()).toMatch(/^\d of \d$/);
    // Choosing it marks the program's name in the picture, and the picture leads back.
    await row.click();
    expect(await figure().locator('[aria-current="true"]').innerText()).toMatch(/program, weight/);
    await figure().locator('[aria-current="true"]').click();
    expect(await lab.page.locator('tr[aria-current="true"]').count()).toBe(0);
    const bars = lab.picture("tokens").locator("[data-share]");
    await bars.first().waitFor();
    expect(await bars.count()).toBe(12);
    await lab.picture("dreams").scrollIntoViewIfNeeded();
    const dream = lab
      .picture("dreams")
      .getByRole("button", { name: /^Dream 1, / })
      .first();
    await dream.waitFor();
    expect(await dream.locator("code").count()).toBe(5);
    await lab.picture("lens").scrollIntoViewIfNeeded();
    const numbered = lab.picture("lens").locator(".wsl-lens-programs li");
    await numbered.first().waitFor();
    expect(await numbered.first().innerText()).toMatch(/^1\s/);
  });

  it("prints the paper's examples beside the programs found here, on the help page", async () => {
    await lab.open("/help/strings");
    const examples = lab.page.locator("[data-example]");
    await examples.first().waitFor();
    expect(await examples.count()).toBe(PAPER_EXAMPLES.length);
    for (const [i, example] of PAPER_EXAMPLES.entries()) {
      expect(await examples.nth(i).getByRole("listitem").allInnerTexts()).toEqual(example.strings);
      const rows = await examples.nth(i).getByRole("row").allInnerTexts();
      expect(rows.at(-1)).toContain(example.ours.program);
      expect(rows.at(-1)).toContain(example.ours.logLikelihood.toFixed(1).replace("-", "\u2212"));
      for (const [j, one] of example.references.entries()) expect(rows[j + 1]).toContain(one.program);
    }
    expect(lab.errors).toEqual([]);
  });
});

function literalProgram(text: string): Int32Array {
  const escaped = text.replace(/[.*+?|()\\]/g, "\\$&");
  const read = strings.program.parse(escaped, {});
  if (!read.ok) throw new Error(read.message);
  return read.program;
}
