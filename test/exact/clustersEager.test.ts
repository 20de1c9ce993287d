// The model against the eager tfjs reference that the benchmark times it with: same scores, log q and gradients.
// The reference is float32: agreement to 1e-3 relative to the largest entry (scatter by differences of squares loses digits).

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { EagerClustersModel } from "../../bench/clustersEager";
import { type ClustersModel, plainClustersModel } from "../../src/domains/clusters/clustersModel";
import { generateData } from "../../src/domains/clusters/data";
import { Rng } from "../../src/engine/rng/rng";

const batch = { observations: generateData(8, 2).train, ids: Int32Array.of(3, 1, 7) };
const model = plainClustersModel(new Rng(4));
const eager = new EagerClustersModel(tf, model);
model.theta.values.set([0.7, 0.2, -0.1, 0.5]);
for (let i = 0; i < model.network.size; i++) model.network.values[i] = 2 * model.network.values[i]!;

beforeAll(async () => {
  await tf.setBackend("cpu");
});

function expectClose(actual: Float64Array, expected: Float64Array): void {
  const scale = Math.max(...expected.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs((actual[i] ?? Number.NaN) - expected[i]!)).toBeLessThan(1e-3 * scale);
  }
}

describe("eager reference", () => {
  it("gives the same scores and log q", async () => {
    const { programs, logQ } = await model.propose(batch, 6, new Rng(5));
    const own = await model.score(batch, programs);
    const reference = await eager.score(batch, programs);
    expect(reference.logPrior).toEqual(own.logPrior);
    expectClose(own.logLikelihood, reference.logLikelihood);
    expectClose(logQ, await eager.logQ(batch, programs));
  });

  it.each(["theta", "phi"] as const)("gives the same gradient of %s and leaves no tensor behind", async (target) => {
    const { programs } = await model.propose(batch, 6, new Rng(6));
    const coefficient = Float64Array.from({ length: 18 }, (_, i) => Math.sin(i));
    const block = target === "theta" ? model.theta : model.network;
    const gradientBy = async (one: ClustersModel | EagerClustersModel) => {
      block.zeroGradient();
      const values = await one.accumulate([{ target, batch, programs, coefficient }]);
      return { gradient: block.gradient.slice(), values };
    };
    const numTensors = tf.memory().numTensors;
    const reference = await gradientBy(eager);
    expect(tf.memory().numTensors).toBe(numTensors);
    const own = await gradientBy(model);
    expectClose(own.gradient, reference.gradient);
    expectClose(own.values, reference.values);
  });

  it("draws the same proposals from the same stream", async () => {
    const own = await model.propose(batch, 6, new Rng(9));
    const reference = await eager.propose(batch, 6, new Rng(9));
    expect(reference.programs).toEqual(own.programs);
  });
});
