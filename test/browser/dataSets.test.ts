// Data sets of others: nothing is asked of their owners before a press; a download that breaks is kept, shown after a
// reload and taken up again; files of the person's own do as well; what is kept trains without a connection and can be
// removed; damaged files are explained (issue 5, UX-191, UX-192, UX-203).

import { gzipSync } from "node:zlib";
import type { Browser, Route } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const IMAGES = "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-images-idx3-ubyte.gz";
const COUNT = 60;

/** An IDX file of bytes. */
function idx(shape: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [i, length] of shape.entries()) header.writeUInt32BE(length, 4 + 4 * i);
  return gzipSync(Buffer.concat([header, values]), { level: 0 });
}

/** Bars of different places and lengths, white on black; noise makes the file large enough to break. */
const images = idx(
  [COUNT, 28, 28],
  Uint8Array.from({ length: COUNT * 784 }, (_, i) => {
    const [n, row, column] = [Math.floor(i / 784), Math.floor((i % 784) / 28), i % 28];
    const isBar = Math.abs(row - 8 - (n % 12)) < 2 && column > 4 && column < 12 + (n % 13);
    return isBar ? 255 : (i * 2654435761) % 60;
  }),
);
const labels = idx(
  [COUNT],
  Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
);

const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "content-range, etag",
  etag: '"1"',
};

/** The owner's server: what it does with each request for the pictures, in turn; the last goes on for ever. */
type Turn = "half" | "dead" | "rest";
let turns: Turn[] = ["dead"];
const asked: string[] = [];

async function answer(route: Route): Promise<void> {
  const request = route.request();
  asked.push(request.url());
  // This owner never answers.
  if (request.url().includes("codh.rois")) return;
  if (request.url() !== IMAGES) {
    await route.fulfill({ status: 200, headers: { ...OPEN, "content-length": String(labels.length) }, body: labels });
    return;
  }
  const turn = turns.length > 1 ? turns.shift() : turns[0];
  const from = Number(/bytes=(\d+)-/.exec((await request.headerValue("range")) ?? "")?.[1] ?? 0);
  if (turn === "dead") await route.abort("connectionreset");
  else if (turn === "half") {
    const headers = { ...OPEN, "content-length": String(images.length) };
    await route.fulfill({ status: 200, headers, body: images.subarray(0, Math.floor(images.length / 2)) });
  } else {
    const range = `bytes ${from}-${images.length - 1}/${images.length}`;
    const headers = { ...OPEN, "content-range": range, "content-length": String(images.length - from) };
    await route.fulfill({ status: from > 0 ? 206 : 200, headers, body: images.subarray(from) });
  }
}

const set = (name: string) => lab.page.locator(`[data-set="${name}"]`);
const dialog = () => lab.page.getByRole("dialog");

async function openSets(): Promise<void> {
  await lab.page.getByRole("button", { name: "More options" }).click();
  await lab.page.getByRole("button", { name: "Data sets of others" }).click();
  await set("mnist").waitFor();
}

it("lists owner, licence and size, and asks nobody before a press", async () => {
  await lab.page.context().route(/ossci-datasets|githubusercontent|codh\.rois|storage\.googleapis/, answer);
  await lab.open("strokes?images=20&size=tiny&transforms=1&batch=5&evaluateEvery=100000");
  await openSets();
  const text = await dialog().innerText();
  expect(text).toMatch(/Omniglot not on this device/);
  expect(text).toMatch(/Brenden Lake, MIT/);
  expect(text).toMatch(/Download from ossci-datasets\.s3\.amazonaws\.com: 10,000 digits, 1\.7 MB/);
  expect(asked).toEqual([]);
  expect(lab.foreignRequests()).toEqual([]);
});

it("keeps what a broken download has brought, over a reload, and goes on from there", async () => {
  turns = ["half", "dead"];
  await set("mnist")
    .getByRole("button", { name: /^Download from/ })
    .click();
  const alert = set("mnist").getByRole("alert");
  await alert.waitFor({ timeout: 60_000 });
  expect(await alert.innerText()).toMatch(/t10k-images-idx3-ubyte\.gz stopped: .* are kept; start again to go on/);
  await set("mnist")
    .getByRole("button", { name: /^Go on from .* of .* here/ })
    .waitFor();
  await lab.page.reload();
  await openSets();
  turns = ["rest"];
  await set("mnist")
    .getByRole("button", { name: /^Go on from/ })
    .click();
  await lab.page.locator('[data-set="mnist"][data-state="kept"]').waitFor({ timeout: 30_000 });
  expect(await set("mnist").innerText()).toMatch(/on this device: 60 pictures/);
});

