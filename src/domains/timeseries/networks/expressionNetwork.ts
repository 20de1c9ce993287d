// An LSTM that writes expressions symbol by symbol, p(z_d) or q(z_d | x): each step sees the symbol before, and what does
// not change as a context.
// Source: HMWS specification, sections 6 and 9.

import { sigmoid, softplus } from "../../../engine/dists/logs";
import type { Recurrent, RecurrentLanes, Tape } from "../../../engine/nn/recurrent";
import { NUM_SYMBOLS, STOP, SYNTAX_MASK, walkMask } from "../grammar/syntaxMask";
import type { LaneNoise } from "../laneNoise";
import { END, MOST_SYMBOLS } from "../program";
import { type Floats, SINGLE } from "./floats";
import { type Strings, shiftedLanes } from "./stringInputs";
import { addSymbolGradient, drawSymbol, FREE, logTotal, NUM_LOGITS, stateAfter, stopIn } from "./symbolChoice";

/** What a forward pass over strings leaves for the backward one. */
export type StringPass = {
  readonly strings: Strings;
  readonly steps: number;
  readonly outputs: Float32Array;
  readonly tape: Tape | null;
  /** [N] nats; -Infinity for strings that the syntax mask does not let through. */
  readonly logProb: Float64Array;
};

/** Strings drawn: packed tokens [N, MOST_SYMBOLS] and the log probability of each, nats. */
export type DrawnStrings = { readonly tokens: Int32Array; readonly logProb: Float64Array };

export class ExpressionNetwork {
  constructor(
    private readonly network: Recurrent,
    private readonly isMasked: boolean,
    private readonly Numbers: Floats = SINGLE,
  ) {}

  /** log p of each string, [N] nats. @param context [G, C] rows by the strings' groups, or null */
  async logProb(strings: Strings, context: Float32Array | null, keep: boolean): Promise<StringPass> {
    const logProb = new Float64Array(strings.expressions.length);
    const isPossible = strings.expressions.map((_, lane) => this.statesOf(strings, lane) !== null);
    const lanes = shiftedLanes(strings, context, (lane) => isPossible[lane]!, this.Numbers);
    const { outputs, tape } = await this.network.forward(lanes, keep);
    for (let lane = 0; lane < logProb.length; lane++) {
      logProb[lane] = isPossible[lane] ? this.sumOf(strings, lane, outputs, lanes.steps) : -Infinity;
    }
    return { strings, steps: lanes.steps, outputs, tape, logProb };
  }

  /**
   * Adds the gradient of -sum_n weight_n log p_n to the block (descent direction); uses up the pass.
   *
   * @returns that sum's gradient with respect to the context, [G, C], null without one
   */
  async backward(pass: StringPass, weight: ArrayLike<number>): Promise<Float32Array | null> {
    const { strings, steps, outputs } = pass;
    const gradient = new this.Numbers(outputs.length);
    for (let lane = 0; lane < pass.logProb.length; lane++) {
      const w = -weight[lane]!;
      if (w === 0 || pass.logProb[lane] === -Infinity) continue;
      const states = this.statesOf(strings, lane)!;
      const { symbols } = strings.expressions[lane]!;
      for (const [t, symbol] of symbols.entries()) {
        const at = (lane * steps + t) * NUM_LOGITS;
        addSymbolGradient(outputs, at, states[t]!, symbol, w, gradient);
        if (stopIn(states[t + 1]!, t) !== STOP.free) continue;
        const pEnd = sigmoid(outputs[at + NUM_SYMBOLS]!);
        gradient[at + NUM_SYMBOLS] = w * ((t === symbols.length - 1 ? 1 : 0) - pEnd);
      }
    }
    return (await this.network.backward(pass.tape!, gradient, null, false)).context;
  }

  /**
   * Draws a string for each of N lanes. Lanes of a group that have drawn the same so far share one row of the network.
   *
   * @param groups [N] row of the context; of nothing but equal numbers without a context
   */
  async sample(context: Float32Array | null, groups: Int32Array, noise: LaneNoise): Promise<DrawnStrings> {
    const tokens = new Int32Array(groups.length * MOST_SYMBOLS).fill(END);
    const logProb = new Float64Array(groups.length);
    let open = prefixesOf(groups, this.isMasked);
    for (let t = 0; open.length > 0; t++) {
      const { outputs } = await this.network.forward(this.prefixLanes(open, t, context), false);
      const next: Prefix[] = [];
      for (const [row, prefix] of open.entries()) {
        const at = (row * (t + 1) + t) * NUM_LOGITS;
        next.push(...drawNext(prefix, outputs, at, t, noise, tokens, logProb));
      }
      open = next;
    }
    return { tokens, logProb };
  }

