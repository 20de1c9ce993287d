import { describe, expect, it } from "vitest";
import { Pictures } from "../../../src/domains/automata/observations";
import { networkSpec, Recogniser } from "../../../src/domains/automata/recognition";
import { createNetwork } from "../../../src/engine/nn/createNetwork";
import type { Network } from "../../../src/engine/nn/network";
import { Rng } from "../../../src/engine/rng/rng";
import { automataOptions, buildAutomata, firstRows } from "../../helpers/automata";

/** A network that counts its passes. */
function counting(inner: Network): { network: Network; passes: { forward: number; backward: number } } {
  const passes = { forward: 0, backward: 0 };
  const network: Network = {
    spec: inner.spec,
    inputSize: inner.inputSize,
    outputSize: inner.outputSize,
    capacity: inner.capacity,
    block: inner.block,
    forward: (input, count) => {
      passes.forward++;
      return inner.forward(input, count);
    },
    backward: (gradient) => {
      passes.backward++;
      return inner.backward(gradient);
    },
    dispose: () => inner.dispose(),
  };
  return { network, passes };
}

describe("recognition", () => {
  it("reads a batch once per phi: sampling, scoring and one backward pass share the forward pass", async () => {
    const instance = await buildAutomata();
    const made = await createNetwork(networkSpec("generic", instance.train), "cpu", new Rng(1), 20);
    const { network, passes } = counting(made);
    const recogniser = new Recogniser(network, { floor: 0, bound: 0 });
    const batch = firstRows(instance, 6);
    const { programs, logQ } = await recogniser.propose(batch, 4, new Rng(2));
    expect(await recogniser.logQ(batch, programs)).toEqual(logQ);
    const coefficient = new Float64Array(24).fill(0.25);
    const term = { target: "phi", batch, programs, coefficient } as const;
    await recogniser.accumulate([term, term]);
    expect(passes).toEqual({ forward: 1, backward: 1 });
    recogniser.block.adam(0.01, 1);
    const moved = await recogniser.logQ(batch, programs);
    expect(passes.forward).toBe(2);
    expect(moved).not.toEqual(logQ);
    // The term was to raise these log q.
    const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0);
    expect(mean(moved)).toBeGreaterThan(mean(logQ));
    recogniser.dispose();
    instance.dispose();
  });

  it("uses the activations that the network still holds, then reads dreams", async () => {
    const instance = await buildAutomata();
    const made = await createNetwork(networkSpec("generic", instance.train), "cpu", new Rng(1), 20);
    const { network, passes } = counting(made);
    const recogniser = new Recogniser(network, { floor: 0, bound: 0 });
    const batch = firstRows(instance, 6);
    const { programs } = await recogniser.propose(batch, 1, new Rng(2));
    const dreams = await instance.model.dream(6, new Rng(3));
    const coefficient = new Float64Array(6).fill(0.5);
    const replay = { target: "phi", batch, programs, coefficient } as const;
    const fantasy = { target: "phi", batch: dreams.batch, programs: dreams.programs, coefficient } as const;
    await recogniser.accumulate([replay, fantasy]);
    expect(passes).toEqual({ forward: 2, backward: 2 });
    // A snapshot in between costs a forward pass but changes no number.
    const squared = await recogniser.block.gradientSquared();
    recogniser.block.zeroGradient();
    await recogniser.accumulate([replay, fantasy]);
    expect(await recogniser.block.gradientSquared()).toBe(squared);
    recogniser.dispose();
    instance.dispose();
  });

  it("goes in parts through a network smaller than the batch, with the same gradient", async () => {
    const instance = await buildAutomata();
    const batch = firstRows(instance, 12);
    const gradients: number[] = [];
    const logs: Float64Array[] = [];
    for (const capacity of [12, 5]) {
      const network = await createNetwork(networkSpec("generic", instance.train), "cpu", new Rng(1), capacity);
      const recogniser = new Recogniser(network, { floor: 0, bound: 0 });
      const { programs, logQ } = await recogniser.propose(batch, 2, new Rng(2));
      logs.push(logQ);
      await recogniser.accumulate([{ target: "phi", batch, programs, coefficient: new Float64Array(24).fill(1) }]);
      gradients.push(await recogniser.block.gradientSquared());
      recogniser.dispose();
    }
    expect(logs[1]).toEqual(logs[0]);
    expect(gradients[1]).toBeCloseTo(gradients[0]!, 6);
    instance.dispose();
  });

  it("has the layers of the specification: about 0.16 million parameters", async () => {
    const size = { height: 64, width: 64, neighbours: 3 } as const;
    const network = await createNetwork(networkSpec("generic", size), "cpu", new Rng(1), 1);
    expect(network.block.size).toBe(155_784);
    const aligned = await createNetwork(networkSpec("aligned", { ...size, neighbours: 5 }), "cpu", new Rng(1), 1);
    expect(aligned.outputSize).toBe(32);
  });

  it.each([
    ["floor", { floor: 0.2 }, 0.2],
    ["bounded logits", { boundedLogits: 1 }, 1 / (1 + Math.E)],
  ])("%s bounds how certain proposals can be", async (_, law, least) => {
    const instance = await buildAutomata({ ...law });
    const block = instance.model.blocks.at(-1);
    const state = await block!.read();
    const values = state.values.map((value) => 400 * value);
    await block!.write({ ...state, values });
    const batch = firstRows(instance, 12);
    const { logQ } = await instance.model.propose(batch, 50, new Rng(1));
    for (const value of logQ) expect(value).toBeGreaterThanOrEqual(8 * Math.log(least) - 1e-9);
    expect(Math.max(...logQ)).toBeLessThanOrEqual(8 * Math.log(1 - least) + 1e-9);
    instance.dispose();
  });
});

