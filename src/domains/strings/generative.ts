// The generative model p_theta(z, x): an LSTM prior over tokens and the exact evaluator, whose 108 numbers are learned.
// Source: strings specification, sections 3 (semantics), 5 (gradient), 7 (prior), 9 (noise floor).

import { logSumExp } from "../../engine/dists/logs";
import { type Batch, emptyPrograms, type Programs, type Term } from "../../engine/model";
import type { SequenceNetwork } from "../../engine/nn/sequence";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { numCores } from "../../engine/worker/nodeThreads";
import type { EncodedStrings, Evaluator } from "./evaluator";
import type { EvaluatorBlock } from "./evaluatorBlock";
import { gatherLanes, lanesOf, spreadLanes } from "./lanes";
import { ConceptSet } from "./observations";
import { PROGRAM_LENGTH } from "./program";
import { ScoringPool } from "./scoring/scoringPool";
import { startLane } from "./scoring/startLane";
import { SIGMA } from "./tokens";

/** Symbols after which a sampled string is redrawn. */
export const MOST_SYMBOLS = 40;
/** The noise p0: length n with probability 0.1 * 0.9^n (choice), symbols uniform over Sigma and one more for the rest. */
const NOISE_STOP = 0.1;
const NOISE_SYMBOL = (1 - NOISE_STOP) / (SIGMA.length + 1);

export class GenerativeModel {
  readonly blocks: readonly ParameterBlock[];
  readonly prior: SequenceNetwork;
  private readonly logits: EvaluatorBlock;
  private readonly evaluator: Evaluator;
  /** eta: share of strings that come from p0 instead of the program. */
  private readonly noise: number;
  private evaluatorAt = -1;
  /** Scores what is large enough for it beside this thread. */
  readonly lanes: ScoringPool;

  constructor(
    prior: SequenceNetwork,
    logits: EvaluatorBlock,
    evaluator: Evaluator,
    noise: number,
    lanes = new ScoringPool(startLane, numCores() - 1),
  ) {
    this.lanes = lanes;
    this.prior = prior;
    this.logits = logits;
    this.evaluator = evaluator;
    this.noise = noise;
    this.blocks = [prior.block, logits];
  }

  /** [108] the present logits of the evaluator. */
  get evaluatorLogits(): Float64Array {
    return this.logits.values;
  }

  /** The evaluator under the present logits. */
  private current(): Evaluator {
    if (this.evaluatorAt !== this.logits.version) this.evaluator.setLogits(this.logits.values);
    this.evaluatorAt = this.logits.version;
    return this.evaluator;
  }

  /** [K, B] log p_theta(z), nats; -Infinity for programs that the prior cannot write, 0 for those not wanted. */
  async logPrior(programs: Programs, isWanted?: (index: number) => boolean): Promise<Float64Array> {
    const distinct = lanesOf(programs, false, isWanted);
    const values = distinct.lanes.groups.length === 0 ? [] : await this.prior.logProb(null, distinct.lanes);
    const out = spreadLanes(distinct, values, -Infinity);
    return isWanted ? out.map((value, i) => (isWanted(i) ? value : 0)) : out;
  }

  /** [K, B] log p_theta(x | z), nats: sums over the strings of a concept. */
  logLikelihood(batch: Batch<ConceptSet>, programs: Programs): Float64Array {
    const { laneOf, lanes } = lanesOf(programs, true);
    const known = new Float64Array(lanes.groups.length).fill(Number.NaN);
    const out = new Float64Array(laneOf.length);
    for (const [i, lane] of laneOf.entries()) {
      const held = lane < 0 ? Number.NaN : known[lane]!;
      out[i] = Number.isNaN(held) ? this.scoreOne(batch, programs, i) : held;
      if (lane >= 0) known[lane] = out[i]!;
    }
    return out;
  }

  /** The same, over scoring lanes where the batch is large enough (and without noise). */
  async logLikelihoodInLanes(batch: Batch<ConceptSet>, programs: Programs): Promise<Float64Array> {
    const set = batch.observations;
    const first = (b: number) => set.from(batch.ids[b]!);
    const last = (b: number) => set.from(batch.ids[b]! + 1);
    let pairs = 0;
    for (let b = 0; b < programs.batchSize; b++) pairs += programs.numParticles * (last(b) - first(b));
    if (pairs < this.lanes.leastPairs || this.noise > 0) return this.logLikelihood(batch, programs);
    const { laneOf, lanes } = lanesOf(programs, true);
    const jobs = { tokens: lanes.tokens, from: lanes.groups.map(first), to: lanes.groups.map(last) };
    const values = await this.lanes.score(set.encoded, jobs, this.logits.values.slice());
    return Float64Array.from(laneOf, (lane, i) => (lane < 0 ? this.scoreOne(batch, programs, i) : values[lane]!));
  }

