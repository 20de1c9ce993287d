// What every automata picture reads: the domain's tools, the data of the run and the latest picture, with their types.

import type { AutomataData, AutomataPicture, AutomataTools, Boundary, Grid } from "../../../domains/automata";
import type { DomainSpec } from "../../../engine/domain";
import type { DomainViewProps } from "../../domainViews";

export type AutomataView = {
  readonly tools: AutomataTools;
  readonly data: AutomataData;
  /** Null before the first snapshot. */
  readonly picture: AutomataPicture | null;
  /** Row on show, kept inside the data. */
  readonly row: number;
  /** Rule in force for the row on show: the selected program, else the best known one; null before any. */
  readonly rule: number | null;
};

/** The tools that came with the domain's spec. */
export function toolsOf(spec: DomainSpec): AutomataTools {
  // The folder views/domains/automata is only given the automata spec; its tools are typed there.
  return spec.tools as AutomataTools;
}

/** Props of the workbench as typed data; null where the facts are not (yet) those of automata. */
export function automataView(props: DomainViewProps): AutomataView | null {
  // Facts and pictures cross the worker as plain records; `kind` names the type before it is trusted.
  const data = props.facts.data as AutomataData | null;
  const picture = props.picture as AutomataPicture | null;
  if (data?.kind !== "automata") return null;
  const tools = toolsOf(props.spec);
  const known = picture?.kind === "automata" ? picture : null;
  const row = Math.min(Math.max(0, props.selected), data.count - 1);
  const chosen = props.selectedProgram === null ? null : chosenRule(props, props.selectedProgram);
  return { tools, data, picture: known, row, rule: chosen ?? bestRule(known, row) };
}

/** Best known rule of a row, or null before it was visited. */
export function bestRule(picture: AutomataPicture | null, row: number): number | null {
  return picture?.hasRule[row] === 1 ? (picture.rules[row] ?? null) : null;
}

/** One picture of the data as a grid; the pixels are shared, not copied. */
export function gridOf(data: AutomataData, row: number): Grid {
  const area = data.height * data.width;
  return { height: data.height, width: data.width, pixels: data.pixels.subarray(row * area, (row + 1) * area) };
}

/** How the row of the data treats the cells above the first and below the last row. */
export function boundaryOf(data: AutomataData, row: number): Boundary {
  return data.isWrapped[row] === 1 ? "wrap" : "zero";
}

/** Short name of a rule, without the word: "110" or "0x0f3a5c77". */
export function ruleName(tools: AutomataTools, rule: number, k: 3 | 5): string {
  return tools.printRule(rule, k).replace(/^rule /, "");
}

// A selected program counts only while the memory on show still knows it.
function chosenRule(props: DomainViewProps, printed: string): number | null {
  const { memory, spec, options } = props;
  const known = [...(memory?.entries ?? []), ...(memory?.outside ?? [])].some((entry) => entry.printed === printed);
  if (!known) return null;
  const parsed = spec.program.parse(printed, options);
  return parsed.ok ? (parsed.program[0] ?? null) : null;
}
