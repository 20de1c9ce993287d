// The stroke encoder over several steps: from equal parameters, the wasm builds' gradients stay at those of float64.
// Winograd's rounding could turn a decision of a ReLU or a max pool; it would show as a jump from one step to the next.

import { describe, expect, it } from "vitest";
import { enableRelaxedSimd } from "../../../src/engine/kernels/assembly/relaxedSimdInNode";
import { CpuNetwork } from "../../../src/engine/kernels/network/cpu";
import { planNetwork } from "../../../src/engine/kernels/network/plan";
import { createWasmNetwork } from "../../../src/engine/kernels/network/wasm";
import { initialParameters } from "../../../src/engine/nn/createNetwork";
import { PlainBlock } from "../../../src/engine/optim/plainBlock";
import { Rng } from "../../../src/engine/rng/rng";
import { largestError, strokeEncoder, uniformNumbers } from "../../helpers/networks";

enableRelaxedSimd();

/** One more than the images of 7 x 7 tiles that Winograd takes at a time. */
const ROWS = 5;
const STEPS = 3;

/** Thin random walks on blank paper: most windows of the pools are ties. */
function walks(seed: number): Float32Array {
  const rng = new Rng(seed);
  const images = new Float32Array(ROWS * 784);
  for (let row = 0; row < ROWS; row++) {
    for (let walk = 0; walk < 3; walk++) {
      let [y, x] = [rng.int(28), rng.int(28)];
      for (let i = 0; i < 40; i++) {
        images[row * 784 + y * 28 + x] = 1;
        y = Math.min(27, Math.max(0, y + rng.int(3) - 1));
        x = Math.min(27, Math.max(0, x + rng.int(3) - 1));
      }
    }
  }
  return images;
}

describe("gradients of the stroke encoder at the first three Adam steps", () => {
  it.each([
    ["walks", walks(1)],
    ["noise", uniformNumbers(2, ROWS * 784)],
  ] as const)("agree with float64 on %s", async (_name, input) => {
    const plan = planNetwork(strokeEncoder);
    const initial = initialParameters(plan, new Rng(1));
    const exact = new CpuNetwork(strokeEncoder, plan, new PlainBlock("phi.encoder", "phi", initial), ROWS);
    const block = { name: "phi.encoder", group: "phi", initial } as const;
    const builds = (["relaxed-simd", "simd"] as const).map((build) =>
      createWasmNetwork(strokeEncoder, plan, block, ROWS, build),
    );
    const networks = await Promise.all(builds);
    const upstream = uniformNumbers(3, ROWS * plan.outputSize);
    for (let time = 1; time <= STEPS; time++) {
      const state = await exact.block.read();
      exact.block.zeroGradient();
      const expected = await exact.forward(input, ROWS);
      await exact.backward(upstream);
      for (const network of networks) {
        await network.block.write(state);
        network.block.zeroGradient();
        expect(largestError(await network.forward(input, ROWS), expected)).toBeLessThan(1e-5);
        await network.backward(upstream);
        const given = network.block.readGradient();
        for (const layer of plan.layers) {
          if (layer.kind !== "conv") continue;
          const end = layer.biasOffset + layer.output[2];
          const wanted = exact.block.gradient.subarray(layer.weightOffset, end);
          const most = wanted.reduce((largest, g) => Math.max(largest, Math.abs(g)), 0);
          expect(largestError(given.subarray(layer.weightOffset, end), wanted) / most).toBeLessThan(2e-6);
        }
      }
      exact.block.adam(1e-3, time);
    }
  });
});
