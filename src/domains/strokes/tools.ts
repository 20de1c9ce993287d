// The domain's pure functions for views and the command line, as one typed record. Light: generators and readers of data
// are loaded elsewhere.

import { arcDistance, arcOf, canvasProbabilities, startPoints } from "../../engine/kernels/strokes/arcs";
import { bankFromRaw } from "../../engine/kernels/strokes/bank";
import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { Rng } from "../../engine/rng/rng";
import { bitsPerPixel, constantRate, pixelRates } from "./baselines";
import type { Drawing } from "./drawing";
import { explainDrawing } from "./explain";
import type { StrokesPicture } from "./facts";
import { settingsOf } from "./options";
import { parseProgram, printProgram, printToken } from "./print";
import { canonical, isDown, packToken, strokeOf } from "./program";
import { type OwnTools, ownTools } from "./upload/ownTools";

/** All functions are pure; shapes and units are in their own docstrings. */
export type StrokesTools = OwnTools & {
  readonly settingsOf: typeof settingsOf;
  readonly strokeOf: typeof strokeOf;
  readonly isDown: typeof isDown;
  readonly packToken: typeof packToken;
  readonly canonical: typeof canonical;
  readonly printToken: typeof printToken;
  readonly printProgram: typeof printProgram;
  readonly parseProgram: typeof parseProgram;
  readonly explainDrawing: typeof explainDrawing;
  readonly bitsPerPixel: typeof bitsPerPixel;
  readonly constantRate: typeof constantRate;
  readonly pixelRates: typeof pixelRates;
  /** The bank that "theta.strokes" means. */
  readonly bankFromRaw: typeof bankFromRaw;
  readonly bankOf: typeof bankOf;
  readonly bankOfRows: typeof bankOfRows;
  readonly startPoints: typeof startPoints;
  readonly arcOf: typeof arcOf;
  readonly arcDistance: typeof arcDistance;
  readonly canvasProbabilities: typeof canvasProbabilities;
  /** What views draw with; fetched on demand. */
  readonly drawing: () => Promise<Drawing>;
  /** A stream of random numbers of its own, for pictures that sample. */
  readonly rng: (seed: number) => Rng;
};

export const tools: StrokesTools = {
  ...ownTools,
  settingsOf,
  strokeOf,
  isDown,
  packToken,
  canonical,
  printToken,
  printProgram,
  parseProgram,
  explainDrawing,
  bitsPerPixel,
  constantRate,
  pixelRates,
  bankFromRaw,
  bankOf,
  bankOfRows,
  startPoints,
  arcOf,
  arcDistance,
  canvasProbabilities,
  drawing: async () => (await import("./drawing")).drawing,
  rng: (seed) => new Rng(seed).fork("views"),
};

/** The bank of a snapshot's picture, as the renderer's light functions take it. */
function bankOf(picture: StrokesPicture): StrokeBank {
  const rest = { scale: picture.scale, bias: picture.bias, transforms: Float64Array.from(picture.affine) };
  return { ...bankOfRows(picture.bank), ...rest };
}

/** A bank from rows [S, 5] of dx, dy, theta, sharpness, width, without transforms and with plain black ink. */
function bankOfRows(rows: Float32Array): StrokeBank {
  const column = (c: number) => Float64Array.from({ length: rows.length / 5 }, (_, s) => rows[5 * s + c]!);
  return {
    dx: column(0),
    dy: column(1),
    theta: column(2),
    sharpness: column(3),
    width: column(4),
    scale: 9,
    bias: -5,
    transforms: new Float64Array(0),
  };
}
