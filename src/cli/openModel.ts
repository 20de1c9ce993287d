// Opens a trained model from a run's folder, with its own data or with other data of the same domain.

import type { DomainSpec, UserData } from "../engine/domain";
import { LabError } from "../engine/errors";
import type { RunCore } from "../engine/run/core";
import { buildRun, createRun } from "../engine/run/createRun";
import { loadParameters, readModel } from "../engine/run/modelFile";
import { findModel, readAsset } from "./assets";
import { badFile, mistake } from "./failures";
import { readCheckpoint, readRunFile } from "./runFolder";

/** The run of a folder as it stands. @throws LabError("option" or "checkpoint") that names the folder. */
export async function openRun(argument: string, spec: DomainSpec, folder: string): Promise<RunCore> {
  const checkpoint = await readCheckpoint(argument, folder);
  try {
    const { run } = await createRun({ spec, options: {}, userData: null, checkpoint, readAsset });
    return run.core;
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== "checkpoint") throw error;
    throw badFile(`${argument} ${folder}: ${error.message}`, { folder }, error);
  }
}

/** The run that `--model NAME|DIR` means: a shipped model's parameters with little data of its own, or a run's folder. */
export async function openModel(spec: DomainSpec, nameOrFolder: string): Promise<RunCore> {
  const shipped = spec.models?.find((model) => model.name === nameOrFolder);
  if (shipped) {
    const given = { spec, options: shipped.own, userData: null, checkpoint: null, readAsset };
    const { core } = (await createRun(given)).run;
    await loadParameters(core.parts.instance.model.blocks, readModel(await readAsset(shipped.file)));
    return core;
  }
  const folder = await findModel(nameOrFolder);
  const run = await readRunFile("--model", folder);
  if (run.domain !== spec.id) throw mistake(`--model ${nameOrFolder} was trained on ${run.domain}, not on ${spec.id}.`);
  return openRun("--model", spec, folder);
}

export type OtherData = { readonly dataset: string | null; readonly userData: UserData | null };

/**
 * The same parameters over other data: a run at step 0 without memory of it.
 * @throws LabError("option") if the data need another model (another program length)
 */
export async function withOtherData(core: RunCore, other: OtherData): Promise<RunCore> {
  const { parts } = core;
  const options = other.dataset === null ? core.options : { ...core.options, dataset: other.dataset };
  const { spec, backend } = parts;
  const run = await buildRun({ spec, options, backend, userData: other.userData, state: null, readAsset });
  const { blocks } = run.core.parts.instance.model;
  const known = new Map(parts.instance.model.blocks.map((block) => [block.name, block]));
  for (const block of blocks) {
    const source = known.get(block.name);
    if (!source || source.size !== block.size) {
      run.core.dispose();
      throw mistake(`--dataset is "${other.dataset}", which needs another model than this run's.`);
    }
    await block.write(await source.read());
  }
  return run.core;
}
