// A person brings a picture: an automaton is explained and trained on, noise is called what it is, and each unusable file
// gets its own sentence (UX-110 to UX-112, UX-188).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { automatonPng, noisePng, pngOf } from "../helpers/pictures";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
});
afterAll(() => browser.close());

const dialog = () => lab.page.getByRole("dialog");

async function choose(name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await lab.page.getByLabel("Picture file").setInputFiles({ name, mimeType, buffer });
  await dialog().waitFor();
}

/** Drops the file on the page, as from a desktop. */
async function drop(name: string, type: string, buffer: Buffer, onto = "main"): Promise<void> {
  const data = await lab.page.evaluateHandle(
    ({ name, type, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], name, { type }));
      return transfer;
    },
    { name, type, bytes: [...buffer] },
  );
  await lab.page.locator(onto).first().dispatchEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  await dialog().waitFor();
}

describe("a picture of one's own", () => {
  it("that is an automaton is explained and joins the training", async () => {
    await lab.open("automata");
    await lab.until("paused");
    await drop("shell.png", "image/png", automatonPng(30, 64));
    await dialog()
      .getByText(/looks like an automaton/i)
      .first()
      .waitFor();
    expect(await dialog().innerText()).toMatch(/bits per pixel/);
    expect(await dialog().locator("[data-picture], canvas").count()).toBeGreaterThan(0);
    await dialog()
      .getByRole("button", { name: /^(Train|Use)/ })
      .click();
    await dialog().waitFor({ state: "hidden" });
    // The run starts over with the picture, and by itself.
    await lab.until(["running", "converged"]);
    await lab.page
      .getByText(/shell\.png/)
      .first()
      .waitFor();
    const best = lab.page.getByRole("grid").locator("tr[data-program]").first();
    await best.and(lab.page.locator('[data-program="rule 30"]')).waitFor({ timeout: 60_000 });
  });

  it("may be dropped anywhere on the page, also on the header", async () => {
    for (const onto of ["header", "body", "footer"]) {
      await lab.open("automata");
      await lab.until("paused");
      await drop("shell.png", "image/png", automatonPng(30, 64), onto);
      await dialog().getByText("looks like an automaton").first().waitFor();
    }
  });

  it("may be pasted", async () => {
    await lab.open("automata");
    await lab.until("paused");
    await lab.page.evaluate(
      (bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([Uint8Array.from(bytes)], "clip.png", { type: "image/png" }));
        const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      },
      [...automatonPng(30, 64)],
    );
    await dialog().getByText("looks like an automaton").first().waitFor();
  });

  it("that is noise is called no automaton", async () => {
    await lab.open("automata");
    await choose("noise.png", "image/png", noisePng(64));
    await dialog()
      .getByText(/not an automaton/i)
      .first()
      .waitFor();
    await lab.page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
  });

  it("that is a shaded photograph gets an honest answer and can be looked at", async () => {
    await lab.open("automata");
    const ball = pngOf(200, 150, (x, y) => Math.max(0, 255 - Math.hypot(x - 90, y - 70) * 2.5));
    await choose("ball.png", "image/png", ball);
    await dialog()
      .getByText(/automaton/i)
      .first()
      .waitFor();
    expect(await dialog().innerText()).toMatch(/grey|threshold|split/i);
  });

  it("that cannot be used says why, in another sentence each time", async () => {
    const good = automatonPng(30, 64);
    const cases: readonly (readonly [string, string, Buffer, RegExp])[] = [
      ["empty.png", "image/png", Buffer.alloc(0), /empty/i],
      ["cut.png", "image/png", good.subarray(0, 80), /read|damaged|broken/i],
      ["plain.png", "image/png", pngOf(64, 64, () => 255), /one colour/i],
      ["tiny.png", "image/png", pngOf(5, 5, (x) => (x % 2) * 255), /small|at least 8/i],
      ["notes.pdf", "application/pdf", Buffer.from("%PDF-1.4 nothing"), /PNG|JPEG/],
      ["bad.json", "application/json", Buffer.from("{"), /JSON/],
      ["digits.txt", "text/plain", Buffer.from("0101\n0121\n0101\n"), /row 2|column|too|small|2/i],
    ];
    const sentences: string[] = [];
    for (const [name, type, bytes, wanted] of cases) {
      await lab.open("automata");
      await choose(name, type, bytes);
      const alert = dialog().getByRole("alert").first();
      await alert.waitFor();
      const sentence = await alert.innerText();
      expect(sentence, name).toMatch(wanted);
      expect(sentence, name).not.toMatch(/\[object|undefined|Error:/);
      sentences.push(sentence);
    }
    expect(new Set(sentences).size).toBe(cases.length);
    expect(await lab.status()).not.toBe("failed");
    expect(lab.errors).toEqual([]);
  });
});
