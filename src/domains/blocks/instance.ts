// One blocks run's data, model and what the page may ask about them. Built in the worker.

import type { BuildRequest, DataFacts, DomainInstance, MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs } from "../../engine/model";
import type { Rng } from "../../engine/rng/rng";
import type { RunOptions } from "../../engine/run/options";
import { createModel } from "./createModel";
import { type BlocksDataset, makeDataset } from "./dataset";
import { evaluateBlocks, typeErrors } from "./evaluate";
import { factsOf, shownRows } from "./makeFacts";
import type { BlocksModel } from "./model";
import { everyRow, type ScenePictures } from "./observations";
import { type BlocksSettings, settingsOf } from "./options";
import { PictureMaker } from "./pictureMaker";
import { printProgram } from "./print";
import { seenScene } from "./upload/seenScene";
import { usualErrorOf } from "./upload/usualError";

/**
 * Builds a run: data from the data seed, parameters from the "parameters" stream.
 *
 * @throws LabError for settings that cannot be built, LabError("file") for malformed user data
 */
export async function buildInstance(request: BuildRequest): Promise<DomainInstance<ScenePictures>> {
  const settings = settingsOf(request.options);
  const dataset = makeDataset(settings, request.userData);
  const model = await createModel(settings, request.backend, request.rng.fork("parameters"));
  return new BlocksInstance(request.options, settings, dataset, model);
}

class BlocksInstance implements DomainInstance<ScenePictures> {
  readonly model: BlocksModel;
  readonly train: ScenePictures;
  readonly heldOut: ScenePictures;
  readonly facts: DataFacts;
  private readonly options: RunOptions;
  private readonly settings: BlocksSettings;
  private readonly dataset: BlocksDataset;
  private readonly pictures: PictureMaker;

  constructor(options: RunOptions, settings: BlocksSettings, dataset: BlocksDataset, model: BlocksModel) {
    this.options = options;
    this.settings = settings;
    this.dataset = dataset;
    this.model = model;
    this.train = dataset.train;
    this.heldOut = dataset.heldOut;
    this.facts = factsOf(settings, dataset, model.generative, usualErrorOf(options));
    this.pictures = new PictureMaker(model, dataset.train, shownRows(dataset));
  }

  learningRate(blockName: string, options: RunOptions): number {
    if (blockName.startsWith("theta")) return Number(options.typesLearningRate);
    const isPathwise = options.algorithm === "vimco" || options.algorithm === "reinforce";
    return isPathwise ? Number(options.pathwiseLearningRate) : options.learningRate;
  }

  /** How far the learned types are from the true ones. */
  metrics(): MetricValues {
    return typeErrors(this.model.generative.types(), this.dataset.scenes.types, this.settings.isColored);
  }

  evaluate(context: { memory: ProgramMemory | null; rng: Rng; samples: number }): Promise<MetricValues> {
    const { options, model, train, heldOut, dataset } = this;
    const { memory, rng } = context;
    const samples = Number(options.evaluationSamples) || context.samples;
    const count = Number(options.evaluationScenes);
    return evaluateBlocks({ model, train, heldOut, scenes: dataset.scenes, memory, rng, samples, count });
  }

  exactLogPx(): null {
    return null;
  }

  picture(context: { selected: number; memory: ProgramMemory | null; step: number; rng: Rng }): Promise<unknown> {
    return this.pictures.make(context);
  }

  /** The rendered mean of each program, its raw locations from p(z_c | z_d) where it has none; `like` gives nothing here. */
  async imagine(programs: Programs, rng: Rng): Promise<Batch<ScenePictures>> {
    const { generative } = this.model;
    return everyRow(await generative.draw(programs.continuous ? programs : generative.withLocations(programs, rng)));
  }

  describeObservation({ observations, ids }: Batch<ScenePictures>, index: number): unknown {
    const row = ids[index] ?? 0;
    const picture = observations.picture(row);
    if (observations !== this.train) return seenScene(picture);
    const { scenes, own } = this.dataset;
    const user = own[row - scenes.count];
    if (user) return seenScene(picture, user.name, user.truth);
    const length = this.model.programLength;
    return seenScene(picture, "", printProgram(scenes.programs.subarray(row * length, (row + 1) * length)));
  }

  dispose(): void {
    this.model.dispose();
  }
}
