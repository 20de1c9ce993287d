// Strokes on the workbench: the pen over the character, what the program draws and the residual, the strip as a list of
// text, the replay, the bank and where its strokes are used, the wall of characters, the memory, and one's own character
// (UX-32, UX-60s for characters, UX-144, UX-146).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

const SMALL = "size=tiny&evaluateEvery=1000000";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await lab.open(`strokes?images=120&batch=120&${SMALL}`);
  await lab.untilStart();
  await lab.stepOnce();
  await lab.untilStep(1);
  await tokens().first().waitFor();
});
afterAll(() => browser.close());

const figure = () => lab.picture("character");
const tokens = () => lab.page.getByRole("listbox", { name: /Strokes of the program/ }).getByRole("option");
const stroke = (name: string) =>
  lab.page.getByRole("listbox", { name: "Strokes of the bank" }).getByRole("option", { name });
const place = () => lab.page.getByRole("slider", { name: "Place of the pen" });

/** The tokens as the list says them: number in the bank and whether the pen is down. */
async function program(): Promise<{ stroke: number; isDown: boolean }[]> {
  const labels = await tokens().evaluateAll((options) =>
    options.map((option) => option.getAttribute("aria-label") ?? ""),
  );
  return labels.map((label) => {
    const [, number, pen] = /^\d+: stroke (\d+), pen (down|up), /.exec(label) ?? [];
    return { stroke: Number(number), isDown: pen === "down" };
  });
}

