// One time-series run's data, model and what the page may ask about them. Built in the worker.

import type { BuildRequest, DataFacts, DomainInstance, MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs } from "../../engine/model";
import { Rng } from "../../engine/rng/rng";
import type { RunOptions } from "../../engine/run/options";
import { createModel } from "./createModel";
import { makeDataset, type SeriesDataset } from "./dataset";
import { evaluateSeries } from "./evaluate";
import type { SeriesData } from "./facts";
import type { SeriesModel } from "./model";
import { everyRow, type SeriesSet } from "./observations";
import { type SeriesSettings, settingsOf } from "./options";
import { PictureMaker } from "./pictureMaker";
import { printProgram } from "./print";
import { MOST_SYMBOLS, NUM_POINTS, SPACING } from "./program";

/**
 * Builds a run: data from the data seed, parameters from the "parameters" stream.
 *
 * @throws LabError for settings that cannot be built, LabError("file") for malformed user data
 */
export async function buildInstance(request: BuildRequest): Promise<DomainInstance<SeriesSet>> {
  const settings = settingsOf(request.options);
  const dataset = makeDataset(settings, request.userData);
  const model = await createModel(settings, request.backend, request.rng.fork("parameters"));
  return new SeriesInstance(request.options, settings, dataset, model);
}

class SeriesInstance implements DomainInstance<SeriesSet> {
  readonly model: SeriesModel;
  readonly train: SeriesSet;
  readonly heldOut: SeriesSet;
  readonly facts: DataFacts;
  private readonly options: RunOptions;
  private readonly pictures: PictureMaker;
  private readonly dataset: SeriesDataset;

  constructor(options: RunOptions, settings: SeriesSettings, dataset: SeriesDataset, model: SeriesModel) {
    this.options = options;
    this.dataset = dataset;
    this.model = model;
    this.train = dataset.train;
    this.heldOut = dataset.heldOut;
    this.facts = factsOf(settings, dataset);
    const { train, truths, own } = dataset;
    this.pictures = new PictureMaker(model, train, truths, own, new Rng(options.seed).fork("pictures"));
  }

  /** Pretraining teaches the grammar and leaves everything else alone. */
  learningRate(blockName: string, options: RunOptions): number {
    if (options.algorithm === "pretraining") return blockName === "theta.expression" ? options.learningRate : 0;
    const isPathwise = options.algorithm === "vimco" || options.algorithm === "reinforce";
    return isPathwise ? Number(options.pathwiseLearningRate) : options.learningRate;
  }

  metrics(): MetricValues {
    return {};
  }

  evaluate(context: { memory: ProgramMemory | null; rng: Rng; samples: number }): Promise<MetricValues> {
    const { options, model, train, heldOut, dataset } = this;
    return evaluateSeries({
      model,
      train,
      heldOut,
      truths: dataset.truths,
      memory: context.memory,
      rng: context.rng,
      samples: Number(options.evaluationSamples) || context.samples,
      series: Number(options.evaluationSeries),
    });
  }

  exactLogPx(): null {
    return null;
  }

  picture(context: { selected: number; memory: ProgramMemory | null; step: number; rng: Rng }): Promise<unknown> {
    return this.pictures.make(context);
  }

  /** A series of each program, its numbers from p(z_c | z_d) where it has none; `like` gives nothing here. */
  async imagine(programs: Programs, rng: Rng): Promise<Batch<SeriesSet>> {
    const { generative } = this.model;
    const whole = programs.continuous ? programs : await generative.withParameters(programs, rng.fork("parameters"));
    return everyRow(generative.sampleSeries(whole, rng.fork("series")));
  }

  describeObservation({ observations, ids }: Batch<SeriesSet>, index: number): unknown {
    const row = ids[index] ?? 0;
    const values = Array.from(observations.values.subarray(row * NUM_POINTS, (row + 1) * NUM_POINTS));
    const isTraining = observations === this.train;
    const own = isTraining && this.dataset.userRow >= 0 ? this.dataset.own[row - this.dataset.userRow] : undefined;
    const data = this.facts.data as SeriesData; // its own
    const described = { values, name: own?.name ?? "", truth: isTraining ? (data.truths[row] ?? "") : "" };
    return own ? { ...described, scale: own } : described;
  }

  dispose(): void {
    this.model.dispose();
  }
}

function factsOf(settings: SeriesSettings, dataset: SeriesDataset): DataFacts {
  const { train, heldOut, truths, own, note, userRow } = dataset;
  const data: SeriesData = {
    kind: "timeseries",
    count: train.count,
    points: NUM_POINTS,
    spacing: SPACING,
    values: train.values,
    truths: Array.from({ length: train.count }, (_, n) =>
      n * MOST_SYMBOLS < truths.length ? printProgram(truths.subarray(n * MOST_SYMBOLS, (n + 1) * MOST_SYMBOLS)) : "",
    ),
    own,
    note,
  };
  const { count: numTrain } = train;
  return { name: settings.dataset, numTrain, numHeldOut: heldOut.count, references: [], userRow, data };
}
