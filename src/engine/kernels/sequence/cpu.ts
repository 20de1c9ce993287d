// The sequence network on the "cpu" backend: plain TypeScript in float64, one lane after another.
// It is the slowest and the most exact of the implementations; finite differences are taken from it.

import { type DistinctLanes, distinctLanes } from "../../nn/distinctLanes";
import type { Lanes, SequenceNetwork, SequenceSpec, Texts } from "../../nn/sequence";
import type { PartName, SequencePlan } from "../../nn/sequencePlan";
import { PlainBlock } from "../../optim/plainBlock";
import { pcg4d, type Rng } from "../../rng/rng";
import { allowedLength, nextState, requireAllowed, requireGroups, requireLanes, sumByIndex } from "./calls";
import { type Choice, choiceGradient, choiceOf, drawToken } from "./cpuChoice";
import { backwardThroughTime, type LstmTrace, type LstmViews, startTrace, stepForward } from "./cpuLstm";
import { type Readout, type ReadoutViews, readoutBackward, readoutForward } from "./cpuReadout";

/** @param block name, group and first weights [parameterCount] of the network's parameter block */
export async function createCpuSequence(
  spec: SequenceSpec,
  plan: SequencePlan,
  block: { readonly name: string; readonly group: "theta" | "phi"; readonly initial: ArrayLike<number> },
): Promise<CpuSequence> {
  return new CpuSequence(spec, plan, new PlainBlock(block.name, block.group, block.initial));
}

type Views = {
  readonly encoder: LstmViews;
  readonly decoder: LstmViews;
  readonly readout: ReadoutViews;
  readonly part: (name: PartName) => Float64Array;
};

/** The traces of a group's texts and the gradients [T + 1, H] that their states collect; both empty without a reader. */
type Reading = { readonly texts: readonly LstmTrace[]; readonly gradients: readonly Float64Array[] };

/** One written lane: what each step did, for the way back. */
type Writing = {
  readonly copies: readonly LstmTrace[];
  readonly steps: { readonly readout: Readout; readonly choice: Choice; readonly token: number }[];
  readonly logProb: number;
};

export class CpuSequence implements SequenceNetwork {
  readonly spec: SequenceSpec;
  readonly block: PlainBlock;
  private readonly weights: Views;
  private readonly gradient: Views;

  constructor(spec: SequenceSpec, plan: SequencePlan, block: PlainBlock) {
    this.spec = spec;
    this.block = block;
    this.weights = viewsOf(plan, block.values);
    this.gradient = viewsOf(plan, block.gradient);
  }

  async sample(texts: Texts | null, groups: Int32Array, rng: Rng) {
    requireGroups(this.spec, texts, groups);
    const { maxLength, end } = this.spec.grammar;
    const tokens = new Int32Array(groups.length * maxLength).fill(end);
    const logProb = new Float64Array(groups.length);
    const readings = new Map<number, Reading>();
    const words = new Uint32Array(4);
    for (const [lane, group] of groups.entries()) {
      const { steps, logProb: total } = this.write(this.readingOf(readings, texts, group), (choice, step) => {
        const word = lane * maxLength + step;
        pcg4d(rng.seed, rng.streamA, rng.streamB, word >>> 2, words);
        return drawToken(choice.p, words[word & 3]! * 2 ** -32);
      });
      for (const [step, { token }] of steps.entries()) tokens[lane * maxLength + step] = token;
      logProb[lane] = total;
    }
    return { tokens, logProb };
  }

  async logProb(texts: Texts | null, lanes: Lanes): Promise<Float64Array> {
    requireLanes(this.spec, lanes);
    requireGroups(this.spec, texts, lanes.groups);
    const distinct = this.distinct(lanes, (lane) => allowedLength(this.spec.grammar, lanes.tokens, lane) > 0);
    const readings = new Map<number, Reading>();
    const logProb = Array.from(distinct.groups, (group, lane) => {
      return this.writeLane(this.readingOf(readings, texts, group), distinct, lane).logProb;
    });
    return Float64Array.from(distinct.index, (at) => (at < 0 ? Number.NEGATIVE_INFINITY : logProb[at]!));
  }

