// A person's series as plain data that can be sent, saved and put into JSON, and read back with checks.

import type { UserData } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import type { OwnScale } from "../facts";
import { NUM_POINTS } from "../program";

/** A series as the model sees it, and how it is turned back. */
export type OwnSeries = {
  /** [NUM_POINTS] standardised: mean 0, population deviation 1. */
  readonly values: readonly number[];
  readonly scale: OwnScale;
};

/** UserData.payload of time series. */
export type SeriesPayload = {
  readonly kind: "timeseries";
  readonly series: readonly OwnSeries[];
  /** One sentence on how the file became series. */
  readonly note: string;
};

/** Series as user data. */
export function userDataOf(name: string, series: readonly OwnSeries[], note: string): UserData {
  return { name, payload: { kind: "timeseries", series, note } satisfies SeriesPayload };
}

/**
 * The series of user data.
 *
 * @throws LabError("file") if the payload is not what userDataOf makes
 */
export function userSeries({ name, payload }: UserData): SeriesPayload {
  const fields = recordOf(payload);
  const list: readonly unknown[] = Array.isArray(fields.series) ? fields.series : [];
  if (list.length === 0) throw malformed(name, "it holds no series");
  const series = list.map((item) => {
    const { values, scale } = recordOf(item);
    const numbers = numbersOf(values);
    if (numbers?.length !== NUM_POINTS) throw malformed(name, `one of its series is not ${NUM_POINTS} numbers`);
    const read = scaleOf(scale);
    if (!read) throw malformed(name, "one of its series does not say how it was scaled");
    return { values: numbers, scale: read };
  });
  return { kind: "timeseries", series, note: typeof fields.note === "string" ? fields.note : "" };
}

function scaleOf(value: unknown): OwnScale | null {
  const { name, mean, deviation, first, step, timeName, isDate, span, future } = recordOf(value);
  const numbers = [mean, deviation, first, step].map((each) => (isNumber(each) ? each : Number.NaN));
  const [m = Number.NaN, d = Number.NaN, f = Number.NaN, s = Number.NaN] = numbers;
  const { one, many, length } = recordOf(span);
  const after = numbersOf(future ?? []);
  if (numbers.some(Number.isNaN) || !(d > 0) || !(s > 0) || after === null || !isNumber(length)) return null;
  const text = (given: unknown) => (typeof given === "string" ? given : "");
  return {
    name: text(name),
    mean: m,
    deviation: d,
    first: f,
    step: s,
    timeName: text(timeName),
    isDate: isDate === true,
    span: { one: text(one), many: text(many), length },
    future: after,
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Finite numbers, or null where any is none. */
function numbersOf(value: unknown): number[] | null {
  const list: unknown[] =
    Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<unknown>) : [null];
  return list.every(isNumber) ? list : null;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // looked at by the callers
}

function malformed(name: string, why: string): LabError {
  const message = `${name} cannot be used: ${why}.`;
  return new LabError("file", { message, help: "Choose the file again." }, { name });
}
