// Every accepted kind of file leads to the same cells, and each unusable one gets a sentence of its own that names the
// limit while the good ones are kept (UX-111, UX-188).

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gifOf } from "../helpers/gif";
import { type Lab, launchBrowser, visit } from "../helpers/lab";
import { automatonRows, pngOf } from "../helpers/pictures";
import * as page from "../helpers/tryPage";

let browser: Browser;
let lab: Lab;
beforeAll(async () => {
  browser = await launchBrowser();
  lab = await visit(browser);
  await lab.open("/try/automata");
});
afterAll(() => browser.close());

const SCALE = 8;
const cells = automatonRows(30, 24, 0, 5);
/** The picture grows downwards; the preview turns it so that time runs to the right. */
const lines = cells.map((row) => row.join(""));
const turned = () => lines[0]!.split("").map((_, x) => lines.map((line) => line[x]).join(""));
const png = () => pngOf(24, 24, (x, y) => (cells[y]?.[x] === 1 ? 0 : 255), SCALE);

/** The same picture in a format that the browser itself writes. */
async function encoded(type: string): Promise<Uint8Array> {
  const bytes = await lab.page.evaluate(
    async ({ type, rows, scale }) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = rows.length * scale;
      const pen = canvas.getContext("2d")!;
      for (const [y, row] of rows.entries()) {
        for (const [x, cell] of row.entries()) {
          pen.fillStyle = cell === 1 ? "#000" : "#fff";
          pen.fillRect(x * scale, y * scale, scale, scale);
        }
      }
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, 0.95));
      if (blob?.type !== type) throw new Error(`this browser does not write ${type}`);
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    { type, rows: cells, scale: SCALE },
  );
  return Uint8Array.from(bytes);
}

