// Runs are saved by themselves, resume exactly, and travel as files (UX-126, UX-127, UX-128, UX-193).

import { readFileSync } from "node:fs";
import type { Browser, Download } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  await lab?.close();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const main = () => lab.page.getByRole("main");
const rows = () => lab.page.locator("[data-saved-run]");
const fixture = (name: string) => readFileSync(`test/fixtures/runs/${name}`);

/** Waits until the status bar says that the present step is on this device. */
async function untilSaved(): Promise<number> {
  const step = await lab.step();
  await lab.page.locator(`[data-saved-step="${step}"]`).waitFor();
  return step;
}

/** Trains to the step that ends the run. */
async function trainToEnd(): Promise<void> {
  await lab.play();
  await lab.until("converged", 0, 90_000);
}

/** Everything that a run shows in numbers: every record, every chart's last values, the memory. */
async function numbers() {
  const records = await lab.page.evaluate(
    // window.lab is the page's test hook, there only with faults=1 in the link.
    () => (window as unknown as { lab: { records(): Record<string, unknown> } }).lab.records(),
  );
  const charts = await main()
    .locator("figure[data-chart]")
    .evaluateAll((figures) =>
      figures.map((each) => [each.getAttribute("data-chart"), each.getAttribute("data-last-values")]),
    );
  const memory = await main().getByRole("grid").first().innerText();
  return { records, charts, memory };
}

async function trainOnTo(steps: number): Promise<void> {
  const field = main().getByRole("spinbutton", { name: "Stop after" });
  await field.fill(String(steps));
  await field.press("Enter");
  await trainToEnd();
}

async function drop(name: string, bytes: Buffer): Promise<void> {
  await lab.page.evaluate(
    ({ name, text }) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    },
    { name, text: bytes.toString("base64") },
  );
}

async function bytesOf(download: Download): Promise<Buffer> {
  const path = await download.path();
  return readFileSync(path);
}

async function eraseEverything(): Promise<void> {
  await lab.open("/runs");
  await lab.button("Erase everything saved on this device").click();
  await lab.page.getByRole("dialog").getByRole("button", { name: "Erase everything" }).click();
  await main()
    .getByText(/Everything is erased/)
    .waitFor();
}

