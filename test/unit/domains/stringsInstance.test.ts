// A built strings run: data, facts, what the page may ask, metrics by their declared names, and what it starts from.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StringsData, StringsPicture } from "../../../src/domains/strings/facts";
import { strings } from "../../../src/domains/strings/index";
import type { ConceptSet } from "../../../src/domains/strings/observations";
import { createEvaluator } from "../../../src/domains/strings/scoring/createEvaluator";
import { encodeStrings } from "../../../src/domains/strings/scoring/encode";
import { initialLogits } from "../../../src/domains/strings/scoring/numbers";
import { METRICS } from "../../../src/domains/strings/words";
import type { DomainInstance } from "../../../src/engine/domain";
import { createProgramMemory } from "../../../src/engine/memory/createMemory";
import { requireOptions } from "../../../src/engine/options";
import { Rng } from "../../../src/engine/rng/rng";
import { createRun } from "../../../src/engine/run/createRun";
import { startOf } from "../../../src/engine/run/startFrom";
import { readPublicFile } from "../../../src/engine/worker/threadPort";
import { buildStrings, firstConcepts, programsOf, stringsOptions } from "../../helpers/strings";

let instance: DomainInstance<ConceptSet>;
beforeAll(async () => {
  instance = await buildStrings();
});
afterAll(() => instance.dispose());

const own = {
  name: "mine.csv",
  payload: { kind: "strings", concepts: [{ name: "B", strings: ["x1", "x2"], heldOut: ["x3"], pattern: null }] },
};

describe("the data of a run", () => {
  it("are five strings a concept and five held out, the same for every number of concepts and every seed of the run", async () => {
    const { concepts } = instance.facts.data as StringsData;
    expect(concepts).toHaveLength(6);
    for (const { strings: given, heldOut } of concepts) {
      expect([given.length, heldOut.length]).toEqual([5, 5]);
      expect(new Set([...given, ...heldOut]).size).toBe(10);
    }
    expect([instance.facts.numTrain, instance.facts.numHeldOut, instance.facts.userRow]).toEqual([6, 6, -1]);
    const more = await buildStrings({ concepts: 9, seed: 4 });
    expect((more.facts.data as StringsData).concepts.slice(0, 6)).toEqual(concepts);
    const other = await buildStrings({ dataSeed: 0, seed: 4 });
    expect((other.facts.data as StringsData).concepts).not.toEqual(concepts);
    for (const built of [more, other]) built.dispose();
  });

  it("end with a person's own concepts", async () => {
    const built = await buildStrings({}, { userData: own });
    expect([built.train.count, built.heldOut.count, built.facts.userRow]).toEqual([7, 6, 6]);
    expect(built.describeObservation({ observations: built.train, ids: Int32Array.of(6) }, 0)).toEqual({
      name: "B",
      strings: ["x1", "x2"],
      heldOut: ["x3"],
    });
    built.dispose();
  });

  it.each([[null], [{ concepts: [] }], [{ concepts: [{ strings: [] }] }], [{ concepts: [{ strings: [1] }] }]])(
    "refuse %j as a person's own",
    async (payload) => {
      const built = buildStrings({}, { userData: { name: "mine.csv", payload } });
      await expect(built).rejects.toMatchObject({ code: "file", fields: { name: "mine.csv" } });
    },
  );
});

