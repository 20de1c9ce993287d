// The generative model p(z_d) p(z_c | z_d) p(x | z): an LSTM writes the expression, another its parameters, a Gaussian
// process the series. Source: HMWS specification, sections 6 to 9.

import type { GaussianProcess, KernelLanes } from "../../engine/kernels/gaussianProcess/gaussianProcess";
import { sampleSeries } from "../../engine/kernels/gaussianProcess/posterior";
import { type Batch, emptyPrograms, type Programs, type Scores, type Term } from "../../engine/model";
import type { Recurrent } from "../../engine/nn/recurrent";
import type { Rng } from "../../engine/rng/rng";
import { type Expression, readExpressions } from "./grammar/expression";
import { streamNoise } from "./laneNoise";
import { distinctStrings, gather, keptPrograms, type StringLanes, spread } from "./lanes";
import { ExpressionNetwork } from "./networks/expressionNetwork";
import { type Floats, SINGLE } from "./networks/floats";
import type { ParameterPrograms } from "./networks/parameterLanes";
import { ParameterNetwork } from "./networks/parameterNetwork";
import { StringEmbedder } from "./networks/stringEmbedder";
import { everyRow, SeriesSet, seriesOf } from "./observations";
import { type ParameterScheme, toParameters, toRawGradient } from "./parameters";
import { ILL_FORMED_LOG_LIKELIHOOD } from "./process";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS, NUM_POINTS } from "./program";

export type ModelSettings = {
  /** From raw numbers to parameters of kernels. */
  readonly scheme: ParameterScheme;
  /** Nats off log p(x | z) for each symbol of a well-formed string. */
  readonly lengthPenalty: number;
  readonly isMasked: boolean;
  readonly allSlots: boolean;
};

/** Variance of the flat series that an ill-formed string dreams. */
const FLAT_VARIANCE = 1e-6;

export class GenerativeModel {
  private readonly writer: ExpressionNetwork;
  private readonly embedder: StringEmbedder;
  private readonly parameters: ParameterNetwork;

  constructor(
    private readonly expression: Recurrent,
    private readonly parameterNetwork: Recurrent,
    readonly process: GaussianProcess,
    private readonly settings: ModelSettings,
    Numbers: Floats = SINGLE,
  ) {
    this.writer = new ExpressionNetwork(expression, settings.isMasked, Numbers);
    this.embedder = new StringEmbedder(expression, Numbers);
    this.parameters = new ParameterNetwork(parameterNetwork, settings.allSlots, Numbers);
  }

  /** From raw numbers to the parameters of kernels. */
  get scheme(): ParameterScheme {
    return this.settings.scheme;
  }

  /** Nats that the length of an expression takes off log p(x | z); 0 for an ill-formed string. */
  penaltyOf({ isWellFormed, length }: Expression): number {
    return isWellFormed ? this.settings.lengthPenalty * length : 0;
  }

  /** [K, B] log p(z_d), nats. */
  async logPriorDiscrete(programs: Programs): Promise<Float64Array> {
    const strings = distinctStrings(programs, false);
    return spread(strings, (await this.writer.logProb(strings, null, false)).logProb);
  }

  /** Scores of programs with a continuous part. @param present [K, B] 0 leaves a place out: its scores are -Infinity */
  async score(batch: Batch<SeriesSet>, programs: Programs, present?: Uint8Array): Promise<Scores> {
    const strings = distinctStrings(programs, false, (i) => present?.[i] !== 0);
    const kept = keptPrograms(strings);
    const lanes = parameterPrograms(programs, kept, strings);
    // All at once: on a graphics device each waits for answers.
    const [discrete, continuous, logDensity] = await Promise.all([
      this.writer.logProb(strings, null, false),
      this.embedder.embed(strings, false).then(({ last }) => this.parameters.logProb(lanes, last, false)),
      this.logLikelihood(batch, programs.batchSize, kept, lanes),
    ]);
    const logPriorDiscrete = spread(strings, discrete.logProb, -Infinity);
    const logPrior = logPriorDiscrete.slice();
    const logLikelihood = new Float64Array(logPrior.length).fill(-Infinity);
    for (const [n, i] of kept.entries()) {
      logPrior[i] = logPrior[i]! + continuous.logProb[n]!;
      logLikelihood[i] = logDensity[n]!;
    }
    return { logPrior, logLikelihood, logPriorDiscrete };
  }

  /** Mean and deviation of p(z_c | z_d) for each number given those before it, [K * B, C]; 0 where none is read. */
  async moments(programs: Programs): Promise<{ mean: Float64Array; deviation: Float64Array }> {
    const strings = distinctStrings(programs, false);
    const { last } = await this.embedder.embed(strings, false);
    const lanes = parameterPrograms(programs, keptPrograms(strings), strings);
    return this.parameters.moments(await this.parameters.logProb(lanes, last, false));
  }

