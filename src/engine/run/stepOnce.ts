// One step of training: the algorithm computes, the guard looks, and only then is anything written
// (gradient, Adam, memory). A step that fails or is abandoned before its end leaves parameters and memory as they were.

import type { Algorithm, StageHook, StepResult } from "../algorithms/algorithm";
import type { DomainInstance } from "../domain";
import type { ProgramMemory } from "../memory/programMemory";
import type { Batch } from "../model";
import type { ParameterBlock } from "../optim/parameterBlock";
import type { Rng } from "../rng/rng";
import { guardGradients, guardStep, guardValues } from "./guard";
import type { RunOptions } from "./options";
import { phiLoss } from "./phiLoss";

export type StepRequest = {
  readonly instance: DomainInstance;
  readonly algorithm: Algorithm;
  readonly memory: ProgramMemory | null;
  readonly options: RunOptions;
  readonly batch: Batch;
  /** Keyed by the step number. */
  readonly rng: Rng;
  /** From 1; also Adam's time, for theta less the steps of sleep before it learns. */
  readonly step: number;
  readonly on: StageHook;
  /** Called when nothing can stop the step any more, before parameters and memory change. */
  readonly beforeCommit: (result: StepResult) => void;
};

/**
 * Performs step `step`.
 *
 * @returns the algorithm's result with the step's recognition loss, NaN where there is none
 * @throws LabError("non-finite"), with parameters and memory untouched; whatever `on` throws, likewise
 */
export async function stepOnce(request: StepRequest): Promise<StepResult & { readonly phiLoss: number }> {
  const { instance, memory, options, step } = request;
  const { model } = instance;
  const { batch, rng, on } = request;
  const result = await request.algorithm.step({ model, memory, batch, options, rng, step, on });
  guardStep(result, step);
  for (const block of model.blocks) block.zeroGradient();
  const values = await model.accumulate(result.terms);
  guardValues(result.terms, values, step);
  await guardGradients(model.blocks, step, instance.longestGradient);

  request.beforeCommit(result);
  for (const block of inOrderOfRisk(model.blocks)) {
    const time = adamTime(block, options, step);
    if (time > 0) block.adam(instance.learningRate(block.name, options), time);
  }
  if (memory && result.update) memory.commit(result.update);
  return { ...result, phiLoss: phiLoss(result.terms, values) };
}

/** Adam's time of a block: theta's begins after the steps in which it stood still, as if its moments had just been made. */
function adamTime({ group }: ParameterBlock, { sleepFirst = 0 }: RunOptions, step: number): number {
  return group === "theta" ? step - sleepFirst : step;
}

/** Phi first: its network may stand on a device that is lost just now and throw; theta's plain arrays cannot. */
function inOrderOfRisk(blocks: readonly ParameterBlock[]): readonly ParameterBlock[] {
  return [...blocks.filter(({ group }) => group === "phi"), ...blocks.filter(({ group }) => group !== "phi")];
}
