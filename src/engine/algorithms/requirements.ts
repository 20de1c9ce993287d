// What algorithms check before they start, as one sentence each.

import { LabError } from "../errors";
import type { ProgramMemory } from "../memory/programMemory";
import type { HybridPart, Model } from "../model";
import { budgetOf } from "../run/budget";
import type { StepContext } from "./algorithm";

/** The context's memory. @throws LabError("shape") if the run loop passed none. */
export function requireMemory(context: StepContext): ProgramMemory {
  if (context.memory) return context.memory;
  const help = "Report this: the run was built without a memory.";
  throw new LabError("shape", { message: "memory is missing: this algorithm needs one", help });
}

/** Samples per observation: K, of hybrid models S = K (M + N). @throws LabError("option") if below `least`. */
export function requireParticles(context: StepContext, least: number, algorithm: string): number {
  const { numSamples: particles } = budgetOf(context.model, context.options);
  if (particles >= least) return particles;
  throw new LabError(
    "option",
    {
      message: `particles is ${particles}; allowed for ${algorithm}: a whole number from ${least}.`,
      help: `Choose ${least} or more particles, or another algorithm.`,
    },
    { name: "particles", given: particles, min: least },
  );
}

/** Mean of the values; 0 if there are none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}

/** What the model adds for programs with a continuous part. @throws LabError("option") if its programs have none. */
export function requireHybrid(model: Model): HybridPart {
  if (model.hybrid) return model.hybrid;
  const message = "the algorithm is for programs with continuous parts; those of this domain have none.";
  throw new LabError("option", { message, help: "Choose another algorithm." }, { name: "algorithm" });
}