describe("a run's answers", () => {
  it("hold every metric that is declared, and no other but the engine's", async () => {
    const memory = createProgramMemory(6, 2, 30);
    const values = { ...instance.metrics(), ...(await instance.evaluate({ memory, rng: new Rng(1), samples: 5 })) };
    const declared = METRICS.map(({ name }) => name).filter((name) => name !== "impossible");
    expect(Object.keys(values).sort()).toEqual([...declared, "logPxStderr"].sort());
    expect(Object.values(values).every(Number.isFinite)).toBe(true);
    expect(values.logPx).toBe(-values.nllHeldOut!);
  });

  it("imagine strings that their programs can make", async () => {
    const programs = programsOf([["\\u\\d+", "a|b"]]);
    const { observations } = await instance.imagine(programs, new Rng(2), -1);
    const evaluator = createEvaluator();
    for (let c = 0; c < 2; c++) {
      const made = observations.strings[c]!;
      expect(made).toHaveLength(5);
      const program = programs.values.subarray(c * 30, (c + 1) * 30);
      expect(evaluator.logProb(program, encodeStrings(made), 0, 5)).toBeGreaterThan(-Infinity);
    }
  });

  it("picture the evaluator's numbers, a copy that a later step leaves alone", async () => {
    const built = await buildStrings();
    const picture = (await built.picture({ selected: 3, memory: null, step: 1, rng: new Rng(1) })) as StringsPicture;
    expect(Object.keys(picture)).toEqual(["logits"]);
    expect([...picture.logits]).toEqual([...initialLogits()]);
    const block = built.model.blocks.find(({ name }) => name === "theta.evaluator")!;
    const state = await block.read();
    await block.write({ ...state, values: Float64Array.from(state.values).fill(1) });
    expect([...picture.logits]).toEqual([...initialLogits()]);
    built.dispose();
  });

  it("describe dreams without a name and held-out strings", async () => {
    const dreams = await instance.model.dream(2, new Rng(5));
    expect(instance.describeObservation(dreams.batch, 1)).toMatchObject({ name: "", heldOut: [] });
  });
});

describe("the memory's first programs", () => {
  it("explain every concept", async () => {
    const batch = firstConcepts(instance, 6);
    const { programs, present } = await instance.model.firstPrograms(batch, 4, new Rng(1));
    const { logLikelihood } = await instance.model.score(batch, programs);
    expect(logLikelihood.every((value) => value > -Infinity)).toBe(true);
    expect(present.every((one) => one === 1)).toBe(true);
  });
});

describe("the start of a run", () => {
  const options = (changes = {}) => stringsOptions({ startFrom: "pretrained", ...changes });

  it("is the pretrained model where it fits, and untrained with a notice where the default does not", () => {
    expect(startOf(strings, options({ size: "small" }))).toEqual({ file: "models/strings/start.model", notices: [] });
    expect(startOf(strings, options()).file).toBeNull();
    expect(startOf(strings, options()).notices).toEqual([
      "No pretrained model fits these options: the run starts untrained.",
    ]);
    expect(startOf(strings, options({ size: "small", algorithm: "pretraining" })).file).toBeNull();
  });

  it("is the trained model when asked for; says what is missing where none fits", () => {
    const trained = startOf(strings, options({ size: "small", startFrom: "trained" }));
    expect(trained).toEqual({ file: "models/strings/standard.model", notices: [] });
    expect(() => startOf(strings, options({ startFrom: "trained" }))).toThrow(/no trained model of Strings fits/);
  });

  it("reads the shipped start: a simple program is far more probable than untrained", async () => {
    const logQ = async (startFrom: string) => {
      const request = { options: { backend: "wasm", concepts: 2, startFrom }, userData: null, checkpoint: null };
      const { run } = await createRun({ spec: strings, ...request, readAsset: readPublicFile });
      const { model } = run.core.parts.instance;
      const pairs = await model.simplePairs!(40, new Rng(9));
      const values = await model.logQ(pairs.batch, pairs.programs);
      run.core.dispose();
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(await logQ("pretrained")).toBeGreaterThan((await logQ("none")) + 8);
  });

  it("leaves the evaluator alone while pretraining", () => {
    expect(instance.learningRate("theta.evaluator", stringsOptions({ algorithm: "pretraining" }))).toBe(0);
    expect(instance.learningRate("theta.evaluator", stringsOptions())).toBe(0.01);
    expect(instance.learningRate("theta.prior", stringsOptions({ algorithm: "pretraining" }))).toBe(0.001);
  });

  it("offers pretraining by name only", () => {
    const spec = strings.options.algorithm!;
    expect(spec.kind === "choice" && spec.choices).not.toContain("pretraining");
    expect(requireOptions(strings.options, { algorithm: "pretraining" }).algorithm).toBe("pretraining");
  });
});
