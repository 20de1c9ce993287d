// Cuboids, part 3: a whole picture, what it differs from another by, and the gradient of half its squared difference. Only
// pixels that some box reaches are visited; the rest show the background, which the caller knows about.
// Source: scenes specification, section 5.

import { sum4 } from "./arithmetic.as";
import { BOX_SUM_BYTES, learnSpan } from "./cuboidGradient.as";
import { BOX_BYTES, Cuboids, drawSpan, hullFrom, hullTo, openRow, spanOf } from "./cuboidRow.as";
import { zero } from "./memory.as";

/** Draws `count` boxes into `picture`. */
export function cuboidPicture(job: Cuboids, count: i32): void {
  const plane = <usize>job.padded << 2, image = plane * job.side;
  const background = f32x4.splat(job.background);
  for (let at = job.picture, end = at + 3 * image; at < end; at += 16) v128.store(at, background);
  for (let row = 0; row < job.side; row++) {
    drawRow(job, count, row);
    for (let at = hullFrom; at < hullTo; at += 16) {
      const rest = f32x4.mul(background, v128.load(job.through + at));
      const to = job.picture + row * plane + at, color = job.colors + at;
      v128.store(to, f32x4.add(v128.load(color), rest));
      v128.store(to + image, f32x4.add(v128.load(color + plane), rest));
      v128.store(to + 2 * image, f32x4.add(v128.load(color + 2 * plane), rest));
    }
  }
}

/** Squared difference of the picture from the target, minus that of an empty picture. */
export function cuboidError(job: Cuboids, count: i32): f64 {
  let error: f64 = 0;
  for (let row = 0; row < job.side; row++) {
    drawRow(job, count, row);
    error += compareRow(job, row, false);
  }
  return error;
}

/** The same, and the sums of its half's gradient. */
export function cuboidGradient(job: Cuboids, count: i32): f64 {
  let error: f64 = 0;
  zero(job.sums, <usize>count * BOX_SUM_BYTES);
  for (let row = 0; row < job.side; row++) {
    openRow(job, count, <f32>row);
    let sight = job.sights;
    for (let box: usize = 0; box < <usize>count; box++) {
      const span = spanOf(job, box);
      span.sight = sight;
      sight = drawSpan(job, job.boxes + box * BOX_BYTES, <f32>row, span, sight);
    }
    error += compareRow(job, row, true);
    for (let box = <usize>count; box-- > 0; ) {
      learnSpan(job, job.boxes + box * BOX_BYTES, <f32>row, spanOf(job, box), job.sums + box * BOX_SUM_BYTES);
    }
  }
  return error;
}

// @ts-ignore: decorator
@inline
function drawRow(job: Cuboids, count: usize, row: i32): void {
  openRow(job, count, <f32>row);
  for (let box: usize = 0; box < count; box++) {
    drawSpan(job, job.boxes + box * BOX_BYTES, <f32>row, spanOf(job, box), 0);
  }
}

/**
 * With D = picture - background and e = target - background, (D - e)^2 - e^2 = D (D - 2 e). For learning it leaves the
 * differences D - e in `colors`, and their product with the background in `through`.
 */
// @ts-ignore: decorator
@inline
function compareRow(job: Cuboids, row: i32, isLearning: bool): f64 {
  const plane = <usize>job.padded << 2, image = plane * job.side;
  const background = f32x4.splat(job.background), one = f32x4.splat(1);
  let error = f32x4.splat(0);
  for (let at = hullFrom; at < hullTo; at += 16) {
    const hidden = f32x4.mul(background, f32x4.sub(v128.load(job.through + at), one));
    const inside = v128.load(job.inside + at);
    const target = job.target + row * plane + at, color = job.colors + at;
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < 3; k++) {
      const drawn = v128.and(f32x4.add(v128.load(color + k * plane), hidden), inside);
      const wanted = v128.load(target + k * image);
      const difference = f32x4.sub(drawn, wanted);
      error = f32x4.add(error, f32x4.mul(drawn, f32x4.sub(difference, wanted)));
      if (!isLearning) continue;
      v128.store(color + k * plane, difference);
      sum = f32x4.add(sum, difference);
    }
    if (isLearning) v128.store(job.through + at, f32x4.mul(background, sum));
  }
  return <f64>sum4(error);
}
