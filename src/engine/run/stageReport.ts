// One stage as the page shows it: the caption and, for one observation of the batch, everything that is known so far:
// proposals, memory, what was recalled, which programs a model learns, the dream.

import { FATES, type StageInfo, type StageName, type StagePayload } from "../algorithms/algorithm";
import { logSumExp, softmaxOverParticles } from "../dists/logs";
import type { Programs } from "../model";
import type { RunParts } from "./core";
import { SHOWN_ROWS } from "./memoryView";
import type { StageMember, StageMemory, StageProgram, StageProposal, StageReport } from "./records";

/** Batch column on show: the selected observation if the batch holds it, else the first. */
export function columnOf(payload: StagePayload, selected: number): number {
  return Math.max(0, payload.batch.ids.indexOf(selected));
}

export type ReportContext = {
  readonly parts: RunParts;
  /** Training row that the page shows. */
  readonly selected: number;
  /** The step that is computed, from 1. */
  readonly step: number;
  /** The stages of this step, in order. */
  readonly stages: readonly StageInfo[];
};

type Column = ReportContext & { readonly payload: StagePayload; readonly column: number };

/** The report of a stage that has just been computed. Unknown numbers are null. */
export function stageReport(stage: StageInfo, payload: StagePayload, context: ReportContext): StageReport {
  const column = columnOf(payload, context.selected);
  const at: Column = { ...context, payload, column };
  const { ids } = payload.batch;
  return {
    stage: stage.name,
    phase: stage.phase,
    caption: stage.caption,
    stages: context.stages,
    step: context.step,
    observation: ids[column]!,
    batch: Array.from(ids),
    observed: context.parts.instance.describeObservation(payload.batch, column),
    proposals: proposalsOf(at),
    memory: memoryOf(at),
    learns: learnsOf(at),
    dream: dreamOf(at),
    bound: boundOf(at),
  };
}

/** True if `stage` is the last of its phase in this list of stages. */
export function endsPhase(stages: readonly StageInfo[], stage: StageName): boolean {
  const at = stages.findIndex((info) => info.name === stage);
  return stages[at + 1]?.phase !== stages[at]?.phase;
}

/** Entries [k, column] of a [K, B] array. */
function entriesOf(values: ArrayLike<number>, { payload, column }: Column, count: number): Float64Array {
  const batchSize = payload.batch.ids.length;
  return Float64Array.from({ length: count }, (_, k) => values[k * batchSize + column]!);
}

function programAt(programs: Programs, k: number, column: number, { parts }: ReportContext): StageProgram {
  const from = (k * programs.batchSize + column) * programs.length;
  return printed(programs.values.subarray(from, from + programs.length), parts);
}

function printed(program: Int32Array, { spec, options }: RunParts): StageProgram {
  return { program: Array.from(program), printed: spec.program.print(program, options) };
}

function proposalsOf(at: Column): readonly StageProposal[] {
  const { payload, column, parts } = at;
  const { proposals } = payload;
  if (!proposals) return [];
  const batchSize = payload.batch.ids.length;
  const entry = (values: ArrayLike<number> | undefined, k: number) => values?.[k * batchSize + column] ?? null;
  return Array.from({ length: Math.min(proposals.numParticles, SHOWN_ROWS) }, (_, k) => {
    const fate = entry(payload.fate, k);
    return {
      ...programAt(proposals, k, column, at),
      logQ: entry(payload.logQ, k),
      logPrior: entry(payload.logPrior, k),
      logLikelihood: entry(payload.logLikelihood, k),
      fate: fate === null ? null : (FATES[fate] ?? null),
      // With a memory, weights are the members'.
      weight: parts.memory ? null : entry(payload.weight, k),
    };
  });
}

