// The float64 recurrent network against the same one in eager tfjs operations with tfjs' own derivatives (float32).

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createCpuRecurrent } from "../../../src/engine/kernels/recurrent/cpu";
import { referenceRecurrent } from "../../../src/engine/kernels/recurrent/reference";
import type { RecurrentSpec } from "../../../src/engine/nn/recurrent";
import { planRecurrent } from "../../../src/engine/nn/recurrentPlan";
import { worstPartError } from "../../helpers/factorSequences";
import { relativeError, someGradients, someRecurrentLanes, tinyRecurrentSpec } from "../../helpers/recurrents";
import { lively } from "../../helpers/sequences";

const SPECS: readonly RecurrentSpec[] = [
  tinyRecurrentSpec({ name: "with a context" }),
  tinyRecurrentSpec({ name: "without a context", context: 0, hidden: 9 }),
  tinyRecurrentSpec({ name: "an embedder", inputs: 1, outputs: 0 }),
];

describe("float64 recurrent network and tfjs", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(SPECS)("agree in outputs, last states and in every gradient: $name", async (spec) => {
    const plan = planRecurrent(spec);
    const initial = lively(plan.parameterCount, 4);
    const lanes = someRecurrentLanes(spec, { count: 7, steps: 5, numGroups: 3 });
    const { outputs: toOutputs, last: toLast } = someGradients(spec, lanes);
    const network = await createCpuRecurrent(spec, plan, { name: "phi.net", group: "phi", initial });
    const { outputs, last, tape } = await network.forward(lanes, true);
    const gradients = await network.backward(tape!, toOutputs, toLast, true);

    const flat = tf.tensor1d(initial);
    const inputs = tf.tensor3d(
      lanes.inputs.map((value) => (Number.isNaN(value) ? 0 : value)),
      [7, 5, spec.inputs],
    );
    const context = lanes.context ? tf.tensor2d(lanes.context, [3, spec.context]) : tf.zeros<tf.Rank.R2>([1, 1]);
    const run = (block: tf.Tensor, x: tf.Tensor, seen: tf.Tensor) => {
      const given = spec.context > 0 ? (seen as tf.Tensor2D) : null; // tensors of the shapes that they were made with
      return referenceRecurrent(tf, spec, plan, block as tf.Tensor1D, x as tf.Tensor3D, given, lanes);
    };
    const loss = (block: tf.Tensor, x: tf.Tensor, seen: tf.Tensor) => {
      const all = run(block, x, seen);
      const ofLast = tf.sum(tf.mul(all.last, tf.tensor2d(toLast, [7, spec.hidden])));
      const ofContext = spec.context > 0 ? ofLast : tf.add(ofLast, tf.sum(seen));
      if (all.outputs === null) return ofContext as tf.Scalar; // a sum
      return tf.add<tf.Scalar>(ofContext, tf.sum(tf.mul(all.outputs, tf.tensor3d(toOutputs, [7, 5, spec.outputs]))));
    };
    const [toBlock, toInputs, toContext] = tf.grads(
      (block, x, seen) => loss(block!, x!, seen!), // as many as are passed
    )([flat, inputs, context]);

    const all = run(flat, inputs, context);
    expect(relativeError(outputs, (await all.outputs?.data()) ?? new Float32Array(0))).toBeLessThan(1e-5);
    expect(relativeError(last, await all.last.data())).toBeLessThan(1e-5);
    expect(worstPartError(plan, await toBlock!.data(), network.block.gradient)).toBeLessThan(1e-5);
    expect(relativeError(await toInputs!.data(), gradients.inputs)).toBeLessThan(1e-5);
    if (lanes.context) expect(relativeError(await toContext!.data(), gradients.context)).toBeLessThan(1e-5);
  });
});