describe("the model", () => {
  it("starts memories with distinct rules, with all 256 if more are asked for", async () => {
    for (const [neighbours, memorySize, found] of [
      ["3", 300, 256],
      ["5", 40, 40],
      ["3", 5, 5],
    ] as const) {
      const instance = await buildAutomata({ neighbours });
      const batch = firstRows(instance, 3);
      const { programs, present } = await instance.model.firstPrograms(batch, memorySize, new Rng(1));
      for (let b = 0; b < 3; b++) {
        const rules = Array.from({ length: memorySize }, (_, m) => m * 3 + b).filter((i) => present[i] === 1);
        expect(rules.length).toBe(found);
        expect(new Set(rules.map((i) => programs.values[i])).size).toBe(found);
      }
      instance.dispose();
    }
  });

  it("varies rules by one bit each, and every bit gets its turn", async () => {
    const instance = await buildAutomata({ neighbours: "5" });
    const programs = { values: new Int32Array(600).fill(-5), numParticles: 50, batchSize: 12, length: 1 };
    const batch = { observations: instance.train, ids: Int32Array.from({ length: 12 }, (_, b) => b) };
    const varied = await instance.model.vary?.(batch, programs, new Rng(1));
    const flips = new Set(varied?.values.map((rule) => rule ^ -5));
    expect([...flips].sort()).toEqual(Array.from({ length: 32 }, (_, i) => 1 << i).sort());
    expect(programs.values.every((rule) => rule === -5)).toBe(true);
    instance.dispose();
  });

  it("dreams pictures that its own rules explain up to the noise", async () => {
    const instance = await buildAutomata({ boundary: "zero", neighbours: "5" });
    const { batch, programs } = await instance.model.dream(40, new Rng(3));
    expect(batch.observations).toBeInstanceOf(Pictures);
    expect(programs).toMatchObject({ numParticles: 1, batchSize: 40, length: 1 });
    const { logLikelihood } = await instance.model.score(batch, programs);
    // At the start phi = 1/4: mean log-likelihood is -H ln 2 - T Hb(1/4) nats, standard deviation 17 / sqrt(40).
    const entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
    const expected = -16 * Math.LN2 - 240 * entropy;
    const mean = logLikelihood.reduce((sum, value) => sum + value, 0) / 40;
    expect(Math.abs(mean - expected)).toBeLessThan(4 * 2.8);
    instance.dispose();
  });

  it.each(["3", "5"])("dreams without noise obey their rules in every cell, k = %s", async (neighbours) => {
    const instance = await buildAutomata({ neighbours });
    const noise = instance.model.blocks[0]!;
    await noise.write({ ...(await noise.read()), values: Float64Array.of(-60) });
    const { batch, programs } = await instance.model.dream(30, new Rng(3));
    const { logLikelihood } = await instance.model.score(batch, programs);
    for (const value of logLikelihood) expect(value).toBeCloseTo(-16 * Math.LN2, 9);
    instance.dispose();
  });

  it("gives the same numbers for the same seed and others for another", async () => {
    const draw = async (seed: number) => {
      const instance = await buildAutomata({ seed });
      const { programs, logQ } = await instance.model.propose(firstRows(instance, 12), 3, new Rng(5));
      const result = { rules: [...programs.values], logQ: [...logQ], pixels: [...instance.train.pixels] };
      instance.dispose();
      return result;
    };
    const first = await draw(1);
    expect(await draw(1)).toEqual(first);
    expect((await draw(2)).pixels).not.toEqual(first.pixels);
  });

  it("a data seed fixes the pictures whatever the run's seed", async () => {
    const a = await buildAutomata({ seed: 1, dataSeed: 7 });
    const b = await buildAutomata({ seed: 2, dataSeed: 7 });
    expect(a.train.pixels).toEqual(b.train.pixels);
    expect((await a.model.blocks.at(-1)!.read()).values).not.toEqual((await b.model.blocks.at(-1)!.read()).values);
    a.dispose();
    b.dispose();
  });

  it("moves the noise with its own learning rate", async () => {
    const instance = await buildAutomata();
    const options = automataOptions({ noiseLearningRate: 0.5, learningRate: 0.25 });
    expect(instance.model.blocks.map((block) => [block.name, instance.learningRate(block.name, options)])).toEqual([
      ["theta.noise", 0.5],
      ["theta.prior", 0.25],
      ["phi.network", 0.25],
    ]);
    expect(instance.metrics()).toEqual({ phi: 0.25, phiError: 0.23 });
    instance.dispose();
  });
});
