// The product's soft pictures against the same boxes drawn by three.js (scenes specification, 5.8, 4): one convention of
// axes, cameras and shades, and edges as soft as stated. Eight by eight samples a pixel, flat materials, linear colours.

import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sceneTools as tools } from "../../src/domains/blocks/blocksTools";
import { DISPLAY_TARGET, TARGET } from "../../src/domains/blocks/camera";
import { DATASETS } from "../../src/domains/blocks/datasets";
import { SHADES } from "../../src/domains/blocks/shades";
import { hardPicture } from "../helpers/cuboids";
import { launchBrowser } from "../helpers/lab";
import type { Drawing } from "../helpers/threePage";

const WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const SAMPLES = 8;
/** Root mean square difference by softness, in pixels, and side: the specification's, plus its margin. */
const BOUNDS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  0.25: { 32: 0.025, 64: 0.017, 128: 0.011 },
  0.5: { 32: 0.066, 64: 0.045, 128: 0.031 },
};
const MARGIN = 0.01;
/** Of rays through the centres of the same samples. */
const HARD = 0.003;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser(WEBGL);
  page = await browser.newPage();
  await page.addScriptTag({ content: await bundle("test/helpers/threePage.ts") });
});
afterAll(() => browser.close());

/** One script of an entry and all that it imports. */
async function bundle(entry: string): Promise<string> {
  const lib = { entry, formats: ["iife" as const], name: "bundle" };
  const built = await build({ configFile: false, logLevel: "error", build: { write: false, minify: false, lib } });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error(`no bundle of ${entry}`);
  return output.output[0].code;
}

/** Numbers of the scene's boxes front to back from a camera, and what three.js makes of them. */
async function draw(camera: (typeof tools.cameras)["front"], target: readonly [number, number, number], side: number) {
  const parsed = tools.parseProgram("CB - / A ABC");
  if (!parsed.ok) throw new Error(parsed.message);
  const raw = parsed.program.map((place, at) => (place === 0 ? 0 : (at % 5) - 2));
  const settings = { gridSide: 2, shrink: 0.2, depthRule: "centred" as const };
  const types = DATASETS["cubes"]!.types;
  const boxes = tools.boxesOf(tools.placeBlocks(parsed.program, raw, types, settings), camera);
  const drawing: Drawing = { boxes: [...boxes], eye: camera.eye, target, shades: SHADES.lab, side, samples: SAMPLES };
  const three = await page.evaluate(
    // The cast: threePage.ts has put it there.
    (wanted) => (globalThis as unknown as { drawWithThree(drawing: Drawing): number[] }).drawWithThree(wanted),
    drawing,
  );
  return { boxes, three };
}

function rms(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const square = Array.from(first).reduce((sum, value, i) => sum + (value - second[i]!) ** 2, 0);
  return Math.sqrt(square / first.length);
}

describe.each([
  ["front", TARGET],
  ["left", DISPLAY_TARGET],
  ["right", DISPLAY_TARGET],
] as const)("from the %s", (name, target) => {
  const camera = tools.cameras[name];

  it.each([32, 64, 128])("draws what three.js draws at %i pixels, the sharper the nearer", async (side) => {
    const { boxes, three } = await draw(camera, target, side);
    const apart = [0.25, 0.5].map((softness) =>
      rms(tools.render(boxes, { camera, side, softness, shades: SHADES.lab }), three),
    );
    for (const [i, softness] of [0.25, 0.5].entries()) {
      expect(apart[i]).toBeLessThan(BOUNDS[softness]![side]! + MARGIN);
    }
    expect(apart[0]).toBeLessThan(apart[1]!);
    if (side !== 32) return;
    // Without soft edges nothing is left but the samples' own grid and 8 bits a colour.
    const spec = { name, side, boxes: boxes.length / 9, camera, shades: SHADES.lab, softness: 1, background: 1 };
    expect(rms(hardPicture(spec, boxes, SAMPLES), three)).toBeLessThan(HARD);
  });
});
