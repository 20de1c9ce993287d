// One strings run's data, model and what the page may ask about them. Built in the worker.

import { sigmoid } from "../../engine/dists/logs";
import type { BuildRequest, DataFacts, DomainInstance, MetricValues } from "../../engine/domain";
import type { ProgramMemory } from "../../engine/memory/programMemory";
import type { Batch, Programs } from "../../engine/model";
import { createSequence } from "../../engine/nn/createSequence";
import type { SequenceNetwork, SequenceSpec } from "../../engine/nn/sequence";
import type { Rng } from "../../engine/rng/rng";
import type { RunOptions } from "../../engine/run/options";
import type { ConceptPicture } from "./concepts";
import { makeDataset, type StringsDataset } from "./dataset";
import { evaluateStrings } from "./evaluate";
import { PHI_LAYOUT } from "./evaluator";
import { EvaluatorBlock } from "./evaluatorBlock";
import type { StringsData, StringsPicture } from "./facts";
import { GenerativeModel } from "./generative";
import { programGrammar } from "./grammar";
import { StringsModel } from "./model";
import { type ConceptSet, everyRow } from "./observations";
import { type StringsSettings, settingsOf } from "./options";
import { Recogniser } from "./recognition";
import { createEvaluator } from "./scoring/createEvaluator";
import { initialLogits } from "./scoring/numbers";
import { END, FIRST_CLASS, NUM_SYMBOLS, NUM_TOKENS, STAR } from "./tokens";

/** Source: strings specification, section 9. */
const LONGEST_GRADIENT = 5;

/**
 * Builds a run: data from the data seed, parameters from the "parameters" stream.
 *
 * @throws LabError for settings that cannot be built, LabError("file") for malformed user data
 */
export async function buildInstance(request: BuildRequest): Promise<DomainInstance<ConceptSet>> {
  const settings = settingsOf(request.options);
  const dataset = makeDataset(settings, request.userData);
  const { prior, recogniser } = await createNetworks(settings, request);
  const logits = new EvaluatorBlock(initialLogits(), settings.uniformClasses);
  const generative = new GenerativeModel(prior, logits, createEvaluator(), settings.noise);
  const { strings, mergeEquivalent, firstMemory } = settings;
  const model = new StringsModel(generative, new Recogniser(recogniser), { strings, mergeEquivalent, firstMemory });
  return new StringsInstance(request.options, settings, dataset, model);
}

/** Programs of moderate length with many classes at the start. Source: strings specification, section 7. */
function outputBias(): Float64Array {
  const bias = new Float64Array(NUM_TOKENS);
  bias.fill(Math.log(4), FIRST_CLASS, STAR);
  bias[END] = Math.log(NUM_TOKENS / 6);
  return bias;
}

async function createNetworks(
  { sizes, floor }: StringsSettings,
  { backend, rng }: BuildRequest,
): Promise<{ prior: SequenceNetwork; recogniser: SequenceNetwork }> {
  const shared = { grammar: programGrammar(), outputBias: outputBias() };
  const spec = {
    prior: { ...shared, ...sizes.prior, name: "strings prior", reader: null, floor: 0 },
    recogniser: {
      ...shared,
      ...sizes.recogniser,
      name: "strings recognition",
      reader: { symbols: NUM_SYMBOLS },
      floor,
    },
  } satisfies Record<string, SequenceSpec>;
  const parameters = rng.fork("parameters");
  const prior = await createSequence(spec.prior, backend, parameters, "theta.prior");
  try {
    return { prior, recogniser: await createSequence(spec.recogniser, backend, parameters, "phi.recognition") };
  } catch (thrown) {
    prior.dispose();
    throw thrown;
  }
}

class StringsInstance implements DomainInstance<ConceptSet> {
  readonly model: StringsModel;
  readonly train: ConceptSet;
  readonly heldOut: ConceptSet;
  readonly facts: DataFacts;
  readonly longestGradient = LONGEST_GRADIENT;
  private readonly options: RunOptions;
  private readonly settings: StringsSettings;
  private readonly dataset: StringsDataset;

  constructor(options: RunOptions, settings: StringsSettings, dataset: StringsDataset, model: StringsModel) {
    this.options = options;
    this.settings = settings;
    this.dataset = dataset;
    this.model = model;
    this.train = dataset.train;
    this.heldOut = dataset.heldOut;
    const data: StringsData = { kind: "strings", concepts: dataset.concepts };
    this.facts = {
      name: settings.dataset,
      numTrain: this.train.count,
      numHeldOut: this.heldOut.count,
      references: [],
      userRow: dataset.userRow,
      data,
    };
  }

  /** Pretraining leaves the evaluator alone: its programs know nothing of the data's symbols. */
  learningRate(blockName: string, options: RunOptions): number {
    if (blockName !== "theta.evaluator") return options.learningRate;
    return options.algorithm === "pretraining" ? 0 : Number(options.evaluatorLearningRate);
  }

  metrics(): MetricValues {
    const logits = this.model.generative.evaluatorLogits;
    const at = (index: number) => sigmoid(logits[index]!);
    return {
      starStop: at(PHI_LAYOUT.starStop),
      plusStop: at(PHI_LAYOUT.plusStop),
      optKeep: at(PHI_LAYOUT.optKeep),
      altLeft: at(PHI_LAYOUT.altLeft),
    };
  }

  evaluate(context: { memory: ProgramMemory | null; rng: Rng; samples: number }): Promise<MetricValues> {
    const { options, model, dataset } = this;
    return evaluateStrings({
      model,
      dataset,
      memory: context.memory,
      rng: context.rng,
      samples: Number(options.evaluationSamples) || context.samples,
      concepts: Number(options.evaluationConcepts),
      particles: options.particles,
    });
  }

  exactLogPx(): null {
    return null;
  }

  lastResort(batch: Batch<ConceptSet>): Programs {
    return this.model.lastResort(batch);
  }

  async picture(): Promise<StringsPicture> {
    return { logits: this.model.generative.evaluatorLogits.slice() };
  }

  /** J strings of each program; `like` gives nothing here. */
  async imagine(programs: Programs, rng: Rng): Promise<Batch<ConceptSet>> {
    return everyRow(this.model.generative.sampleStrings(programs, this.settings.strings, rng));
  }

  describeObservation({ observations, ids }: Batch<ConceptSet>, index: number): ConceptPicture {
    const row = ids[index] ?? 0;
    const isTraining = observations === this.train;
    return {
      name: observations.names[row] ?? "",
      strings: observations.strings[row] ?? [],
      heldOut: isTraining ? (this.dataset.concepts[row]?.heldOut ?? []) : [],
    };
  }

  dispose(): void {
    this.model.dispose();
  }
}
