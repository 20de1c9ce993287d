// The memory as a held step would leave it: people see at once what a stage has decided, while nothing is written
// before the step's end.

import { createProgramMemory } from "../memory/createMemory";
import type { ProgramMemory } from "../memory/programMemory";
import type { Run } from "./run";

/** The run's memory, with the update of a step that is held after "remember"; a copy, for display only. */
export function memoryOnShow(run: Run): ProgramMemory | null {
  const { memory } = run.core.parts;
  const update = run.held?.payload.update;
  if (!memory || !update) return memory;
  const copy = createProgramMemory(memory.numObservations, memory.memorySize, memory.programLength);
  copy.rows.programs.set(memory.rows.programs);
  copy.rows.counts.set(memory.rows.counts);
  copy.rows.bornAt.set(memory.rows.bornAt);
  copy.rows.logJoint.set(memory.rows.logJoint);
  copy.commit(update);
  return copy;
}