  async accumulate(texts: Texts | null, lanes: Lanes, coefficient: Float64Array): Promise<Float64Array> {
    requireLanes(this.spec, lanes, coefficient);
    requireGroups(this.spec, texts, lanes.groups);
    for (const [lane, factor] of coefficient.entries()) {
      if (factor !== 0) requireAllowed(this.spec, lane, allowedLength(this.spec.grammar, lanes.tokens, lane));
    }
    const distinct = this.distinct(lanes, (lane) => coefficient[lane] !== 0);
    const factors = sumByIndex(distinct, coefficient);
    const readings = new Map<number, Reading>();
    const logProb = Array.from(distinct.groups, (group, lane) => {
      const reading = this.readingOf(readings, texts, group);
      const writing = this.writeLane(reading, distinct, lane);
      this.writeBackward(reading, writing, -factors[lane]!);
      return writing.logProb;
    });
    for (const reading of readings.values()) this.readBackward(reading);
    return Float64Array.from(distinct.index, (at) => (at < 0 ? 0 : logProb[at]!));
  }

  dispose(): void {
    // Plain arrays: nothing to give back.
  }

  private distinct(lanes: Lanes, isKept: (lane: number) => boolean): DistinctLanes {
    return distinctLanes(lanes, this.spec.grammar.maxLength, this.spec.reader !== null, isKept);
  }

  /** The group as it was read in this call, read now if it was not. */
  private readingOf(readings: Map<number, Reading>, texts: Texts | null, group: number): Reading {
    const key = this.spec.reader ? group : 0;
    const reading = readings.get(key) ?? this.read(texts, group);
    readings.set(key, reading);
    return reading;
  }

  private read(texts: Texts | null, group: number): Reading {
    if (this.spec.reader === null || texts === null) return { texts: [], gradients: [] };
    const { encoder, part } = this.weights;
    const traces: LstmTrace[] = [];
    for (let text = texts.groupOffsets[group]!; text < texts.groupOffsets[group + 1]!; text++) {
      const symbols = texts.symbols.subarray(texts.textOffsets[text]!, texts.textOffsets[text + 1]!);
      const trace = startTrace(symbols.length, part("encoder.state"), part("encoder.cell"));
      for (const [step, symbol] of symbols.entries()) stepForward(encoder, trace, step, symbol);
      traces.push(trace);
    }
    return { texts: traces, gradients: traces.map((trace) => new Float64Array(trace.hidden.length)) };
  }

  private writeLane(reading: Reading, lanes: Lanes, lane: number): Writing {
    return this.write(reading, (_, step) => lanes.tokens[lane * this.spec.grammar.maxLength + step]!);
  }

  /** Writes until the end token; `choose` gives each token. */
  private write(reading: Reading, choose: (choice: Choice, step: number) => number): Writing {
    const { grammar, hidden, floor } = this.spec;
    const { decoder, readout: views, part } = this.weights;
    const copies =
      this.spec.reader === null
        ? [startTrace(grammar.maxLength, part("decoder.state"), part("decoder.cell"))]
        : reading.texts.map((text) => startTrace(grammar.maxLength, text.hidden.slice(-hidden), part("decoder.cell")));
    const steps: Writing["steps"] = [];
    let state = 0;
    let previous = grammar.tokens;
    let logProb = 0;
    while (previous !== grammar.end) {
      const step = steps.length;
      for (const copy of copies) stepForward(decoder, copy, step, previous);
      const readout = readoutForward(views, copies, reading.texts, step, hidden);
      const choice = choiceOf(this.spec, readout.logits, state, grammar.maxLength - step);
      const token = choose(choice, step);
      logProb += logOf(choice, readout.logits, token, floor);
      steps.push({ readout, choice, token });
      state = nextState(grammar, state, token, grammar.maxLength - step);
      previous = token;
    }
    return { copies: copies.map((copy) => firstSteps(copy, steps.length, hidden)), steps, logProb };
  }

