// Words for tests of the blocks domain: small runs built as the worker builds them, and models in double precision for
// finite differences.

import { rendererSpec } from "../../src/domains/blocks/createModel";
import { recognitionSpec } from "../../src/domains/blocks/encoder";
import { GenerativeModel } from "../../src/domains/blocks/generative";
import { headLayout } from "../../src/domains/blocks/heads";
import { blocks } from "../../src/domains/blocks/index";
import { BlocksModel } from "../../src/domains/blocks/model";
import type { ScenePictures } from "../../src/domains/blocks/observations";
import { settingsOf } from "../../src/domains/blocks/options";
import { parseProgram } from "../../src/domains/blocks/parse";
import { Recogniser } from "../../src/domains/blocks/recognition";
import { sizesPerType } from "../../src/domains/blocks/types";
import type { BackendName } from "../../src/engine/backend";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import { CpuCuboids } from "../../src/engine/kernels/cuboids/cpu";
import { CpuNetwork } from "../../src/engine/kernels/network/cpu";
import { planNetwork } from "../../src/engine/kernels/network/plan";
import type { Batch, Programs } from "../../src/engine/model";
import { initialParameters } from "../../src/engine/nn/createNetwork";
import { PlainBlock } from "../../src/engine/optim/plainBlock";
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

/** The network of the cpu backend with everything that it gives and takes in double precision. */
class DoubleNetwork extends CpuNetwork {
  override async forward(input: Float32Array, batchSize: number): Promise<Float32Array> {
    // The cast: a Float64Array does what a Float32Array does, in double precision.
    return this.forwardExact(input, batchSize) as unknown as Float32Array;
  }

  override async backward(outputGradient: Float32Array): Promise<void> {
    this.backwardExact(outputGradient);
  }
}

/** A model whose numbers are in double precision throughout, for finite differences, with random parameters. */
export function doubleBlocks(options: OptionValues = {}, capacity = 8) {
  const settings = settingsOf(blocksOptions(options));
  const rng = new Rng(7);
  const normals = (name: string, count: number) => {
    const own = rng.fork(name);
    return new PlainBlock(
      name,
      "theta",
      Array.from({ length: count }, () => own.normal()),
    );
  };
  const sizes = normals("theta.sizes", settings.numTypes * sizesPerType(settings.isCuboid));
  const colors = settings.isColored ? normals("theta.colors", 3 * settings.numTypes) : null;
  const layout = headLayout(settings.gridSide, settings.numTypes);
  const spec = recognitionSpec(settings.encoder, settings.side, layout.width);
  const plan = planNetwork(spec);
  // Larger than at the start of a run, so that no output is nearly constant.
  const weights = initialParameters(plan, rng.fork("phi.recognition")).map((value) => 2 * value);
  const phi = new PlainBlock("phi.recognition", "phi", weights);
  const network = new DoubleNetwork(spec, plan, phi, capacity);
  const generative = new GenerativeModel({ sizes, colors }, new CpuCuboids(rendererSpec(settings)), settings);
  const Doubles = Float64Array as unknown as new (length: number) => Float32Array; // as above
  const model = new BlocksModel(generative, new Recogniser(network, layout, Doubles));
  return { model, settings, blocks: [sizes, ...(colors ? [colors] : []), phi] };
}
