// Backward of strokeInk.as.ts: from the gradient of every pixel's ink to that of the stroke that owns the pixel.
// Derivatives of the stable form are written out in kernels/strokes/cpuGradient.ts.

import { exp4, fma, sum4 } from "./arithmetic.as";
import { boundBox, Canvas, firstColumn, firstRow, lastColumn, lastRow, Stroke } from "./strokeInk.as";

/**
 * Gradient of one program by its tokens.
 *
 * @param deltas [height][padded] gradient by ink, 0 in the padding; overwritten
 * @param sums [count][8] written: by dx, dy, theta, sharpness, width, start x, start y; one unused
 * @param totals [2] written: by scale and bias
 */
export function strokeInkGradient(
  strokes: usize,
  tokens: usize,
  count: i32,
  canvas: Canvas,
  starts: usize,
  exponents: usize,
  winners: usize,
  deltas: usize,
  sums: usize,
  totals: usize,
): void {
  toExponents(canvas, exponents, deltas, totals);
  for (let t = 0; t < count; t++) {
    const token = load<i32>(tokens + (<usize>t << 2)), to = sums + (<usize>t << 5);
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    if (!(token & 1)) continue;
    const stroke = changetype<Stroke>(strokes + (<usize>(token >> 1) << 6));
    const x = load<f32>(starts + (<usize>t << 3)), y = load<f32>(starts + (<usize>t << 3), 4);
    boundBox(stroke, canvas, x, y);
    strokeGradient(stroke, canvas, x, y, t, winners, deltas, to);
  }
}

/** Turns gradients by ink into gradients by the exponent, which is clamped at 0; sums those by scale and bias. */
function toExponents(canvas: Canvas, exponents: usize, deltas: usize, totals: usize): void {
  const bytes = <usize>(canvas.height * canvas.padded) << 2;
  const nothing = f32x4.splat(0), scale = f32x4.splat(canvas.scale);
  let byScale = nothing, byBias = nothing;
  for (let at: usize = 0; at < bytes; at += 16) {
    const delta = v128.load(deltas + at), exponent = v128.load(exponents + at);
    const flow = f32x4.mul(delta, exp4(f32x4.pmin(nothing, exponent)));
    byScale = f32x4.add(byScale, flow);
    byBias = f32x4.add(byBias, delta);
    v128.store(deltas + at, v128.and(f32x4.mul(scale, flow), f32x4.lt(exponent, nothing)));
  }
  store<f32>(totals, sum4(byScale));
  store<f32>(totals, sum4(byBias), 4);
}

