// Counts and mismatches of automata by eager tfjs: the reference of bench/automata.ts.

import type { Tensor1D, Tensor3D } from "@tensorflow/tfjs-core";

type Tfjs = typeof import("@tensorflow/tfjs-core");

/** [N * 8 * 2] transition counts of three neighbours with the wrap boundary, in the layout of countAll. */
export async function eagerCounts(
  tf: Tfjs,
  pixels: Uint8Array,
  count: number,
  size: { readonly height: number; readonly width: number },
): Promise<Int32Array> {
  const { height, width } = size;
  const counts = tf.tidy(() => {
    const x: Tensor3D = tf.tensor3d(pixels, [count, height, width], "int32");
    const up = tf.concat([tf.slice(x, [0, height - 1, 0], [-1, 1, -1]), tf.slice(x, 0, [-1, height - 1, -1])], 1);
    const down = tf.concat([tf.slice(x, [0, 1, 0]), tf.slice(x, 0, [-1, 1, -1])], 1);
    const index = tf.add(tf.add(tf.mul(up, 4), tf.mul(x, 2)), down);
    const before = tf.slice(index, 0, [-1, -1, width - 1]);
    const after = tf.slice(x, [0, 0, 1]);
    const picture = tf.reshape(tf.range(0, count, 1, "int32"), [count, 1, 1]);
    const key = tf.add(tf.add(tf.mul(before, 2), after), tf.mul(picture, 16));
    const keys: Tensor1D = tf.reshape(tf.cast(key, "int32"), [count * height * (width - 1)]);
    return tf.bincount(keys, tf.tensor1d([]), 16 * count);
  });
  const values = Int32Array.from(await counts.data());
  counts.dispose();
  return values;
}

/** [N, S] mismatches of S rules of five neighbours on N pictures: C0 Z' + C1 (1 - Z)'. */
export async function eagerMismatches(
  tf: Tfjs,
  counts: Uint16Array,
  count: number,
  rules: Int32Array,
): Promise<Float32Array> {
  const bits = 32;
  const product = tf.tidy(() => {
    const both = tf.tensor3d(Float32Array.from(counts), [count, bits, 2]);
    const light = tf.reshape(tf.slice(both, [0, 0, 0], [-1, -1, 1]), [count, bits]);
    const dark = tf.reshape(tf.slice(both, [0, 0, 1], [-1, -1, 1]), [count, bits]);
    const z = Float32Array.from(
      { length: rules.length * bits },
      (_, i) => (rules[Math.floor(i / bits)]! >>> (i % bits)) & 1,
    );
    const on = tf.tensor2d(z, [rules.length, bits]);
    return tf.add(tf.matMul(light, on, false, true), tf.matMul(dark, tf.sub(1, on), false, true));
  });
  // Eager tfjs on its plain backend holds float32 numbers.
  const values = (await product.data()) as Float32Array;
  product.dispose();
  return values;
}
