// Draws pictures from programs: a transform, then Bernoulli pixels. Exact (float64) whatever the backend, so that the
// same parameters give the same pictures everywhere.

import { pcg4d, type Rng } from "../../rng/rng";
import { canvasProbabilities } from "./arcs";
import type { StrokeBank, StrokeRendererSpec } from "./renderer";
import { warp } from "./warp";

const TWO_TO_MINUS_32 = 2 ** -32;

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

/** Pictures [N, height * width] of programs [N, A], drawn as StrokeRenderer.sample says. */
export function samplePictures(spec: StrokeRendererSpec, bank: StrokeBank, tokens: Int32Array, rng: Rng): Uint8Array {
  const count = tokens.length / spec.tokens;
  const size = spec.height * spec.width;
  const chosen = drawTransforms(count, spec.transforms, rng);
  const word = wordsOf(rng.fork("pixels"));
  const pictures = new Uint8Array(count * size);
  for (let n = 0; n < count; n++) {
    const program = tokens.subarray(n * spec.tokens, (n + 1) * spec.tokens);
    const unwarped = canvasProbabilities(bank, program, spec.height, spec.width);
    const probabilities = spec.transforms === 0 ? unwarped : warp(unwarped, bank.transforms, chosen[n]!, spec);
    for (let i = 0; i < size; i++) {
      const at = n * size + i;
      pictures[at] = word(at) * TWO_TO_MINUS_32 < probabilities[i]! ? 1 : 0;
    }
  }
  return pictures;
}
