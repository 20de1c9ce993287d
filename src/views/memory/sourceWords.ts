// Words of the memory table for each kind of list: remembered programs, weighted samples, draws of either model.

import type { MemoryEntry, MemoryView } from "../../engine/run/records";
import { countText, weightText } from "../numberText";
import type { MemoryTableProps } from "./MemoryTable";

/** True for lists of fresh draws. */
export function isDrawn(memory: MemoryView | null): boolean {
  return memory?.source === "recognition" || memory?.source === "prior";
}

/** "Memory of picture 2", "Recognition model, picture 2". */
export function listTitle(memory: MemoryView | null, label: string): string {
  switch (memory?.source) {
    case "particles":
      return `Weighted samples for ${label}`;
    case "recognition":
      return `Recognition model, ${label}`;
    case "prior":
      return `Prior, scored on ${label}`;
    default:
      return `Memory of ${label}`;
  }
}

/** Heads of the last two columns, and the word in the last one where no event is told. */
export function drawnHeads(memory: MemoryView | null): { step: string; mark: string; word: string | null } {
  if (memory?.source === "particles") return { step: "At step", mark: "Origin", word: "sampled" };
  if (isDrawn(memory)) return { step: "At step", mark: "Origin", word: "drawn" };
  return { step: "From step", mark: "This step", word: null };
}

/** Entries that have a row: of draws only as many as the memory has places, so that the table keeps its height. */
export function shownEntries(table: MemoryTableProps): readonly MemoryEntry[] {
  const entries = table.memory?.entries ?? [];
  return isDrawn(table.memory) ? entries.slice(0, table.memorySize) : entries;
}

/** "5 rules, weights sum to 1", "5 of 34 rules from 200 draws". */
export function unitLine(table: MemoryTableProps): string {
  const { memory } = table;
  const shown = shownEntries(table);
  if (!memory || shown.length === 0) return "no programs yet";
  const { one, many } = table.spec.programName;
  const note = table.extras?.note ? `, ${table.extras.note}` : "";
  const sum = weightText(shown.reduce((total, entry) => total + entry.weight, 0)).replace(/\.00$/, "");
  if (isDrawn(memory)) {
    const of = memory.entries.length > shown.length ? ` of ${countText(memory.entries.length)}` : "";
    const name = memory.entries.length === 1 ? one : many;
    return `${shown.length}${of} ${name} from ${countText(memory.draws ?? 0)} draws`;
  }
  const weights = memory.source === "particles" ? "importance weights" : "weights";
  return `${shown.length} ${shown.length === 1 ? one : many}, ${weights} sum to ${sum}${note}`;
}

/** Why the table has no rows; null while it has some or nothing is known. */
export function emptyText(table: MemoryTableProps, numOutside: number): string | null {
  if (!table.memory || table.memory.entries.length > 0) return null;
  const name = table.spec.observationName.one;
  if (numOutside > 0) {
    return `None of the ${numOutside} proposals explains this ${name}. More particles or another seed may help.`;
  }
  return `No ${table.spec.programName.many} for this ${name} yet: the run has not visited it.`;
}