function strokeGradient(stroke: Stroke, canvas: Canvas, x: f32, y: f32, t: i32, winners: usize, deltas: usize, to: usize): void {
  const dx = f32x4.splat(stroke.dx), dy = f32x4.splat(stroke.dy), startX = f32x4.splat(x);
  const endX = f32x4.splat(x + stroke.dx), endY = f32x4.splat(y + stroke.dy);
  const sine = f32x4.splat(stroke.sine), cosine = f32x4.splat(stroke.cosine), halfPerLength = f32x4.splat(stroke.halfPerLength);
  const wide = f32x4.splat(stroke.widthSquared), square = f32x4.splat(stroke.lengthSquared), half = f32x4.splat(stroke.halfLength);
  const nothing = f32x4.splat(0), two = f32x4.splat(2), middle = f32x4.splat(0.5), token = i32x4.splat(t);
  const hasSector = f32x4.gt(f32x4.splat(stroke.hasSector), nothing);
  const halfDx = f32x4.mul(middle, dx), halfDy = f32x4.mul(middle, dy);
  let byX = nothing, byY = nothing, byDx = nothing, byDy = nothing, byTheta = nothing, flows = nothing, margins = nothing;
  for (let row = firstRow; row <= lastRow; row++) {
    const py = f32x4.splat(load<f32>(canvas.ys + (<usize>row << 2))), vy = f32x4.sub(py, f32x4.splat(y)), wy = f32x4.sub(py, endY);
    const qy = fma(sine, f32x4.sub(vy, halfDy), f32x4.mul(cosine, halfDx));
    for (let column = firstColumn; column <= lastColumn; column += 4) {
      const at = <usize>(row * canvas.padded + column) << 2;
      const flow = v128.and(v128.load(deltas + at), i32x4.eq(v128.load(winners + at), token));
      if (!v128.any_true(flow)) continue;
      const px = v128.load(canvas.xs + (<usize>column << 2)), vx = f32x4.sub(px, startX), wx = f32x4.sub(px, endX);
      const dots = fma(vx, wx, f32x4.mul(vy, wy)), cross = f32x4.sub(f32x4.mul(vx, dy), f32x4.mul(vy, dx));
      const along = fma(vx, dx, f32x4.mul(vy, dy)), side = f32x4.mul(sine, cross);
      const before = f32x4.ge(f32x4.mul(cosine, along), side);
      const after = f32x4.ge(f32x4.mul(cosine, f32x4.sub(square, along)), side);
      const isInside = v128.and(v128.and(before, after), hasSector);
      // Inside the sector: d(distance^2) = 2 distance / below * (d numerator - distance * d below).
      const mx = f32x4.sub(vx, halfDx), my = f32x4.sub(vy, halfDy);
      const qx = f32x4.sub(f32x4.mul(sine, mx), f32x4.mul(cosine, halfDy));
      const reach = f32x4.sqrt(fma(qx, qx, f32x4.mul(qy, qy))), below = f32x4.add(reach, half);
      const distance = f32x4.div(f32x4.sub(f32x4.mul(sine, dots), f32x4.mul(cosine, cross)), below);
      const perReach = f32x4.div(f32x4.splat(1), f32x4.pmax(reach, f32x4.splat(1e-20)));
      const ux = f32x4.mul(qx, perReach), uy = f32x4.mul(qy, perReach), factor = f32x4.div(f32x4.mul(two, distance), below);
      const slide = f32x4.mul(distance, sine);
      const inX = fma(slide, ux, fma(sine, f32x4.sub(dx, f32x4.mul(two, vx)), f32x4.mul(cosine, dy)));
      const inY = fma(slide, uy, f32x4.sub(f32x4.mul(sine, f32x4.sub(dy, f32x4.mul(two, vy))), f32x4.mul(cosine, dx)));
      const bendX = fma(middle, f32x4.sub(f32x4.mul(cosine, uy), f32x4.mul(sine, ux)), f32x4.mul(dx, halfPerLength));
      const bendY = f32x4.sub(f32x4.mul(dy, halfPerLength), f32x4.mul(middle, fma(cosine, ux, f32x4.mul(sine, uy))));
      const inDx = f32x4.sub(f32x4.sub(f32x4.mul(cosine, vy), f32x4.mul(sine, vx)), f32x4.mul(distance, bendX));
      const inDy = f32x4.sub(f32x4.neg(fma(cosine, vx, f32x4.mul(sine, vy))), f32x4.mul(distance, bendY));
      const across = f32x4.mul(middle, f32x4.mul(sine, f32x4.sub(f32x4.mul(ux, dy), f32x4.mul(uy, dx))));
      const turned = fma(cosine, fma(ux, mx, f32x4.mul(uy, my)), across);
      const inTheta = f32x4.sub(fma(cosine, dots, side), f32x4.mul(distance, turned));
      // Outside: the nearer end.
      const toStart = fma(vx, vx, f32x4.mul(vy, vy)), toEnd = fma(wx, wx, f32x4.mul(wy, wy)), isEnd = f32x4.lt(toEnd, toStart);
      const minusTwo = f32x4.splat(-2);
      const outX = f32x4.mul(minusTwo, v128.bitselect(wx, vx, isEnd)), outY = f32x4.mul(minusTwo, v128.bitselect(wy, vy, isEnd));
      const apart = v128.bitselect(f32x4.mul(distance, distance), f32x4.pmin(toStart, toEnd), isInside);
      flows = f32x4.add(flows, flow);
      margins = fma(flow, f32x4.sub(wide, apart), margins);
      byX = fma(flow, v128.bitselect(f32x4.mul(factor, inX), outX, isInside), byX);
      byY = fma(flow, v128.bitselect(f32x4.mul(factor, inY), outY, isInside), byY);
      byDx = fma(flow, v128.bitselect(f32x4.mul(factor, inDx), v128.and(outX, isEnd), isInside), byDx);
      byDy = fma(flow, v128.bitselect(f32x4.mul(factor, inDy), v128.and(outY, isEnd), isInside), byDy);
      byTheta = fma(flow, v128.and(f32x4.mul(factor, inTheta), isInside), byTheta);
    }
  }
  const steep = -stroke.sharpnessSquared;
  store<f32>(to, steep * sum4(byDx));
  store<f32>(to, steep * sum4(byDy), 4);
  store<f32>(to, steep * sum4(byTheta), 8);
  store<f32>(to, 2 * stroke.sharpness * sum4(margins), 12);
  store<f32>(to, 2 * stroke.sharpnessSquared * stroke.width * sum4(flows), 16);
  store<f32>(to, steep * sum4(byX), 20);
  store<f32>(to, steep * sum4(byY), 24);
}
