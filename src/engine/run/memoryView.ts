// The memory of one observation as people see it: members with weights under the current theta, and what became of the
// latest proposals. Algorithms without memory show their latest weighted particles, equal ones merged. Of hybrid models all
// are discrete parts, scored with their continuous parts integrated out.

import { FATES } from "../algorithms/algorithm";
import { softmaxOverParticles } from "../dists/logs";
import type { DomainInstance, DomainSpec } from "../domain";
import type { Batch, Programs } from "../model";
import type { OptionValues } from "../options";
import type { MemoryEntry, MemoryView, OutsideEntry } from "./records";
import type { Visit } from "./visits";

/** Rows shown at most, inside and outside each: keeps a snapshot under its size limit. */
export const SHOWN_ROWS = 100;

export type ViewRequest = {
  readonly spec: DomainSpec;
  readonly instance: DomainInstance;
  readonly options: OptionValues;
  readonly observation: number;
  /** Members [count][L] with the step at which each entered; null for algorithms without memory. */
  readonly members: { readonly programs: readonly Int32Array[]; readonly bornAt: readonly number[] } | null;
  readonly visit: Visit | null;
};

type Scored = { readonly logPrior: number; readonly logLikelihood: number; readonly logJoint: number };

/** The view of one observation; scores are computed afresh under the current theta in one call. */
export async function memoryView(request: ViewRequest): Promise<MemoryView> {
  const visitedAt = request.visit?.step ?? -1;
  const base = { observation: request.observation, visitedAt };
  if (request.members === null) {
    return { ...base, source: "particles", entries: await particleEntries(request), outside: [] };
  }
  const members = request.members.programs.slice(0, SHOWN_ROWS);
  const outside = outsideOf(request).slice(0, SHOWN_ROWS);
  const scores = await scoreRows(request, [...members, ...outside.map((row) => row.program)]);
  const weight = softmaxOverParticles(
    Float64Array.from(members, (_, m) => scores[m]!.logJoint),
    members.length,
    1,
  );
  const entries = members.map(
    (program, m): MemoryEntry => ({
      ...printedRow(request, program),
      ...scores[m]!,
      weight: weight[m]!,
      bornAt: request.members!.bornAt[m]!,
      event: eventOf(request, program, request.members!.bornAt[m]!),
    }),
  );
  return {
    ...base,
    source: "memory",
    entries,
    outside: outside.map((row, i) => ({
      ...printedRow(request, row.program),
      ...scores[members.length + i]!,
      event: row.event,
    })),
  };
}

function printedRow(request: ViewRequest, program: Int32Array) {
  return { program: Array.from(program), printed: request.spec.program.print(program, request.options) };
}

async function scoreRows(request: ViewRequest, rows: readonly Int32Array[]): Promise<readonly Scored[]> {
  const length = request.instance.model.programLength;
  if (rows.length === 0) return [];
  const values = new Int32Array(rows.length * length);
  for (const [k, row] of rows.entries()) values.set(row, k * length);
  const programs: Programs = { values, numParticles: rows.length, batchSize: 1, length };
  const batch: Batch = { observations: request.instance.train, ids: Int32Array.of(request.observation) };
  const { logPrior, logLikelihood } = await request.instance.model.score(batch, programs);
  return rows.map((_, k) => scored(logPrior[k]!, logLikelihood[k]!));
}

const scored = (logPrior: number, logLikelihood: number): Scored => ({
  logPrior,
  logLikelihood,
  logJoint: logPrior + logLikelihood,
});

function isEqual(first: Int32Array, second: Int32Array): boolean {
  for (let l = 0; l < first.length; l++) if (first[l] !== second[l]) return false;
  return true;
}

function eventOf({ visit }: ViewRequest, program: Int32Array, bornAt: number): MemoryEntry["event"] {
  if (!visit || bornAt !== visit.step) return "kept";
  const at = visit.proposals.findIndex(
    (proposal, k) => FATES[visit.fates[k] ?? -1] === "newBest" && isEqual(proposal, program),
  );
  return at >= 0 ? "newBest" : "accepted";
}

/** Proposals that did not enter, then members that left; the same program with the same fate once. */
function outsideOf({ visit, members }: ViewRequest): { program: Int32Array; event: OutsideEntry["event"] }[] {
  if (!visit || !members) return [];
  const rows: { program: Int32Array; event: OutsideEntry["event"] }[] = [];
  const add = (program: Int32Array, event: OutsideEntry["event"]): void => {
    if (rows.length >= SHOWN_ROWS) return;
    if (!rows.some((row) => row.event === event && isEqual(row.program, program))) rows.push({ program, event });
  };
  for (const [k, proposal] of visit.proposals.entries()) {
    const fate = FATES[visit.fates[k] ?? -1];
    if (fate === "duplicate" || fate === "tooLow" || fate === "impossible") add(proposal, fate);
  }
  for (const old of visit.before) {
    if (!members.programs.some((member) => isEqual(member, old))) add(old, "evicted");
  }
  return rows;
}

async function particleEntries(request: ViewRequest): Promise<readonly MemoryEntry[]> {
  const { visit, instance } = request;
  if (!visit || visit.weights.length === 0) return [];
  const merged: { program: Int32Array; k: number; weight: number }[] = [];
  for (const [k, program] of visit.proposals.entries()) {
    const same = merged.find((entry) => isEqual(entry.program, program));
    if (same) same.weight += visit.weights[k]!;
    else merged.push({ program, k, weight: visit.weights[k]! });
  }
  merged.sort((first, second) => second.weight - first.weight);
  const shown = merged.slice(0, SHOWN_ROWS);
  // What a sample of both parts scored at the visit says nothing of its discrete part.
  const programs = shown.map((entry) => entry.program);
  const integrated = instance.model.hybrid ? await scoreRows(request, programs) : null;
  return shown.map((entry, i) => ({
    ...printedRow(request, entry.program),
    ...(integrated?.[i] ?? scored(visit.logPrior[entry.k]!, visit.logLikelihood[entry.k]!)),
    weight: entry.weight,
    bornAt: visit.step,
    event: "kept",
  }));
}
