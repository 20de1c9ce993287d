// Raw parameters of the renderer, their first values, and the stroke bank that they mean.
// Light: the page imports this through the domain's tools. Source: MWS specification, section 3.2.

import { sigmoid, softplus } from "../../dists/logs";
import { LabError } from "../../errors";
import type { Rng } from "../../rng/rng";
import { rawSize, type StrokeBank, type StrokeRendererSpec } from "./renderer";

type BankSize = Pick<StrokeRendererSpec, "strokes" | "transforms">;

/** Longest dx and dy of a stroke, in canvas sides. */
const REACH = 0.66;
/** Range of theta, radians: half of it to either side. */
const TURN = 0.99 * Math.PI;
const STEEPNESS = 10;
const WIDEST = 0.1;

/** First number of each part in a block of raw parameters. */
export function bankLayout({ strokes, transforms }: BankSize) {
  const theta = 2 * strokes;
  return {
    theta,
    sharpness: theta + strokes,
    width: theta + 2 * strokes,
    scale: theta + 3 * strokes,
    bias: theta + 3 * strokes + 1,
    transforms: theta + 3 * strokes + 2,
    size: rawSize({ strokes, transforms }),
  };
}

/**
 * First raw parameters: random strokes of medium length, transforms near the identity.
 *
 * @param rng already forked for the block; it moves
 * @returns [rawSize]
 */
export function initialRaw(size: BankSize, rng: Rng): Float64Array {
  const { strokes, transforms } = size;
  const at = bankLayout(size);
  const raw = new Float64Array(at.size);
  for (let i = 0; i < 2 * strokes; i++) raw[i] = 0.8 * rng.uniform() - 0.4;
  for (let s = 0; s < strokes; s++) {
    const share = 0.01 + 0.98 * (0.2 + 0.6 * rng.uniform());
    raw[at.theta + s] = Math.log(share / (1 - share)) / STEEPNESS;
  }
  raw.fill(20, at.sharpness, at.width);
  raw.fill(-2, at.width, at.scale);
  raw[at.scale] = 3;
  raw[at.bias] = -3;
  const identity = [1, 0, 0, 0, 1, 0];
  for (let i = 0; i < 6 * transforms; i++) raw[at.transforms + i] = identity[i % 6]! + 0.03 * rng.normal();
  return raw;
}

/** What raw parameters [rawSize] mean. @throws LabError("shape") if there are more or fewer. */
export function bankFromRaw(size: BankSize, raw: ArrayLike<number>): StrokeBank {
  const { strokes } = size;
  const at = bankLayout(size);
  if (raw.length !== at.size) {
    const message = `a bank of ${strokes} strokes has ${at.size} raw numbers, got ${raw.length}`;
    throw new LabError("shape", { message, help: "Use the options that the bank was made with." });
  }
  const part = (from: number, count: number, meaning: (value: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => meaning(raw[from + i]!));
  const steps = part(0, 2 * strokes, (value) => REACH * Math.tanh(value));
  return {
    dx: steps.filter((_, i) => i % 2 === 0),
    dy: steps.filter((_, i) => i % 2 === 1),
    theta: part(at.theta, strokes, (value) => TURN * (sigmoid(STEEPNESS * value) - 0.5)),
    sharpness: part(at.sharpness, strokes, (value) => value),
    width: part(at.width, strokes, (value) => WIDEST * sigmoid(value)),
    scale: softplus(raw[at.scale]!),
    bias: raw[at.bias]!,
    transforms: part(at.transforms, 6 * size.transforms, (value) => value),
  };
}

/**
 * Adds a gradient with respect to the bank to one with respect to the raw parameters, by the chain rule.
 *
 * @param bankGradient [rawSize] in block order, with respect to the derived values
 */
export function addRawGradient(
  size: BankSize,
  raw: ArrayLike<number>,
  bankGradient: ArrayLike<number>,
  rawGradient: Float64Array,
): void {
  const { strokes } = size;
  const at = bankLayout(size);
  const add = (from: number, to: number, slope: (value: number) => number) => {
    for (let i = from; i < to; i++) rawGradient[i] = rawGradient[i]! + bankGradient[i]! * slope(raw[i]!);
  };
  const bump = (value: number) => sigmoid(value) * sigmoid(-value);
  add(0, 2 * strokes, (value) => REACH * (1 - Math.tanh(value)) * (1 + Math.tanh(value)));
  add(at.theta, at.sharpness, (value) => TURN * STEEPNESS * bump(STEEPNESS * value));
  add(at.sharpness, at.width, () => 1);
  add(at.width, at.scale, (value) => WIDEST * bump(value));
  add(at.scale, at.bias, sigmoid);
  add(at.bias, at.size, () => 1);
}
