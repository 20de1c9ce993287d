// One strokes run's data, model and what the page may ask about them. Built in the worker.

import type { BackendName } from "../../engine/backend";
import type { BuildRequest, DataFacts, DomainInstance, MetricValues, Reference } from "../../engine/domain";
import { createRenderer } from "../../engine/kernels/strokes/createRenderer";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs } from "../../engine/model";
import { createFactorSequence } from "../../engine/nn/createFactorSequence";
import { createNetwork } from "../../engine/nn/createNetwork";
import type { FactorSequenceSpec } from "../../engine/nn/factorSequence";
import type { Rng } from "../../engine/rng/rng";
import type { RunOptions } from "../../engine/run/options";
import { constantRate, pixelRates, pixelRatesFrom } from "./baselines";
import { makeDataset, type StrokesDataset } from "./dataset";
import { evaluateStrokes } from "./evaluate";
import type { StrokesData } from "./facts";
import { GenerativeModel } from "./generative";
import { everyRow, type Images, NUM_ALPHABETS, SIDE } from "./images";
import { StrokesModel } from "./model";
import { type StrokesSettings, settingsOf } from "./options";
import { PictureMaker } from "./pictureMaker";
import { NUM_TOKENS } from "./program";
import { contextSize, encoderSpec, Recogniser } from "./recognition";

/** Hidden units of the prior: few, so that it can only learn habits and no characters. */
const PRIOR_UNITS = 4;
/** Pictures that go through the encoder at once. */
const ROWS_AT_ONCE = 64;
const MOST_ROWS_ON_GPU = 256;

/**
 * Builds a run: data from the data seed or a file, parameters from the "parameters" stream.
 *
 * @throws LabError for settings that cannot be built, LabError("file") for data that is missing or malformed
 */
export async function buildInstance(request: BuildRequest): Promise<DomainInstance<Images>> {
  const settings = settingsOf(request.options);
  const dataset = await makeDataset(settings, request);
  return new StrokesInstance(request.options, settings, dataset, await createModel(settings, dataset, request));
}

/** What both LSTMs have in common: tokens of a stroke and a pen, the first of which is pen up. */
function sequenceSpec(name: string, strokes: number, hidden: number, context: number): FactorSequenceSpec {
  const forced = [{ step: 0, factor: 1, value: 0 }];
  return { name, factors: [strokes, 2], steps: NUM_TOKENS, hidden, context, forced };
}

async function createModel(
  settings: StrokesSettings,
  { train }: StrokesDataset,
  { backend, rng, options }: BuildRequest,
): Promise<StrokesModel> {
  const { strokes, transforms, size, isConditional } = settings;
  const parameters = rng.fork("parameters");
  const made: { dispose(): void }[] = [];
  const keep = async <Part extends { dispose(): void }>(part: Promise<Part>): Promise<Part> => {
    made.push(await part);
    return part;
  };
  try {
    const told = sequenceSpec("strokes prior", strokes, PRIOR_UNITS, isConditional ? NUM_ALPHABETS : 0);
    const prior = await keep(createFactorSequence(told, backend, parameters, "theta.prior"));
    const drawing = { name: "strokes", strokes, tokens: NUM_TOKENS, transforms, height: SIDE, width: SIDE };
    const renderer = await keep(createRenderer(drawing, backend, parameters, "theta.strokes"));
    const rows = rowsAtOnce(backend, options.batch);
    const encoder = await keep(createNetwork(encoderSpec(size), backend, parameters, rows, "phi.encoder"));
    const seen = sequenceSpec("strokes writer", strokes, size.hidden, contextSize(size, isConditional));
    const writer = await keep(createFactorSequence(seen, backend, parameters, "phi.writer"));
    const alphabets = Int32Array.from(new Set(train.alphabets)).sort();
    const { rewrittenShare } = settings;
    const [generative, recogniser] = [new GenerativeModel(prior, renderer), new Recogniser(encoder, writer)];
    return new StrokesModel(generative, recogniser, { alphabets, rewrittenShare });
  } catch (thrown) {
    for (const part of made) part.dispose();
    throw thrown;
  }
}

function rowsAtOnce(backend: BackendName, batch: number): number {
  return backend === "webgpu" ? Math.min(MOST_ROWS_ON_GPU, Math.max(ROWS_AT_ONCE, batch)) : ROWS_AT_ONCE;
}

