// Small strings runs for tests.

import { strings } from "../../src/domains/strings/index";
import type { ConceptSet } from "../../src/domains/strings/observations";
import { parseProgram } from "../../src/domains/strings/parse";
import { stringsRuntime } from "../../src/domains/strings/runtime";
import type { BackendName } from "../../src/engine/backend";
import type { DomainInstance, UserData } from "../../src/engine/domain";
import type { Batch, Programs } from "../../src/engine/model";
import { defaultsOf, type OptionValues } from "../../src/engine/options";
import { Rng } from "../../src/engine/rng/rng";
import type { RunOptions } from "../../src/engine/run/options";

/** The defaults with changes; tiny networks and 6 concepts unless said otherwise. */
export function stringsOptions(changes: OptionValues = {}): RunOptions {
  const small: OptionValues = { size: "tiny", concepts: 6, startFrom: "none" };
  // Defaults of the option table are complete; the type is narrower than the table's.
  return { ...defaultsOf(strings.options), ...small, ...changes } as RunOptions;
}

/** A built run on plain TypeScript. */
export async function buildStrings(
  changes: OptionValues = {},
  { backend = "cpu", userData = null }: { backend?: BackendName; userData?: UserData | null } = {},
): Promise<DomainInstance<ConceptSet>> {
  const options = stringsOptions(changes);
  const readAsset = async () => new Uint8Array();
  const built = await stringsRuntime.build({ options, backend, rng: new Rng(options.seed), userData, readAsset });
  // The runtime builds concepts; the engine's type only promises observations.
  return built as DomainInstance<ConceptSet>;
}

/** Rows 0..count - 1 of the training concepts. */
export function firstConcepts(instance: DomainInstance<ConceptSet>, count: number): Batch<ConceptSet> {
  return { observations: instance.train, ids: Int32Array.from({ length: count }, (_, i) => i) };
}

/** Program texts, particles first, as [K, B, L]. */
export function programsOf(texts: readonly (readonly string[])[]): Programs {
  const batchSize = texts[0]?.length ?? 0;
  const values = texts.flat().flatMap((text) => {
    const read = parseProgram(text);
    if (!read.ok) throw new Error(`${text}: ${read.message}`);
    return [...read.program];
  });
  return { values: Int32Array.from(values), numParticles: texts.length, batchSize, length: 30 };
}
