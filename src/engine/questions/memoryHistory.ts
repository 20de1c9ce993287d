// How the programs of one observation changed over the steps, with the scores that they had then.

import type { RunCore } from "../run/core";
import { MOST_MOMENTS, type Moment, type MomentLog } from "../run/momentLog";
import type { MemoryEntry } from "../run/records";
import type { Answers, MemoryMoment } from "../worker/questions";

/** Every moment that the run kept, oldest first. */
export async function answerMemoryHistory(core: RunCore, observation: number): Promise<Answers["memoryHistory"]> {
  const { moments } = core;
  const kept = moments.of(observation).map((moment) => recorded(core, moment));
  return { step: core.step, moments: kept, note: noteOf(core, moments, kept.length) };
}

function recorded(core: RunCore, { step, entries }: Moment): MemoryMoment {
  const { spec, memory } = core.parts;
  return {
    step,
    entries: entries.map(
      (entry, rank): MemoryEntry => ({
        program: Array.from(entry.program),
        printed: spec.program.print(entry.program, core.options),
        logPrior: entry.logPrior,
        logLikelihood: entry.logJoint === -Infinity ? -Infinity : entry.logJoint - entry.logPrior,
        logJoint: entry.logJoint,
        weight: entry.weight,
        bornAt: memory ? entry.bornAt : step,
        event: memory && entry.bornAt === step ? (rank === 0 ? "newBest" : "accepted") : "kept",
      }),
    ),
  };
}

function noteOf(core: RunCore, moments: MomentLog, count: number): string {
  const what = core.parts.memory ? "Every step that changed this memory" : "Weighted samples, while this was on show";
  const sentences = [`${what}, with the scores of that time.`];
  if (!moments.isComplete && core.parts.memory) sentences.push("Kept only while this was on show: the data are large.");
  if (moments.since > 0) sentences.push(`Known from step ${moments.since} on, where the run was opened.`);
  if (count > MOST_MOMENTS / 2) sentences.push(`At most ${MOST_MOMENTS} steps are kept; older ones are thinned.`);
  return sentences.join(" ");
}
