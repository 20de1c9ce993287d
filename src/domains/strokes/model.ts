// The strokes model: generative and recognition part behind the engine's Model interface.

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
import { everyRow, type Images } from "./images";
import { NUM_TOKENS } from "./program";
import type { Recogniser } from "./recognition";
import { searchNear } from "./search/searchNear";
import { varyFromPictures } from "./search/varyFromPictures";
import { randomProgram } from "./vary";

export type StrokesModelOptions = {
  /** Alphabets that the data has: dreams draw from them uniformly. */
  readonly alphabets: Int32Array;
  /** Share of variations whose end is written anew from the picture. */
  readonly rewrittenShare: number;
};

export class StrokesModel implements Model<Images> {
  readonly programLength = NUM_TOKENS;
  readonly blocks: readonly ParameterBlock[];
  readonly generative: GenerativeModel;
  readonly recogniser: Recogniser;
  private readonly options: StrokesModelOptions;

  constructor(generative: GenerativeModel, recogniser: Recogniser, options: StrokesModelOptions) {
    this.generative = generative;
    this.recogniser = recogniser;
    this.options = options;
    this.blocks = [...generative.blocks, ...recogniser.blocks];
  }

  /** S: strokes of the bank. */
  get strokes(): number {
    return this.generative.renderer.spec.strokes;
  }

  propose(batch: Batch<Images>, numParticles: number, rng: Rng): Promise<Proposals> {
    return this.recogniser.propose(batch, numParticles, rng);
  }

  async score(batch: Batch<Images>, programs: Programs): Promise<Scores> {
    const logPrior = await this.generative.logPrior(batch, programs);
    return { logPrior, logLikelihood: await this.generative.logLikelihood(batch, programs) };
  }

  logQ(batch: Batch<Images>, programs: Programs): Promise<Float64Array> {
    return this.recogniser.logQ(batch, programs);
  }

  async dream(count: number, rng: Rng): Promise<Dreams<Images>> {
    const own = rng.fork("alphabets");
    const known = this.options.alphabets;
    const alphabets = Int32Array.from({ length: count }, () => known[own.int(known.length)]!);
    const programs = await this.generative.samplePrograms(alphabets, rng.fork("programs"));
    const pictures = await this.generative.samplePictures(programs, alphabets, rng.fork("pictures"));
    return { batch: everyRow(pictures), programs };
  }

  /** Dreams: the prior is untrained then, and any of its programs draws something. */
  simplePairs(count: number, rng: Rng): Promise<Dreams<Images>> {
    return this.dream(count, rng);
  }

  /** M distinct uniform programs for every picture. */
  async firstPrograms(
    batch: Batch<Images>,
    memorySize: number,
    rng: Rng,
  ): Promise<{ readonly programs: Programs; readonly present: Uint8Array }> {
    const batchSize = batch.ids.length;
    const programs = emptyPrograms(memorySize, batchSize, NUM_TOKENS);
    for (let b = 0; b < batchSize; b++) {
      const known = new Set<string>();
      const own = rng.fork(b);
      while (known.size < memorySize) {
        const program = randomProgram(this.strokes, own);
        const key = program.join();
        if (known.has(key)) continue;
        programs.values.set(program, (known.size * batchSize + b) * NUM_TOKENS);
        known.add(key);
      }
    }
    return { programs, present: new Uint8Array(memorySize * batchSize).fill(1) };
  }

  vary(batch: Batch<Images>, programs: Programs, rng: Rng): Promise<Programs> {
    return varyFromPictures(this.generative, batch, programs, rng, this.options.rewrittenShare);
  }

  searchNear(batch: Batch<Images>, index: number, rng: Rng): LocalSearch {
    return searchNear(this.generative, batch, index, rng);
  }

  accumulate(terms: readonly Term<Images>[]): Promise<Float64Array> {
    return accumulateParts(terms, {
      theta: (term) => this.generative.accumulate(term),
      phi: (own) => this.recogniser.accumulate(own),
    });
  }

  dispose(): void {
    this.recogniser.dispose();
    this.generative.dispose();
  }
}
