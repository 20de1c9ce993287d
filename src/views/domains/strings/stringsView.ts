// What every picture of the strings domain reads: tools, concepts, the latest picture and the program in force.

import type { StringsTools } from "../../../domains/strings";
import type { Concept } from "../../../domains/strings/concepts";
import type { StringsData, StringsPicture } from "../../../domains/strings/facts";
import type { DomainSpec } from "../../../engine/domain";
import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";

export type StringsView = {
  readonly tools: StringsTools;
  readonly data: StringsData;
  /** [108] logits of the evaluator; null before the first snapshot. */
  readonly logits: Float64Array | null;
  readonly picture: StringsPicture | null;
  readonly row: number;
  readonly concept: Concept;
  /** The chosen program, else the best known one; null before any. */
  readonly shown: ShownProgram | null;
};

export type ShownProgram = {
  readonly printed: string;
  readonly program: readonly number[];
  /** Its row in the list on show; null for a program that is not in it. */
  readonly entry: MemoryEntry | null;
  readonly isBest: boolean;
};

/** The tools that came with the domain's spec. */
export function toolsOf(spec: DomainSpec): StringsTools {
  // The folder views/domains/strings is only given the strings spec; its tools are typed there.
  return spec.tools as StringsTools;
}

/** Props of the workbench as typed data; null where the facts are not those of strings. */
export function stringsView(props: DomainViewProps): StringsView | null {
  // Facts and pictures cross the worker as plain records; `kind` and `logits` name the types before they are trusted.
  const data = props.facts.data as StringsData | null;
  const latest = props.picture as StringsPicture | null;
  if (data?.kind !== "strings") return null;
  const row = Math.min(Math.max(0, props.selected), data.concepts.length - 1);
  const concept = data.concepts[row];
  if (!concept) return null;
  const picture = latest?.logits instanceof Float64Array ? latest : null;
  const logits = picture?.logits ?? null;
  return { tools: toolsOf(props.spec), data, logits, picture, row, concept, shown: shownProgram(props) };
}

/** The heaviest entry, by log joint among equals; null where none can make the strings. */
export function bestEntry(entries: readonly MemoryEntry[]): MemoryEntry | null {
  const possible = entries.filter((entry) => entry.logJoint > Number.NEGATIVE_INFINITY);
  return possible.reduce<MemoryEntry | null>(
    (best, entry) => (best && best.weight >= entry.weight && best.logJoint >= entry.logJoint ? best : entry),
    null,
  );
}

function shownProgram(props: DomainViewProps): ShownProgram | null {
  const { memory, selectedProgram, spec, options } = props;
  const entries = memory?.observation === props.selected ? memory.entries : [];
  const best = bestEntry(entries);
  const isBest = selectedProgram === null || selectedProgram === best?.printed;
  if (isBest) return best && { printed: best.printed, program: best.program, entry: best, isBest };
  const entry = entries.find((one) => one.printed === selectedProgram) ?? null;
  if (entry) return { printed: entry.printed, program: entry.program, entry, isBest };
  const read = spec.program.parse(selectedProgram, options);
  if (!read.ok) return best && { printed: best.printed, program: best.program, entry: best, isBest: true };
  return { printed: selectedProgram, program: Array.from(read.program), entry: null, isBest };
}
