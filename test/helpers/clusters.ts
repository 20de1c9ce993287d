// Vocabulary of the clusters tests: an instance on the fixed data, and a finished run of the real loop.

import { readFile } from "node:fs/promises";
import { clusters } from "../../src/domains/clusters/index";
import { findAlgorithm } from "../../src/engine/algorithms/list";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import { createProgramMemory } from "../../src/engine/memory/createMemory";
import type { OptionValue } from "../../src/engine/options";
import { requireOptions } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import { memoryAndProposals } from "../../src/engine/run/budget";
import { RunCore } from "../../src/engine/run/core";
import type { RunOptions } from "../../src/engine/run/options";
import { Run } from "../../src/engine/run/run";

/** Reads a file of public/, as the command line's worker does. */
export const readAsset = async (path: string) => new Uint8Array(await readFile(`public/${path}`));

/** The domain's options with some changed. */
export function clusterOptions(changed: Readonly<Record<string, OptionValue>> = {}): RunOptions {
  // The cast: requireOptions has checked every value against the domain's table, which RunOptions describes.
  return requireOptions(clusters.options, changed) as RunOptions;
}

/** An instance of the domain, as a worker builds it. */
export async function buildClusters(
  changed: Readonly<Record<string, OptionValue>> = {},
  userData: UserData | null = null,
): Promise<DomainInstance> {
  const options = clusterOptions(changed);
  const runtime = await clusters.load();
  return runtime.build({ options, backend: "cpu", rng: new Rng(options.seed), userData, readAsset });
}

/** Trains to the end through the engine's run loop. */
export async function trainClusters(changed: Readonly<Record<string, OptionValue>>): Promise<RunCore> {
  const options = clusterOptions(changed);
  const instance = await buildClusters(changed);
  const algorithm = findAlgorithm(options.algorithm);
  const { memorySize } = memoryAndProposals(options);
  const memory = algorithm.usesMemory ? createProgramMemory(instance.train.count, memorySize, 1) : null;
  const backend = { name: "cpu", reason: "plain TypeScript", detail: "" } as const;
  const core = new RunCore({ spec: clusters, instance, algorithm, memory, options, backend, userData: null });
  await new Run(core).advance("free");
  return core;
}
