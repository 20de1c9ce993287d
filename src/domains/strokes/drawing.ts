// What pictures of strokes programs are made of: ink of a bank's strokes, canvases after each token, reconstructions under
// the best transform. Pure; the page fetches it on demand through the domain's tools.

import {
  arcOf,
  canvasProbabilities,
  inkExponent,
  probabilityOfInk,
  squaredDistance,
  startPoints,
} from "../../engine/kernels/strokes/arcs";
import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { bernoulliLogLikelihood, warp } from "../../engine/kernels/strokes/warp";
import { exemplar } from "./exemplars";
import { matchStrokes } from "./matchStrokes";
import { arcPoints, penStrokes, strokeFacts } from "./penGeometry";
import { isDown, strokeOf } from "./program";

/** The square part of the canvas that a picture shows: its left and upper edge and its side, canvas sides, y up. */
type Window = { readonly left: number; readonly top: number; readonly span: number };

const WHOLE: Window = { left: 0, top: 1, span: 1 };

/** Draws a stroke from (x, y) onto the ink [side * side] of a window: the larger value stays. */
function drawStroke(
  ink: Float64Array,
  bank: StrokeBank,
  stroke: number,
  x: number,
  y: number,
  window: Window = WHOLE,
): void {
  const side = Math.round(Math.sqrt(ink.length));
  const arc = arcOf(bank, stroke, x, y);
  const step = window.span / Math.max(1, side - 1);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const row = Math.floor(pixel / side);
    const square = squaredDistance(arc, window.left + (pixel - row * side) * step, window.top - row * step);
    const exponent = inkExponent(bank.sharpness[stroke]!, bank.width[stroke]!, square);
    const value = bank.scale * Math.exp(Math.min(0, exponent)) + bank.bias;
    if (value > ink[pixel]!) ink[pixel] = value;
  }
}

/**
 * A stroke alone, in the middle of its picture.
 *
 * @param side pixels
 * @param span canvas sides that the picture shows: the same for all strokes of a bank, so that lengths compare
 * @returns probabilities of ink [side * side], where the stroke starts and ends, [column, row, column, row], and which way
 *   the pen goes at its end: a unit vector, row down
 */
export function strokePicture(
  bank: StrokeBank,
  stroke: number,
  side: number,
  span: number,
): {
  readonly ink: Float64Array;
  readonly ends: readonly [number, number, number, number];
  readonly heading: readonly [number, number];
} {
  const points = arcPoints(bank, stroke, 9);
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const left = (Math.min(...xs) + Math.max(...xs) - span) / 2;
  const top = (Math.min(...ys) + Math.max(...ys) + span) / 2;
  const ink = new Float64Array(side * side).fill(Number.NEGATIVE_INFINITY);
  drawStroke(ink, bank, stroke, 0, 0, { left, top, span });
  const pixel = (side - 1) / span;
  const ends = [
    -left * pixel,
    top * pixel,
    (bank.dx[stroke]! - left) * pixel,
    (top - bank.dy[stroke]!) * pixel,
  ] as const;
  const angle = Math.atan2(bank.dy[stroke]!, bank.dx[stroke]!) - bank.theta[stroke]!;
  return { ink: ink.map(probabilityOfInk), ends, heading: [Math.cos(angle), -Math.sin(angle)] };
}

/** Probabilities of ink after each token, [A][side * side], before any transform; `side` pixels, however many. */
export function canvasFrames(bank: StrokeBank, tokens: ArrayLike<number>, side: number): readonly Float64Array[] {
  const starts = startPoints(bank, tokens);
  const ink = new Float64Array(side * side).fill(Number.NEGATIVE_INFINITY);
  let shown = ink.map(probabilityOfInk);
  return Array.from({ length: tokens.length }, (_, t) => {
    if (!isDown(tokens[t]!)) return shown;
    drawStroke(ink, bank, strokeOf(tokens[t]!), starts[2 * t]!, starts[2 * t + 1]!);
    shown = ink.map(probabilityOfInk);
    return shown;
  });
}

/** A program's canvas as the picture sees it under one transform (-1 for none), [side * side] probabilities. */
export function reconstruction(
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  transform: number,
  side: number,
  count = tokens.length,
): Float64Array {
  const canvas = canvasProbabilities(bank, tokens, side, side, count);
  return transform < 0 ? canvas : warp(canvas, bank.transforms, transform, { height: side, width: side });
}

/**
 * log p(image | program, transform) of every transform of the bank, nats; empty without transforms.
 *
 * @param image [side * side] of 0 and 1
 */
export function transformScores(
  bank: StrokeBank,
  tokens: ArrayLike<number>,
  image: ArrayLike<number>,
  side: number,
): Float64Array {
  const canvas = canvasProbabilities(bank, tokens, side, side);
  const size = { height: side, width: side };
  return Float64Array.from({ length: bank.transforms.length / 6 }, (_, t) =>
    bernoulliLogLikelihood(warp(canvas, bank.transforms, t, size), image),
  );
}

/** Index of the largest score, -1 of none. */
export function bestTransform(scores: ArrayLike<number>): number {
  let best = -1;
  for (let t = 0; t < scores.length; t++) if (best < 0 || scores[t]! > scores[best]!) best = t;
  return best;
}

/** All of it, as the domain's tools hand it to the views. */
export const drawing = {
  strokePicture,
  canvasFrames,
  reconstruction,
  transformScores,
  bestTransform,
  penStrokes,
  strokeFacts,
  matchStrokes,
  exemplar,
} as const;

export type Drawing = typeof drawing;
