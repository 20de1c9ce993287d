// One automata run's data, model and what the page may ask about them. Built in the worker.

import type { BuildRequest, DataFacts, DomainInstance, MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { RunOptions } from "../../engine/run/options";
import { visitedBits } from "./counts";
import { type EvaluationContext, evaluateAutomata } from "./evaluate";
import type { AutomataData } from "./facts";
import { GenerativeModel } from "./generative";
import { columnOf, numBits, rowsOfGrid } from "./grid";
import { leastNoise, majorityRule, oracleBitsPerPixel } from "./likelihood";
import { LstmPrior } from "./lstmPrior";
import { AutomataModel } from "./model";
import { type AutomataDataset, makeDataset, type Pictures } from "./observations";
import { type AutomataSettings, settingsOf } from "./options";
import { PictureMaker } from "./pictureMaker";
import { createRecogniser } from "./recognition";
import { BernoulliPrior } from "./rulePrior";

/**
 * Builds a run: data from the "data" stream, parameters from the "parameters" stream.
 *
 * @throws LabError for settings that cannot be built, LabError("file") for malformed user data
 */
export async function buildInstance(request: BuildRequest): Promise<DomainInstance<Pictures>> {
  const settings = settingsOf(request.options);
  const dataset = makeDataset(settings, request.rng, request.userData);
  const rng = request.rng.fork("parameters");
  const bits = numBits(settings.neighbours);
  const prior = settings.prior === "lstm" ? new LstmPrior(bits, rng.fork("prior")) : new BernoulliPrior(bits);
  const generative = new GenerativeModel(settings, settings.boundary, prior);
  const law = { floor: settings.floor, bound: settings.boundedLogits };
  const build = { backend: request.backend, rng, batchSize: request.options.batch };
  const recogniser = await createRecogniser(settings.network, settings, law, build);
  return new AutomataInstance(settings, dataset, new AutomataModel(generative, recogniser));
}

class AutomataInstance implements DomainInstance<Pictures> {
  readonly model: AutomataModel;
  readonly train: Pictures;
  readonly heldOut: Pictures;
  readonly facts: DataFacts;
  private readonly settings: AutomataSettings;
  private readonly dataset: AutomataDataset;
  private readonly pictures: PictureMaker;

  constructor(settings: AutomataSettings, dataset: AutomataDataset, model: AutomataModel) {
    this.settings = settings;
    this.dataset = dataset;
    this.model = model;
    this.train = dataset.train;
    this.heldOut = dataset.heldOut;
    this.facts = factsOf(settings, dataset);
    this.pictures = new PictureMaker(dataset.train, model);
  }

  learningRate(blockName: string, options: RunOptions): number {
    return blockName === "theta.noise" ? Number(options.noiseLearningRate) : options.learningRate;
  }

  metrics(): MetricValues {
    const { phi } = this.model.generative;
    return { phi, phiError: Math.abs(phi - this.settings.epsilon) };
  }

  evaluate(context: EvaluationContext): Promise<MetricValues> {
    return evaluateAutomata(this.model, this.dataset, context);
  }

  exactLogPx(batch: Batch<Pictures>): Float64Array | null {
    return this.model.generative.exactLogPx(batch);
  }

  exactBest(batch: Batch<Pictures>): Programs | null {
    const rules = this.model.generative.bestRules(batch);
    return rules && { values: rules, numParticles: 1, batchSize: rules.length, length: 1 };
  }

  picture(context: { selected: number; memory: ProgramMemory | null; step: number }): Promise<unknown> {
    return this.pictures.make(context);
  }

  /** Pictures of the run's size; those like a training picture start with its first column and share its boundary. */
  async imagine(programs: Programs, rng: Rng, like: number): Promise<Batch<Pictures>> {
    const { height, width, pixels, isWrapped } = this.train;
    const area = height * width;
    const row = { height, width, pixels: pixels.subarray(like * area, (like + 1) * area) };
    const start =
      like < 0
        ? null
        : { first: columnOf(row, 0), boundary: isWrapped[like] === 1 ? ("wrap" as const) : ("zero" as const) };
    const observations = this.model.generative.grow(programs.values, rng, start);
    return { observations, ids: Int32Array.from({ length: observations.count }, (_, i) => i) };
  }

  describeObservation(batch: Batch<Pictures>, index: number): unknown {
    const { height, width, pixels, isWrapped } = batch.observations;
    const row = batch.ids[index] ?? 0;
    const area = height * width;
    const rows = rowsOfGrid({ height, width, pixels: pixels.subarray(row * area, (row + 1) * area) });
    return { rows, boundary: isWrapped[row] === 1 ? "wrap" : "zero", height, width };
  }

  dispose(): void {
    this.model.dispose();
  }
}

function factsOf(settings: AutomataSettings, dataset: AutomataDataset): DataFacts {
  const { train } = dataset;
  const bits = numBits(settings.neighbours);
  const visited = new Int32Array(train.count);
  const majority = new Int32Array(train.count);
  let least = 0;
  for (let n = 0; n < train.count; n++) {
    visited[n] = visitedBits(train.counts, 2 * bits * n, bits) | 0;
    majority[n] = majorityRule(train.counts, 2 * bits * n, bits).rule;
    least += leastNoise(train.counts, 2 * bits * n, bits) / train.count;
  }
  const data: AutomataData = {
    kind: "automata",
    count: train.count,
    height: settings.height,
    width: settings.width,
    neighbours: settings.neighbours,
    boundary: settings.boundary,
    epsilon: settings.epsilon,
    pixels: train.pixels,
    isWrapped: train.isWrapped,
    rules: dataset.rules,
    isKnown: dataset.isKnown,
    visited,
    majority,
    leastNoise: least,
    note: dataset.note,
  };
  const oracle = oracleBitsPerPixel(settings.width, settings.epsilon);
  return {
    name: settings.dataset,
    numTrain: train.count,
    numHeldOut: dataset.heldOut.count,
    references: [
      { metric: "phi", value: settings.epsilon, label: "true" },
      { metric: "phi", value: least, label: "majority rules" },
      { metric: "bitsPerPixel", value: oracle, label: "rules and noise known" },
    ],
    userRow: dataset.userRow,
    data,
  };
}
