// The tiny model as a complete domain: enumerable, instant, with every part that a run uses. For tests of the engine.

import { logSumExp } from "../../src/engine/dists/logs";
import type { BuildRequest, DomainInstance, DomainSpec } from "../../src/engine/domain";
import type { Batch } from "../../src/engine/model";
import { runOptionTable } from "../../src/engine/run/options";
import { createTinyModel, NUM_SYMBOLS, programIndex, type Symbols, symbolsOf, type TinyModel } from "./tinyModel";

/** Rows of the training data; not a multiple of the batch, so that epochs end with a smaller one. */
export const NUM_TRAIN = 10;

export type TinyInstance = DomainInstance<Symbols> & { readonly model: TinyModel };

/** An instance as the domain builds it. */
export function buildTiny(request: Pick<BuildRequest, "options" | "rng" | "userData">): TinyInstance {
  const rng = request.rng.fork("data");
  const own = request.userData ? [Number(request.userData.payload)] : [];
  const train = symbolsOf(...Array.from({ length: NUM_TRAIN }, () => rng.int(NUM_SYMBOLS)), ...own);
  const heldOut = symbolsOf(...Array.from({ length: NUM_SYMBOLS }, (_, x) => x));
  const model = createTinyModel(request.rng.fork("parameters"));
  const isExact = request.options.exact === true;
  const exactLogPx = (batch: Batch<Symbols>) =>
    Float64Array.from(batch.ids, (id) => model.logPxOf(batch.observations.symbols[id]!));
  return {
    model,
    train,
    heldOut,
    facts: {
      name: "tiny",
      numTrain: train.count,
      numHeldOut: heldOut.count,
      references: [],
      userRow: own.length > 0 ? NUM_TRAIN : -1,
      data: { symbols: train.symbols },
    },
    learningRate: (block, options) => (block.startsWith("theta") ? 1 : 2) * options.learningRate,
    metrics: () => ({ priorEntropy: entropyOf(model) }),
    evaluate: async ({ memory }) => ({ remembered: memory ? memory.rows.counts.reduce((sum, n) => sum + n, 0) : 0 }),
    exactLogPx: (batch) => (isExact ? exactLogPx(batch) : null),
    picture: async ({ selected, step }) => ({ selected, step, prior: Float32Array.from(model.prior.values) }),
    imagine: async (programs, rng) => {
      const symbols = Int32Array.from({ length: programs.batchSize }, (_, b) => {
        const z = programIndex(programs.values, b * programs.length);
        const joint = Float64Array.from({ length: NUM_SYMBOLS }, (_, x) => model.logJointOf(z, x));
        return rng.categorical(joint.map((value) => Math.exp(value - logSumExp(joint))));
      });
      const ids = Int32Array.from({ length: symbols.length }, (_, b) => b);
      return { observations: symbolsOf(...symbols), ids };
    },
    describeObservation: (batch, index) => batch.observations.symbols[batch.ids[index]!],
    dispose: () => undefined,
  };
}

function entropyOf(model: TinyModel): number {
  const logits = model.prior.values;
  const total = logSumExp(logits);
  return logits.reduce((sum, logit) => sum - Math.exp(logit - total) * (logit - total), 0);
}

/** A domain of four symbols explained by six programs. */
export const tiny: DomainSpec = {
  id: "tiny",
  title: "Tiny",
  summary: "Four symbols, six programs.",
  observationName: { one: "symbol", many: "symbols" },
  programName: { one: "pair", many: "pairs" },
  options: runOptionTable(
    {
      exact: {
        kind: "flag",
        default: false,
        label: "Exact",
        symbol: "",
        help: "Whether held-out data is enumerated.",
        unit: "",
        applies: "reset",
      },
    },
    { batch: 4, particles: 4, iterations: 100, evaluateEvery: 25, learningRate: 0.01 },
  ),
  presets: [],
  datasets: [],
  metrics: [],
  backends: ["wasm", "cpu"],
  program: {
    print: (program) => `${program[0]}-${program[1]}`,
    parse: (text) => ({ ok: true, program: Int32Array.from(text.split("-").map(Number)) }),
  },
  explain: (program) => [`The pair ${program[0]} and ${program[1]}.`],
  fromUpload: () => ({ ok: false, problems: [{ message: "Symbols cannot be uploaded." }] }),
  help: async () => [],
  tools: {},
  load: async () => ({ build: async (request) => buildTiny(request) }),
};
