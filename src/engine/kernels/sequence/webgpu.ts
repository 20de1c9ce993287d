// The sequence network on WebGPU: parameters, states and gradients stay on the GPU. A call of sample, logProb or
// accumulate uploads its tokens and reads back once; equal lanes are computed once; big calls run in passes.

import { type DistinctLanes, distinctLanes } from "../../nn/distinctLanes";
import type { Lanes, SequenceNetwork, SequenceSpec, Texts } from "../../nn/sequence";
import type { SequencePlan } from "../../nn/sequencePlan";
import { CountedBlock } from "../../optim/countedBlock";
import type { Rng } from "../../rng/rng";
import { requireHeld } from "../network/calls";
import { WebgpuBlock } from "../network/webgpuBlock";
import { type GpuArray, openWebgpu, readOnce, type WebgpuSession } from "../tfjsWebgpu";
import { allowedLength, requireAllowed, requireGroups, requireLanes, sumByIndex } from "./calls";
import { offsetOf } from "./webgpuCode";
import { GradientPass } from "./webgpuGradient";
import { integer, real } from "./webgpuMatrix";
import { cutLanes, freeReading, placeOf, type Reading, readTexts } from "./webgpuReading";
import { grammarWords } from "./webgpuReadout";
import { copyTables, pack, writingTables } from "./webgpuTables";
import { writerLayout, writerProgram } from "./webgpuWriter";

/**
 * What one pass or dispatch may hold. numbers: of its largest array, 96 MiB where every device binds 128. work:
 * multiplications of one dispatch of the writer if all its programs were of full length (an untrained prior's have a
 * third of it); browsers take away a device that does not answer for seconds.
 */
const BOUNDS = { numbers: 24 * 2 ** 20, work: 2e10 };

type BlockParts = { readonly name: string; readonly group: "theta" | "phi"; readonly initial: Float32Array };

/** A call's lanes in the order of their groups; `ids` are their rows in the result. */
type Ordered = { readonly groups: Int32Array; readonly ids: Int32Array; readonly tokens: Int32Array | null };

/**
 * A sequence network on this worker's graphics device.
 *
 * @param block name, group and first weights [parameterCount] of the network's parameter block
 * @throws LabError("backend") if there is no adapter
 */
export async function createWebgpuSequence(
  spec: SequenceSpec,
  plan: SequencePlan,
  block: BlockParts,
  bounds = BOUNDS,
): Promise<WebgpuSequence> {
  return new WebgpuSequence(await openWebgpu(), spec, plan, block, bounds);
}

export class WebgpuSequence implements SequenceNetwork {
  readonly spec: SequenceSpec;
  readonly block: CountedBlock;
  /** The same block with what only a GPU block has. */
  readonly stored: WebgpuBlock;
  private readonly session: WebgpuSession;
  private readonly plan: SequencePlan;
  /** Null once disposed. */
  private grammar: GpuArray | null;
  /** Most slots of a pass: a trace has 6 H numbers a slot. */
  private readonly mostSlots: number;
  private readonly mostWork: number;
  /** What was read last, for calls that follow with the same texts and parameters. */
  private kept: { readonly texts: Texts; readonly version: number; readonly reading: Reading } | null = null;

  constructor(
    session: WebgpuSession,
    spec: SequenceSpec,
    plan: SequencePlan,
    block: BlockParts,
    bounds: typeof BOUNDS,
  ) {
    this.session = session;
    this.spec = spec;
    this.plan = plan;
    this.stored = new WebgpuBlock(session, block.name, block.group, block.initial);
    this.block = new CountedBlock(this.stored);
    this.grammar = session.upload(grammarWords(spec));
    this.mostWork = bounds.work;
    this.mostSlots = Math.max(1, Math.floor(bounds.numbers / (6 * spec.hidden)));
  }

  async sample(texts: Texts | null, groups: Int32Array, rng: Rng) {
    requireGroups(this.spec, texts, groups);
    const ids = Int32Array.from(groups.keys());
    if (this.spec.reader) ids.sort((a, b) => groups[a]! - groups[b]! || a - b);
    const ordered = { ids, groups: ids.map((id) => groups[id]!), tokens: null };
    return this.write(texts, ordered, rng);
  }