class StrokesInstance implements DomainInstance<Images> {
  readonly model: StrokesModel;
  readonly train: Images;
  readonly heldOut: Images;
  readonly facts: DataFacts;
  readonly parts = { name: "pixel", count: SIDE * SIDE };
  private readonly options: RunOptions;
  private readonly dataset: StrokesDataset;
  private readonly pictures: PictureMaker;

  constructor(options: RunOptions, settings: StrokesSettings, dataset: StrokesDataset, model: StrokesModel) {
    this.options = options;
    this.dataset = dataset;
    this.model = model;
    this.train = dataset.train;
    this.heldOut = dataset.heldOut;
    this.facts = factsOf(settings, dataset);
    this.pictures = new PictureMaker(this.train, model);
  }

  /** Pretraining leaves the generative model alone: its dreams are what the recognition model learns from. */
  learningRate(blockName: string, options: RunOptions): number {
    if (options.algorithm === "pretraining" && blockName.startsWith("theta")) return 0;
    return blockName === "theta.strokes" ? Number(options.bankLearningRate) : options.learningRate;
  }

  metrics(): MetricValues {
    return {};
  }

  evaluate(context: { memory: ProgramMemory | null; rng: Rng; samples: number }): Promise<MetricValues> {
    const { options, model, heldOut } = this;
    const samples = Number(options.evaluationSamples) || context.samples;
    const images = Number(options.evaluationImages);
    return evaluateStrokes({ model, heldOut, memory: context.memory, rng: context.rng, samples, images });
  }

  exactLogPx(): null {
    return null;
  }

  picture(context: { selected: number; memory: ProgramMemory | null; step: number; rng: Rng }): Promise<unknown> {
    return this.pictures.make(context);
  }

  /** Characters that the programs draw; `like` gives the alphabet. */
  async imagine(programs: Programs, rng: Rng, like: number): Promise<Batch<Images>> {
    const alphabet = like < 0 ? 0 : this.train.alphabets[like]!;
    const alphabets = new Int32Array(programs.batchSize).fill(alphabet);
    return everyRow(await this.model.generative.samplePictures(programs, alphabets, rng));
  }

  describeObservation({ observations, ids }: Batch<Images>, index: number): unknown {
    const row = ids[index] ?? 0;
    const from = row * SIDE * SIDE;
    const rows = Array.from({ length: SIDE }, (_, r) =>
      observations.pixels.subarray(from + r * SIDE, from + (r + 1) * SIDE).join(""),
    );
    const { train, userRow, ownNames, alphabetNames } = this.dataset;
    const isOwn = observations === train && userRow >= 0 && row >= userRow;
    const name = isOwn ? ownNames[row - userRow] : "";
    if (name) return { rows, alphabet: "", name };
    return { rows, alphabet: isOwn ? "" : (alphabetNames[observations.alphabets[row]!] ?? "") };
  }

  dispose(): void {
    this.model.dispose();
  }
}

function factsOf(settings: StrokesSettings, dataset: StrokesDataset): DataFacts {
  const { train, heldOut, userRow } = dataset;
  const learned = { pixels: train.pixels, count: userRow < 0 ? train.count : userRow };
  const rates = { constant: constantRate(learned), pixels: pixelRates(learned) };
  const data: StrokesData = {
    kind: "strokes",
    count: train.count,
    side: SIDE,
    pixels: train.pixels,
    alphabets: train.alphabets,
    alphabetNames: dataset.alphabetNames,
    strokes: settings.strokes,
    tokens: NUM_TOKENS,
    transforms: settings.transforms,
    isConditional: settings.isConditional,
    constantRate: rates.constant,
    pixelRates: rates.pixels,
    trueBank: dataset.trueBank,
    note: dataset.note,
  };
  const references: Reference[] = [
    { metric: "memoryBits", value: rates.pixels, label: "a rate for every pixel" },
    { metric: "memoryBits", value: rates.constant, label: "one rate" },
    { metric: "bitsPerPixel", value: pixelRatesFrom(learned, heldOut), label: "a rate for every pixel" },
    { metric: "bitsPerPixel", value: constantRate(heldOut), label: "one rate" },
  ];
  const { count } = heldOut;
  return { name: settings.dataset, numTrain: train.count, numHeldOut: count, references, userRow, data };
}
