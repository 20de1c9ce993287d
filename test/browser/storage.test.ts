// Storage: its use is shown, a full one asks, a closed one is no obstacle, and all of it can be erased (UX-129, UX-189, UX-204).

import type { Browser } from "playwright-core";
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

async function saveRun(link: string, step = 3): Promise<void> {
  await lab.open(link);
  await lab.play();
  await lab.untilStep(step);
  await lab.pause();
  await lab.page.locator(`[data-saved-step="${await lab.step()}"]`).waitFor();
}

/**
 * A storage that can be full: the browser's own error at the next checkpoint, until one is deleted. The developer tools' quota
 * is not heeded by Chromium 156, so the database's own door stands in for it.
 */
async function limitStorage(): Promise<void> {
  await lab.page.addInitScript(() => {
    const { put, delete: remove } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
      const isFull = this.name === "checkpoints" && localStorage.getItem("full") !== null;
      if (isFull) throw new DOMException("there is no room", "QuotaExceededError");
      return key === undefined ? put.call(this, value) : put.call(this, value, key);
    };
    IDBObjectStore.prototype.delete = function (query: IDBValidKey | IDBKeyRange) {
      if (this.name === "checkpoints") localStorage.removeItem("full");
      return remove.call(this, query);
    };
  });
}

const fillStorage = () => lab.page.evaluate(() => localStorage.setItem("full", "yes"));

/** Seeds of the runs in the list, sorted. */
async function seeds(): Promise<readonly (string | undefined)[]> {
  await rows().nth(1).waitFor();
  return (await rows().allInnerTexts()).map((text) => /seed \d/.exec(text)?.[0]).sort();
}

/** What the browser itself says is stored. */
const stored = () =>
  lab.page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    settings: localStorage.length + sessionStorage.length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
  }));

describe("storage", () => {
  it("that opens but cannot be read leaves the bench at work", async () => {
    await lab.page.addInitScript(() => {
      IDBObjectStore.prototype.getAll = () => {
        throw new DOMException("the database is damaged", "UnknownError");
      };
    });
    await lab.open("clusters?seed=3&numSets=20");
    await lab.untilStart();
    await lab.play();
    await lab.untilStep(3);
    await lab.pause();
    expect(lab.errors).toEqual([]);
  });

  it("that is full offers the oldest unpinned runs, deletes nothing by itself, and saves once there is room", async () => {
    await limitStorage();
    await saveRun("automata?seed=1");
    await saveRun("automata?seed=2");
    await lab.open("/runs");
    await rows()
      .last()
      .getByRole("button", { name: /^More for/ })
      .click();
    await lab.page.getByRole("menuitem", { name: "Pin", exact: true }).click();
    await main().getByText("pinned").waitFor();
    expect(
      await main()
        .getByRole("row", { name: /Saved runs/ })
        .innerText(),
    ).toMatch(/2, [\d.]+ MB/);
    await main()
      .getByRole("row", { name: /In all, as this browser counts/ })
      .getByText(/MB/)
      .waitFor();
    await fillStorage();
    await lab.open("automata?seed=3");
    await lab.play();
    await lab.untilStep(3);
    await lab.pause();
    const dialog = lab.page.getByRole("dialog", { name: "The storage of this browser is full" });
    await dialog.waitFor();
    expect(await dialog.getByRole("checkbox").count()).toBe(1);
    expect(await dialog.getByRole("listitem").innerText()).toMatch(/seed 2[\s\S]*MB/);
    await dialog.getByRole("button", { name: "Go on without saving" }).click();
    await lab.stepOnce();
    await lab.open("/runs");
    expect(await seeds()).toEqual(["seed 1", "seed 2"]);
    await lab.open("automata?seed=4");
    await lab.play();
    await lab.untilStep(3);
    await lab.pause();
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Delete 1 and save" }).click();
    await lab.page.locator(`[data-saved-step="${await lab.step()}"]`).waitFor();
    await lab.open("/runs");
    expect(await seeds()).toEqual(["seed 1", "seed 4"]);
  });

  it("that is closed says so once, offers the export, and the run works", async () => {
    await lab.page.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
    });
    await lab.open("clusters?seed=2");
    const line = main().getByText("This browser keeps nothing for this page");
    await line.waitFor();
    await lab.play();
    await lab.untilStep(20);
    await lab.pause();
    await lab.button("Export").first().click();
    const waiting = lab.page.waitForEvent("download");
    await lab.page.getByRole("dialog").getByRole("button", { name: "Export run file" }).click();
    expect((await waiting).suggestedFilename()).toMatch(/\.wsl$/);
    await lab.page.keyboard.press("Escape");
    await lab.button("Dismiss").first().click();
    const navigation = lab.page.getByRole("navigation", { name: "Main" });
    await navigation.getByRole("link", { name: "Runs" }).click();
    // As long as the page lives, its runs are listed and open.
    await rows().first().waitFor();
    await main().getByText("This browser keeps nothing for this page").waitFor();
    await main()
      .getByRole("link", { name: /^Resume/ })
      .click();
    await lab.untilStep(20);
    expect(await line.count()).toBe(0);
    expect(lab.errors).toEqual([]);
  });

  it("is listed and erased in one place, after a confirmation; there are no cookies", async () => {
    await saveRun("clusters?seed=2", 10);
    await lab.page.getByRole("button", { name: /theme/i }).first().click();
    await lab.page.getByRole("menuitemradio", { name: /dark/i }).click();
    await lab.open("/runs");
    expect(
      await main()
        .getByRole("row", { name: /Saved runs/ })
        .innerText(),
    ).toMatch(/1, /);
    expect((await stored()).databases).toBeGreaterThan(0);
    expect((await stored()).settings).toBeGreaterThan(0);
    const erase = lab.button("Erase everything saved on this device");
    await erase.click();
    await lab.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await rows().count()).toBe(1);
    await erase.click();
    await lab.page.getByRole("dialog").getByRole("button", { name: "Erase everything" }).click();
    await main()
      .getByText(/Everything is erased/)
      .waitFor();
    expect(await stored()).toEqual({ databases: 0, settings: 0, caches: 0, workers: 0, cookies: "" });
    expect(await lab.page.context().cookies()).toEqual([]);
    await main().getByText("No run is saved yet").waitFor();
  });
});
