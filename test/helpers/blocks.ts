// Words for tests of the blocks domain: small runs built as the worker builds them, and models in double precision for
// finite differences.

import { blocks } from "../../src/domains/blocks/index";
import type { BlocksModel } from "../../src/domains/blocks/model";
import type { ScenePictures } from "../../src/domains/blocks/observations";
import { parseProgram } from "../../src/domains/blocks/parse";
import type { BackendName } from "../../src/engine/backend";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import type { Batch, Programs } from "../../src/engine/model";
import { type OptionValues, requireOptions } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import type { RunOptions } from "../../src/engine/run/options";
import { readPublicFile } from "../../src/engine/worker/threadPort";

/** The cheapest options under which everything takes part. */
export const TINY_BLOCKS: OptionValues = {
  scenes: 12,
  resolution: "16",
  encoder: "tiny",
  batch: 3,
  particles: 2,
  evaluationScenes: 4,
  evaluationSamples: 10,
};

/** The same with a single tower of two types: 1 + 2 + 4 + 8 programs, all of which a test can go through. */
export const ONE_TOWER: OptionValues = { ...TINY_BLOCKS, grid: 1, types: 2 };

export type BlocksRun = { readonly instance: DomainInstance<ScenePictures>; readonly model: BlocksModel };

/** Complete options: TINY_BLOCKS and what `options` changes of them. */
export function blocksOptions(options: OptionValues = {}): RunOptions {
  // The cast: the domain's table holds the common options.
  return requireOptions(blocks.options, { ...TINY_BLOCKS, ...options }) as RunOptions;
}

/** An instance with TINY_BLOCKS options and what `options` changes of them. */
export async function buildBlocks(
  options: OptionValues = {},
  backend: BackendName = "cpu",
  userData: UserData | null = null,
): Promise<BlocksRun> {
  const all = blocksOptions(options);
  const runtime = await blocks.load();
  const request = { options: all, backend, rng: new Rng(all.seed), userData, readAsset: readPublicFile };
  // The cast: the runtime builds its own kind of instance.
  const instance = (await runtime.build(request)) as DomainInstance<ScenePictures>;
  return { instance, model: instance.model as BlocksModel };
}

/** Rows `from` to `from + count - 1` of the training scenes. */
export function sceneRows({ instance }: BlocksRun, count: number, from = 0): Batch<ScenePictures> {
  return { observations: instance.train, ids: Int32Array.from({ length: count }, (_, n) => from + n) };
}

/** Printed scenes [K][B] as programs [K, B, L]. */
export function scenePrograms(texts: readonly (readonly string[])[], options: OptionValues): Programs {
  const rows = texts.flat().map((text) => {
    const read = parseProgram(text, options);
    if (!read.ok) throw new RangeError(read.message);
    return read.program;
  });
  const length = rows[0]!.length;
  const values = new Int32Array(rows.length * length);
  for (const [i, row] of rows.entries()) values.set(row, i * length);
  return { values, numParticles: texts.length, batchSize: texts[0]!.length, length };
}

/** Every program of a single tower, [15, 1, 3] for two types. */
export function everyTower(numTypes: number): Programs {
  const towers: number[][] = [[]];
  for (const tower of towers) {
    if (tower.length === 3) continue;
    for (let type = 1; type <= numTypes; type++) towers.push([...tower, type]);
  }
  const values = new Int32Array(3 * towers.length);
  for (const [i, tower] of towers.entries()) values.set(tower, 3 * i);
  return { values, numParticles: towers.length, batchSize: 1, length: 3 };
}