  /** States of the mask along a string, [length + 1 or more]; null where it does not let the string through. */
  private statesOf({ tokens }: Strings, lane: number): Int32Array | null {
    const states = new Int32Array(MOST_SYMBOLS + 1).fill(FREE);
    if (!this.isMasked) return states;
    return walkMask(tokens, lane * MOST_SYMBOLS, states) ? states : null;
  }

  private sumOf(strings: Strings, lane: number, outputs: Float32Array, steps: number): number {
    const states = this.statesOf(strings, lane)!;
    const { symbols } = strings.expressions[lane]!;
    let sum = 0;
    for (const [t, symbol] of symbols.entries()) {
      const at = (lane * steps + t) * NUM_LOGITS;
      sum += outputs[at + symbol]! - logTotal(outputs, at, states[t]!);
      sum += logStop(outputs[at + NUM_SYMBOLS]!, t === symbols.length - 1, stopIn(states[t + 1]!, t));
    }
    return sum;
  }

  private prefixLanes(prefixes: readonly Prefix[], t: number, context: Float32Array | null): RecurrentLanes {
    const inputs = new this.Numbers(prefixes.length * (t + 1) * NUM_SYMBOLS);
    for (const [row, { symbols }] of prefixes.entries()) {
      for (let i = 0; i < t; i++) inputs[(row * (t + 1) + i + 1) * NUM_SYMBOLS + symbols[i]!] = 1;
    }
    const groups = Int32Array.from(prefixes, ({ group }) => group);
    return { steps: t + 1, inputs, lengths: new Int32Array(prefixes.length).fill(t + 1), context, groups };
  }
}

/** Lanes of one group that have drawn the same symbols so far. */
type Prefix = {
  readonly group: number;
  readonly symbols: readonly number[];
  readonly state: number;
  readonly lanes: number[];
};

function prefixesOf(groups: Int32Array, isMasked: boolean): Prefix[] {
  const byGroup = new Map<number, Prefix>();
  const state = isMasked ? SYNTAX_MASK.start : FREE;
  for (const [lane, group] of groups.entries()) {
    const known = byGroup.get(group);
    if (known) known.lanes.push(lane);
    else byGroup.set(group, { group, symbols: [], state, lanes: [lane] });
  }
  return [...byGroup.values()];
}

/** One symbol for every lane of a prefix, logits from `at` on; returns the longer prefixes that go on. */
function drawNext(
  { group, symbols, state, lanes }: Prefix,
  logits: Float32Array,
  at: number,
  t: number,
  noise: LaneNoise,
  tokens: Int32Array,
  logProb: Float64Array,
): Prefix[] {
  const total = logTotal(logits, at, state);
  const endLogit = logits[at + NUM_SYMBOLS]!;
  const next = new Map<number, Prefix>();
  for (const lane of lanes) {
    const symbol = drawSymbol(logits, at, state, total, noise.uniform(lane, 2 * t));
    const then = stateAfter(state, symbol);
    const stop = stopIn(then, t);
    const isLast = stop === STOP.free ? noise.uniform(lane, 2 * t + 1) < sigmoid(endLogit) : stop === STOP.forced;
    tokens[lane * MOST_SYMBOLS + t] = symbol;
    logProb[lane] = logProb[lane]! + logits[at + symbol]! - total + logStop(endLogit, isLast, stop);
    if (isLast) continue;
    const known = next.get(symbol);
    if (known) known.lanes.push(lane);
    else next.set(symbol, { group, symbols: [...symbols, symbol], state: then, lanes: [lane] });
  }
  return [...next.values()];
}

/** log of the coin that ends a string or does not; 0 where there is no coin. */
function logStop(logit: number, isLast: boolean, stop: number): number {
  if (stop !== STOP.free) return 0;
  return -softplus(isLast ? -logit : logit);
}
