// Variations of remembered programs while a model learns (option "mutations"): most have their end written anew from the
// picture, some two random changes. Measured on 40 pictures of twelve strokes, from random memories of five: 20 such
// proposals a picture bring the best program from -335 to -86 nats; 3 000 random changes bring it to -214.

import type { Batch, Programs } from "../../../engine/model";
import type { Rng } from "../../../engine/rng/rng";
import type { GenerativeModel } from "../generative";
import { type Images, SIDE } from "../images";
import { NUM_TOKENS } from "../program";
import { construct } from "./construct";
import { EDIT_KINDS } from "./edits";
import type { Pen } from "./pen";
import { PenCase } from "./searchNear";
import { plainTarget, pulledBack, type Target } from "./target";

/** Programs of each length that are gone on with. */
const WIDTH = 1;
/** Banks up to this size are searched two moves far: with more strokes, one move leads nearly everywhere. */
const FEW = 24;
const AREA = SIDE * SIDE;

/**
 * Each program varied for its picture of the batch, same shape, canonical. Reads the parameters as they stand.
 *
 * @param rewrittenShare of the variations whose end is written anew; the others are two random changes, which cost nothing
 */
export async function varyFromPictures(
  generative: Pick<GenerativeModel, "prior" | "renderer">,
  { observations, ids }: Batch<Images>,
  programs: Programs,
  rng: Rng,
  rewrittenShare: number,
): Promise<Programs> {
  const read = new PenCase(generative);
  const transforms = await read.transforms();
  const values = programs.values.slice();
  for (let i = 0; i < values.length / NUM_TOKENS; i++) {
    const own = rng.fork(i);
    const row = ids[i % programs.batchSize]!;
    const program = values.subarray(i * NUM_TOKENS, (i + 1) * NUM_TOKENS);
    const pen = await read.penFor(observations.alphabets[row]!);
    if (own.uniform() >= rewrittenShare) program.set(changedTwice(pen, program, own));
    else {
      const target = targetOf(observations.pixels.subarray(row * AREA, (row + 1) * AREA), transforms, own);
      program.set(rewritten(pen, target, program, own));
    }
  }
  return { ...programs, values };
}

/** The picture under one of the transforms. */
function targetOf(picture: Uint8Array, transforms: ArrayLike<number>, rng: Rng): Target {
  const count = transforms.length / 6;
  return count === 0 ? plainTarget(picture) : pulledBack(picture, transforms, rng.int(count));
}

/** The best other program with the same first few tokens that one look finds. */
function rewritten(pen: Pen, target: Target, program: Int32Array, rng: Rng): Int32Array {
  const prefix = Array.from(program.subarray(0, rng.int(NUM_TOKENS - 1)));
  const writing = construct({ pen, target, prefix, width: WIDTH, mostMoves: pen.strokes > FEW ? 1 : 2 });
  writing.goOn(Infinity);
  let best = program;
  let most = -Infinity;
  for (const found of writing.found) {
    if (found.worth <= most || found.program.every((token, t) => token === program[t])) continue;
    [best, most] = [found.program, found.worth];
  }
  return best;
}

function changedTwice(pen: Pen, program: Int32Array, rng: Rng): Int32Array {
  let changed: Int32Array = program.slice();
  for (let i = 0; i < 2; i++) {
    const kind = EDIT_KINDS[rng.int(EDIT_KINDS.length)]!;
    changed = kind.make(changed, rng.int(kind.count(pen.strokes)), pen.moves) ?? changed;
  }
  return changed;
}
