// What it costs to miss a block, in nats: half the squared error over the noise's variance, with softness and noise as the
// options set them at each size. Specification, section 6 (measured there with another implementation): a small red cube in
// front 110 to 130, a large blue one 340 to 380, the same at 32, 64 and 128 pixels.

import { expect, it } from "vitest";
import { scenePainter } from "../../../src/domains/blocks/data/drawScenes";
import { DATASETS } from "../../../src/domains/blocks/datasets";
import { OPTIONS, settingsOf } from "../../../src/domains/blocks/options";
import { parseProgram } from "../../../src/domains/blocks/parse";
import { defaultsOf } from "../../../src/engine/options";

const types = DATASETS.cubes!.types;
const PICTURES = ["- - / - -", "A - / - -", "- A / - -", "C - / - -", "- C / - -"];

function costs(resolution: string): number[] {
  const settings = settingsOf({ ...defaultsOf(OPTIONS), dataset: "cubes", resolution });
  const programs = PICTURES.flatMap((text) => {
    const parsed = parseProgram(text);
    return parsed.ok ? Array.from(parsed.program) : [];
  });
  const scenes = { programs: Int32Array.from(programs), raw: new Float64Array(programs.length), types };
  const paint = scenePainter(scenes, settings);
  const empty = paint(0);
  return PICTURES.slice(1).map((_, i) => {
    const error = paint(i + 1).reduce((sum, value, at) => sum + (value - empty[at]!) ** 2, 0);
    return error / (2 * settings.noise ** 2);
  });
}

it.each(["32", "64", "128"])("is as stated at %s pixels", (resolution) => {
  const [smallLeft, smallRight, largeLeft, largeRight] = costs(resolution);
  // The cell on the right, column 0, is further from the camera's axis: more of the block's side is seen.
  expect(smallRight).toBeGreaterThan(110);
  expect(smallRight).toBeLessThan(130);
  expect(largeRight).toBeGreaterThan(340);
  expect(largeRight).toBeLessThan(380);
  for (const [left, right] of [
    [smallLeft!, smallRight!],
    [largeLeft!, largeRight!],
  ] as const) {
    expect(left / right).toBeGreaterThan(0.85);
    expect(left / right).toBeLessThan(0.92);
  }
});
