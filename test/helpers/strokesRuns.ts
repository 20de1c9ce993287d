// Small strokes runs for tests: built as the worker builds them, with the sizes that a test asks for.

import type { Images } from "../../src/domains/strokes/images";
import { strokes } from "../../src/domains/strokes/index";
import type { StrokesModel } from "../../src/domains/strokes/model";
import { NUM_TOKENS } from "../../src/domains/strokes/program";
import type { BackendName } from "../../src/engine/backend";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import type { Batch, Programs } from "../../src/engine/model";
import { type OptionValues, requireOptions } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import type { RunOptions } from "../../src/engine/run/options";
import { readPublicFile } from "../../src/engine/worker/threadPort";

/** The cheapest options under which everything takes part. */
export const TINY: OptionValues = { size: "tiny", images: 12, transforms: "1", strokes: 8, batch: 4, particles: 4 };

export type StrokesRun = { readonly instance: DomainInstance<Images>; readonly model: StrokesModel };

/** An instance with TINY options and what `options` changes of them. */
export async function buildStrokes(
  options: OptionValues = {},
  backend: BackendName = "cpu",
  userData: UserData | null = null,
): Promise<StrokesRun> {
  // The cast: the domain's table holds the common options.
  const all = requireOptions(strokes.options, { ...TINY, ...options }) as RunOptions;
  const runtime = await strokes.load();
  const request = { options: all, backend, rng: new Rng(all.seed), userData, readAsset: readPublicFile };
  // The cast: the strokes runtime builds its own kind of instance.
  const instance = (await runtime.build(request)) as DomainInstance<Images>;
  return { instance, model: instance.model as StrokesModel };
}

/** Rows 0 to count - 1 of the training pictures. */
export function firstRows({ instance }: StrokesRun, count: number): Batch<Images> {
  return { observations: instance.train, ids: Int32Array.from({ length: count }, (_, n) => n) };
}

/** Whole programs [K, B, A] of a block. */
export function rowsOf({ values, length }: Programs): Int32Array[] {
  return Array.from({ length: values.length / length }, (_, i) => values.slice(i * length, (i + 1) * length));
}

/** Programs [K, B, A] from lists of tokens, k * B + b. */
export function packedPrograms(rows: readonly ArrayLike<number>[], batchSize: number): Programs {
  const values = Int32Array.from(rows.flatMap((row) => Array.from(row)));
  return { values, numParticles: rows.length / batchSize, batchSize, length: NUM_TOKENS };
}