  /** Adds the gradient of scale times the lane's log probability; the encoder's part is left in `reading.gradients`. */
  private writeBackward(reading: Reading, writing: Writing, scale: number): void {
    const { hidden, floor } = this.spec;
    const { weights, gradient } = this;
    const { copies } = writing;
    const copyGradients = copies.map((copy) => new Float64Array(copy.hidden.length));
    for (const [step, { readout, choice, token }] of writing.steps.entries()) {
      const toLogits = choiceGradient(choice, floor, token, scale);
      const rows = copyGradients.map((all) => all.subarray((step + 1) * hidden, (step + 2) * hidden));
      const { texts, gradients } = reading;
      readoutBackward(weights.readout, gradient.readout, readout, toLogits, texts, rows, gradients);
    }
    for (const [index, copy] of copies.entries()) {
      const toHidden = copyGradients[index]!;
      const toCell = backwardThroughTime(weights.decoder, gradient.decoder, copy, toHidden);
      addTo(gradient.part("decoder.cell"), toCell);
      const toSummary = reading.gradients[index]?.subarray(-hidden) ?? gradient.part("decoder.state");
      addTo(toSummary, toHidden.subarray(0, hidden));
    }
  }

  /** Takes what the texts' states collected back through the encoder. */
  private readBackward({ texts, gradients }: Reading): void {
    const { weights, gradient } = this;
    for (const [index, text] of texts.entries()) {
      const toHidden = gradients[index]!;
      const toCell = backwardThroughTime(weights.encoder, gradient.encoder, text, toHidden);
      addTo(gradient.part("encoder.cell"), toCell);
      addTo(gradient.part("encoder.state"), toHidden.subarray(0, this.spec.hidden));
    }
  }
}

/** log p of a token, exact far out where p itself would round to 0. */
function logOf({ p }: Choice, logits: Float64Array, token: number, floor: number): number {
  if (floor > 0) return Math.log(p[token]!);
  const most = logits.reduce((best, logit, v) => (p[v]! > 0 ? Math.max(best, logit) : best), logits[token]!);
  const total = logits.reduce((sum, logit, v) => (p[v]! > 0 ? sum + Math.exp(logit - most) : sum), 0);
  return logits[token]! - most - Math.log(total);
}

function firstSteps(trace: LstmTrace, steps: number, units: number): LstmTrace {
  return {
    symbols: trace.symbols.subarray(0, steps),
    hidden: trace.hidden.subarray(0, (steps + 1) * units),
    cell: trace.cell.subarray(0, (steps + 1) * units),
    gates: trace.gates.subarray(0, steps * 4 * units),
  };
}

function addTo(sum: Float64Array, term: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + term[i]!;
}

/** The parts of a flat block; a part that the network lacks is empty. */
function viewsOf(plan: SequencePlan, flat: Float64Array): Views {
  const part = (name: PartName) => {
    const { offset, rows, columns } = plan.parts[name] ?? { offset: 0, rows: 0, columns: 0 };
    return flat.subarray(offset, offset + rows * columns);
  };
  const lstm = (kind: "encoder" | "decoder"): LstmViews => ({
    input: part(`${kind}.input`),
    recurrent: part(`${kind}.recurrent`),
    bias: part(`${kind}.bias`),
  });
  const readout = {
    attention: part("attention"),
    mix: part("mix.weights"),
    mixBias: part("mix.bias"),
    output: part("output.weights"),
    outputBias: part("output.bias"),
  };
  return { encoder: lstm("encoder"), decoder: lstm("decoder"), readout, part };
}
