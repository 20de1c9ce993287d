// Values at their times -> 128 points for the model, and the truth behind its forecast. The choice is stated in words:
// which part is learned from, straight lines between neighbours onto equally spaced points, standardised by the
// population deviation. Source: HMWS specification, sections 8 and 10.

import { grouped } from "../../../engine/tables/grouped";
import type { OwnScale } from "../facts";
import { NUM_POINTS } from "../program";
import type { OwnSeries } from "./ownSeries";
import { axisOf, type TimeStyle } from "./timeCells";

/**
 * Which part of a series is learned from. The rest is the truth that the forecast is judged by.
 * "auto": all of up to 20 values, 4 in 5 of up to 160, the first 128 of up to 512, the first half of more.
 */
export const USES = ["auto", "whole", "most", "first", "half"] as const;
export type Use = (typeof USES)[number];

/** Fewest values of a series. */
export const FEWEST = 16;

export type TimedValues = {
  readonly name: string;
  /** Heading of the time column; "" where rows are counted. */
  readonly timeName: string;
  readonly style: TimeStyle | "row";
  /** Strictly increasing, one per value; rows count from 1. */
  readonly times: readonly number[];
  readonly values: readonly number[];
};

export type Resampled =
  | {
      readonly ok: true;
      readonly series: OwnSeries;
      /** How it was done, one or two sentences. */
      readonly words: string;
      /** Values learned from, and the use that "auto" came to. */
      readonly learned: number;
      readonly use: Exclude<Use, "auto">;
    }
  | { readonly ok: false; readonly message: string };

/** What "auto" means for so many values. */
export function chosenUse(count: number, use: Use): Exclude<Use, "auto"> {
  if (use === "first" && count <= NUM_POINTS) return "whole";
  if (use !== "auto") return use;
  if (count <= 20) return "whole";
  if (count < 160) return "most";
  return count <= 512 ? "first" : "half";
}

function learnedOf(count: number, use: Exclude<Use, "auto">): number {
  const wished = { whole: count, most: Math.round(0.8 * count), first: NUM_POINTS, half: Math.ceil(count / 2) }[use];
  return Math.min(count, Math.max(Math.min(count, FEWEST), wished));
}

/** @param given at least FEWEST values */
export function resample(given: TimedValues, wanted: Use): Resampled {
  const { times, values } = given;
  const count = values.length;
  const use = chosenUse(count, wanted);
  const learned = learnedOf(count, use);
  const first = times[0] ?? 0;
  const last = times[learned - 1] ?? 0;
  const step = (last - first) / (NUM_POINTS - 1);
  const isAsItIs = learned === NUM_POINTS && isEven(times.slice(0, learned));
  const at = lineThrough(times, values);
  const seen = isAsItIs
    ? values.slice(0, learned)
    : grid(NUM_POINTS, (i) => at(i === NUM_POINTS - 1 ? last : first + i * step));
  const mean = meanOf(seen);
  const deviation = Math.sqrt(meanOf(seen.map((value) => (value - mean) ** 2)));
  const largest = Math.max(...seen.map(Math.abs));
  if (!(deviation > 1e-9 * largest) || !(deviation > 0)) {
    return {
      ok: false,
      message: `${partWords(use, learned, count)} have one and the same value; a series has to vary there.`,
    };
  }
  const end = times[count - 1] ?? last;
  const ahead = Math.min(NUM_POINTS, Math.floor((end - last) / step + 1e-6));
  const future = grid(Math.max(0, ahead), (j) => at(Math.min(end, last + (j + 1) * step)));
  const standard = (value: number) => (value - mean) / deviation;
  const axis = axisOf(given.style, first, step, given.timeName, (last - first) / (learned - 1));
  const scale: OwnScale = {
    name: given.name,
    mean,
    deviation,
    timeName: given.timeName,
    ...axis,
    future: future.map(standard),
  };
  return {
    ok: true,
    series: { values: seen.map(standard), scale },
    words: words({ use, learned, count, isAsItIs, ahead }),
    learned,
    use,
  };
}

type Wording = {
  readonly use: Exclude<Use, "auto">;
  readonly learned: number;
  readonly count: number;
  readonly isAsItIs: boolean;
  readonly ahead: number;
};

function words({ use, learned, count, isAsItIs, ahead }: Wording): string {
  const part = partWords(use, learned, count);
  const how = isAsItIs
    ? `${part} are learned from as they are.`
    : `${part} are learned from, read off straight lines between neighbours at ${NUM_POINTS} equally spaced points.`;
  if (learned === count) return `${how} Nothing is kept back, so the forecast cannot be judged.`;
  const left = count - learned;
  const kept = `The ${left === 1 ? "value" : `${grouped(left)} values`} after them ${left === 1 ? "is" : "are"} the truth that the forecast is judged by`;
  return ahead >= NUM_POINTS && (isAsItIs ? left > NUM_POINTS : true)
    ? `${how} ${kept}, as far as it goes: ${NUM_POINTS} points.`
    : `${how} ${kept}.`;
}

function partWords(use: Exclude<Use, "auto">, learned: number, count: number): string {
  if (use === "whole" || learned === count) return `All ${grouped(count)} values`;
  return `The first ${grouped(learned)} of ${grouped(count)} values`;
}

function isEven(times: readonly number[]): boolean {
  const step = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1);
  return times.every((time, i) => Math.abs(time - (times[0] ?? 0) - i * step) <= 1e-6 * step);
}

/** The value at any time of the span, on the straight line between the neighbours. Times must grow from call to call. */
function lineThrough(times: readonly number[], values: readonly number[]): (time: number) => number {
  let next = 1;
  return (time) => {
    if ((times[next - 1] ?? 0) > time) next = 1;
    while (next < times.length - 1 && (times[next] ?? 0) < time) next++;
    const [t0 = 0, t1 = 0] = [times[next - 1], times[next]];
    const [v0 = 0, v1 = 0] = [values[next - 1], values[next]];
    const share = (time - t0) / (t1 - t0);
    return v0 + share * (v1 - v0);
  };
}

function grid(length: number, value: (index: number) => number): number[] {
  return Array.from({ length }, (_, i) => value(i));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
