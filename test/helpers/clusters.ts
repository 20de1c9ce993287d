// Vocabulary of the clusters tests: an instance on the fixed data, and runs of the engine's real loop.

import { readFile } from "node:fs/promises";
import { clusters } from "../../src/domains/clusters/index";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import { type OptionValues, requireOptions } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import type { RunCore } from "../../src/engine/run/core";
import { createRun } from "../../src/engine/run/createRun";
import type { RunOptions } from "../../src/engine/run/options";
import type { Run } from "../../src/engine/run/run";

/** Reads a file of public/, as the command line's worker does. */
export const readAsset = async (path: string) => new Uint8Array(await readFile(`public/${path}`));

/** An instance of the domain, as a worker builds it. */
export async function buildClusters(
  changed: OptionValues = {},
  userData: UserData | null = null,
): Promise<DomainInstance> {
  // The cast: requireOptions has checked every value against the domain's table, which RunOptions describes.
  const options = requireOptions(clusters.options, changed) as RunOptions;
  const runtime = await clusters.load();
  return runtime.build({ options, backend: "cpu", rng: new Rng(options.seed), userData, readAsset });
}

/** A run at step 0, or where a checkpoint stands. */
export async function clustersRun(options: OptionValues, checkpoint: Uint8Array | null = null): Promise<Run> {
  const { run } = await createRun({ spec: clusters, options, userData: null, checkpoint, readAsset });
  return run;
}

/** Trains to the end through the engine's run loop. */
export async function trainClusters(options: OptionValues): Promise<RunCore> {
  const run = await clustersRun(options);
  await run.advance("free");
  return run.core;
}
