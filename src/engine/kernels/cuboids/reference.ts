// The oracle: the same pictures in eager tfjs with its autodiff, on any tfjs backend. Never the hot path. Tests and
// benchmarks hand in tfjs themselves. Source: scenes specification, section 5.6 (twelve candidate edges a box).

import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { requireLanes } from "./calls";
import { BOX_NUMBERS, type CuboidLanes, type CuboidRendererSpec, FADE_DISTANCE } from "./cuboidRenderer";

/** tfjs-core with its gradients registered; the backend is the caller's choice. */
type Tfjs = typeof import("@tensorflow/tfjs-core");

/** Value of an edge that a box does not have. */
const UNUSED = 60;
const PAIRS = [
  [0, 1],
  [1, 2],
  [2, 0],
] as const;

/**
 * Pictures [N, R * R, 3] of boxes [N, n, 9] as tfjs operations, for tfjs to differentiate.
 *
 * @param numbers the same boxes as numbers: which faces are seen is no matter of derivatives
 */
export function eagerPictures(tf: Tfjs, spec: CuboidRendererSpec, boxes: Tensor3D, numbers: Float64Array): Tensor3D {
  const [lanes, count] = boxes.shape;
  const { eye, tau } = spec.camera;
  const column = (k: number): Tensor2D => tf.reshape(tf.slice(boxes, [0, 0, k], [lanes, count, 1]), [lanes, count]);
  const facing = [0, 1, 2].map((a) => facingOf(tf, numbers, a, eye[a]!, [lanes, count]));
  const lower = [0, 1, 2].map((a) => tf.sub(tf.sub(column(a), tf.div(column(3 + a), 2)), eye[a]!));
  const upper = [0, 1, 2].map((a) => tf.sub(tf.add(column(a), tf.div(column(3 + a), 2)), eye[a]!));
  const near = [0, 1, 2].map((a) => tf.where(tf.less(facing[a]!, 0), upper[a]!, lower[a]!));
  // The line with A_b = c near, A_a = -c other, as values at the pixels [N, n, R * R].
  const line = (a: number, b: number, c: Tensor, nearA: Tensor, other: Tensor): Tensor3D => {
    const [alongA, alongB] = [tf.neg(tf.mul(c, other)), tf.mul(c, nearA)];
    const along = (axis: readonly number[]) => tf.add(tf.mul(alongA, axis[a]!), tf.mul(alongB, axis[b]!));
    const [middle, across, upwards] = [spec.camera.forward, spec.camera.right, spec.camera.up].map(along);
    const square = tf.add(tf.square(across!), tf.square(upwards!));
    const length = tf.mul(tf.sqrt(tf.add(square, 1e-20)), (tau * 2 * spec.softness) / spec.side);
    const rows = tf.stack([middle!, tf.mul(across!, tau), tf.mul(upwards!, tau)], 2);
    const scaled = tf.reshape(tf.div(rows, tf.expandDims(length, 2)), [lanes * count, 3]);
    return tf.reshape(tf.matMul(scaled, pixels(tf, spec.side)), [lanes, count, spec.side ** 2]);
  };
  const seen = facing.map((side) => tf.notEqual(side, 0));
  const edges: Tensor3D[] = [];
  for (const a of [0, 1, 2]) {
    for (const b of [0, 1, 2]) {
      if (a === b) continue;
      for (const [bound, sign] of [[lower[b]!, 1] as const, [upper[b]!, -1] as const]) {
        const isUsed = tf.logicalAnd(seen[a]!, tf.notEqual(facing[b]!, sign));
        const values = line(a, b, tf.mul(facing[a]!, sign), near[a]!, bound);
        edges.push(tf.where<Tensor3D>(wide(tf, isUsed, spec), values, tf.fill(values.shape, UNUSED)));
      }
    }
  }
  const present = presentOf(tf, numbers, facing, [lanes, count]);
  const least = edges.reduce((first, second) => tf.minimum(first, second));
  const alpha: Tensor3D = tf.mul(tf.sigmoid(least), tf.expandDims(present, 2));
  const sides = PAIRS.map(([a, b]) => {
    const values = tf.sigmoid(line(a, b, tf.mul(facing[a]!, facing[b]!), near[a]!, near[b]!));
    const orOne = tf.where(wide(tf, seen[b]!, spec), values, tf.onesLike(values));
    return tf.where(wide(tf, seen[a]!, spec), orOne, tf.zerosLike(values));
  });
  const shade = shadeOf(tf, spec, sides, facing, near);
  return composite(tf, spec, boxes, alpha, shade);
}

