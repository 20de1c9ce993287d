// A curve that a person draws: one value for each of 128 places, or none yet.

/** Places of the pad, and half its height in the unit of the values. */
export const PLACES = 128;
export const REACH = 3;
/** Places that an arrow key moves on, and values that one moves up. */
export const KEY_PLACES = 4;
export const KEY_STEP = 0.25;
export const DRAWN_NAME = "Drawn curve";

/** [PLACES] value, or null where nothing is drawn. */
export type Curve = readonly (number | null)[];

export const EMPTY_CURVE: Curve = Array.from({ length: PLACES }, () => null);

/** Drawn places counted from 1, and their values. */
export function curvePoints(curve: Curve): { readonly times: readonly number[]; readonly values: readonly number[] } {
  const places = curve.flatMap((value, i) => (value === null ? [] : [i]));
  return { times: places.map((i) => i + 1), values: places.map((i) => curve[i] ?? 0) };
}

/** The curve with a straight stroke between two places. */
export function withStroke(curve: Curve, from: readonly [number, number], to: readonly [number, number]): Curve {
  const [first, last] = from[0] <= to[0] ? [from, to] : [to, from];
  const width = Math.max(1, last[0] - first[0]);
  return curve.map((value, i) => {
    if (i < first[0] || i > last[0]) return value;
    return clamped(first[1] + ((i - first[0]) / width) * (last[1] - first[1]));
  });
}

/** The value at a place moved up or down, with straight lines to the places of the keys before and after it. */
export function withLift(curve: Curve, place: number, by: number): Curve {
  const value = clamped((curve[place] ?? nearest(curve, place)) + by);
  const before = Math.max(0, place - KEY_PLACES);
  const after = Math.min(PLACES - 1, place + KEY_PLACES);
  const left = curve[before];
  const right = curve[after];
  let next = withStroke(curve, [place, value], [place, value]);
  if (left !== null && left !== undefined && before < place) next = withStroke(next, [before, left], [place, value]);
  if (right !== null && right !== undefined && after > place) next = withStroke(next, [place, value], [after, right]);
  return next;
}

/** Value of the closest drawn place, 0 where nothing is drawn. */
function nearest(curve: Curve, place: number): number {
  for (let d = 0; d < PLACES; d++) {
    const value = curve[place - d] ?? curve[place + d];
    if (value !== null && value !== undefined) return value;
  }
  return 0;
}

function clamped(value: number): number {
  return Math.max(-REACH, Math.min(REACH, Math.round(100 * value) / 100));
}
