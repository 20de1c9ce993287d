// From a memory view to rows: which rows stand under the rule, merged and limited so that the table keeps its height,
// and the words and numbers that explain a weight.

import type { MemoryView, OutsideEntry } from "../../engine/run/records";
import type { FigureTable } from "../frame/figureTable";
import { memoryWords } from "../frame/marks";
import type { TipLines } from "../frame/Tip";
import { countText, natsText, weightText } from "../numberText";

/** A rejected or evicted program, once per program and reason; `count` proposals of the visit were equal. */
export type OutsideRow = OutsideEntry & { readonly count: number };

/** Merges equal rows; members that left come first, then one row of every reason, then the rest in the order given. */
export function outsideRows(outside: readonly OutsideEntry[]): readonly OutsideRow[] {
  const merged = new Map<string, { entry: OutsideEntry; count: number }>();
  for (const entry of outside) {
    const key = `${entry.event} ${entry.printed}`;
    const known = merged.get(key);
    if (known) known.count++;
    else merged.set(key, { entry, count: 1 });
  }
  const rows = [...merged.values()].map(({ entry, count }) => ({ ...entry, count }));
  const first = rows.filter((row, i) => rows.findIndex((other) => other.event === row.event) === i);
  const rest = rows.filter((row) => !first.includes(row));
  return [...first, ...rest].sort((a, b) => Number(b.event === "evicted") - Number(a.event === "evicted"));
}

/** The view with its entries ranked: heaviest first, equal weights by log joint, so that the best stands on top. */
export function rankedMemory(memory: MemoryView | null): MemoryView | null {
  if (!memory) return null;
  const listed = isUnexplained(memory) ? [] : memory.entries;
  const entries = [...listed].sort((a, b) => b.weight - a.weight || b.logJoint - a.logJoint);
  return { ...memory, entries };
}

/** Programs without any weight are no explanation: none of them can have produced the observation. */
export function isUnexplained({ entries }: MemoryView): boolean {
  return entries.length > 0 && entries.every((entry) => entry.weight === 0);
}

/** Nats between the best entry and each entry, in order; 0 for the best. */
export function natsBelowBest(memory: MemoryView): readonly number[] {
  const best = Math.max(...memory.entries.map((entry) => entry.logJoint));
  return memory.entries.map((entry) => best - entry.logJoint);
}

/** The weight of entry `i` as formula, the formula with its numbers, and what it means. */
export function weightTip(memory: MemoryView, i: number): TipLines {
  const weight = weightText(memory.entries[i]?.weight ?? Number.NaN);
  if (memory.source === "particles") {
    return {
      symbols: "w = v / Σ v,   v = p(z, x) / q(z | x)",
      numbers: `w = ${weight} among ${countText(memory.entries.length)} different programs`,
      meaning: "Share of this program in the latest weighted samples; equal samples are counted together.",
    };
  }
  if (memory.source === "recognition" || memory.source === "prior") return drawsTip(memory, i);
  const below = natsBelowBest(memory);
  const term = (nats: number) => `exp(${natsText(nats === 0 ? 0 : -nats)})`;
  const terms = below.slice(0, 3).map(term);
  if (below.length > 3) terms.push("…");
  return {
    symbols: "w = exp(ℓ) / Σ exp(ℓ),   ℓ = log p(z) + log p(x | z)",
    numbers: `w = ${term(below[i] ?? 0)} / (${terms.join(" + ")}) = ${weight}`,
    meaning: "Share of this program in the memory under the current θ; ℓ is counted from the best one.",
  };
}

/** The share of a program among draws, and what its probability says it should be. */
function drawsTip(memory: MemoryView, i: number): TipLines {
  const entry = memory.entries[i];
  const draws = memory.draws ?? 0;
  const count = Math.round((entry?.weight ?? 0) * draws);
  const isPrior = memory.source === "prior";
  const log = isPrior ? entry?.logPrior : entry?.logQ;
  const name = isPrior ? "p(z)" : "q(z | x)";
  const exact = log === undefined ? "" : `;   ${name} = exp(${natsText(log)}) = ${weightText(Math.exp(log))}`;
  return {
    symbols: `w = n / N,   n draws of z among N from ${name}`,
    numbers: `w = ${countText(count)} / ${countText(draws)} = ${weightText(entry?.weight ?? Number.NaN)}${exact}`,
    meaning: isPrior
      ? "How often the generative model dreams of this program, whatever the observation."
      : "How often the recognition model proposes this program when it sees this observation.",
  };
}

/** The sum behind a log joint, with its numbers. */
export function jointTip(entry: {
  readonly logPrior: number;
  readonly logLikelihood: number;
  readonly logJoint: number;
}): TipLines {
  const likelihood = natsText(entry.logLikelihood);
  return {
    symbols: "log p(z, x) = log p(z) + log p(x | z)",
    numbers: `${natsText(entry.logPrior)} + (${likelihood}) = ${natsText(entry.logJoint)} nats`,
    meaning: "How probable the program is before any data, plus how well it explains this observation.",
  };
}

/** All rows as plain numbers for export. */
export function memoryTable(memory: MemoryView | null): FigureTable {
  const columns = ["program", "weight", "log prior, nats", "log likelihood, nats", "from step", "what happened"];
  if (!memory) return { columns, rows: [] };
  return {
    columns,
    rows: [
      ...memory.entries.map((entry) => [
        entry.printed,
        entry.weight,
        entry.logPrior,
        entry.logLikelihood,
        entry.bornAt,
        memory.source === "particles" ? "sampled" : memoryWords[entry.event],
      ]),
      ...memory.outside.map((entry) => [
        entry.printed,
        null,
        entry.logPrior,
        entry.logLikelihood,
        null,
        memoryWords[entry.event],
      ]),
    ],
  };
}

/** One line a remembered program: its weight and its printed form, which the domain reads again. */
export function memoryLines(memory: MemoryView | null): readonly string[] {
  return (memory?.entries ?? []).map((entry) => `${entry.weight.toFixed(4)}\t${entry.printed}`);
}

/** One sentence: how many programs, which leads with which weight, what the latest visit brought. */
export function memorySentence(memory: MemoryView | null, observationLabel: string, many: string): string {
  const best = memory?.entries[0];
  if (!memory || !best) return `No ${many} are known for ${observationLabel} yet.`;
  const newcomers = memory.entries.filter((entry) => entry.event !== "kept").length;
  const visit = `At the latest visit ${newcomers} entered and ${memory.outside.length} did not.`;
  const lead = `${best.printed} leads with weight ${weightText(best.weight)}.`;
  if (memory.source === "particles") {
    return `Latest weighted samples for ${observationLabel}: ${memory.entries.length} different ${many}; ${lead}`;
  }
  return `Memory of ${observationLabel}: ${memory.entries.length} ${many}; ${lead} ${visit}`;
}
