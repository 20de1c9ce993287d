// One stage as the page shows it: the caption and, for one observation of the batch, the proposals so far.

import { FATES, type StageInfo, type StageName, type StagePayload } from "../algorithms/algorithm";
import type { DomainSpec } from "../domain";
import type { OptionValues } from "../options";
import { SHOWN_ROWS } from "./memoryView";
import type { StageReport } from "./records";

/** Batch column on show: the selected observation if the batch holds it, else the first. */
export function columnOf(payload: StagePayload, selected: number): number {
  return Math.max(0, payload.batch.ids.indexOf(selected));
}

/** The report of a stage that has just been computed. Unknown numbers are null. */
export function stageReport(
  stage: StageInfo,
  payload: StagePayload,
  context: { readonly spec: DomainSpec; readonly options: OptionValues; readonly selected: number },
): StageReport {
  const column = columnOf(payload, context.selected);
  const { proposals } = payload;
  const batchSize = payload.batch.ids.length;
  const shown = Math.min(proposals?.numParticles ?? 0, SHOWN_ROWS);
  const at = (values: ArrayLike<number> | undefined, k: number): number | null =>
    values?.[k * batchSize + column] ?? null;
  return {
    stage: stage.name,
    phase: stage.phase,
    caption: stage.caption,
    observation: payload.batch.ids[column]!,
    proposals: Array.from({ length: shown }, (_, k) => {
      const from = (k * batchSize + column) * proposals!.length;
      const program = Array.from(proposals!.values.subarray(from, from + proposals!.length));
      const fate = at(payload.fate, k);
      return {
        program,
        printed: context.spec.program.print(program, context.options),
        logQ: at(payload.logQ, k),
        logPrior: at(payload.logPrior, k),
        logLikelihood: at(payload.logLikelihood, k),
        fate: fate === null ? null : (FATES[fate] ?? null),
      };
    }),
  };
}

/** True if `stage` is the last of its phase in this list of stages. */
export function endsPhase(stages: readonly StageInfo[], stage: StageName): boolean {
  const at = stages.findIndex((info) => info.name === stage);
  return stages[at + 1]?.phase !== stages[at]?.phase;
}
