// The recognition model q(z_d | x) q(z_c | z_d, x): an LSTM reads the series once, another writes the expression, a third
// reads it, a fourth writes its parameters. Source: HMWS specification, section 9.

import { type Batch, emptyPrograms, type Programs, type Proposals, type Term } from "../../engine/model";
import type { Recurrent, Tape } from "../../engine/nn/recurrent";
import { CountedBlock } from "../../engine/optim/countedBlock";
import type { ParameterBlock } from "../../engine/optim/parameterBlock";
import type { Rng } from "../../engine/rng/rng";
import { dot, rowsOf } from "./generative";
import { type LaneNoise, streamNoise } from "./laneNoise";
import { distinctStrings, gather, keptPrograms, type StringLanes, spread } from "./lanes";
import { ExpressionNetwork } from "./networks/expressionNetwork";
import { type Floats, SINGLE } from "./networks/floats";
import type { ParameterPrograms } from "./networks/parameterLanes";
import { ParameterNetwork } from "./networks/parameterNetwork";
import { StringEmbedder } from "./networks/stringEmbedder";
import { type SeriesSet, seriesOf } from "./observations";
import { CONTINUOUS_LENGTH, MOST_SYMBOLS, NUM_POINTS } from "./program";

/** The four networks of phi, in the order of their blocks. */
export type RecognitionNetworks = {
  /** 1 -> h */
  readonly signal: Recurrent;
  /** 11 -> h, context h, 12 outputs */
  readonly expression: Recurrent;
  /** 11 -> h */
  readonly embedder: Recurrent;
  /** 16 -> h, context 2 h, 32 outputs */
  readonly parameters: Recurrent;
};

/** Gradient of log p_theta(z, x) with respect to z_c, weighted: [K, B, C]; and log p_theta(z, x) [K, B]. */
export type ValueGradient = (
  batch: Batch<SeriesSet>,
  programs: Programs,
  weight: Float64Array,
) => Promise<{ readonly gradient: Float64Array; readonly logJoint: Float64Array }>;

/** Rows of a batch up to which its activations are kept in case a backward pass follows. */
const MOST_KEPT = 64;

/** A batch as the signal network sees it. */
type Reading = { readonly version: number; readonly embedding: Float32Array; tape: Tape | null };

export class Recogniser {
  readonly blocks: readonly ParameterBlock[];
  private readonly signalBlock: CountedBlock;
  private readonly writer: ExpressionNetwork;
  private readonly embedder: StringEmbedder;
  private readonly parameters: ParameterNetwork;
  private readonly readings = new WeakMap<Batch<SeriesSet>, Reading>();
  /** The reading whose tape is kept. */
  private held: Reading | null = null;

  constructor(
    private readonly networks: RecognitionNetworks,
    { isMasked, allSlots }: { readonly isMasked: boolean; readonly allSlots: boolean },
    private readonly Numbers: Floats = SINGLE,
  ) {
    this.signalBlock = new CountedBlock(networks.signal.block);
    const { expression, embedder, parameters } = networks;
    this.blocks = [this.signalBlock, expression.block, embedder.block, parameters.block];
    this.writer = new ExpressionNetwork(expression, isMasked, Numbers);
    this.embedder = new StringEmbedder(embedder, Numbers);
    this.parameters = new ParameterNetwork(parameters, allSlots, Numbers);
  }

  /** h */
  private get hidden(): number {
    return this.networks.signal.spec.hidden;
  }

  /** [B, h] e_x: every batch is read once, until phi moves; again only where its activations are needed and gone. */
  private async read(batch: Batch<SeriesSet>, needsTape = false): Promise<Reading> {
    const { version } = this.signalBlock;
    const known = this.readings.get(batch);
    if (known?.version === version && (known.tape || !needsTape)) return known;
    const count = batch.ids.length;
    const lanes = {
      steps: NUM_POINTS,
      inputs: seriesOf(batch),
      lengths: new Int32Array(count).fill(NUM_POINTS),
      context: null,
      groups: new Int32Array(count),
    };
    const keep = needsTape || count <= MOST_KEPT;
    const { last, tape } = await this.networks.signal.forward(lanes, keep);
    const reading: Reading = { version, embedding: last, tape };
    this.readings.set(batch, reading);
    if (keep) this.hold(reading);
    return reading;
  }

  private hold(reading: Reading | null): void {
    this.held?.tape?.release();
    if (this.held) this.held.tape = null;
    this.held = reading;
  }

