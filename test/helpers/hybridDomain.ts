// The tiny hybrid model as a complete domain, with every part that a run uses. For tests of the engine.

import type { BuildRequest, DomainInstance, DomainSpec } from "../../src/engine/domain";
import type { OptionTable } from "../../src/engine/options";
import { HYBRID_OPTIONS } from "../../src/engine/run/hybridOptions";
import { COMMON_OPTIONS, runOptionTable } from "../../src/engine/run/options";
import { mutationsOption } from "../../src/engine/run/sharedOptions";
import { createHybridModel, type HybridModel, type Numbers, numbersOf } from "./hybridModel";

/** Rows of the training data; not a multiple of the batch, so that epochs end with a smaller one. */
export const NUM_SERIES = 10;
export const NUM_STRUCTURES = 6;

export type HybridInstance = Omit<DomainInstance<Numbers>, "model"> & { readonly model: HybridModel };

/** An instance as the domain builds it. */
export function buildHybrid(request: Pick<BuildRequest, "rng">): HybridInstance {
  const rng = request.rng.fork("data");
  const train = numbersOf(...Array.from({ length: NUM_SERIES }, () => 2 * rng.normal()));
  const model = createHybridModel(request.rng.fork("parameters"), NUM_STRUCTURES);
  return {
    model,
    train,
    heldOut: numbersOf(-1, 0, 1),
    facts: { name: "hybrid", numTrain: NUM_SERIES, numHeldOut: 3, references: [], userRow: -1, data: train },
    learningRate: (_block, options) => options.learningRate,
    metrics: () => ({}),
    evaluate: async () => ({}),
    exactLogPx: () => null,
    picture: async ({ selected, step }) => ({ selected, step }),
    imagine: async (programs, dice) => {
      const numbers = Array.from(programs.values, (z, i) =>
        model.imageOf(z, programs.continuous?.[i] ?? dice.normal()),
      );
      return { observations: numbersOf(...numbers), ids: Int32Array.from(numbers, (_, i) => i) };
    },
    describeObservation: (batch, index) => batch.observations.numbers[batch.ids[index]!],
    dispose: () => undefined,
  };
}

const OWN: OptionTable = {
  mutations: mutationsOption("structures moved by one"),
  sleepFirst: {
    ...COMMON_OPTIONS.patience,
    default: 0,
    label: "Sleep first",
    help: "Steps of dreams before training.",
  },
};

/** A domain of numbers explained by six structures with a number each. */
export const hybrid: DomainSpec = {
  id: "hybrid",
  title: "Hybrid",
  summary: "Numbers, six structures.",
  observationName: { one: "number", many: "numbers" },
  programName: { one: "structure", many: "structures" },
  options: {
    ...runOptionTable(OWN, { batch: 4, iterations: 100, evaluateEvery: 25, learningRate: 0.01 }),
    ...HYBRID_OPTIONS,
    particles: { ...HYBRID_OPTIONS["particles"]!, default: 3 } as OptionTable[string],
  },
  presets: [],
  datasets: [],
  metrics: [],
  backends: ["wasm", "cpu"],
  program: {
    print: (program) => `S${program[0]}`,
    parse: (text) => ({ ok: true, program: Int32Array.of(Number(text.slice(1))) }),
  },
  explain: (program) => [`The structure ${program[0]}.`],
  fromUpload: () => ({ ok: false, problems: [{ message: "Numbers cannot be uploaded." }] }),
  help: async () => [],
  tools: {},
  // The cast: the engine sees an instance of opaque observations.
  load: async () => ({ build: async (request) => buildHybrid(request) as unknown as DomainInstance }),
};
