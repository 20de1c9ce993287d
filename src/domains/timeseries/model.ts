// The time-series model: generative and recognition part behind the engine's Model interface.

import { logSumExp } from "../../engine/dists/logs";
import {
  accumulateParts,
  type Batch,
  type Dreams,
  emptyPrograms,
  type HybridPart,
  type Model,
  type Programs,
  type Proposals,
  type Scores,
  type Term,
} from "../../engine/model";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { canonicalProgram } from "./canonical";
import { varyProgram } from "./edits";
import { firstStrings } from "./firstStrings";
import type { GenerativeModel } from "./generative";
import { noiseOf } from "./integral/fixedNoise";
import { integrate } from "./integral/integrate";
import { streamNoise } from "./laneNoise";
import type { SeriesSet } from "./observations";
import { drawProgram } from "./pcfg";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS } from "./program";
import type { Recogniser } from "./recognition";

export type SeriesModelOptions = {
  /** One spelling for equivalent expressions in the memory. */
  readonly mergeEquivalent: boolean;
  /** Fewest symbols of the strings of simplePairs: those of the data. */
  readonly leastSymbols: number;
  /** Scores of strings also look around fitted numbers (integral/integrate.ts), not only where q says. */
  readonly fitsIntegrals?: boolean;
};

/** Draws of z_c behind the score of a program without one. */
const SCORE_DRAWS = 10;

export class SeriesModel implements Model<SeriesSet> {
  readonly programLength = MOST_SYMBOLS;
  readonly blocks: readonly ParameterBlock[];
  readonly hybrid: HybridPart<SeriesSet>;

  constructor(
    thetaBlocks: readonly ParameterBlock[],
    readonly generative: GenerativeModel,
    readonly recogniser: Recogniser,
    private readonly options: SeriesModelOptions,
  ) {
    this.blocks = [...thetaBlocks, ...recogniser.blocks];
    this.hybrid = {
      continuousLength: CONTINUOUS_LENGTH,
      proposeDiscrete: async (batch, count, rng) =>
        this.respell(batch, await recogniser.proposeStrings(batch, count, rng)),
      drawContinuous: (batch, programs, count, rng, present) =>
        this.drawContinuous(batch, programs, count, rng, present),
    };
  }

  async propose(batch: Batch<SeriesSet>, numParticles: number, rng: Rng): Promise<Proposals> {
    const strings = await this.recogniser.proposeStrings(batch, numParticles, rng.fork("strings"));
    const noise = streamNoise(rng.fork("parameters"));
    const both = await this.recogniser.drawParameters(batch, strings.programs, noise);
    return { programs: both.programs, logQ: strings.logQ.map((value, i) => value + both.logQ[i]!) };
  }

  private drawContinuous(
    batch: Batch<SeriesSet>,
    programs: Programs,
    numDraws: number,
    rng: Rng,
    present?: Uint8Array,
  ): Promise<Proposals> {
    const repeated = repeatPrograms(programs, numDraws);
    const places = programs.numParticles * programs.batchSize;
    const isWanted = (i: number) => present?.[i % places] !== 0;
    return this.recogniser.drawParameters(batch, repeated, streamNoise(rng), isWanted);
  }

  async score(batch: Batch<SeriesSet>, programs: Programs, present?: Uint8Array): Promise<Scores> {
    if (programs.continuous) return this.generative.score(batch, programs, present);
    return this.integrated(batch, programs);
  }

  /** log p(z_d), and log mean_k p(z_c, x | z_d) / q(z_c | z_d, x) from draws that string and series alone determine. */
  private async integrated(batch: Batch<SeriesSet>, programs: Programs): Promise<Scores> {
    if (this.options.fitsIntegrals) return this.fitted(batch, programs);
    const count = programs.numParticles * programs.batchSize;
    const { programs: draws, logQ } = await this.fixedDraws(batch, programs, SCORE_DRAWS);
    const scores = await this.generative.score(batch, draws);
    const logWeight = logQ.map((value, i) => {
      const discrete = scores.logPriorDiscrete![i]!;
      const continuous = discrete === -Infinity ? 0 : scores.logPrior[i]! - discrete;
      return continuous + scores.logLikelihood[i]! - value;
    });
    const logLikelihood = Float64Array.from(
      { length: count },
      (_, i) => logSumExp(logWeight, i, SCORE_DRAWS, count) - Math.log(SCORE_DRAWS),
    );
    const logPrior = scores.logPriorDiscrete!.slice(0, count);
    return { logPrior, logLikelihood, logPriorDiscrete: logPrior };
  }