describe("strokes on the workbench", () => {
  it("draws each stroke over the character, moves apart, and lists all ten as text", async () => {
    const list = await program();
    expect(list).toHaveLength(10);
    expect(list[0]?.isDown).toBe(false);
    const drawn = await figure()
      .locator("svg.wsl-pen g[data-token]")
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute("data-token"))));
    expect(drawn).toEqual(list.flatMap((token, t) => (token.isDown ? [t] : [])));
    expect(await figure().locator(".wsl-pen-move").count()).toBe(list.filter((token) => !token.isDown).length);
    await figure().getByRole("checkbox", { name: "moves" }).click();
    expect(await figure().locator(".wsl-pen-move").count()).toBe(0);
    await figure().getByRole("checkbox", { name: "moves" }).click();
  });

  it("marks a stroke chosen by keyboard in the list in picture and bank", async () => {
    const list = await program();
    const down = list.findIndex((token) => token.isDown);
    await lab.page.getByRole("listbox", { name: /Strokes of the program/ }).focus();
    for (let t = 0; t <= down; t++) await lab.page.keyboard.press("ArrowRight");
    expect(await tokens().nth(down).getAttribute("aria-selected")).toBe("true");
    const marked = figure().locator('svg.wsl-pen g[aria-current="true"]');
    expect(await marked.evaluateAll((all) => all.map((one) => one.getAttribute("data-token")))).toEqual([String(down)]);
    const number = list[down]?.stroke ?? -1;
    expect(await lab.page.locator(".wsl-bank-stroke[data-marked]").getAttribute("id")).toBe(`stroke-${number}`);
    const words = await lab.picture("bank").locator(".wsl-stroke-words").innerText();
    expect(words).toMatch(new RegExp(`^Stroke ${number} .*pixels.*of all strokes drawn, in \\d+ of 120 characters`));
    await lab.page.keyboard.press("Escape");
    expect(await marked.count()).toBe(0);
  });

  it("shows where a stroke of the bank is used when it is pointed at", async () => {
    const list = await program();
    const used = list.find((token) => token.isDown)?.stroke ?? -1;
    await stroke(`stroke ${used}, drawn by the program on show`).hover();
    const marked = await tokens().evaluateAll((all) =>
      all.map((one) => (one as HTMLElement).dataset["marked"] !== undefined),
    );
    expect(marked).toEqual(list.map((token) => token.isDown && token.stroke === used));
    await lab.page.mouse.move(5, 5);
  });

  it("has a residual whose red cells are those that the program leaves out", async () => {
    await figure().getByText("residual").click();
    const canvas = figure().locator("canvas").nth(1);
    await lab.page.waitForFunction((one) => (one as HTMLCanvasElement).width === 224, await canvas.elementHandle());
    const missing = await canvas.evaluate((one) => {
      const source = one as HTMLCanvasElement;
      const { data } = source.getContext("2d")!.getImageData(0, 0, source.width, source.height);
      const token = (name: string) => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim().slice(1);
        return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
      };
      const [ground, full] = [token("--data-0"), token("--mismatch")];
      let count = 0;
      for (let y = 0; y < 28; y++) {
        for (let x = 0; x < 28; x++) {
          // The corner of a cell: surplus ink is a smaller square and does not reach it.
          const green = data[4 * (8 * y * source.width + 8 * x) + 1]!;
          if ((green - ground[1]!) / (full[1]! - ground[1]!) > 0.5) count++;
        }
      }
      return count;
    });
    const said = /leaves out (\d+) inked pixels/.exec((await figure().textContent()) ?? "");
    expect(missing).toBe(Number(said?.[1]));
    expect(missing).toBeGreaterThan(0);
    await figure().getByText("drawn", { exact: true }).click();
  });

  it("replays the pen, pauses where it is, and asks for no frame afterwards", async () => {
    expect(Number(await place().inputValue())).toBe(10);
    await lab.button("Replay the pen").click();
    await lab.page.waitForFunction(() => {
      const value = Number(document.querySelector<HTMLInputElement>(".wsl-pen-slider")?.value);
      return value > 0.2 && value < 10 && document.querySelector(".wsl-pen-tip") !== null;
    });
    await lab.button("Pause the pen").click();
    const value = await place().inputValue();
    const frames = await figure().getAttribute("data-frame");
    await lab.page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
    expect(await place().inputValue()).toBe(value);
    expect(await figure().getAttribute("data-frame")).toBe(frames);
    await place().press("End");
    await lab.page.locator(".wsl-pen-tip").waitFor({ state: "detached" });
    await lab.button("One stroke back").click();
    expect(Number(await place().inputValue())).toBe(9);
    expect(await lab.page.locator('.wsl-strip-token[aria-current="step"]').getAttribute("id")).toBe("token-9");
    await lab.button("One stroke on").click();
  });

  it("moves by hand only when motion is reduced", async () => {
    await lab.page.emulateMedia({ reducedMotion: "reduce" });
    await lab.button("Replay the pen").waitFor({ state: "detached" });
    await lab.button("One stroke back").click();
    expect(Number(await place().inputValue())).toBe(9);
    await lab.button("One stroke on").click();
    await lab.page.emulateMedia({ reducedMotion: "no-preference" });
    await lab.button("Replay the pen").waitFor();
  });

  it("links memory and picture both ways", async () => {
    const rows = lab.page.locator("tr[data-program]");
    await rows.nth(1).click();
    await figure().getByRole("button", { name: "Chosen" }).waitFor();
    const chosen = (await rows.nth(1).getAttribute("data-program")) ?? "";
    const shown = await tokens().locator("code").allInnerTexts();
    expect(shown.join(" ")).toBe(chosen);
    await figure().getByRole("button", { name: "Chosen" }).click();
    await figure().getByRole("button", { name: "Best" }).click();
    expect(await rows.first().getAttribute("aria-current")).toBe("true");
    await figure().getByRole("button", { name: "Best" }).click();
  });

  it("draws only the characters in view and walks through all by keyboard, alphabet by alphabet", async () => {
    const list = lab.page.getByRole("listbox", { name: "Characters" });
    expect(await list.getByRole("option").count()).toBeLessThan(100);
    await list.focus();
    await lab.page.keyboard.press("End");
    const selected = list.locator('[aria-selected="true"]');
    await selected.waitFor();
    const name = (await selected.getAttribute("aria-label")) ?? "";
    await figure()
      .getByRole("heading", { name: name.replace("character", "Character") })
      .waitFor();
    expect(await list.evaluate((box) => box.scrollTop)).toBeGreaterThan(0);
    await lab.page.keyboard.press("Home");
    await figure().getByRole("heading", { name: "Character 1", exact: true }).waitFor();
  });

  it("says the strokes and the bank as tables", async () => {
    await figure().getByRole("button", { name: "Show Character 1 as table" }).click();
    expect(await figure().locator("tbody tr").count()).toBe(10);
    await figure().getByRole("button", { name: "Show Character 1 as picture" }).click();
    await lab
      .picture("bank")
      .getByRole("button", { name: /as table/ })
      .click();
    expect(await lab.picture("bank").locator("tbody tr").count()).toBe(64);
    await lab
      .picture("bank")
      .getByRole("button", { name: /as picture/ })
      .click();
  });

  it("trains with one's own character as one more", async () => {
    const dialog = lab.page.getByRole("dialog", { name: "Your own character" });
    const rows = Array.from({ length: 28 }, (_, y) =>
      Array.from({ length: 28 }, (_, x) => (y > 4 && y < 24 && Math.abs(x - y) < 2 ? "1" : "0")).join(""),
    );
    await lab.page
      .getByLabel("Picture file")
      .setInputFiles({ name: "mine.txt", mimeType: "text/plain", buffer: Buffer.from(rows.join("\n")) });
    await dialog.getByRole("button", { name: "Train with it", disabled: false }).click();
    await lab.untilStart();
    await figure().getByRole("heading", { name: "Your character 121" }).waitFor();
    expect(lab.errors).toEqual([]);
  });
});

