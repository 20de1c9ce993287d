// The vocabulary of the tests of "Try your own": the ways in, the cells on show, the cells that were sent, the answer.

import type { Page } from "playwright-core";
import { expect } from "vitest";

export type GivenFile = {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Zeros appended on the page, so that large files need not travel there. */
  readonly zeros?: number;
};

/** A text file. */
export function textFile(name: string, text: string, type = "text/plain"): GivenFile {
  return { name, type, bytes: new TextEncoder().encode(text) };
}

/** Records every request that the page sends to its workers, before anything else runs. */
export async function watchRequests(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sent: unknown[] = [];
    Object.assign(window, { sentToWorkers: sent });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
      sent.push(structuredClone(message));
      return Reflect.apply(post, this, [message, ...rest]);
    };
  });
}

/** The person's data of the latest inference, as it was sent: one list of rows of 0 and 1 a picture. */
export function sentCells(page: Page): Promise<readonly (readonly string[])[]> {
  return page.evaluate(() => {
    type Sent = { request?: { userData?: { payload?: { pictures?: { width: number; pixels: Uint8Array }[] } } } };
    const sent = (window as unknown as { sentToWorkers: Sent[] }).sentToWorkers;
    const pictures = sent.findLast((message) => message.request?.userData)?.request?.userData?.payload?.pictures ?? [];
    return pictures.map(({ width, pixels }) =>
      Array.from({ length: pixels.length / width }, (_, y) => pixels.slice(y * width, (y + 1) * width).join("")),
    );
  });
}

/** The cells that a picture shows, read from its canvas: dark is 1. */
export function shownCells(page: Page, picture: string): Promise<readonly string[]> {
  return page.locator(`[data-picture="${picture}"] canvas`).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return Array.from({ length: canvas.height }, (_, y) =>
      Array.from({ length: canvas.width }, (_, x) =>
        (data[4 * (y * canvas.width + x)] ?? 255) < 128 ? "1" : "0",
      ).join(""),
    );
  });
}

/** Drops files on the page, as from a desktop. */
export async function dropFiles(page: Page, files: readonly GivenFile[]): Promise<void> {
  const data = await page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer();
      for (const { name, type, bytes, zeros } of given) {
        transfer.items.add(new File([Uint8Array.from(bytes), new Uint8Array(zeros ?? 0)], name, { type }));
      }
      return transfer;
    },
    files.map((file) => ({ ...file, bytes: [...file.bytes] })),
  );
  await page.locator("body").dispatchEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
}

/** Chooses files through the page's file field. */
export async function chooseFiles(page: Page, files: readonly GivenFile[]): Promise<void> {
  const given = files.map(({ name, type, bytes }) => ({ name, mimeType: type, buffer: Buffer.from(bytes) }));
  await page.getByLabel("Files", { exact: true }).setInputFiles(given);
}

/** Pastes a picture, as a copied screenshot arrives. */
export async function pasteFile(page: Page, file: GivenFile): Promise<void> {
  await page.evaluate(
    ({ name, type, bytes }) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([Uint8Array.from(bytes)], name, { type }));
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    { ...file, bytes: [...file.bytes] },
  );
}

/** Puts text on the clipboard and presses Ctrl+V. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.locator("main").focus();
  await page.keyboard.press("Control+V");
}

/** Takes one of the examples. */
export async function takeExample(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Use an example" }).click();
  await page.getByRole("menuitem", { name: title }).click();
}

/** Waits for the preview of an input called so (its name is part of the page's words or labels). */
export async function untilPreview(page: Page): Promise<void> {
  await page.locator('[data-picture="try-preview"]').waitFor();
}

/** Weights of the ranked programs, in the order shown. */
export async function weights(page: Page): Promise<number[]> {
  const rows = await page.locator('[data-table="try-programs"] tr[data-weight]').all();
  return Promise.all(rows.map(async (row) => Number(await row.getAttribute("data-weight"))));
}

/** Starts the search and stops it as soon as its first programs are there; resolves with the milliseconds they took. */
export async function findBriefly(page: Page, button: string): Promise<number> {
  const startedAt = Date.now();
  await page.getByRole("button", { name: button }).click();
  await page.locator('[data-table="try-programs"] tr[data-weight]').first().waitFor();
  const ms = Date.now() - startedAt;
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Search on" }).waitFor();
  return ms;
}

/** The kind of the verdict on show. */
export async function verdict(page: Page): Promise<string> {
  return (await page.locator("[data-verdict]").getAttribute("data-verdict")) ?? "";
}

/** Weights are sorted and sum to 1. */
export async function expectRanked(page: Page): Promise<void> {
  const all = await weights(page);
  expect(all).toEqual([...all].sort((a, b) => b - a));
  expect(all.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
}

/** Frames that the page draws in this time, a second. */
export function framesPerSecond(page: Page, ms: number): Promise<number> {
  return page.evaluate(
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
}
