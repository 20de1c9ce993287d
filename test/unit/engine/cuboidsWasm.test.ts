// The cuboid renderer's wasm builds against plain TypeScript in float64.

import { describe, expect, it } from "vitest";
import { availableBuilds } from "../../../src/engine/kernels/assembly/module";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { createCuboidRenderer } from "../../../src/engine/kernels/cuboids/createCuboidRenderer";
import { createWasmCuboids, WasmCuboids } from "../../../src/engine/kernels/cuboids/wasm";
import { Rng } from "../../../src/engine/rng/rng";
import { cuboidLaws, FLOAT32 } from "../../helpers/cuboidLaws";
import { cuboidSpec, randomImages, randomScenes } from "../../helpers/cuboids";

enableRelaxedSimd();
const builds = await availableBuilds();

it("runs on at least one build here", () => {
  expect(builds.length).toBeGreaterThan(0);
});

describe.each(builds)("cuboids on the %s build", (build) => {
  cuboidLaws((spec) => createWasmCuboids(spec, build), FLOAT32, [1, 7, 30, 32, 64, 128], 20);
});

it("keeps the size of its memory, whatever the number of lanes", async () => {
  const spec = cuboidSpec(64, 27);
  const renderer = await createWasmCuboids(spec);
  const before = renderer.memoryBytes;
  const rng = new Rng(7);
  const boxes = randomScenes(rng, spec, 200);
  const groups = Int32Array.from({ length: 200 }, (_, n) => n % 20);
  await renderer.render(boxes);
  await renderer.gradient({ boxes, groups }, randomImages(rng, spec, 20), new Float64Array(200).fill(1));
  expect(renderer.memoryBytes).toBe(before);
  expect(before).toBeLessThan(2 ** 20);
});

it("says so when it is used after dispose", async () => {
  const renderer = await createWasmCuboids(cuboidSpec(32));
  renderer.dispose();
  await expect(renderer.render(new Float64Array(108))).rejects.toThrow(/after dispose/);
});

it("is what the wasm backend builds", async () => {
  expect(await createCuboidRenderer(cuboidSpec(32), "wasm")).toBeInstanceOf(WasmCuboids);
});
