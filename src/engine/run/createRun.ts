// Builds a run: options checked, backend chosen, data and model built, memory sized, a checkpoint opened if there is one.

import { afterSleep } from "../algorithms/afterSleep";
import type { Algorithm } from "../algorithms/algorithm";
import { findAlgorithm } from "../algorithms/list";
import { type BackendName, type BackendReport, chooseBackend } from "../backend";
import type { DomainInstance, DomainSpec, ReadAsset, UserData } from "../domain";
import { LabError } from "../errors";
import { createProgramMemory } from "../memory/createMemory";
import { type OptionValues, requireOptions } from "../options";
import { Rng } from "../rng/rng";
import { budgetOf } from "./budget";
import { readCheckpoint } from "./checkpoint";
import { RunCore } from "./core";
import { estimateRunBytes, type RunSizes, requireFits } from "./memoryLimit";
import { loadParameters, readModel } from "./modelFile";
import type { RunOptions } from "./options";
import type { RunDescription } from "./records";
import { Run, type RunListener } from "./run";
import { startOf } from "./startFrom";
import { type RunState, restoreState } from "./state";

export type RunRequest = {
  readonly spec: DomainSpec;
  /** What differs from the domain's defaults. With a checkpoint only live ones and the backend count. */
  readonly options: OptionValues;
  readonly userData: UserData | null;
  readonly checkpoint: Uint8Array | null;
  readonly readAsset: ReadAsset;
};

export type CreatedRun = {
  readonly run: Run;
  /** Sentences that the person should see, such as a change of backend. */
  readonly notices: readonly string[];
};

/**
 * A run that stands at step 0 or where its checkpoint stands.
 * @throws LabError("option" | "unknown-name" | "backend" | "checkpoint" | "memory-limit" | "file")
 */
export async function createRun(request: RunRequest, listener?: RunListener): Promise<CreatedRun> {
  const { spec } = request;
  const state = request.checkpoint ? openState(spec, request.checkpoint, request.options) : null;
  const options = state?.options ?? checkedOptions(spec, request.options);
  const isNamed = (request.options.backend ?? "auto") !== "auto";
  const { backend, notices } = await backendFor(spec, options, state?.backend ?? null, isNamed);
  const userData = state ? state.userData : request.userData;
  const run = await buildRun({ spec, options, backend, userData, state, readAsset: request.readAsset }, listener);
  return { run, notices: state ? notices : [...notices, ...startOf(spec, options).notices] };
}

/** The content of a checkpoint with its options checked; the caller may change live options and the backend. */
function openState(spec: DomainSpec, file: Uint8Array, given: OptionValues): RunState {
  const content = readCheckpoint(file);
  if (content.domain !== spec.id) {
    const message = `the checkpoint belongs to "${content.domain}", not to "${spec.id}".`;
    const help = `Open it under ${content.domain}.`;
    throw new LabError("checkpoint", { message, help }, { given: content.domain, expected: spec.id });
  }
  const mayChange = (name: string) => name === "backend" || spec.options[name]?.applies === "live";
  const changes = Object.entries(given).filter(([name]) => mayChange(name));
  return { ...content, options: checkedOptions(spec, { ...content.options, ...Object.fromEntries(changes) }) };
}

function checkedOptions(spec: DomainSpec, given: OptionValues): RunOptions {
  // The cast: a domain's table contains the common options (runOptionTable), so the checked values have them.
  return requireOptions(spec.options, given) as RunOptions;
}

/** The backend of a resumed run: the one that the caller names, else the one that made the file, else what there is. */
async function backendFor(
  spec: DomainSpec,
  options: RunOptions,
  saved: BackendName | null,
  isNamed: boolean,
): Promise<{ backend: BackendReport; notices: readonly string[] }> {
  if (saved === null || isNamed) {
    const backend = await chooseBackend(options.backend, spec.backends);
    return { backend, notices: saved === null ? [] : changeOfBackend(saved, backend.name) };
  }
  try {
    return { backend: await chooseBackend(saved, spec.backends), notices: [] };
  } catch (thrown) {
    // Only "not on this machine" is expected: the run then goes on elsewhere, and the notice says so.
    if (!(thrown instanceof LabError) || thrown.code !== "backend") throw thrown;
    const backend = await chooseBackend("auto", spec.backends);
    return { backend, notices: changeOfBackend(saved, backend.name) };
  }
}

function changeOfBackend(saved: BackendName, now: BackendName): readonly string[] {
  if (saved === now) return [];
  return [`The checkpoint was made on ${saved}; it goes on with ${now}, so last digits may differ.`];
}

export type BuildRunRequest = {
  readonly spec: DomainSpec;
  readonly options: RunOptions;
  readonly backend: BackendReport;
  readonly userData: UserData | null;
  readonly state: RunState | null;
  readonly readAsset: ReadAsset;
};

/** Builds data, model and memory and puts them into `state`, if there is one. */
export async function buildRun(request: BuildRunRequest, listener?: RunListener): Promise<Run> {
  const { spec, options, backend, userData, state, readAsset } = request;
  const algorithm = afterSleep(findAlgorithm(options.algorithm));
  const runtime = await spec.load();
  const rng = new Rng(options.seed);
  const instance = await runtime.build({ options, backend: backend.name, rng, userData, readAsset });
  try {
    const { train, model } = instance;
    const { memorySize } = budgetOf(model, options);
    requireFits(sizesOf(instance, algorithm, options));
    const memory = algorithm.usesMemory ? createProgramMemory(train.count, memorySize, model.programLength) : null;
    const core = new RunCore({ spec, instance, algorithm, memory, options, backend, userData });
    if (state) await restoreState(core, state);
    else {
      const { file } = startOf(spec, options);
      const isStart = options.startFrom === "pretrained";
      if (file !== null) await loadParameters(model.blocks, readModel(await readAsset(file)), isStart);
    }
    return new Run(core, listener);
  } catch (thrown) {
    instance.dispose();
    throw thrown;
  }
}

/** What the memory that a run takes depends on. */
function sizesOf({ train, model }: DomainInstance, algorithm: Algorithm, options: RunOptions): RunSizes {
  const { memorySize, numProposals, numSamples } = budgetOf(model, options);
  return {
    numObservations: train.count,
    memorySize: algorithm.usesMemory ? memorySize : 0,
    particles: algorithm.usesMemory ? numProposals : numSamples,
    batchSize: options.batch,
    programLength: model.programLength,
    numParameters: countParameters(model.blocks),
  };
}

function countParameters(blocks: readonly { readonly size: number }[]): number {
  return blocks.reduce((sum, block) => sum + block.size, 0);
}

/** What the page is told about a run once. */
export function describeRun(run: Run, runId: string): RunDescription {
  const { core } = run;
  const { spec, backend, instance } = core.parts;
  return {
    runId,
    domain: spec.id,
    options: core.options,
    backend,
    facts: instance.facts,
    stages: core.parts.algorithm.stages(core.options, core.step + 1),
    numParameters: countParameters(instance.model.blocks),
    estimatedBytes: estimateRunBytes(sizesOf(instance, core.parts.algorithm, core.options)),
    step: core.step,
    history: core.history.slice(),
  };
}
