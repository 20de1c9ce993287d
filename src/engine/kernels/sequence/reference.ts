// The oracle's oracle: the sequence network in eager tfjs operations, for tfjs to differentiate, on any of its backends.
// Written for reading, lane by lane and text by text; never the hot path. Tests hand in tfjs themselves.
// NOTE: where two texts of a group are the same, tfjs gives the gradient of their maximum to both: keep texts distinct.

import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Lanes, SequenceSpec, Texts } from "../../nn/sequence";
import type { PartName, SequencePlan } from "../../nn/sequencePlan";
import { allowedLength, nextState } from "./calls";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/** A part of the block as a matrix [rows, columns]. */
type Part = (name: PartName) => Tensor2D;

/** h and c, [1, H] each. */
type State = { readonly h: Tensor2D; readonly c: Tensor2D };

/** Added to the logits of tokens that the grammar does not allow. */
const FORBIDDEN = -1e9;

/**
 * Log probabilities [N] of lanes that the grammar allows, as a function of the flat block.
 *
 * @param flat [parameterCount] in the order of sequencePlan.ts
 */
export function referenceLogProb(
  tf: Tfjs,
  spec: SequenceSpec,
  plan: SequencePlan,
  flat: Tensor1D,
  texts: Texts | null,
  lanes: Lanes,
): Tensor1D {
  const held = new Map<PartName, Tensor2D>();
  for (const { name, rows, columns, offset } of plan.list) {
    held.set(name, tf.reshape(tf.slice(flat, offset, rows * columns), [rows, columns]));
  }
  // Asked only for parts that the plan lists.
  const part: Part = (name) => held.get(name)!;
  const logProbs = Array.from(lanes.groups, (group, lane) => {
    const encoded = spec.reader && texts ? encode(tf, part, texts, group) : [];
    return laneLogProb(tf, spec, part, encoded, lanes.tokens, lane);
  });
  return tf.stack(logProbs.map((value) => tf.reshape(value, []))) as Tensor1D; // stack loses the rank
}

/** States [T, H] after every symbol, for each text of the group. */
function encode(tf: Tfjs, part: Part, texts: Texts, group: number): Tensor2D[] {
  const states: Tensor2D[] = [];
  for (let text = texts.groupOffsets[group]!; text < texts.groupOffsets[group + 1]!; text++) {
    let state: State = { h: part("encoder.state"), c: part("encoder.cell") };
    const rows: Tensor2D[] = [];
    for (const symbol of texts.symbols.subarray(texts.textOffsets[text]!, texts.textOffsets[text + 1]!)) {
      state = lstmStep(tf, part, "encoder", state, symbol);
      rows.push(state.h);
    }
    states.push(tf.concat(rows, 0));
  }
  return states;
}

function lstmStep(tf: Tfjs, part: Part, kind: "encoder" | "decoder", { h, c }: State, symbol: number): State {
  const table = part(`${kind}.input`);
  const input = tf.matMul(oneHot(tf, symbol, table.shape[0]), table);
  const sums = tf.add(tf.add(input, tf.matMul(h, part(`${kind}.recurrent`))), part(`${kind}.bias`));
  // Four equal columns of a matrix.
  const [i, f, g, o] = tf.split(sums, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
  const cell = tf.add<Tensor2D>(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return { h: tf.mul<Tensor2D>(tf.sigmoid(o), tf.tanh(cell)), c: cell };
}

function laneLogProb(
  tf: Tfjs,
  spec: SequenceSpec,
  part: Part,
  encoded: readonly Tensor2D[],
  tokens: Int32Array,
  lane: number,
): Tensor {
  const { grammar } = spec;
  let copies: State[] = spec.reader
    ? encoded.map((text) => ({ h: tf.slice(text, [text.shape[0] - 1, 0], [1, -1]), c: part("decoder.cell") }))
    : [{ h: part("decoder.state"), c: part("decoder.cell") }];
  let previous = grammar.tokens;
  let state = 0;
  let total: Tensor = tf.scalar(0);
  const length = allowedLength(grammar, tokens, lane);
  for (let step = 0; step < length; step++) {
    const token = tokens[lane * grammar.maxLength + step]!;
    const left = grammar.maxLength - step;
    copies = copies.map((copy) => lstmStep(tf, part, "decoder", copy, previous));
    const logits = readout(tf, spec, part, copies, encoded);
    total = tf.add(total, logChoice(tf, spec, logits, state, left, token));
    state = nextState(grammar, state, token, left);
    previous = token;
  }
  return total;
}

/** Logits [1, V]. */
function readout(
  tf: Tfjs,
  spec: SequenceSpec,
  part: Part,
  copies: readonly State[],
  encoded: readonly Tensor2D[],
): Tensor2D {
  const values = copies.map(({ h }, index) => {
    if (spec.embedding === 0) return h;
    const text = encoded[index];
    const seen = text ? tf.concat([h, attend(tf, part, text, h)], 1) : h;
    return tf.tanh(tf.add<Tensor2D>(tf.matMul(seen, part("mix.weights")), part("mix.bias")));
  });
  const pooled = values.length === 1 ? values[0]! : tf.max<Tensor2D>(tf.concat(values, 0), 0, true);
  return tf.add<Tensor2D>(tf.matMul(pooled, part("output.weights")), part("output.bias"));
}

/** Context [1, H]: score(i) = H_i^T A h. */
function attend(tf: Tfjs, part: Part, text: Tensor2D, h: Tensor2D): Tensor2D {
  const query = tf.matMul(h, part("attention"), false, true);
  const weights = tf.softmax(tf.matMul(query, text, false, true));
  return tf.matMul(weights, text);
}

function logChoice(tf: Tfjs, spec: SequenceSpec, logits: Tensor2D, state: number, left: number, token: number): Tensor {
  const { grammar, floor } = spec;
  const allowed = Array.from({ length: grammar.tokens }, (_, v) => nextState(grammar, state, v, left) >= 0);
  const masked = tf.add<Tensor2D>(logits, tf.tensor2d([allowed.map((is) => (is ? 0 : FORBIDDEN))]));
  const chosen = oneHot(tf, token, grammar.tokens);
  if (floor === 0) return tf.sum(tf.mul(tf.logSoftmax(masked), chosen));
  const uniform = floor / allowed.filter(Boolean).length;
  return tf.log(tf.add(tf.mul(tf.sum(tf.mul(tf.softmax(masked), chosen)), 1 - floor), uniform));
}

function oneHot(tf: Tfjs, index: number, count: number): Tensor2D {
  return tf.tensor2d([Array.from({ length: count }, (_, i) => (i === index ? 1 : 0))]);
}
