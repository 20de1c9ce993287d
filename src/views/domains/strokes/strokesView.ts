// What every strokes picture reads: the domain's tools, the data of the run, the latest bank and the program in force.

import type { StrokesData, StrokesPicture, StrokesTools } from "../../../domains/strokes";
import type { DomainSpec } from "../../../engine/domain";
import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";

export type Drawing = Awaited<ReturnType<StrokesTools["drawing"]>>;
export type StrokeBank = ReturnType<StrokesTools["bankOf"]>;

export type StrokesView = {
  readonly tools: StrokesTools;
  readonly data: StrokesData;
  /** Null before the first snapshot. */
  readonly picture: StrokesPicture | null;
  readonly bank: StrokeBank | null;
  /** Row on show, kept inside the data. */
  readonly row: number;
  /** The chosen program, else the best known one; null before any. */
  readonly shown: ShownProgram | null;
};

export type ShownProgram = {
  readonly printed: string;
  readonly tokens: readonly number[];
  /** Its row in the list on show; null for a program that is not in it. */
  readonly entry: MemoryEntry | null;
  readonly isBest: boolean;
};

/** The tools that came with the domain's spec. */
export function toolsOf(spec: DomainSpec): StrokesTools {
  // The folder views/domains/strokes is only given the strokes spec; its tools are typed there.
  return spec.tools as StrokesTools;
}

/** Props of the workbench as typed data; null where the facts are not (yet) those of strokes. */
export function strokesView(props: DomainViewProps): StrokesView | null {
  // Facts and pictures cross the worker as plain records; `kind` names the type before it is trusted.
  const data = props.facts.data as StrokesData | null;
  if (data?.kind !== "strokes") return null;
  const tools = toolsOf(props.spec);
  const picture = pictureOf(props.picture);
  const row = Math.min(Math.max(0, props.selected), data.count - 1);
  return { tools, data, picture, bank: bankOf(tools, picture), row, shown: shownProgram(props, picture, row) };
}

/** A snapshot's picture, null for anything else. */
export function pictureOf(picture: unknown): StrokesPicture | null {
  const latest = picture as StrokesPicture | null;
  return latest?.kind === "strokes" ? latest : null;
}

const banks = new WeakMap<StrokesPicture, StrokeBank>();

/** The bank of a picture, made once for each. */
export function bankOf(tools: StrokesTools, picture: StrokesPicture | null): StrokeBank | null {
  if (!picture) return null;
  const known = banks.get(picture) ?? tools.bankOf(picture);
  banks.set(picture, known);
  return known;
}

/** One character of the data; the pixels are shared, not copied. */
export function imageOf(data: StrokesData, row: number): Uint8Array {
  const area = data.side * data.side;
  return data.pixels.subarray(row * area, (row + 1) * area);
}

/** Best known program of a row, or null before it was visited. */
export function bestProgram(picture: StrokesPicture | null, row: number, tokens: number): Int16Array | null {
  return picture?.hasProgram[row] === 1 ? picture.programs.subarray(row * tokens, (row + 1) * tokens) : null;
}

function shownProgram(props: DomainViewProps, picture: StrokesPicture | null, row: number): ShownProgram | null {
  const { memory, selectedProgram, spec, options } = props;
  const entries = memory?.observation === props.selected ? memory.entries : [];
  const entry = selectedProgram === null ? undefined : entries.find((one) => one.printed === selectedProgram);
  const best = entries.reduce<MemoryEntry | null>((top, one) => (top && top.weight >= one.weight ? top : one), null);
  const chosen = entry ?? (selectedProgram === null ? best : null);
  if (chosen) return { printed: chosen.printed, tokens: chosen.program, entry: chosen, isBest: chosen === best };
  if (selectedProgram !== null && selectedProgram !== best?.printed) {
    const read = spec.program.parse(selectedProgram, options);
    const isKnown = memory?.outside.some((one) => one.printed === selectedProgram) ?? false;
    if (read.ok && isKnown) {
      return { printed: selectedProgram, tokens: Array.from(read.program), entry: null, isBest: false };
    }
  }
  if (best) return { printed: best.printed, tokens: best.program, entry: best, isBest: true };
  const known = bestProgram(picture, row, NUM_TOKENS(props));
  if (!known) return null;
  const tokens = Array.from(known);
  return { printed: spec.program.print(tokens, options), tokens, entry: null, isBest: true };
}

const NUM_TOKENS = (props: DomainViewProps): number => (props.facts.data as StrokesData).tokens;
