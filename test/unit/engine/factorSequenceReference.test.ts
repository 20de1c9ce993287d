// The float64 factored sequence against the same one in eager tfjs operations with tfjs' own derivatives (float32).

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createCpuFactorSequence } from "../../../src/engine/kernels/factorSequence/cpu";
import { referenceFactorLogProb } from "../../../src/engine/kernels/factorSequence/reference";
import { planFactorSequence } from "../../../src/engine/nn/factorPlan";
import type { FactorSequenceSpec } from "../../../src/engine/nn/factorSequence";
import { someContext, someFactorLanes, tinyFactorSpec, worstPartError } from "../../helpers/factorSequences";
import { largestError } from "../../helpers/networks";
import { lively } from "../../helpers/sequences";

const SPECS: readonly FactorSequenceSpec[] = [
  tinyFactorSpec({ name: "with a context" }),
  tinyFactorSpec({ name: "without a context", context: 0, hidden: 9 }),
  tinyFactorSpec({ name: "three parts, none forced", factors: [9, 2, 17], steps: 4, forced: [] }),
];

describe("float64 factored sequence and tfjs", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(SPECS)("agree in log probabilities and in every gradient: $name", async (spec) => {
    const plan = planFactorSequence(spec);
    const initial = lively(plan.parameterCount, 4);
    const context = someContext(spec, 3);
    const lanes = someFactorLanes(plan, spec, 7, 3);
    const coefficient = Float64Array.from({ length: 7 }, (_, n) => Math.sin(n + 1));
    const network = await createCpuFactorSequence(spec, plan, { name: "phi.net", group: "phi", initial });
    const { logProb, contextGradient } = await network.accumulate(context, lanes, coefficient);

    const flat = tf.tensor1d(initial);
    const seen = context && tf.tensor2d(context, [3, spec.context]);
    // Tensors of the shapes that they were made with.
    const all = (block: tf.Tensor, at: tf.Tensor | null) =>
      referenceFactorLogProb(tf, spec, plan, block as tf.Tensor1D, at as tf.Tensor2D | null, lanes);
    const loss = (block: tf.Tensor, at: tf.Tensor | null) =>
      tf.neg(tf.sum(tf.mul(all(block, at), tf.tensor1d([...coefficient]))));
    const [toBlock, toContext] = seen
      ? tf.grads((block, at) => loss(block!, at!))([flat, seen])
      : [tf.grad((block) => loss(block, null))(flat)];

    expect(largestError(logProb, await all(flat, seen).data())).toBeLessThan(1e-5);
    expect(worstPartError(plan, await toBlock!.data(), network.block.gradient)).toBeLessThan(1e-5);
    if (contextGradient) expect(largestError(await toContext!.data(), contextGradient)).toBeLessThan(1e-5);
  });
});