it("trains on it without asking for it again, and removes it", async () => {
  await set("mnist").getByRole("button", { name: "Use MNIST" }).click();
  await dialog().waitFor({ state: "detached" });
  await lab.untilStart();
  expect(lab.url.hash).toMatch(/dataset=mnist/);
  await lab.reset();
  await lab.untilStart();
  await lab.stepOnce();
  await lab.untilStep(1);
  expect(lab.requests.filter((url) => url.includes("mnist.images"))).toEqual([]);
  await openSetsAgain();
  await set("mnist").getByRole("button", { name: "Remove MNIST" }).click();
  await lab.page.locator('[data-set="mnist"][data-state="absent"]').waitFor();
  await lab.page.keyboard.press("Escape");
  await lab.page.getByText("not on this device yet").waitFor();
  await lab.reset();
  await lab.until("failed");
  expect(await lab.page.locator(".failure").innerText()).toMatch(/not (here|on this device) yet/);
});

/** The options are open already. */
async function openSetsAgain(): Promise<void> {
  await lab.page.getByRole("button", { name: "Data sets of others" }).click();
  await set("mnist").waitFor();
}

it("says so where the owner cannot be reached from a page, and takes the files instead; damaged ones are explained", async () => {
  turns = ["dead"];
  await openSetsAgain();
  await set("mnist")
    .getByRole("button", { name: /^Download from/ })
    .click();
  await set("mnist").getByRole("alert").waitFor({ timeout: 60_000 });
  expect(await set("mnist").getByRole("link", { name: "t10k-images-idx3-ubyte.gz" }).getAttribute("href")).toBe(IMAGES);
  const give = (name: string, field: string, buffer: Buffer) =>
    lab.page
      .getByLabel(`Choose files of ${field}: field`)
      .setInputFiles([{ name, mimeType: "application/octet-stream", buffer }]);
  for (const [name, title, file, bytes, sentence] of [
    ["mnist", "MNIST", "digits.gz", images.subarray(0, 3000), /digits\.gz is (damaged or )?cut off|damaged/],
    ["mnist", "MNIST", "digits.idx3-ubyte", Buffer.from([0, 0, 13, 3, 0, 0, 0, 1]), /type 13; allowed: type 8/],
    ["omniglot", "Omniglot", "images.zip", Buffer.from("PK\u0003\u0004broken"), /archive is cut off or damaged/],
  ] as const) {
    await give(file, title, bytes);
    await set(name).getByRole("alert").getByText(sentence).waitFor();
  }
  await lab.page.getByLabel("Choose files of MNIST: field").setInputFiles([
    { name: "t10k-images-idx3-ubyte.gz", mimeType: "application/gzip", buffer: images },
    { name: "t10k-labels-idx1-ubyte.gz", mimeType: "application/gzip", buffer: labels },
  ]);
  await lab.page.locator('[data-set="mnist"][data-state="kept"]').waitFor({ timeout: 30_000 });
});

it("removes nothing while another is on its way, which can be stopped", async () => {
  const remove = set("mnist").getByRole("button", { name: "Remove MNIST" });
  const stop = set("kmnist").getByRole("button", { name: "Stop" });
  const { length } = asked;
  await set("kmnist")
    .getByRole("button", { name: /^Download from/ })
    .click();
  await stop.waitFor();
  await expect.poll(() => asked.length).toBeGreaterThan(length);
  expect(await remove.getAttribute("aria-disabled")).toBe("true");
  await stop.click();
  await set("kmnist").getByText("Stopped; what has come is kept.").waitFor();
  expect(await remove.getAttribute("aria-disabled")).toBeNull();
  await set("mnist").getByRole("button", { name: "Use MNIST" }).click();
  await lab.reset();
  await lab.untilStart();
});

it("trains without a connection on what is kept", async () => {
  const offline = await visit(browser, { serviceWorkers: "allow" });
  await offline.open("strokes?images=20&size=tiny&transforms=1&batch=5&dataset=mnist&evaluateEvery=100000");
  await offline.until("failed");
  await offline.page.getByRole("button", { name: "More options" }).click();
  await offline.page.getByRole("button", { name: "Data sets of others" }).click();
  await offline.page
    .getByLabel("Choose files of MNIST: field")
    .setInputFiles([{ name: "t10k-images-idx3-ubyte.gz", mimeType: "application/gzip", buffer: images }]);
  await offline.page.locator('[data-set="mnist"][data-state="kept"]').waitFor({ timeout: 30_000 });
  await offline.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await offline.page.context().setOffline(true);
  await offline.page.reload();
  await offline.untilStart();
  await offline.stepOnce();
  await offline.untilStep(1);
  expect(offline.foreignRequests()).toEqual([]);
  await offline.close();
});
