// The exports of lab.as.ts that draw strokes: strokeInk, strokeInkGradient, strokePixels and strokeWarp.as.ts.
// Addresses are plain numbers.

export interface StrokeKernels {
  strokeInk(
    strokes: number,
    tokens: number,
    count: number,
    canvas: number,
    starts: number,
    exponents: number,
    winners: number,
  ): number;
  strokeInkGradient(
    strokes: number,
    tokens: number,
    count: number,
    canvas: number,
    starts: number,
    exponents: number,
    winners: number,
    deltas: number,
    sums: number,
    totals: number,
  ): void;
  strokePicture(
    canvas: number,
    exponents: number,
    down: number,
    image: number,
    picture: number,
    blanks: number,
    lane: number,
  ): void;
  strokeDeltas(canvas: number, exponents: number, pictureGradient: number, lane: number, deltas: number): void;
  strokePlainPixels(
    canvas: number,
    exponents: number,
    down: number,
    image: number,
    factor: number,
    deltas: number,
    sums: number,
  ): void;
  strokeWarp(
    taps: number,
    transforms: number,
    pixels: number,
    picture: number,
    rowBytes: number,
    blanks: number,
    sums: number,
  ): void;
  strokeWarpGradient(
    taps: number,
    height: number,
    width: number,
    xs: number,
    ys: number,
    picture: number,
    rowBytes: number,
    blanks: number,
    flows: number,
    pictureGradient: number,
    sums: number,
  ): void;
}