  async logProb(texts: Texts | null, lanes: Lanes): Promise<Float64Array> {
    requireLanes(this.spec, lanes);
    requireGroups(this.spec, texts, lanes.groups);
    const distinct = this.distinct(lanes, (lane) => allowedLength(this.spec.grammar, lanes.tokens, lane) > 0);
    const { groups, tokens, index } = distinct;
    const { logProb } = await this.write(texts, { groups, tokens, ids: Int32Array.from(groups.keys()) }, null);
    return Float64Array.from(index, (at) => (at < 0 ? Number.NEGATIVE_INFINITY : logProb[at]!));
  }

  async accumulate(texts: Texts | null, lanes: Lanes, coefficient: Float64Array): Promise<Float64Array> {
    const { spec, session } = this;
    requireHeld(this.grammar, spec.name);
    requireLanes(spec, lanes, coefficient);
    requireGroups(spec, texts, lanes.groups);
    const distinct = this.distinct(lanes, (lane) => coefficient[lane] !== 0);
    const { groups, tokens, index } = distinct;
    if (groups.length === 0) return new Float64Array(index.length);
    const lengths = Int32Array.from(groups, (_, lane) => allowedLength(spec.grammar, tokens, lane));
    for (const [lane, at] of index.entries()) if (at >= 0) requireAllowed(spec, lane, lengths[at]!);
    const factors = sumByIndex(distinct, coefficient);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const perToken = session.allocate(total);
    this.runPasses(texts, distinct, lengths, factors, perToken);
    const values = await readOnce(this.session, perToken);
    let next = 0;
    const logProb = Float64Array.from(lengths, (length) => {
      let sum = 0;
      for (const end = next + length; next < end; next++) sum += values[next]!;
      return sum;
    });
    return Float64Array.from(index, (at) => (at < 0 ? 0 : logProb[at]!));
  }

  dispose(): void {
    if (this.grammar === null) return;
    if (this.kept) freeReading(this.session, this.kept.reading);
    this.session.free(this.grammar);
    this.stored.dispose();
    this.kept = null;
    this.grammar = null;
  }

  /** The gradient of every run of lanes, one after another, and the log probability of every token. */
  private runPasses(
    texts: Texts | null,
    { tokens, groups }: DistinctLanes,
    lengths: Int32Array,
    factors: Float64Array,
    logProb: GpuArray,
  ): void {
    const { session, spec, plan, stored } = this;
    const { maxLength } = spec.grammar;
    const grammar = requireHeld(this.grammar, spec.name);
    const initAt = offsetOf(plan, "decoder.state");
    let isAdding = !stored.takeZeroed();
    let logProbFrom = 0;
    const slotsOf = (lane: number) => this.copiesOf(texts, groups[lane]!) * (lengths[lane]! + 1);
    for (const [from, to] of cutLanes(groups, this.read(texts), slotsOf, this.mostSlots)) {
      const chunk = { tokens: tokens.subarray(from * maxLength, to * maxLength), groups: groups.subarray(from, to) };
      const reading = this.readingOf(texts, chunk.groups);
      const copies = copyTables(this.read(texts), chunk.groups, reading?.tables ?? null);
      const some = [lengths.subarray(from, to), factors.subarray(from, to)] as const;
      const tables = writingTables(spec, chunk, ...some, copies, reading?.tables ?? null, initAt);
      const target = { block: stored.state, gradient: stored.gradient, isAdding, logProb, logProbFrom };
      new GradientPass(session, spec, plan, grammar, reading, tables, target).run();
      isAdding = true;
      logProbFrom += tables.numSteps;
    }
  }

  /** Draws a lane for each entry, or scores the tokens that are given. */
  private async write(texts: Texts | null, ordered: Ordered, rng: Rng | null) {
    const { session, spec } = this;
    requireHeld(this.grammar, spec.name);
    const { groups } = ordered;
    const { maxLength } = spec.grammar;
    const count = groups.length;
    const tokens = new Int32Array(count * maxLength);
    const logProb = new Float64Array(count);
    if (count === 0) return { tokens, logProb };
    const sizes = this.writerSizes(texts, groups);
    const isSpilled = writerLayout(spec.hidden, sizes).isSpilled;
    const written = count * (maxLength + 1);
    const result = session.allocate(written + (isSpilled ? count * sizes.copies * spec.hidden : 0));
    for (const [from, to] of cutLanes(groups, this.read(texts), () => 0, this.mostSlots)) {
      this.runWriter(texts, ordered, [from, to], sizes, rng, result, written);
    }
    const values = await readOnce(this.session, result);
    for (let lane = 0; lane < count; lane++) {
      const row = lane * (maxLength + 1);
      tokens.set(values.subarray(row, row + maxLength), lane * maxLength);
      logProb[lane] = values[row + maxLength]!;
    }
    return { tokens, logProb };
  }

