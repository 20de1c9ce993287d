// The path of a small curve without axes: a tile, a dream, a sample. Values from -4 to 4 fill the height, or as far as the
// data go beyond; points are thinned to what the width can show.

import { valueSpan } from "./plotScale";

const EDGE = 1.5;

/** SVG path in a box of width x height px. */
export function sparkPath(values: ArrayLike<number>, width: number, height: number): string {
  const count = values.length;
  const span = sparkSpan(values);
  const every = Math.max(1, Math.floor(count / Math.max(16, width)));
  let path = "";
  for (let i = 0; i < count; i += every) {
    const x = EDGE + (i * (width - 2 * EDGE)) / Math.max(1, count - 1);
    const y = height / 2 - ((values[i] ?? 0) * (height / 2 - EDGE)) / span;
    path += `${i === 0 ? "M" : "L"}${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
  }
  return path;
}

/** Small curves of small values get half the range, so that they are no flat line. */
function sparkSpan(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most <= 2 ? 2 : valueSpan(values);
}