  /** N strings of q(z_d | x) for each series; logQ is log q(z_d | x). */
  async proposeStrings(batch: Batch<SeriesSet>, count: number, rng: Rng): Promise<Proposals> {
    const batchSize = batch.ids.length;
    const { embedding } = await this.read(batch);
    const groups = Int32Array.from({ length: count * batchSize }, (_, i) => i % batchSize);
    const { tokens, logProb } = await this.writer.sample(embedding, groups, streamNoise(rng));
    return { programs: { ...emptyPrograms(count, batchSize, MOST_SYMBOLS), values: tokens }, logQ: logProb };
  }

  /**
   * Parameters of q(z_c | z_d, x) for programs [N, B]; logQ is log q(z_c | z_d, x), -Infinity for those left out.
   *
   * @param noise program i = n * B + b has the noise of lane i
   */
  async drawParameters(
    batch: Batch<SeriesSet>,
    programs: Programs,
    noise: LaneNoise,
    isWanted: (index: number) => boolean = () => true,
  ): Promise<Proposals> {
    const seen = await this.contextOf(batch, programs, isWanted, false);
    const { pairs, kept, context } = seen;
    const expressions = Array.from(kept, (i) => pairs.expressions[pairs.index[i]!]!);
    const groups = kept.map((i) => pairs.index[i]!);
    const own: LaneNoise = {
      uniform: (lane, place) => noise.uniform(kept[lane]!, place),
      normal: (lane, place) => noise.normal(kept[lane]!, place),
    };
    const { values, logProb } = await this.parameters.sample({ expressions, groups }, context, own);
    const continuous = new Float64Array(pairs.index.length * CONTINUOUS_LENGTH);
    const logQ = new Float64Array(pairs.index.length).fill(-Infinity);
    for (const [n, i] of kept.entries()) {
      continuous.set(values.subarray(n * CONTINUOUS_LENGTH, (n + 1) * CONTINUOUS_LENGTH), i * CONTINUOUS_LENGTH);
      logQ[i] = logProb[n]!;
    }
    return { programs: { ...programs, continuous }, logQ };
  }

  /** [K, B] log q(z | x), nats: of both parts, or of the string alone where the programs have no continuous one. */
  async logQ(batch: Batch<SeriesSet>, programs: Programs): Promise<Float64Array> {
    const { embedding } = await this.read(batch);
    const strings = distinctStrings(programs, true);
    const logQ = spread(strings, (await this.writer.logProb(strings, embedding, false)).logProb);
    if (!programs.continuous) return logQ;
    const parameters = await this.logQContinuous(batch, programs);
    return logQ.map((value, i) => value + parameters[i]!);
  }

  /** Of the programs that `isWanted`, in order: log q(z_c | z_d, x), nats. */
  async logQContinuous(batch: Batch<SeriesSet>, programs: Programs, isWanted = (_index: number) => true) {
    const seen = await this.contextOf(batch, programs, isWanted, false);
    return (await this.parameters.logProb(parameterPrograms(programs, seen), seen.context, false)).logProb;
  }

  /** What the parameter network sees of programs: rows (e_x, e_z), one for each distinct string of a series. */
  private async contextOf(
    batch: Batch<SeriesSet>,
    programs: Programs,
    isWanted: (index: number) => boolean,
    keep: boolean,
  ): Promise<Seen> {
    const { embedding } = await this.read(batch);
    const pairs = distinctStrings(programs, true, isWanted);
    const strings = distinctStrings(programs, false, isWanted);
    const { last, tape } = await this.embedder.embed(strings, keep);
    const stringOf = new Int32Array(pairs.groups.length);
    for (const [i, pair] of pairs.index.entries()) if (pair >= 0) stringOf[pair] = strings.index[i]!;
    const width = this.hidden;
    const context = new this.Numbers(pairs.groups.length * 2 * width);
    for (const [pair, b] of pairs.groups.entries()) {
      const s = stringOf[pair]!;
      context.set(embedding.subarray(b * width, (b + 1) * width), 2 * pair * width);
      context.set(last.subarray(s * width, (s + 1) * width), (2 * pair + 1) * width);
    }
    return { pairs, kept: keptPrograms(pairs), stringOf, numStrings: strings.groups.length, context, tape };
  }

