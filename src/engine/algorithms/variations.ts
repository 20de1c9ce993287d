// Mutation proposals: a share of the proposals are remembered programs with one small change. Not part of the paper's
// algorithm (off by default): a teaching switch that shows what search alone would find. Source: automata spec, 5.

import type { ProgramMemory } from "../memory/programMemory";
import { emptyPrograms, type Proposals } from "../model";
import type { StepContext } from "./algorithm";

/**
 * The proposals with the last `options.mutations` of them replaced by varied members, drawn uniformly; unchanged where
 * the option is 0 or the model has no `vary`. logQ is that of the programs as they now are.
 */
export async function withMutations(
  context: StepContext,
  members: ReturnType<ProgramMemory["gather"]>,
  drawn: Proposals,
): Promise<Proposals> {
  const { model, batch, options } = context;
  const { numParticles, batchSize, length } = drawn.programs;
  const numMutations = Math.min(options.mutations ?? 0, numParticles);
  if (numMutations === 0 || !model.vary) return drawn;

  const rng = context.rng.fork("mutate");
  const parents = emptyPrograms(numMutations, batchSize, length);
  const memorySize = members.programs.numParticles;
  for (let i = 0; i < numMutations * batchSize; i++) {
    const b = i % batchSize;
    let present = 0;
    for (let m = 0; m < memorySize; m++) present += members.present[m * batchSize + b]!;
    const from = (rng.int(Math.max(1, present)) * batchSize + b) * length;
    for (let l = 0; l < length; l++) parents.values[i * length + l] = members.programs.values[from + l]!;
  }
  const varied = await model.vary(batch, parents, rng.fork("vary"));
  const values = drawn.programs.values.slice();
  values.set(varied.values, (numParticles - numMutations) * batchSize * length);
  const programs = { ...drawn.programs, values };
  const logQ = drawn.logQ.slice();
  logQ.set(await model.logQ(batch, varied), (numParticles - numMutations) * batchSize);
  return { programs, logQ };
}
