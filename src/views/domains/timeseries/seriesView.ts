// What every picture of the time-series domain reads: the data of the run, the latest picture, the series on show and the
// expression in force with its fit.

import type { OwnScale, SeriesData, SeriesFit, SeriesPicture } from "../../../domains/timeseries/facts";
import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps } from "../../domainViews";

export type SeriesView = {
  readonly data: SeriesData;
  /** Null before the first snapshot. */
  readonly picture: SeriesPicture | null;
  /** Row on show, kept inside the data. */
  readonly row: number;
  /** [n] standardised. */
  readonly values: Float32Array;
  /** Units of a person's own series; null for made ones. */
  readonly scale: OwnScale | null;
  /** Generating expression, "" where nobody knows it. */
  readonly truth: string;
  /** The chosen expression, else the best known one; null before any. */
  readonly shown: ShownExpression | null;
};

export type ShownExpression = {
  readonly printed: string;
  /** Its row in the list on show; null where it is in none. */
  readonly entry: MemoryEntry | null;
  /** Null where the run has not fitted it: it fits the three best. */
  readonly fit: SeriesFit | null;
  readonly isBest: boolean;
};

/** Props of the workbench as typed data; null where the facts are not (yet) those of time series. */
export function seriesView(props: DomainViewProps): SeriesView | null {
  // Facts and pictures cross the worker as plain records; `kind` names the types before they are trusted.
  const data = props.facts.data as SeriesData | null;
  if (data?.kind !== "timeseries") return null;
  const latest = props.picture as SeriesPicture | null;
  const picture = latest?.kind === "timeseries" ? latest : null;
  const row = Math.min(Math.max(0, props.selected), data.count - 1);
  const fits = picture?.selected === row ? picture.fits : [];
  return {
    data,
    picture,
    row,
    values: valuesOf(data, row),
    scale: scaleOf(data, row),
    truth: data.truths[row] ?? "",
    shown: shownExpression(props, fits),
  };
}

/** [n] values of one series; shared, not copied. */
export function valuesOf(data: SeriesData, row: number): Float32Array {
  return data.values.subarray(row * data.points, (row + 1) * data.points);
}

/** Units of a person's own series, which stand last; null for made ones. */
export function scaleOf(data: SeriesData, row: number): OwnScale | null {
  return data.own[row - (data.count - data.own.length)] ?? null;
}

/** "series 3", or a person's own heading. */
export function seriesName(data: SeriesData, row: number): string {
  return scaleOf(data, row)?.name || `series ${row + 1}`;
}

function shownExpression(props: DomainViewProps, fits: readonly SeriesFit[]): ShownExpression | null {
  const { memory, selectedProgram, spec, options } = props;
  const print = (program: ArrayLike<number>) => spec.program.print(program, options);
  const entries = memory?.observation === props.selected ? memory.entries : [];
  const possible = entries.filter((entry) => entry.weight > 0);
  const top = possible.reduce<MemoryEntry | null>(
    (best, one) => (best && best.weight >= one.weight ? best : one),
    null,
  );
  const fitOf = (printed: string) => fits.find((fit) => print(fit.program) === printed) ?? null;
  const chosen = selectedProgram === null ? null : (entries.find((one) => one.printed === selectedProgram) ?? null);
  const isOutside = memory?.outside.some((one) => one.printed === selectedProgram) ?? false;
  if (selectedProgram !== null && (chosen || isOutside)) {
    const isBest = selectedProgram === top?.printed;
    return { printed: selectedProgram, entry: chosen, fit: fitOf(selectedProgram), isBest };
  }
  // The list and the picture may be of different moments: the picture's best stands while they disagree.
  const [first] = fits;
  const printed = top && fitOf(top.printed) ? top.printed : first ? print(first.program) : top?.printed;
  if (printed === undefined) return null;
  const entry = entries.find((one) => one.printed === printed) ?? null;
  return { printed, entry, fit: fitOf(printed), isBest: true };
}