describe("saved runs", () => {
  it("are offered after a reload, and go on at the saved step", async () => {
    await lab.open("clusters?seed=3");
    await lab.play();
    await lab.untilStep(40);
    await lab.pause();
    const step = await untilSaved();
    await main().getByText("Resume at step").waitFor({ state: "detached" });
    await lab.open("/runs");
    await rows().first().waitFor();
    await lab.open("clusters?seed=3");
    await lab.untilStart();
    await lab.button(/Resume at step/).click();
    await lab.until("paused");
    await lab.untilStep(step);
    expect(await lab.step()).toBe(step);
    await lab.play();
    await lab.untilStep(step + 5);
    await lab.pause();
    // One record a run, and none of a run that never began.
    await lab.open("clusters?seed=4");
    await lab.untilStart();
    await lab.open("/runs");
    await rows().first().waitFor();
    expect(await rows().count()).toBe(1);
    expect(lab.errors).toEqual([]);
  });

  it("are saved while they train, without a pause, when the page is closed", async () => {
    await lab.open("automata?seed=3");
    await lab.play();
    // The first checkpoint leaves the worker after five seconds.
    await lab.page.locator("[data-saved-step]").waitFor({ state: "visible", timeout: 30_000 });
    await lab.page.reload();
    await lab.untilStart();
    const button = lab.button(/Resume at step/);
    await button.waitFor();
    const step = Number(/step ([\d\s]+)/.exec(await button.innerText())?.[1]?.replace(/\s/g, ""));
    expect(step).toBeGreaterThan(0);
    await button.click();
    await lab.untilStep(step);
    expect(await lab.status()).toBe("paused");
    expect(await lab.step()).toBe(step);
  });

  it.each([
    ["clusters", "clusters?faults=1&seed=5&numSets=20&evaluateEvery=50"],
    ["automata", "automata?faults=1&seed=5&images=12&width=16&height=16&batch=4&evaluateEvery=50"],
  ])("of %s: 100 steps straight are 50 steps, save, reload, 50 steps; also through a file", async (_, link) => {
    await lab.open(`${link}&iterations=100`);
    await trainToEnd();
    const straight = await numbers();
    await lab.close();
    lab = await visit(browser);
    await lab.open(`${link}&iterations=50`);
    await trainToEnd();
    expect((await numbers()).records).not.toEqual(straight.records);
    await untilSaved();
    await lab.page.reload();
    await lab.button("Resume at step 50").click();
    await lab.untilStep(50);
    await lab.page.keyboard.press("Escape");
    await main().focus();
    await lab.page.keyboard.press("e");
    const waiting = lab.page.waitForEvent("download");
    await lab.page.getByRole("dialog").getByRole("button", { name: "Export run file" }).click();
    const download = await waiting;
    const file = await bytesOf(download);
    expect(download.suggestedFilename()).toMatch(/seed5-step50\.wsl$/);
    await lab.page.keyboard.press("Escape");
    await trainOnTo(100);
    expect(await numbers()).toEqual(straight);
    // The file alone is enough.
    await eraseEverything();
    await lab.open(`${link.split("?")[0]}?faults=1`);
    await lab.untilStart();
    await drop("somebody-elses-name.wsl", file);
    await lab.untilStep(50);
    expect(await lab.step()).toBe(50);
    // Opened under its own address; the hook that reads the numbers is asked for again.
    await lab.page.waitForURL((url) => !url.hash.includes("saved="));
    await lab.open(`/${lab.url.hash.slice(2)}&faults=1`);
    await lab.button("Resume at step 50").click();
    await lab.untilStep(50);
    await trainOnTo(100);
    expect(await numbers()).toEqual(straight);
    expect(lab.errors).toEqual([]);
  });

  it("are listed with name, preset, picture, step, size and date; renamed, noted, pinned, copied, sorted, deleted", async () => {
    for (const link of ["clusters?seed=8", "automata?seed=9"]) {
      await lab.open(link);
      await lab.play();
      await lab.untilStep(3);
      await lab.pause();
      await untilSaved();
    }
    await lab.open("/runs");
    await rows().nth(1).waitFor();
    const first = rows().first();
    expect(await first.innerText()).toMatch(/MWS, K = 10, seed 9/);
    expect(await first.innerText()).toMatch(/Cellular automata\s+Live/);
    expect(await first.innerText()).toMatch(/of 1\s?500/);
    expect(await first.innerText()).toMatch(/\d\.\d/);
    expect(await first.innerText()).toMatch(/today, \d\d:\d\d/);
    await first.locator("img, svg, canvas").first().waitFor();
    const choose = async (item: string) => {
      await rows()
        .first()
        .getByRole("button", { name: /^More for/ })
        .click();
      await lab.page.getByRole("menuitem", { name: item, exact: true }).click();
    };
    await choose("Rename or add a note");
    const dialog = lab.page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("For the lecture");
    await dialog.getByLabel("Note").fill("before the noise falls");
    await dialog.getByLabel("Note").press("Tab");
    await dialog.getByRole("button", { name: "Save" }).click();
    await first.getByText("before the noise falls").waitFor();
    expect(await first.innerText()).toContain("For the lecture");
    await choose("Pin");
    await first.getByText("pinned").waitFor();
    await choose("Duplicate");
    await main().getByText("For the lecture, copy").first().waitFor();
    expect(await rows().count()).toBe(3);
    await main().getByRole("button", { name: "Domain" }).click();
    expect(await main().getByRole("columnheader", { name: "Domain" }).getAttribute("aria-sort")).toBe("ascending");
    // Pinned runs stay on top; the others follow the column.
    expect(
      await rows()
        .allInnerTexts()
        .then((texts) => texts.map((text) => /Clusters|automata/.exec(text)?.[0])),
    ).toEqual(["automata", "automata", "Clusters"]);
    await choose("Delete");
    await main().getByText("is deleted").waitFor();
    expect(await rows().count()).toBe(2);
    await lab.button("Undo").click();
    await rows().nth(2).waitFor();
    await first.getByText("before the noise falls").waitFor();
  });

  it("hold the last state of a run that is taken off the bench", async () => {
    await lab.open("clusters?seed=6&numSets=20&run=rws:4");
    await lab.play();
    await lab.untilStep(3);
    await lab.untilStep(3, 1);
    await main()
      .getByRole("button", { name: /^Remove RWS/ })
      .click();
    await lab.pause();
    await lab.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
    await rows().nth(1).waitFor();
    const texts = await rows().allInnerTexts();
    expect(texts.filter((text) => /RWS, K = 4, seed 6/.test(text))).toHaveLength(1);
    expect(lab.errors).toEqual([]);
  });

  it("open from files of older labs and of the command line; newer and damaged files are refused with a sentence", async () => {
    await lab.open("/runs");
    await main().getByText("No run is saved yet").waitFor();
    await drop("checkpoint.wsl", fixture("v1.wsl"));
    await lab.untilStep(30);
    expect(await lab.step()).toBe(30);
    expect(await main().getByLabel(/^Seed/).first().inputValue()).toBe("7");
    await lab.open("/runs");
    await rows().first().waitFor();
    await drop("tight.wsl", fixture("v2.wsl"));
    await lab.untilStep(30);
    await lab.open("/runs");
    await main().getByText("Tight memory").first().waitFor();
    await main().getByText("for Tuesday").first().waitFor();
    const dialog = lab.page.getByRole("dialog");
    await drop("from-tomorrow.wsl", fixture("future.wsl"));
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/newer lab[\s\S]*format 99/);
    await dialog.getByRole("button", { name: "Reload to update" }).waitFor();
    await lab.page.keyboard.press("Escape");
    await drop("broken.wsl", fixture("damaged.wsl"));
    await dialog.getByText(/damaged: its checksum/).waitFor();
    expect(await dialog.innerText()).not.toMatch(/\[object|undefined|Error:/);
    await dialog.getByRole("button", { name: "Close" }).click();
    await drop("holiday.wsl", Buffer.from("not a run at all, only a name that ends like one"));
    await dialog.getByText(/not a Wake-Sleep Lab checkpoint/).waitFor();
    await lab.page.keyboard.press("Escape");
    expect(await rows().count()).toBe(2);
  });
});