function svg(): Uint8Array {
  const squares = cells.flatMap((row, y) =>
    row.map((cell, x) => (cell ? `<rect x="${x * SCALE}" y="${y * SCALE}" width="${SCALE}" height="${SCALE}"/>` : "")),
  );
  const side = 24 * SCALE;
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${squares.join("")}</svg>`,
  );
}

/** Cells as wide as SCALE pixels; the second frame is something else. */
function gif(): Uint8Array {
  const large = cells.flatMap((row) =>
    Array.from({ length: SCALE }, () => row.flatMap((cell) => Array<number>(SCALE).fill(cell))),
  );
  return gifOf([large, large.map((row) => row.map((cell) => 1 - cell))]);
}

async function given(file: page.GivenFile): Promise<readonly string[]> {
  await page.chooseFiles(lab.page, [file]);
  await page.untilPreview(lab.page);
  const shown = await page.shownCells(lab.page, "try-preview");
  await lab.page.getByRole("button", { name: "Clear" }).click();
  return shown;
}

describe("accepted files", () => {
  it("are PNG, JPEG, WebP, SVG and the first frame of a GIF, read alike", async () => {
    const files: page.GivenFile[] = [
      { name: "a.png", type: "image/png", bytes: png() },
      { name: "a.jpg", type: "image/jpeg", bytes: await encoded("image/jpeg") },
      { name: "a.webp", type: "image/webp", bytes: await encoded("image/webp") },
      { name: "a.svg", type: "image/svg+xml", bytes: svg() },
      { name: "a.gif", type: "image/gif", bytes: gif() },
    ];
    const exact = turned();
    for (const file of files) {
      const shown = await given(file);
      // A lossy file is read like any photograph, at the default rows; the others cell by cell.
      if (/\.(jpg|webp)$/.test(file.name)) expect(shown.length, file.name).toBeGreaterThanOrEqual(24);
      else expect(shown, file.name).toEqual(exact);
    }
  });

  it("are text, CSV and JSON of 0 and 1, several pictures in one included", async () => {
    const text = lines.join("\n");
    expect(await given(page.textFile("a.txt", text))).toEqual(lines);
    expect(
      await given(page.textFile("a.csv", lines.map((line) => [...line].join(",")).join("\n"), "text/csv")),
    ).toEqual(lines);
    expect(await given(page.textFile("a.json", JSON.stringify(cells), "application/json"))).toEqual(lines);
    await page.pasteText(lab.page, `${text}\n\n${lines.toReversed().join("\n")}`);
    await lab.page.getByText("1 of 2: Pasted text, picture 1").waitFor();
    await lab.page.getByRole("button", { name: "Next" }).click();
    expect(await page.shownCells(lab.page, "try-preview")).toEqual(lines.toReversed());
  });
});

describe("on a phone", () => {
  it("a tap turns a cell, text can be typed, and nothing is wider than the screen", async () => {
    const phone = await visit(browser, { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true });
    await phone.open("/try/automata");
    await phone.page.getByText("Type or paste text").tap();
    await phone.page.getByLabel("picture as text").fill(lines.join("\n"));
    await phone.page.getByRole("button", { name: "Read it" }).tap();
    await page.untilPreview(phone.page);
    expect(await page.shownCells(phone.page, "try-preview")).toEqual(lines);
    await phone.page.getByRole("button", { name: "Draw one" }).tap();
    await phone.page.getByRole("application").tap({ position: { x: 50, y: 50 } });
    const dark = async () => (await page.shownCells(phone.page, "try-preview")).join("").replaceAll("0", "").length;
    await expect.poll(dark).toBe(1);
    await page.takeExample(phone.page, "Rule 30");
    await page.findBriefly(phone.page, "Find the rule");
    const tooWide = () => phone.page.evaluate(() => document.documentElement.scrollWidth - 375);
    expect(await tooWide()).toBeLessThanOrEqual(0);
    for (const name of ["Search on", "Choose files", "Learn from my data"]) {
      const box = await phone.page.getByRole("button", { name }).boundingBox();
      expect(box?.height, name).toBeGreaterThanOrEqual(44);
    }
    await phone.open("/try/clusters");
    await page.takeExample(phone.page, "Three groups");
    await page.findBriefly(phone.page, "Find the clusters");
    expect(await tooWide()).toBeLessThanOrEqual(0);
    expect(phone.errors).toEqual([]);
    await phone.close();
  });
});

describe("unusable files", () => {
  it("get one sentence each, with the limit, and the good one is kept", async () => {
    const blank = pngOf(16, 16, () => 255);
    await page.dropFiles(lab.page, [
      page.textFile("thesis.pdf", "%PDF-1.7", "application/pdf"),
      { name: "huge.png", type: "image/png", bytes: new Uint8Array(), zeros: 21 * 1024 * 1024 },
      { name: "broken.png", type: "image/png", bytes: png().subarray(0, 60) },
      { name: "empty.png", type: "image/png", bytes: new Uint8Array() },
      page.textFile("long.txt", Array.from({ length: 300 }, () => "0110010110").join("\n")),
      page.textFile("ragged.csv", "0,1,0,1,1,0,1,1\n0,1,0", "text/csv"),
      { name: "white.png", type: "image/png", bytes: blank },
      { name: "good.png", type: "image/png", bytes: png() },
    ]);
    const alert = lab.page.getByRole("alert").filter({ hasText: "thesis.pdf" });
    await alert.waitFor();
    const sentences = (await alert.locator("p").allInnerTexts()).filter((text) => text !== "");
    const wanted = [
      /thesis\.pdf is not a picture .*PNG, JPEG, WebP, GIF and SVG are allowed/,
      /huge\.png has 21\.0 MB; at most 20 MB are allowed/,
      /broken\.png cannot be read as a picture/,
      /empty\.png is empty: it has 0 bytes/,
      /long\.txt: there are 300 rows .*at most 256 of each are allowed/,
      /ragged\.csv: Row 2 has 3 cells, but row 1 has 8/,
      /white\.png is all one colour/,
      /The other picture can be used/,
    ];
    expect(sentences.length).toBe(wanted.length);
    for (const [i, sentence] of wanted.entries()) expect(sentences[i]).toMatch(sentence);
    expect(await page.shownCells(lab.page, "try-preview")).toEqual(turned());
    expect(sentences.join(" ")).not.toMatch(/\[object|undefined|Error/);
    expect(lab.errors).toEqual([]);
  });
});