describe("a run with a hidden bank", () => {
  it("puts each hidden stroke beside a learned one of its own", async () => {
    await lab.open(`strokes?preset=recovery&images=20&${SMALL}`);
    await lab.untilStart();
    const pairs = lab.picture("recovery").getByRole("listitem");
    await pairs.filter({ hasText: "px" }).nth(11).waitFor();
    const partners = await pairs.evaluateAll((all) =>
      all.map((one) => /learned stroke (\d+), [\d.]+ px off/.exec(one.getAttribute("aria-label") ?? "")?.[1]),
    );
    expect(new Set(partners)).toEqual(new Set(Array.from({ length: 12 }, (_, i) => String(i))));
  });
});

describe("a run that is told the alphabets", () => {
  it("shows what the prior writes for an alphabet beside what was given", async () => {
    await lab.open(`strokes?images=30&alphabets=3&conditional=true&${SMALL}`);
    await lab.untilStart();
    const alphabet = lab.picture("alphabet");
    await alphabet.getByRole("img", { name: /^Imagined character 10/ }).waitFor();
    expect(await alphabet.getByRole("img", { name: /^Given character/ }).count()).toBe(10);
  });
});

describe("strokes where room is short", () => {
  it("keep within a phone's page, with targets for a finger", async () => {
    const phone = await visit(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await phone.open(`strokes?images=20&batch=20&${SMALL}`);
    await phone.untilStart();
    await phone.stepOnce();
    const option = phone.page.getByRole("listbox", { name: /Strokes of the program/ }).getByRole("option");
    await option.first().waitFor();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const targets = phone.page.locator(
      ".wsl-strip-token, .wsl-bank-stroke, .wsl-wall-character, .wsl-pen-controls button, .wsl-pen-slider",
    );
    for (const box of await targets.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))) {
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      expect(box.right).toBeLessThanOrEqual(390);
    }
    await phone.close();
  });

  it("stand in a frame on another page without overflow", async () => {
    const frame = await visit(browser, { viewport: { width: 320, height: 600 } });
    await frame.open(`/embed/strokes?images=20&batch=20&${SMALL}`);
    await frame.picture("bank").waitFor();
    expect(await frame.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await frame.close();
  });
});
