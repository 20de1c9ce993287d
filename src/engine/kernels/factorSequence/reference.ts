// The oracle's oracle: the factored sequence in eager tfjs operations, for tfjs to differentiate, on any of its backends.
// Never the hot path. Tests hand in tfjs themselves.

import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { FactorPartName, FactorPlan } from "../../nn/factorPlan";
import type { FactorLanes, FactorSequenceSpec } from "../../nn/factorSequence";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/** A part of the block as a matrix [rows, columns]. */
type Part = (name: FactorPartName) => Tensor2D;

/**
 * Log probabilities [N], as a function of the flat block and the context.
 *
 * @param flat [parameterCount] in the order of factorPlan.ts
 * @param context [G, C], null without a context
 */
export function referenceFactorLogProb(
  tf: Tfjs,
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  flat: Tensor1D,
  context: Tensor2D | null,
  lanes: FactorLanes,
): Tensor1D {
  const part = partsOf(tf, plan, flat);
  const count = lanes.groups.length;
  // A product instead of a gather, whose gradient not every backend has.
  const seen: Tensor2D | null = context && tf.matMul(oneHot(tf, lanes.groups, context.shape[0]), context);
  let h: Tensor2D = tf.zeros([count, spec.hidden]);
  let c = h;
  let before: Tensor2D = tf.zeros([count, plan.numValues]);
  let total: Tensor = tf.zeros([count]);
  for (let step = 0; step < spec.steps; step++) {
    ({ h, c } = advance(tf, part, before, seen, h, c));
    const logits = tf.add<Tensor2D>(tf.matMul(h, part("output")), part("outputBias"));
    const chosen = spec.factors.map((values, f) =>
      oneHot(tf, valuesOf(plan, lanes, step * plan.numFactors + f), values),
    );
    for (const [f, values] of spec.factors.entries()) {
      if (plan.forced[step * plan.numFactors + f]! >= 0) continue;
      const logP = tf.logSoftmax(tf.slice(logits, [0, plan.starts[f]!], [count, values]));
      total = tf.add(total, tf.sum(tf.mul(logP, chosen[f]!), 1));
    }
    before = tf.concat(chosen, 1);
  }
  return total as Tensor1D; // one number a lane
}

/**
 * Draws tokens [N, L, F] with tfjs' own random numbers, a step at a time: what a sampler of eager operations costs.
 *
 * @param flat,context as for referenceFactorLogProb
 */
export async function referenceFactorSample(
  tf: Tfjs,
  spec: FactorSequenceSpec,
  plan: FactorPlan,
  flat: Tensor1D,
  context: Tensor2D | null,
  groups: Int32Array,
): Promise<Int32Array> {
  const part = partsOf(tf, plan, flat);
  const seen: Tensor2D | null = context && tf.matMul(oneHot(tf, groups, context.shape[0]), context);
  const tokens = new Int32Array(groups.length * plan.forced.length);
  let h: Tensor2D = tf.zeros([groups.length, spec.hidden]);
  let c = h;
  let before: Tensor2D = tf.zeros([groups.length, plan.numValues]);
  for (let at = 0; at < plan.forced.length; at += plan.numFactors) {
    ({ h, c } = advance(tf, part, before, seen, h, c));
    const logits = tf.add<Tensor2D>(tf.matMul(h, part("output")), part("outputBias"));
    const chosen: Tensor2D[] = [];
    for (const [f, values] of spec.factors.entries()) {
      const some = tf.slice(logits, [0, plan.starts[f]!], [groups.length, values]);
      const forced = plan.forced[at + f]!;
      const drawn = forced >= 0 ? groups.map(() => forced) : await tf.multinomial(some, 1).data();
      for (const [lane, value] of drawn.entries()) tokens[lane * plan.forced.length + at + f] = value;
      chosen.push(oneHot(tf, Int32Array.from(drawn), values));
    }
    before = tf.concat(chosen, 1);
  }
  return tokens;
}

function partsOf(tf: Tfjs, plan: FactorPlan, flat: Tensor1D): Part {
  const held = new Map<FactorPartName, Tensor2D>();
  for (const { name, rows, columns, offset } of plan.list) {
    held.set(name, tf.reshape(tf.slice(flat, offset, rows * columns), [rows, columns]));
  }
  // Asked only for parts that the plan lists.
  return (name) => held.get(name)!;
}

/** One step of the LSTM on all lanes. Source: Hochreiter & Schmidhuber 1997, with forget gates (Gers et al. 2000). */
function advance(tf: Tfjs, part: Part, before: Tensor2D, seen: Tensor2D | null, h: Tensor2D, c: Tensor2D) {
  const input = tf.add<Tensor2D>(tf.matMul(before, part("input")), tf.matMul(h, part("recurrent")));
  const inner = tf.add<Tensor2D>(input, part("bias"));
  const sums = seen ? tf.add<Tensor2D>(inner, tf.matMul(seen, part("context"))) : inner;
  // Four equal columns of a matrix.
  const [i, f, g, o] = tf.split(sums, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
  const cell = tf.add<Tensor2D>(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return { h: tf.mul<Tensor2D>(tf.sigmoid(o), tf.tanh(cell)), c: cell };
}

/** [N] the value of part t * F + f of every lane. */
function valuesOf(plan: FactorPlan, { tokens, groups }: FactorLanes, part: number): Int32Array {
  return groups.map((_, lane) => tokens[lane * plan.forced.length + part]!);
}

function oneHot(tf: Tfjs, values: Int32Array, size: number): Tensor2D {
  return tf.oneHot(tf.tensor1d(values, "int32"), size, 1, 0, "float32") as Tensor2D; // of a vector
}