/** The memory of the observation: before "remember" as it was, afterwards as the step will leave it. */
function memoryOf(at: Column): StageMemory | null {
  const { payload, parts } = at;
  if (!parts.memory) return null;
  const before = membersBefore(at);
  const { update } = payload;
  if (!update) return { members: before, evicted: [], recalled: null, isUpdated: false };
  const count = update.counts[at.column]!;
  const logJoint = entriesOf(update.logJoint, at, count);
  const weight = softmaxOverParticles(logJoint, count, 1);
  const members = Array.from({ length: count }, (_, m): StageMember => {
    const program = programAt(update.programs, m, at.column, at);
    const isNew = !before.some((old) => old.printed === program.printed);
    return { ...program, logJoint: logJoint[m]!, weight: weight[m]!, isNew };
  });
  const evicted = before.filter((old) => !members.some((member) => member.printed === old.printed));
  const recalled = payload.recalled?.[at.column] ?? -1;
  return { members, evicted, recalled: recalled < 0 ? null : recalled, isUpdated: true };
}

function membersBefore(at: Column): readonly StageMember[] {
  const { payload, parts, column } = at;
  const gathered = payload.members ?? parts.memory!.gather(payload.batch);
  const present = entriesOf(gathered.present, at, gathered.programs.numParticles);
  const count = present.reduce((sum, one) => sum + one, 0);
  const logJoint = payload.memberLogJoint ? entriesOf(payload.memberLogJoint, at, count) : null;
  const weight = logJoint ? softmaxOverParticles(logJoint, count, 1) : null;
  return Array.from({ length: count }, (_, m) => ({
    ...programAt(gathered.programs, m, column, at),
    logJoint: logJoint?.[m] ?? null,
    weight: weight?.[m] ?? null,
    isNew: false,
  }));
}

/** What a learning stage adds to the gradient, equal programs together, programs without a share left out. */
function learnsOf(at: Column): StageReport["learns"] {
  const { term, dreams } = at.payload;
  if (!term) return null;
  const shares = new Map<string, StageProgram & { coefficient: number }>();
  const { batchSize } = term.programs;
  const column = Math.min(at.column, batchSize - 1); // dreams may be fewer than observations
  for (let k = 0; k < term.programs.numParticles; k++) {
    const coefficient = term.coefficient[k * batchSize + column]!;
    if (coefficient === 0) continue;
    const program = programAt(term.programs, k, column, at);
    const known = shares.get(program.printed);
    shares.set(program.printed, { ...program, coefficient: coefficient + (known?.coefficient ?? 0) });
  }
  const programs = [...shares.values()].sort((a, b) => b.coefficient - a.coefficient).slice(0, SHOWN_ROWS);
  return { target: term.target, from: dreams?.programs === term.programs ? "dream" : "observation", programs };
}

function dreamOf(at: Column): StageReport["dream"] {
  const { dreams } = at.payload;
  if (!dreams) return null;
  const column = Math.min(at.column, dreams.batch.ids.length - 1);
  const observed = at.parts.instance.describeObservation(dreams.batch, column);
  return { ...programAt(dreams.programs, 0, column, at), observed };
}

/** The bound of this observation before and after its memory was updated; of K samples where there is no memory. */
function boundOf(at: Column): StageReport["bound"] {
  const { payload, parts } = at;
  if (parts.memory) {
    const before = payload.memberLogJoint
      ? logSumExp(entriesOf(payload.memberLogJoint, at, parts.memory.memorySize))
      : null;
    const after = payload.update ? logSumExp(entriesOf(payload.update.logJoint, at, parts.memory.memorySize)) : null;
    return { before: finite(before), after: finite(after) };
  }
  const { logPrior, logLikelihood, logQ, proposals } = payload;
  if (!logPrior || !logLikelihood || !logQ || !proposals) return { before: null, after: null };
  const count = proposals.numParticles;
  const [prior, likelihood, q] = [logPrior, logLikelihood, logQ].map((values) => entriesOf(values, at, count));
  const logWeight = prior!.map((value, k) => value + likelihood![k]! - q![k]!);
  return { before: null, after: finite(logSumExp(logWeight) - Math.log(count)) };
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
