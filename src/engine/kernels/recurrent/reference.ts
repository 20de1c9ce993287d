// The oracle's oracle: the recurrent network in eager tfjs operations, for tfjs to differentiate, on any of its backends.
// Never the hot path. Tests hand in tfjs themselves.

import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { RecurrentLanes, RecurrentSpec } from "../../nn/recurrent";
import type { RecurrentPartName, RecurrentPlan } from "../../nn/recurrentPlan";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/** A part of the block as a matrix [rows, columns]. */
type Part = (name: RecurrentPartName) => Tensor2D;

/**
 * Outputs [N, T, O], 0 past a lane's length (null without outputs), and last states [N, H], as a function of the flat block,
 * the inputs and the context. Lanes that have ended keep their state by a mask.
 *
 * @param flat [parameterCount] in the order of recurrentPlan.ts
 * @param inputs [N, T, I], numbers everywhere
 * @param context [G, C], null without a context
 */
export function referenceRecurrent(
  tf: Tfjs,
  spec: RecurrentSpec,
  plan: RecurrentPlan,
  flat: Tensor1D,
  inputs: Tensor3D,
  context: Tensor2D | null,
  { steps, lengths, groups }: Pick<RecurrentLanes, "steps" | "lengths" | "groups">,
): { readonly outputs: Tensor3D | null; readonly last: Tensor2D } {
  const part = partsOf(tf, plan, flat);
  const count = lengths.length;
  // A product instead of a gather, whose gradient not every backend has.
  const seen: Tensor2D | null = context && tf.matMul(oneHot(tf, groups, context.shape[0]), context);
  let h: Tensor2D = tf.zeros([count, spec.hidden]);
  let c = h;
  const rows: Tensor2D[] = [];
  for (let step = 0; step < steps; step++) {
    const input: Tensor2D = tf.reshape(tf.slice(inputs, [0, step, 0], [count, 1, spec.inputs]), [count, spec.inputs]);
    const isRunning = tf.tensor2d(
      Array.from(lengths, (length) => (step < length ? 1 : 0)),
      [count, 1],
    );
    const next = advance(tf, part, input, seen, h, c);
    h = tf.add<Tensor2D>(h, tf.mul(isRunning, tf.sub(next.h, h)));
    c = tf.add<Tensor2D>(c, tf.mul(isRunning, tf.sub(next.c, c)));
    if (spec.outputs === 0) continue;
    rows.push(tf.mul(isRunning, tf.add(tf.matMul(h, part("output")), part("outputBias"))));
  }
  return { outputs: spec.outputs > 0 ? (tf.stack(rows, 1) as Tensor3D) : null, last: h }; // of matrices
}

function partsOf(tf: Tfjs, plan: RecurrentPlan, flat: Tensor1D): Part {
  const held = new Map<RecurrentPartName, Tensor2D>();
  for (const { name, rows, columns, offset } of plan.list) {
    held.set(name, tf.reshape(tf.slice(flat, offset, rows * columns), [rows, columns]));
  }
  // Asked only for parts that the plan lists.
  return (name) => held.get(name)!;
}

/** One step of the LSTM on all lanes. Source: Hochreiter & Schmidhuber 1997, with forget gates (Gers et al. 2000). */
function advance(tf: Tfjs, part: Part, input: Tensor2D, seen: Tensor2D | null, h: Tensor2D, c: Tensor2D) {
  const sums = tf.add<Tensor2D>(tf.matMul(input, part("input")), tf.matMul(h, part("recurrent")));
  const inner = tf.add<Tensor2D>(sums, part("bias"));
  const all = seen ? tf.add<Tensor2D>(inner, tf.matMul(seen, part("context"))) : inner;
  // Four equal columns of a matrix.
  const [i, f, g, o] = tf.split(all, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
  const cell = tf.add<Tensor2D>(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return { h: tf.mul<Tensor2D>(tf.sigmoid(o), tf.tanh(cell)), c: cell };
}

function oneHot(tf: Tfjs, values: Int32Array, size: number): Tensor2D {
  return tf.oneHot(tf.tensor1d(values, "int32"), size, 1, 0, "float32") as Tensor2D; // of a vector
}
