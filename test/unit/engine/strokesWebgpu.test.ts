// The stroke renderer in WGSL (Chromium's software adapter, float32) held to the laws of every float32 backend.
// Not measured here: a real graphics card, its speed, other drivers' exp and sqrt.

import { describe, expect, it } from "vitest";
import { BlockRenderer } from "../../../src/engine/kernels/strokes/strokeRenderer";
import { createWebgpuCore } from "../../../src/engine/kernels/strokes/webgpu";
import { openWebgpu } from "../../../src/engine/kernels/tfjsWebgpu";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { rendererLaws } from "../../helpers/rendererLaws";
import { gradientOf, randomLanes, rendererWith, smallSpec, variedRaw } from "../../helpers/strokePrograms";
import { installWebgpu } from "../../helpers/webgpuInNode";

const missing = await installWebgpu();
if (missing !== null) process.stderr.write(`${missing}\n`);

describe.skipIf(missing !== null)("stroke renderer on webgpu", { timeout: 60_000 }, () => {
  rendererLaws("webgpu");

  it("gives the same numbers in passes of three lanes, and leaves no array behind", async () => {
    const spec = smallSpec(2);
    const raw = variedRaw(spec, 9);
    const { lanes, images } = randomLanes(spec, 20, 4, 9);
    const coefficient = new Float64Array(20).fill(0.5);
    const whole = await rendererWith(spec, "webgpu", raw);
    const core = await createWebgpuCore(spec, 9 * spec.height * spec.width);
    const cut = new BlockRenderer(spec, core, new PlainBlock("theta.strokes", "theta", raw));
    expect(await cut.logLikelihood(lanes, images)).toEqual(await whole.logLikelihood(lanes, images));
    const arrays = (await openWebgpu()).countArrays();
    const [some, all] = [
      await gradientOf(cut, lanes, images, coefficient),
      await gradientOf(whole, lanes, images, coefficient),
    ];
    expect(some.values).toEqual(all.values);
    const most = Math.max(...all.gradient.map(Math.abs));
    for (const [i, value] of all.gradient.entries())
      expect(Math.abs(some.gradient[i]! - value)).toBeLessThan(1e-5 * most);
    expect((await openWebgpu()).countArrays()).toBe(arrays);
  });
});
