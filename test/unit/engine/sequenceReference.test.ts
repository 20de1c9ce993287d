// The float64 sequence network against the same network in eager tfjs operations with tfjs' own derivatives (float32).

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createCpuSequence } from "../../../src/engine/kernels/sequence/cpu";
import { referenceLogProb } from "../../../src/engine/kernels/sequence/reference";
import type { SequenceSpec } from "../../../src/engine/nn/sequence";
import { planSequence } from "../../../src/engine/nn/sequencePlan";
import { largestError } from "../../helpers/networks";
import { lively, someLanes, someTexts, tinySpec } from "../../helpers/sequences";

const CASES: readonly (readonly [string, SequenceSpec])[] = [
  ["reads", tinySpec({ hidden: 16 })],
  ["reads, with a floor", tinySpec({ floor: 0.2, embedding: 16 })],
  ["reads nothing", tinySpec({ reader: null, hidden: 16 })],
  ["reads nothing, without embedding", tinySpec({ reader: null, embedding: 0, floor: 0.05 })],
];

describe("float64 sequence network and tfjs", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(CASES)("agree in log probabilities and in every gradient when it %s", async (_name, spec) => {
    const plan = planSequence(spec);
    const initial = lively(plan.parameterCount, 4);
    const texts = spec.reader ? someTexts(3, [1, 3, 2]) : null;
    const groups = Int32Array.from([0, 1, 2, 1]);
    const lanes = { tokens: someLanes(spec.grammar, groups.length), groups };
    const coefficient = Float64Array.from([0.7, -1.3, 0.5, 1]);
    const network = await createCpuSequence(spec, plan, { name: "phi.net", group: "phi", initial });
    const logProb = await network.accumulate(texts, lanes, coefficient);

    const loss = tf.valueAndGrad((flat: tf.Tensor) => {
      const all = referenceLogProb(tf, spec, plan, flat as tf.Tensor1D, texts, lanes);
      return tf.neg(tf.sum(tf.mul(all, tf.tensor1d([...coefficient]))));
    });
    const flat = tf.tensor1d(initial);
    const expected = await tf.tidy(() => referenceLogProb(tf, spec, plan, flat, texts, lanes)).data();
    const gradient = await tf.tidy(() => loss(flat).grad).data();

    expect(largestError(logProb, expected)).toBeLessThan(1e-5);
    for (const { name, rows, columns, offset } of plan.list) {
      const wanted = gradient.subarray(offset, offset + rows * columns);
      const given = network.block.gradient.subarray(offset, offset + rows * columns);
      const most = largestError(wanted, new Float32Array(wanted.length));
      expect(most, name).toBeGreaterThan(0);
      // Relative to the part's largest entry.
      expect(largestError(given, wanted) / most, name).toBeLessThan(1e-5);
    }
  });
});