/** Squared errors of lanes, and the gradient of coefficient times them by the boxes [N, n, 9]. */
export async function eagerGradient(
  tf: Tfjs,
  spec: CuboidRendererSpec,
  lanes: CuboidLanes,
  images: Float32Array,
  coefficient: Float64Array,
): Promise<{ readonly squaredError: Float32Array; readonly gradient: Float32Array }> {
  const count = requireLanes(spec, lanes, images, coefficient);
  const size = spec.side ** 2;
  let errors: Tensor | null = null;
  const loss = (boxes: Tensor): Scalar => {
    // One argument of rank 3 comes in.
    const pictures = eagerPictures(tf, spec, boxes as Tensor3D, lanes.boxes);
    const all = tf.tensor3d(images, [images.length / size / 3, size, 3]);
    const wanted = tf.gather(all, tf.tensor1d(lanes.groups, "int32"));
    const each = tf.sum(tf.square(tf.sub(pictures, wanted)), [1, 2]);
    errors = tf.keep(each);
    return tf.sum(tf.mul(each, tf.tensor1d(Float32Array.from(coefficient))));
  };
  const shape: [number, number, number] = [count, spec.boxes, BOX_NUMBERS];
  const slopes = tf.tidy(() => tf.grad(loss)(tf.tensor3d(Float32Array.from(lanes.boxes), shape)));
  const kept = requireTensor(errors);
  const [squaredError, gradient] = await Promise.all([kept.data(), slopes.data()]);
  kept.dispose();
  slopes.dispose();
  // Both are float32 tensors.
  return { squaredError: squaredError as Float32Array, gradient: gradient as Float32Array };
}

function requireTensor(tensor: Tensor | null): Tensor {
  if (tensor === null) throw new RangeError("the loss was not evaluated");
  return tensor;
}

/** 1 where the lower face of axis a is seen, -1 where the upper one is, 0 where the eye is between them: [N, n]. */
function facingOf(tf: Tfjs, numbers: Float64Array, a: number, eye: number, shape: [number, number]): Tensor2D {
  const values = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => {
    const [middle, half] = [numbers[i * BOX_NUMBERS + a]! - eye, numbers[i * BOX_NUMBERS + 3 + a]! / 2];
    if (middle - half > 0) return 1;
    return middle + half < 0 ? -1 : 0;
  });
  return tf.tensor2d(values, shape);
}

/** 1 for boxes that are there and have a face that is seen, 0 for others: [N, n]. */
function presentOf(tf: Tfjs, numbers: Float64Array, facing: readonly Tensor[], shape: [number, number]): Tensor2D {
  const sizes = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) =>
    numbers[i * BOX_NUMBERS + 3]! > 0 ? 1 : 0,
  );
  const seen = facing.map((side) => tf.abs(side)).reduce((first, second) => tf.maximum(first, second));
  return tf.mul(seen, tf.tensor2d(sizes, shape));
}

/** [N, n] as a condition on pixels [N, n, R * R]: tfjs' where does not broadcast. */
function wide(tf: Tfjs, condition: Tensor, { side }: CuboidRendererSpec): Tensor3D {
  return tf.cast(tf.tile(tf.expandDims(tf.cast(condition, "int32"), 2), [1, 1, side ** 2]), "bool");
}

/** [3, R * R] depth, alpha and beta of the pixels. */
function pixels(tf: Tfjs, side: number): Tensor2D {
  const at = Array.from({ length: side ** 2 }, (_, i) => i);
  const alpha = at.map((i) => (2 * (i % side) + 1) / side - 1);
  const beta = at.map((i) => 1 - (2 * Math.floor(i / side) + 1) / side);
  return tf.tensor2d([at.map(() => 1), alpha, beta]);
}

/** The shade of what each pixel sees of each box: [N, n, R * R]. */
function shadeOf(
  tf: Tfjs,
  spec: CuboidRendererSpec,
  sides: readonly Tensor[],
  facing: readonly Tensor[],
  near: readonly Tensor[],
): Tensor3D {
  let [total, sum]: [Tensor, Tensor] = [tf.scalar(1e-6), tf.scalar(0)];
  for (const a of [0, 1, 2]) {
    const fade = tf.clipByValue(tf.mul(tf.div(near[a]!, FADE_DISTANCE), facing[a]!), 0, 1);
    const weight = tf.mul(tf.mul(sides[a]!, tf.sub(1, sides[(a + 2) % 3]!)), tf.expandDims(fade, 2));
    const isUpper = tf.cast(tf.less(facing[a]!, 0), "float32");
    const own = tf.add(tf.mul(isUpper, spec.shades[2 * a + 1]! - spec.shades[2 * a]!), spec.shades[2 * a]!);
    total = tf.add(total, weight);
    sum = tf.add(sum, tf.mul(weight, tf.expandDims(own, 2)));
  }
  return tf.div(sum, total);
}

/** Front to back: [N, R * R, 3]. */
function composite(
  tf: Tfjs,
  { background, side }: CuboidRendererSpec,
  boxes: Tensor3D,
  alpha: Tensor3D,
  shade: Tensor3D,
): Tensor3D {
  const [lanes, count] = boxes.shape;
  let through: Tensor = tf.ones([lanes, side ** 2, 1]);
  let color: Tensor = tf.zeros([lanes, side ** 2, 3]);
  const pixelsOf = (values: Tensor3D, i: number) =>
    tf.reshape(tf.slice(values, [0, i, 0], [lanes, 1, side ** 2]), [lanes, side ** 2, 1]);
  for (let i = 0; i < count; i++) {
    const [covered, lit] = [pixelsOf(alpha, i), pixelsOf(shade, i)];
    const own = tf.slice(boxes, [0, i, 6], [lanes, 1, 3]);
    color = tf.add(color, tf.mul(tf.mul(tf.mul(through, covered), lit), own));
    through = tf.mul(through, tf.sub(1, covered));
  }
  return tf.add(color, tf.mul(through, background));
}