  private async fitted(batch: Batch<SeriesSet>, programs: Programs): Promise<Scores> {
    const logLikelihood = await integrate(this, batch, programs);
    const logPrior = await this.generative.logPriorDiscrete(programs);
    return { logPrior, logLikelihood, logPriorDiscrete: logPrior };
  }

  /** K draws of z_c for each of the programs [N, B], [K * N, B]; the same for the same string and series, at any time. */
  fixedDraws(batch: Batch<SeriesSet>, programs: Programs, numDraws: number): Promise<Proposals> {
    const repeated = repeatPrograms(programs, numDraws);
    return this.recogniser.drawParameters(batch, repeated, noiseOf(batch, repeated, numDraws));
  }

  logQ(batch: Batch<SeriesSet>, programs: Programs): Promise<Float64Array> {
    return this.recogniser.logQ(batch, programs);
  }

  dream(count: number, rng: Rng): Promise<Dreams<SeriesSet>> {
    return this.generative.dream(count, rng);
  }

  /** Strings of the data's grammar, with parameters and series of the present theta. */
  simplePairs(count: number, rng: Rng): Promise<Dreams<SeriesSet>> {
    const strings = emptyPrograms(1, count, MOST_SYMBOLS);
    const own = rng.fork("strings");
    for (let n = 0; n < count; n++) {
      strings.values.set(drawProgram(own.fork(n), this.options.leastSymbols), n * MOST_SYMBOLS);
    }
    return this.generative.dreamOf(strings, rng);
  }

  /** M distinct strings of the prior for every series. */
  firstPrograms(batch: Batch<SeriesSet>, memorySize: number, rng: Rng) {
    return firstStrings(this.generative, batch.ids.length, memorySize, rng);
  }

  /** The proposals in one spelling, where the option says so. */
  async respell(batch: Batch<SeriesSet>, proposals: Proposals): Promise<Proposals> {
    if (!this.options.mergeEquivalent) return proposals;
    const programs = mapPrograms(proposals.programs, (values, from) => canonicalProgram(values, from));
    const isSame = programs.values.every((symbol, i) => symbol === proposals.programs.values[i]);
    return isSame ? proposals : { programs, logQ: await this.recogniser.logQ(batch, programs) };
  }

  /** In one spelling too, where the option says so. */
  vary(_batch: Batch<SeriesSet>, programs: Programs, rng: Rng): Programs {
    const spell = this.options.mergeEquivalent ? canonicalProgram : (program: Int32Array) => program;
    return mapPrograms(programs, (values, from) => spell(varyProgram(values, rng.fork(from / MOST_SYMBOLS), from)));
  }

  accumulate(terms: readonly Term<SeriesSet>[]): Promise<Float64Array> {
    return accumulateParts(terms, {
      theta: (term) => this.generative.accumulate(term),
      phi: (own) => this.recogniser.accumulate(own, this.generative.valueGradient.bind(this.generative)),
    });
  }

  dispose(): void {
    this.recogniser.dispose();
    this.generative.dispose();
  }
}

/** Discrete parts [N, B] repeated K times: [K * N, B]. */
function repeatPrograms(programs: Programs, times: number): Programs {
  const { numParticles, batchSize, length } = programs;
  const repeated = emptyPrograms(times * numParticles, batchSize, length);
  for (let k = 0; k < times; k++) repeated.values.set(programs.values, k * programs.values.length);
  return repeated;
}

/** Every discrete part changed; continuous parts are dropped. */
function mapPrograms(programs: Programs, change: (values: Int32Array, from: number) => Int32Array): Programs {
  const { numParticles, batchSize, length } = programs;
  const changed = emptyPrograms(numParticles, batchSize, length);
  for (let from = 0; from < changed.values.length; from += length) {
    changed.values.set(change(programs.values, from), from);
  }
  return changed;
}