  private runWriter(
    texts: Texts | null,
    ordered: Ordered,
    [from, to]: readonly [number, number],
    sizes: { readonly copies: number; readonly longest: number },
    rng: Rng | null,
    result: GpuArray,
    spilledFrom: number,
  ): void {
    const { session, spec, plan, stored } = this;
    const { maxLength } = spec.grammar;
    const grammar = requireHeld(this.grammar, spec.name);
    const groups = ordered.groups.subarray(from, to);
    const reading = this.readingOf(texts, groups);
    const { laneRow, rowText, rowLength } = copyTables(this.read(texts), groups, reading?.tables ?? null);
    const laneId = ordered.ids.slice(from, to);
    const tokens = ordered.tokens?.slice(from * maxLength, to * maxLength) ?? new Int32Array(0);
    const { words, at } = pack({ laneRow, laneId, rowText, rowLength, tokens });
    const ints = session.upload(words);
    const given = ordered.tokens === null ? -1 : at.tokens;
    const stream = [rng?.seed ?? 0, rng?.streamA ?? 0, rng?.streamB ?? 0].map((word) => word | 0);
    const numbers = [to - from, at.laneRow, at.laneId, at.rowText, at.rowLength, given, spilledFrom, ...stream];
    const program = writerProgram(spec, plan, placeOf(spec, plan, "decoder"), sizes);
    const texted = reading ? [reading.states, reading.keys] : [];
    const inputs = [stored.state, ...texted, grammar, ints];
    // An LSTM's 4 H^2 a step and copy, and about H^2 for the rest.
    const work = sizes.copies * maxLength * 5 * spec.hidden ** 2;
    const lanes = Math.max(1, Math.floor(this.mostWork / work));
    for (let first = 0; first < to - from; first += lanes) {
      const count = Math.min(lanes, to - from - first);
      session.run(program, inputs, [...[first, ...numbers].map(integer), real(spec.floor)], count, result);
    }
    session.free(ints);
  }

  /** The texts where the network reads them. */
  private read(texts: Texts | null): Texts | null {
    return this.spec.reader === null ? null : texts;
  }

  private copiesOf(texts: Texts | null, group: number): number {
    const held = this.read(texts);
    return held ? held.groupOffsets[group + 1]! - held.groupOffsets[group]! : 1;
  }

  private writerSizes(texts: Texts | null, groups: Int32Array) {
    const held = this.read(texts);
    let [copies, longest] = [1, 0];
    if (held) {
      for (const group of new Set(groups)) {
        copies = Math.max(copies, this.copiesOf(texts, group));
        for (let text = held.groupOffsets[group]!; text < held.groupOffsets[group + 1]!; text++) {
          longest = Math.max(longest, held.textOffsets[text + 1]! - held.textOffsets[text]!);
        }
      }
    }
    return { copies, longest };
  }

  /** The texts of `groups` as read with the present parameters; kept until either changes. */
  private readingOf(texts: Texts | null, groups: Int32Array): Reading | null {
    const { session, spec, plan, kept } = this;
    const held = this.read(texts);
    if (held === null) return null;
    const { version } = this.block;
    const isKept = kept !== null && kept.texts === held && kept.version === version;
    if (isKept && groups.every((group) => kept.reading.tables.firstRow.has(group))) return kept.reading;
    if (kept) freeReading(session, kept.reading);
    const reading = readTexts(session, spec, plan, this.stored.state, held, new Set(groups));
    this.kept = { texts: held, version, reading };
    return reading;
  }

  private distinct(lanes: Lanes, isKept: (lane: number) => boolean): DistinctLanes {
    return distinctLanes(lanes, this.spec.grammar.maxLength, this.spec.reader !== null, isKept);
  }
}
