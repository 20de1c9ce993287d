// A picture of ink probabilities seen through affine maps, and log p(picture | program), in float64.
// Light: the page imports this through the domain's tools. Source: MWS specification, section 3.4.

import { logSumExp, softplus } from "../../dists/logs";
import { canvasInk, logitOfInk, probabilityOfInk } from "./arcs";
import type { StrokeBank, StrokeRendererSpec } from "./renderer";

/** Probabilities are kept this far from 0 and 1 under the logarithm. */
export const LEAST_PROBABILITY = 2 ** -23;

type Size = Pick<StrokeRendererSpec, "height" | "width">;

/** Where an output pixel reads: the upper left one of four pixels, and how far right and down of it, 0 to 1. */
export type Tap = { readonly row: number; readonly column: number; readonly right: number; readonly down: number };

/**
 * Where pixel (row, column) reads under a map [2, 3] of coordinates -1 to 1 with y down, corners on corners.
 *
 * @param transforms [T, 2, 3]
 */
export function tapOf(transforms: ArrayLike<number>, transform: number, row: number, column: number, size: Size): Tap {
  const across = Math.max(1, size.width - 1) / 2;
  const along = Math.max(1, size.height - 1) / 2;
  const [x, y, from] = [column / across - 1, row / along - 1, 6 * transform];
  const u = (transforms[from]! * x + transforms[from + 1]! * y + transforms[from + 2]! + 1) * across;
  const v = (transforms[from + 3]! * x + transforms[from + 4]! * y + transforms[from + 5]! + 1) * along;
  return { row: Math.floor(v), column: Math.floor(u), right: u - Math.floor(u), down: v - Math.floor(v) };
}

/** The value at (row, column), 0 outside the picture. */
export function valueAt(picture: ArrayLike<number>, row: number, column: number, { height, width }: Size): number {
  return row >= 0 && row < height && column >= 0 && column < width ? picture[row * width + column]! : 0;
}

/** A picture of probabilities [height * width] resampled under transform number `transform`: bilinear, 0 outside. */
export function warp(
  picture: ArrayLike<number>,
  transforms: ArrayLike<number>,
  transform: number,
  size: Size,
): Float64Array {
  const { height, width } = size;
  const out = new Float64Array(height * width);
  for (let pixel = 0; pixel < out.length; pixel++) {
    const tap = tapOf(transforms, transform, Math.floor(pixel / width), pixel % width, size);
    out[pixel] = blend(picture, tap, size);
  }
  return out;
}

/** The bilinear value of a picture at a tap. */
export function blend(picture: ArrayLike<number>, { row, column, right, down }: Tap, size: Size): number {
  const upper = (1 - right) * valueAt(picture, row, column, size) + right * valueAt(picture, row, column + 1, size);
  const lower =
    (1 - right) * valueAt(picture, row + 1, column, size) + right * valueAt(picture, row + 1, column + 1, size);
  return (1 - down) * upper + down * lower;
}

/** sum over pixels of log Bernoulli(image; probabilities), probabilities clamped to [2^-23, 1 - 2^-23]. */
export function bernoulliLogLikelihood(probabilities: ArrayLike<number>, image: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < image.length; i++) {
    const p = Math.min(Math.max(probabilities[i]!, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
    sum += image[i] === 1 ? Math.log(p) : Math.log1p(-p);
  }
  return sum;
}

/** sum over pixels of log Bernoulli(image; sigmoid(logits)), without a clamp. */
export function logitLogLikelihood(logits: ArrayLike<number>, image: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < image.length; i++) sum -= softplus(image[i] === 1 ? -logits[i]! : logits[i]!);
  return sum;
}

/** log p(image | program, transform t) for every t, [T]. */
export function logLikelihoodPerTransform(
  spec: StrokeRendererSpec,
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  image: ArrayLike<number>,
): Float64Array {
  const probabilities = canvasInk(bank, tokens, spec.height, spec.width).map(probabilityOfInk);
  return Float64Array.from({ length: spec.transforms }, (_, t) =>
    bernoulliLogLikelihood(warp(probabilities, bank.transforms, t, spec), image),
  );
}

/** log p(image | program): a uniform mixture of the transforms, or Bernoulli of the logits where there are none. */
export function logLikelihoodOf(
  spec: StrokeRendererSpec,
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  image: ArrayLike<number>,
): number {
  if (spec.transforms === 0) {
    return logitLogLikelihood(canvasInk(bank, tokens, spec.height, spec.width).map(logitOfInk), image);
  }
  return logSumExp(logLikelihoodPerTransform(spec, bank, tokens, image)) - Math.log(spec.transforms);
}
