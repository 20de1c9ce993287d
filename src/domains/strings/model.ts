// The strings model: generative and recognition part behind the engine's Model interface.

import type { LocalSearch } from "../../engine/localSearch";
import {
  accumulateParts,
  type Batch,
  type Dreams,
  emptyPrograms,
  type Model,
  type Programs,
  type Proposals,
  type Scores,
  type Term,
} from "../../engine/model";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import type { GenerativeModel } from "./generative";
import { type ConceptSet, everyRow } from "./observations";
import { mergeEquivalent, PROGRAM_LENGTH } from "./program";
import type { Recogniser } from "./recognition";
import { StringSearch } from "./search/stringSearch";
import { varyPrograms } from "./search/vary";
import { anythingProgram, simpleProgram, universalPrograms } from "./simpleGrammar";

export type StringsModelOptions = {
  /** J: strings of a dream. */
  readonly strings: number;
  /** Drops redundant brackets from proposals, so that a memory holds one of equivalent spellings. */
  readonly mergeEquivalent: boolean;
  /**
   * What a memory starts with: programs for any strings, nothing (a concept then teaches nothing until a proposal fits),
   * or guesses read off the concept's own.
   */
  readonly firstMemory: "universal" | "empty" | "guessed";
};

export class StringsModel implements Model<ConceptSet> {
  readonly programLength = PROGRAM_LENGTH;
  readonly blocks: readonly ParameterBlock[];
  readonly generative: GenerativeModel;
  readonly recogniser: Recogniser;
  private readonly options: StringsModelOptions;

  constructor(generative: GenerativeModel, recogniser: Recogniser, options: StringsModelOptions) {
    this.generative = generative;
    this.recogniser = recogniser;
    this.options = options;
    this.blocks = [...generative.blocks, recogniser.block];
  }

  propose(batch: Batch<ConceptSet>, numParticles: number, rng: Rng): Promise<Proposals> {
    return this.recogniser.propose(batch, numParticles, rng);
  }

  /** The proposals without redundant brackets, where the option says so. */
  async respell(batch: Batch<ConceptSet>, proposals: Proposals): Promise<Proposals> {
    if (!this.options.mergeEquivalent) return proposals;
    const programs = merged(proposals.programs);
    const isSame = programs.values.every((token, i) => token === proposals.programs.values[i]);
    return isSame ? proposals : { programs, logQ: await this.recogniser.logQ(batch, programs) };
  }

  async score(batch: Batch<ConceptSet>, programs: Programs): Promise<Scores> {
    const logLikelihood = this.generative.logLikelihood(batch, programs);
    return { logPrior: await this.generative.logPrior(programs), logLikelihood };
  }

  /** Like `score`, but impossible programs get log prior 0: an estimate asks for many and looks at their sum only. */
  async scorePossible(batch: Batch<ConceptSet>, programs: Programs): Promise<Scores> {
    const logLikelihood = await this.generative.logLikelihoodInLanes(batch, programs);
    const logPrior = await this.generative.logPrior(programs, (i) => logLikelihood[i] !== -Infinity);
    return { logPrior, logLikelihood };
  }

  logQ(batch: Batch<ConceptSet>, programs: Programs): Promise<Float64Array> {
    return this.recogniser.logQ(batch, programs);
  }

  async dream(count: number, rng: Rng): Promise<Dreams<ConceptSet>> {
    return this.withStrings(await this.generative.samplePrograms(count, rng.fork("programs")), rng);
  }

  async simplePairs(count: number, rng: Rng): Promise<Dreams<ConceptSet>> {
    const programs = emptyPrograms(1, count, PROGRAM_LENGTH);
    const own = rng.fork("programs");
    for (let b = 0; b < count; b++) programs.values.set(simpleProgram(own.fork(b)), b * PROGRAM_LENGTH);
    return this.withStrings(programs, rng);
  }

  private withStrings(programs: Programs, rng: Rng): Dreams<ConceptSet> {
    const set = this.generative.sampleStrings(programs, this.options.strings, rng.fork("strings"));
    return { batch: everyRow(set), programs };
  }

  /** M programs that explain the concept: the same universal ones for all, or guesses from its strings, best first. */
  async firstPrograms(
    batch: Batch<ConceptSet>,
    memorySize: number,
    rng: Rng,
  ): Promise<{ readonly programs: Programs; readonly present: Uint8Array }> {
    const batchSize = batch.ids.length;
    const programs = emptyPrograms(memorySize, batchSize, PROGRAM_LENGTH);
    const universal = universalPrograms(memorySize);
    for (let b = 0; b < batchSize; b++) {
      const guesses =
        this.options.firstMemory === "guessed" ? this.searchNear(batch, b, rng.fork(b)).ask(memorySize) : [];
      const known = new Set(guesses.map((program) => program.join()));
      const others = universal.filter((program) => !known.has(program.join()));
      for (const [m, program] of [...guesses, ...others].slice(0, memorySize).entries())
        programs.values.set(program, (m * batchSize + b) * PROGRAM_LENGTH);
    }
    const isPresent = this.options.firstMemory === "empty" ? 0 : 1;
    return { programs, present: new Uint8Array(memorySize * batchSize).fill(isPresent) };
  }

  vary(batch: Batch<ConceptSet>, programs: Programs, rng: Rng): Programs {
    const symbols = Array.from(batch.ids, (row) => batch.observations.symbolsOf(row));
    return varyPrograms(programs, (b) => symbols[b]!, rng);
  }

  searchNear({ observations, ids }: Batch<ConceptSet>, index: number, rng: Rng): LocalSearch {
    const row = ids[index]!;
    return new StringSearch({
      strings: observations.encoded,
      from: observations.from(row),
      to: observations.from(row + 1),
      logProb: (program, strings, from, to) => this.generative.scoreStrings(program, strings, from, to),
      rng,
    });
  }

  /** `.*` for every row. */
  lastResort(batch: Batch<ConceptSet>): Programs {
    const programs = emptyPrograms(1, batch.ids.length, PROGRAM_LENGTH);
    for (let b = 0; b < batch.ids.length; b++) programs.values.set(anythingProgram(), b * PROGRAM_LENGTH);
    return programs;
  }

  accumulate(terms: readonly Term<ConceptSet>[]): Promise<Float64Array> {
    return accumulateParts(terms, {
      theta: (term) => this.generative.accumulate(term),
      phi: (own) => this.recogniser.accumulate(own),
    });
  }

  dispose(): void {
    this.recogniser.dispose();
    this.generative.prior.dispose();
    this.generative.lanes.dispose();
  }
}

/** Every program without redundant brackets. */
function merged(programs: Programs): Programs {
  const { values, length } = programs;
  const out = new Int32Array(values.length);
  for (let from = 0; from < out.length; from += length) {
    out.set(mergeEquivalent(values.subarray(from, from + length)), from);
  }
  return { ...programs, values: out };
}
