// Draws pictures from programs: a transform, then Bernoulli pixels. Exact (float64) whatever the backend, so that the
// same parameters give the same pictures everywhere.

import { pcg4d, type Rng } from "../../rng/rng";
import { arcOf, canvasInk, inkExponent, pixelX, pixelY, probabilityOfInk, squaredDistance, startPoints } from "./arcs";
import type { StrokeBank, StrokeRendererSpec } from "./renderer";
import { blend, tapOf, valueAt } from "./warp";

const TWO_TO_MINUS_32 = 2 ** -32;
/**
 * A probability from float32 ink that is at least this far from the random number decides a pixel; nearer ones are
 * computed again in float64. The error of float32 is below 2e-4 for banks that `isGentle`.
 */
const MARGIN = 1e-3;

/** Ink [height * width] of a program from float32 exponents, -Infinity where nothing is drawn. */
export type FastInk = (tokens: Int32Array) => Float64Array;

/** Words of a stream by their number. */
export function wordsOf(rng: Rng): (index: number) => number {
  const block = new Uint32Array(4);
  let held = -1;
  return (index) => {
    const counter = Math.floor(index / 4);
    if (counter !== held) pcg4d(rng.seed, rng.streamA, rng.streamB, counter, block);
    held = counter;
    return block[index % 4]!;
  };
}

/** Transform of each of `count` pictures, by the words 0 to count - 1 of `rng.fork("transform")`. */
export function drawTransforms(count: number, transforms: number, rng: Rng): Int32Array {
  const word = wordsOf(rng.fork("transform"));
  return Int32Array.from({ length: count }, (_, n) => Math.floor(word(n) * TWO_TO_MINUS_32 * transforms));
}

/**
 * Pictures [N, height * width] of programs [N, A], drawn as StrokeRenderer.sample says.
 *
 * @param fastInk a quicker way to the ink; it changes no picture
 */
export function samplePictures(
  spec: StrokeRendererSpec,
  bank: StrokeBank,
  tokens: Int32Array,
  rng: Rng,
  fastInk: FastInk | null = null,
): Uint8Array {
  const { height, width } = spec;
  const count = tokens.length / spec.tokens;
  const size = height * width;
  const chosen = drawTransforms(count, spec.transforms, rng);
  const word = wordsOf(rng.fork("pixels"));
  const pictures = new Uint8Array(count * size);
  const quick = isGentle(bank) ? fastInk : null;
  for (let n = 0; n < count; n++) {
    const program = tokens.subarray(n * spec.tokens, (n + 1) * spec.tokens);
    const ink = quick ? quick(program) : canvasInk(bank, program, height, width);
    const unwarped = ink.map(probabilityOfInk);
    for (let i = 0; i < size; i++) {
      const limit = word(n * size + i) * TWO_TO_MINUS_32;
      let p = seen(spec, bank, unwarped, chosen[n]!, i);
      if (quick && Math.abs(p - limit) < MARGIN) p = exactly(spec, bank, program, chosen[n]!, i);
      pictures[n * size + i] = limit < p ? 1 : 0;
    }
  }
  return pictures;
}

/** Numbers for which float32 ink is as good as MARGIN needs. */
function isGentle({ sharpness, scale, bias }: StrokeBank): boolean {
  return scale <= 30 && Math.abs(bias) <= 30 && sharpness.every((value) => Math.abs(value) <= 200);
}

/** Probability of output pixel i under a transform. */
function seen(spec: StrokeRendererSpec, bank: StrokeBank, picture: Float64Array, transform: number, i: number): number {
  if (spec.transforms === 0) return picture[i]!;
  const tap = tapOf(bank.transforms, transform, Math.floor(i / spec.width), i % spec.width, spec);
  return blend(picture, tap, spec);
}

/** The same in float64 from the program alone: only the four pixels that are read are drawn. */
function exactly(spec: StrokeRendererSpec, bank: StrokeBank, tokens: Int32Array, transform: number, i: number): number {
  const { height, width } = spec;
  const starts = startPoints(bank, tokens);
  const drawn = new Float64Array(height * width);
  const [row, column] = [Math.floor(i / width), i % width];
  const tap = tapOf(bank.transforms, transform, row, column, spec);
  const corners: readonly (readonly [number, number])[] =
    spec.transforms === 0
      ? [[row, column]]
      : [0, 1, 2, 3].map((corner) => [tap.row + (corner >> 1), tap.column + (corner & 1)] as const);
  for (const [r, c] of corners) {
    if (r < 0 || r >= height || c < 0 || c >= width) continue;
    let ink = Number.NEGATIVE_INFINITY;
    for (const [t, token] of tokens.entries()) {
      if ((token & 1) === 0) continue;
      const arc = arcOf(bank, token >> 1, starts[2 * t]!, starts[2 * t + 1]!);
      const square = squaredDistance(arc, pixelX(c, width), pixelY(r, height));
      const exponent = inkExponent(bank.sharpness[token >> 1]!, bank.width[token >> 1]!, square);
      ink = Math.max(ink, bank.scale * Math.exp(Math.min(0, exponent)) + bank.bias);
    }
    drawn[r * width + c] = probabilityOfInk(ink);
  }
  return spec.transforms === 0 ? valueAt(drawn, row, column, spec) : blend(drawn, tap, spec);
}
