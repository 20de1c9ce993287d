// The bank as float32 kernels read it: one row of 16 numbers a stroke (strokeInk.as.ts, class Stroke; the same rows in
// WGSL), and where each pixel reads under each transform.

import { DOT, MOST_SHARPNESS_SQUARED } from "./arcs";
import type { StrokeBank, StrokeRendererSpec } from "./renderer";

/** Numbers of a stroke's row. */
export const STROKE_ROW = 16;

/**
 * Ink that is e^-32 of its peak counts as none. It changes no float32 logit (that takes e^-17), and what its gradient
 * leaves out is far below Adam's epsilon.
 */
const REACH_EXPONENT = 32;
/** A box this large covers the canvas from anywhere that a program reaches. */
const EVERYWHERE = 1e3;

/** [S, 16] */
export function strokeRows(bank: StrokeBank): Float32Array {
  const rows = new Float32Array(bank.dx.length * STROKE_ROW);
  for (let s = 0; s < bank.dx.length; s++) {
    const [dx, dy, theta] = [bank.dx[s]!, bank.dy[s]!, bank.theta[s]!];
    const [sharpness, width] = [bank.sharpness[s]!, bank.width[s]!];
    const steep = Math.min(sharpness * sharpness, MOST_SHARPNESS_SQUARED);
    const length = Math.hypot(dx, dy);
    const hasSector = length >= DOT;
    const margin = Math.min(Math.sqrt(width * width + REACH_EXPONENT / steep), EVERYWHERE);
    // The arc stays in the rectangle over the chord that is as high as the arc bulges.
    const bulge = Math.tan(theta / 2) / 2;
    const [bulgeX, bulgeY] = [-dy * bulge, dx * bulge];
    const least = (chord: number, side: number) => Math.min(0, chord) + Math.min(0, side) - margin;
    const most = (chord: number, side: number) => Math.max(0, chord) + Math.max(0, side) + margin;
    rows.set(
      [
        ...[dx, dy, Math.sin(theta), Math.cos(theta), steep, width * width, length * length, length / 2],
        ...[hasSector ? 1 : 0, least(dx, bulgeX), most(dx, bulgeX), least(dy, bulgeY), most(dy, bulgeY)],
        ...[sharpness, width, hasSector ? 1 / (2 * length) : 0],
      ],
      s * STROKE_ROW,
    );
  }
  return rows;
}

/** Coordinates -1 to 1 of `count` pixels in a row, as transforms see them. */
export function centredPixels(count: number): Float32Array {
  const half = Math.max(1, count - 1) / 2;
  return Float32Array.from({ length: count }, (_, i) => i / half - 1);
}

/**
 * Writes where every pixel reads under every transform, three numbers a pixel: the byte offset of the upper left of four
 * pixels in a picture with a border of one pixel, how far right of it, and how far down. Pixels that read outside point
 * at the border's corner.
 *
 * @param offsets and numbers two views of the same memory, [T, stride, 3]
 * @param pixelBytes bytes from one pixel to the next
 */
export function writeTaps(
  spec: StrokeRendererSpec,
  { transforms }: StrokeBank,
  stride: number,
  pixelBytes: number,
  offsets: Uint32Array,
  numbers: Float32Array,
): void {
  const { height, width } = spec;
  const across = Math.max(1, width - 1) / 2;
  const along = Math.max(1, height - 1) / 2;
  for (let t = 0; t < spec.transforms; t++) {
    let to = 3 * t * stride;
    const from = 6 * t;
    for (let row = 0; row < height; row++) {
      const y = row / along - 1;
      const uFrom = transforms[from + 1]! * y + transforms[from + 2]! + 1;
      const vFrom = transforms[from + 4]! * y + transforms[from + 5]! + 1;
      for (let column = 0; column < width; column++, to += 3) {
        const x = column / across - 1;
        const u = (transforms[from]! * x + uFrom) * across;
        const v = (transforms[from + 3]! * x + vFrom) * along;
        const isNear = u > -1 && u < width && v > -1 && v < height;
        const [left, upper] = [Math.floor(u), Math.floor(v)];
        offsets[to] = isNear ? ((upper + 1) * (width + 2) + left + 1) * pixelBytes : 0;
        numbers[to + 1] = isNear ? u - left : 0;
        numbers[to + 2] = isNear ? v - upper : 0;
      }
    }
  }
}