  /**
   * Adds the gradients of phi terms to the blocks. Terms that share a batch share one backward pass through the signal
   * network; batches go in the order of the terms.
   *
   * @returns per term its value, nats
   */
  async accumulate(terms: readonly Term<SeriesSet>[], valueGradient: ValueGradient): Promise<number[]> {
    const values = new Map<Term<SeriesSet>, number>();
    for (const batch of new Set(terms.map((term) => term.batch))) {
      await this.read(batch, true);
      const toSignal = new this.Numbers(batch.ids.length * this.hidden);
      for (const term of terms) {
        if (term.batch !== batch) continue;
        const weight = term.coefficient.map((value) => value / batch.ids.length);
        const needsBoth = term.factor === undefined && !term.isPathwise;
        let value = 0;
        if (needsBoth || term.factor === "discrete") value += await this.addStrings(term, weight, toSignal);
        if (term.isPathwise) value += await this.addPathwise(term, weight, toSignal, valueGradient);
        else if (term.factor === "continuous" || (needsBoth && term.programs.continuous)) {
          value += await this.addParameters(term, weight, toSignal);
        }
        values.set(term, value);
      }
      await this.signalBackward(batch, toSignal);
    }
    return terms.map((term) => values.get(term)!);
  }

  private async addStrings(
    { batch, programs }: Term<SeriesSet>,
    weight: Float64Array,
    toSignal: Float32Array,
  ): Promise<number> {
    const strings = distinctStrings(programs, true, (i) => weight[i] !== 0);
    if (strings.groups.length === 0) return 0;
    const { embedding } = await this.read(batch);
    const byString = gather(strings, weight);
    const pass = await this.writer.logProb(strings, embedding, true);
    add(toSignal, (await this.writer.backward(pass, byString))!);
    return dot(byString, pass.logProb);
  }

  private async addParameters(
    { batch, programs }: Term<SeriesSet>,
    weight: Float64Array,
    toSignal: Float32Array,
  ): Promise<number> {
    const seen = await this.contextOf(batch, programs, (i) => weight[i] !== 0, true);
    const own = Float64Array.from(seen.kept, (i) => weight[i]!);
    const pass = await this.parameters.logProb(parameterPrograms(programs, seen), seen.context, true);
    await this.contextBackward(seen, await this.parameters.backward(pass, own), toSignal);
    return dot(own, pass.logProb);
  }

  private async addPathwise(
    { batch, programs }: Term<SeriesSet>,
    weight: Float64Array,
    toSignal: Float32Array,
    valueGradient: ValueGradient,
  ): Promise<number> {
    const seen = await this.contextOf(batch, programs, (i) => weight[i] !== 0, true);
    const lanes = parameterPrograms(programs, seen);
    const own = Float64Array.from(seen.kept, (i) => weight[i]!);
    const { logProb } = await this.parameters.logProb(lanes, seen.context, false);
    const { gradient, logJoint } = await valueGradient(batch, programs, weight);
    const toContext = await this.parameters.pathwise(lanes, seen.context, rowsOf(gradient, seen.kept), own);
    await this.contextBackward(seen, toContext, toSignal);
    return dot(weight, logJoint) - dot(own, logProb);
  }

  /** Takes a gradient [G, 2 h] of (e_x, e_z) to the embedder and adds it to that of e_x. */
  private async contextBackward(seen: Seen, gradient: Float32Array, toSignal: Float32Array): Promise<void> {
    const width = this.hidden;
    const toStrings = new this.Numbers(seen.numStrings * width);
    for (const [pair, b] of seen.pairs.groups.entries()) {
      const from = 2 * pair * width;
      add(toSignal.subarray(b * width, (b + 1) * width), gradient.subarray(from, from + width));
      const s = seen.stringOf[pair]!;
      add(toStrings.subarray(s * width, (s + 1) * width), gradient.subarray(from + width, from + 2 * width));
    }
    await this.embedder.backward(seen.tape!, toStrings);
  }

  private async signalBackward(batch: Batch<SeriesSet>, gradient: Float32Array): Promise<void> {
    const reading = await this.read(batch, true);
    const { tape } = reading;
    reading.tape = null;
    if (this.held === reading) this.held = null;
    await this.networks.signal.backward(tape!, null, gradient, false);
  }

  dispose(): void {
    this.hold(null);
    for (const network of Object.values(this.networks)) network.dispose();
  }
}

type Seen = {
  /** Distinct (series, string), whose rows the context has. */
  readonly pairs: StringLanes;
  /** Indices of the programs that were not left out. */
  readonly kept: Int32Array;
  /** [G] distinct string of each pair. */
  readonly stringOf: Int32Array;
  readonly numStrings: number;
  /** [G, 2 h] */
  readonly context: Float32Array;
  /** Of the embedder. */
  readonly tape: Tape | null;
};

/** The kept programs with their raw parameters; group = pair. */
function parameterPrograms({ continuous }: Programs, { pairs, kept }: Seen): ParameterPrograms {
  const groups = kept.map((i) => pairs.index[i]!);
  return {
    expressions: Array.from(groups, (pair) => pairs.expressions[pair]!),
    groups,
    values: rowsOf(continuous!, kept),
  };
}

function add(sum: Float32Array, values: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + values[i]!;
}