  private scoreOne(batch: Batch<ConceptSet>, programs: Programs, i: number): number {
    const set = batch.observations;
    const row = batch.ids[i % programs.batchSize]!;
    return this.scoreStrings(programAt(programs, i), set.encoded, set.from(row), set.from(row + 1));
  }

  /** log p_theta(strings | program) of the encoded strings `from` to `to`, nats. */
  scoreStrings(program: ArrayLike<number>, strings: EncodedStrings, from: number, to: number): number {
    const evaluator = this.current();
    if (this.noise === 0) return evaluator.logProb(program, strings, from, to);
    let sum = 0;
    for (let j = from; j < to; j++) {
      sum += this.mixed(evaluator.logProb(program, strings, j, j + 1), logNoise(strings, j));
    }
    return sum;
  }

  /** log ((1 - eta) p + eta p0) */
  private mixed(logP: number, logP0: number): number {
    return logSumExp([logP + Math.log1p(-this.noise), logP0 + Math.log(this.noise)]);
  }

  /** Adds the gradient of a theta term to the blocks; returns the term's value, nats. */
  async accumulate(term: Term<ConceptSet>): Promise<number> {
    const { programs, batch } = term;
    const coefficient = term.coefficient.map((value) => value / batch.ids.length);
    const used = (i: number) => coefficient[i] !== 0;
    const distinct = lanesOf(programs, false, used);
    const weight = gatherLanes(distinct, coefficient);
    const logPrior = await this.prior.accumulate(null, distinct.lanes, weight);
    let value = 0;
    for (const [lane, w] of weight.entries()) if (w !== 0) value += w * logPrior[lane]!;
    const ascent = new Float64Array(this.logits.size);
    for (const [i, c] of coefficient.entries())
      if (c !== 0) value += c * this.addGradient(batch, programs, i, c, ascent);
    this.logits.descend(ascent);
    return value;
  }

  /** Adds weight * d log p(x | z) / d logits to `ascent`; returns log p(x | z). */
  private addGradient(
    batch: Batch<ConceptSet>,
    programs: Programs,
    i: number,
    weight: number,
    ascent: Float64Array,
  ): number {
    const evaluator = this.current();
    const program = programAt(programs, i);
    const { encoded, ...set } = rangeOf(batch, i % programs.batchSize);
    if (this.noise === 0) return evaluator.addGradient(program, encoded, set.from, set.to, weight, ascent);
    let sum = 0;
    for (let j = set.from; j < set.to; j++) {
      const logP = evaluator.logProb(program, encoded, j, j + 1);
      const mixed = this.mixed(logP, logNoise(encoded, j));
      // d log p~ = (1 - eta) p / p~ * d log p
      const share = Math.exp(logP + Math.log1p(-this.noise) - mixed);
      if (share > 0) evaluator.addGradient(program, encoded, j, j + 1, weight * share, ascent);
      sum += mixed;
    }
    return sum;
  }

  /** Programs of the prior, [1, B, L]. */
  async samplePrograms(count: number, rng: Rng): Promise<Programs> {
    const { tokens } = await this.prior.sample(null, new Int32Array(count), rng);
    return { ...emptyPrograms(1, count, PROGRAM_LENGTH), values: tokens };
  }

  /** `perProgram` strings of each program of [1, C, L], as concepts without a name. */
  sampleStrings(programs: Programs, perProgram: number, rng: Rng): ConceptSet {
    const evaluator = this.current();
    const strings = Array.from({ length: programs.batchSize }, (_, c) => {
      const program = programAt(programs, c);
      const own = rng.fork(c);
      return Array.from({ length: perProgram }, () => evaluator.sample(program, own, MOST_SYMBOLS).text);
    });
    return new ConceptSet(new Array<string>(strings.length).fill(""), strings);
  }
}

function programAt({ values, length }: Programs, i: number): Int32Array {
  return values.subarray(i * length, (i + 1) * length);
}

function rangeOf({ observations, ids }: Batch<ConceptSet>, b: number) {
  const row = ids[b]!;
  return { encoded: observations.encoded, from: observations.from(row), to: observations.from(row + 1) };
}

/** log p0 of one string. */
function logNoise({ offsets }: EncodedStrings, j: number): number {
  return Math.log(NOISE_STOP) + (offsets[j + 1]! - offsets[j]!) * Math.log(NOISE_SYMBOL);
}
