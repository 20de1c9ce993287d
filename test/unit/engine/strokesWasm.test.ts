// The wasm stroke renderer, every build that this machine runs, held to the float64 renderer and the reference file.

import { describe, expect, it } from "vitest";
import { availableBuilds } from "../../../src/engine/kernels/assembly/module";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { BlockRenderer } from "../../../src/engine/kernels/strokes/strokeRenderer";
import { createWasmCore } from "../../../src/engine/kernels/strokes/wasm";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { rendererLaws } from "../../helpers/rendererLaws";
import { randomLanes, rendererWith, smallSpec, variedRaw } from "../../helpers/strokePrograms";

enableRelaxedSimd();
const builds = await availableBuilds();

it("runs on at least one build here", () => {
  expect(builds.length).toBeGreaterThan(0);
});

describe.each(builds)("build %s", (build) => {
  rendererLaws("wasm", async (spec, raw) => {
    return new BlockRenderer(spec, await createWasmCore(spec, build), new PlainBlock("theta.strokes", "theta", raw));
  });
});

it("scores 6,000 lanes without growing its memory", async () => {
  const spec = smallSpec(2);
  const core = await createWasmCore(spec);
  const renderer = new BlockRenderer(spec, core, new PlainBlock("theta.strokes", "theta", variedRaw(spec, 5)));
  const { lanes, images } = randomLanes(spec, 6000, 40, 5);
  const before = core.memoryBytes;
  const values = await renderer.logLikelihood(lanes, images);
  expect(core.memoryBytes).toBe(before);
  const exact = await rendererWith(spec, "cpu", variedRaw(spec, 5));
  const expected = await exact.logLikelihood(lanes, images);
  for (const [n, value] of expected.entries()) expect(Math.abs(values[n]! - value)).toBeLessThan(1e-3);
});