  /** [N] log p(x | z) of the kept programs, nats, length penalty included. */
  private async logLikelihood(
    batch: Batch<SeriesSet>,
    batchSize: number,
    kept: Int32Array,
    lanes: ParameterPrograms,
  ): Promise<Float64Array> {
    const process = this.kernelLanes(kept, lanes, batchSize);
    const values = await this.process.logLikelihood(seriesOf(batch), process.lanes);
    return this.withPenalty(lanes, process.wellFormed, values);
  }

  /** Lanes of the Gaussian process for the well-formed ones of the kept programs. */
  private kernelLanes(kept: Int32Array, { expressions, values }: ParameterPrograms, batchSize: number) {
    const wellFormed = Int32Array.from(kept.keys()).filter((n) => expressions[n]!.isWellFormed);
    const own = Array.from(wellFormed, (n) => expressions[n]!);
    const { mostOps } = this.process.spec;
    const ops = new Uint8Array(own.length * mostOps);
    for (const [lane, expression] of own.entries()) ops.set(expression.ops, lane * mostOps);
    const raw = rowsOf(values, wellFormed);
    const lanes: KernelLanes = {
      ops,
      parameters: toParameters(raw, own, this.settings.scheme),
      rows: wellFormed.map((n) => kept[n]! % batchSize),
    };
    return { wellFormed, own, raw, lanes };
  }

  private withPenalty({ expressions }: ParameterPrograms, wellFormed: Int32Array, values: Float64Array): Float64Array {
    const logLikelihood = new Float64Array(expressions.length).fill(ILL_FORMED_LOG_LIKELIHOOD);
    for (const [lane, n] of wellFormed.entries()) {
      if (values[lane] === -Infinity) continue; // not positive definite: as bad as no expression
      logLikelihood[n] = values[lane]! - this.penaltyOf(expressions[n]!);
    }
    return logLikelihood;
  }

  /**
   * [K, B, C] gradient of log p_theta(z, x) with respect to z_c, weighted by `weight` [K, B]; 0 where that is 0. Nothing is
   * added to the blocks.
   *
   * @returns the gradient, and log p_theta(z, x) [K, B] (0 where the weight is 0)
   */
  async valueGradient(batch: Batch<SeriesSet>, programs: Programs, weight: Float64Array) {
    const strings = distinctStrings(programs, false, (i) => weight[i] !== 0);
    const kept = keptPrograms(strings);
    const lanes = parameterPrograms(programs, kept, strings);
    const own = Float64Array.from(kept, (i) => weight[i]!);
    const { last } = await this.embedder.embed(strings, false);
    const pass = await this.parameters.logProb(lanes, last, true);
    const ofPrior = await this.parameters.valueGradient(pass, own);
    const process = this.kernelLanes(kept, lanes, programs.batchSize);
    const density = await this.process.gradient(seriesOf(batch), process.lanes);
    const { scheme } = this.settings;
    const ofProcess = toRawGradient(density.gradient, process.raw, process.own, scheme);
    const likelihood = this.withPenalty(lanes, process.wellFormed, density.logLikelihood);
    const logDiscrete = (await this.writer.logProb(strings, null, false)).logProb;
    for (const [lane, n] of process.wellFormed.entries()) {
      for (let c = 0; c < CONTINUOUS_LENGTH; c++) {
        const at = n * CONTINUOUS_LENGTH + c;
        ofPrior[at] = ofPrior[at]! + own[n]! * ofProcess[lane * CONTINUOUS_LENGTH + c]!;
      }
    }
    const gradient = new Float64Array(weight.length * CONTINUOUS_LENGTH);
    const logJoint = new Float64Array(weight.length);
    for (const [n, i] of kept.entries()) {
      gradient.set(ofPrior.subarray(n * CONTINUOUS_LENGTH, (n + 1) * CONTINUOUS_LENGTH), i * CONTINUOUS_LENGTH);
      logJoint[i] = logDiscrete[strings.index[i]!]! + pass.logProb[n]! + likelihood[n]!;
    }
    return { gradient, logJoint };
  }

  /** Adds the gradient of a theta term to the blocks; returns the term's value, nats. */
  async accumulate({ batch, programs, coefficient, factor }: Term<SeriesSet>): Promise<number> {
    const weight = coefficient.map((value) => value / batch.ids.length);
    const strings = distinctStrings(programs, false, (i) => weight[i] !== 0);
    if (strings.groups.length === 0) return 0;
    let value = 0;
    if (factor !== "continuous") {
      const byString = gather(strings, weight);
      const pass = await this.writer.logProb(strings, null, true);
      await this.writer.backward(pass, byString);
      value += dot(byString, pass.logProb);
    }
    if (factor === "discrete" || !programs.continuous) return value;
    return value + (await this.accumulateContinuous(batch, programs, strings, weight));
  }

  /** Of log p(z_c | z_d) + log p(x | z), which holds nothing to learn itself. */
  private async accumulateContinuous(
    batch: Batch<SeriesSet>,
    programs: Programs,
    strings: StringLanes,
    weight: Float64Array,
  ): Promise<number> {
    const kept = keptPrograms(strings);
    const lanes = parameterPrograms(programs, kept, strings);
    const own = Float64Array.from(kept, (i) => weight[i]!);
    const [likelihood, logProb] = await Promise.all([
      this.logLikelihood(batch, programs.batchSize, kept, lanes),
      this.addContinuous(strings, lanes, own),
    ]);
    return dot(own, logProb) + dot(own, likelihood);
  }

  /** Adds the gradient of sum_n weight_n log p(z_c | z_d); returns log p of each, nats. */
  private async addContinuous(strings: StringLanes, lanes: ParameterPrograms, weight: Float64Array) {
    const { last, tape } = await this.embedder.embed(strings, true);
    const pass = await this.parameters.logProb(lanes, last, true);
    await this.embedder.backward(tape!, await this.parameters.backward(pass, weight));
    return pass.logProb;
  }

  /** Strings from p(z_d), packed [1, N, L]. */
  async sampleStrings(count: number, rng: Rng): Promise<Programs> {
    const { tokens } = await this.writer.sample(null, new Int32Array(count), streamNoise(rng));
    return { ...emptyPrograms(1, count, MOST_SYMBOLS), values: tokens };
  }

  /** The programs [1, N, L] with parameters from p(z_c | z_d). */
  async withParameters(programs: Programs, rng: Rng): Promise<Programs> {
    const strings = distinctStrings(programs, false);
    const { last } = await this.embedder.embed(strings, false);
    const expressions = Array.from(strings.index, (lane) => strings.expressions[lane]!);
    const { values } = await this.parameters.sample({ expressions, groups: strings.index }, last, streamNoise(rng));
    return { ...programs, continuous: values };
  }

  /** One series for each program of [1, N, L]: covariance and jitter without the observation noise, flat if ill-formed. */
  sampleSeries({ values, continuous }: Programs, rng: Rng): SeriesSet {
    const expressions = readExpressions(values);
    const parameters = toParameters(continuous!, expressions, this.settings.scheme);
    const { spec } = this.process;
    const width = parameters.length / expressions.length;
    const series = new Float32Array(expressions.length * NUM_POINTS);
    for (const [n, { ops, isWellFormed }] of expressions.entries()) {
      const own = rng.fork(n);
      const normals = Float64Array.from({ length: NUM_POINTS }, () => own.normal());
      const covariance = { ops, parameters: parameters.subarray(n * width, (n + 1) * width) };
      const drawn = isWellFormed ? sampleSeries(covariance, spec, normals) : null;
      const flat = Math.sqrt(FLAT_VARIANCE + spec.jitter);
      series.set(drawn ?? normals.map((normal) => flat * normal), n * NUM_POINTS);
    }
    return new SeriesSet(series);
  }

  /** Pairs (z, x) of p_theta. */
  async dream(count: number, rng: Rng): Promise<{ batch: Batch<SeriesSet>; programs: Programs }> {
    return this.dreamOf(await this.sampleStrings(count, rng.fork("strings")), rng);
  }

  /** Parameters and a series for given strings [1, N, L]. */
  async dreamOf(strings: Programs, rng: Rng): Promise<{ batch: Batch<SeriesSet>; programs: Programs }> {
    const programs = await this.withParameters(strings, rng.fork("parameters"));
    return { batch: everyRow(this.sampleSeries(programs, rng.fork("series"))), programs };
  }

  dispose(): void {
    this.expression.dispose();
    this.parameterNetwork.dispose();
    this.process.dispose();
  }
}

/** The kept programs with their raw parameters; group = string. */
function parameterPrograms({ continuous }: Programs, kept: Int32Array, strings: StringLanes): ParameterPrograms {
  const groups = kept.map((i) => strings.index[i]!);
  return {
    expressions: Array.from(groups, (lane) => strings.expressions[lane]!),
    groups,
    values: rowsOf(continuous!, kept),
  };
}

/** [N, C] rows of numbers [.., C]. */
export function rowsOf(values: Float64Array, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length * CONTINUOUS_LENGTH);
  for (const [n, row] of rows.entries()) {
    out.set(values.subarray(row * CONTINUOUS_LENGTH, (row + 1) * CONTINUOUS_LENGTH), n * CONTINUOUS_LENGTH);
  }
  return out;
}

/** sum_n weight_n values_n; places of weight 0 do not count, whatever stands there. */
export function dot(weight: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < weight.length; n++) if (weight[n] !== 0) sum += weight[n]! * values[n]!;
  return sum;
}
