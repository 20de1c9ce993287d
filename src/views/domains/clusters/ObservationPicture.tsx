// Seven points as a small square: a dream, a sample. The frame follows the points, never tighter than two units, so that
// a close group looks close.

import type { ReactNode } from "react";
import type { ObservationPictureProps } from "../../domainViews";

const MARGIN = 8;
const LEAST_SPAN = 2;

/** Points of an observation as describeObservation gives it, numbered by position only; empty for anything else. */
export function ObservationPicture({ observation, label, size }: ObservationPictureProps): ReactNode {
  const points = pointsOf(observation);
  const place = placeIn(points, size);
  return (
    <svg
      className="wsl-observation"
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      focusable="false"
    >
      <rect width={size} height={size} fill="var(--data-0)" />
      {points.map((point, i) => {
        const [cx, cy] = place(point);
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its position in the set
        return <circle key={i} cx={cx} cy={cy} r={3} fill="var(--data)" />;
      })}
    </svg>
  );
}

/** Pairs of numbers of a described set; none for a record of another shape. */
export function pointsOf(observation: unknown): readonly (readonly [number, number])[] {
  if (!Array.isArray(observation)) return [];
  const pairs = observation.flatMap((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) return [];
    const [x, y]: unknown[] = pair;
    return typeof x === "number" && typeof y === "number" ? [[x, y] as const] : [];
  });
  return pairs.length === observation.length ? pairs : [];
}

/** Where a point goes in a square of `size` px: one scale for both axes, the set in the middle, y upwards. */
export function placeIn(
  points: readonly (readonly [number, number])[],
  size: number,
): (point: readonly [number, number]) => readonly [number, number] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (size - 2 * MARGIN) / Math.max(LEAST_SPAN, x1 - x0, y1 - y0);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return ([x, y]) => [tenth(size / 2 + (x - (x0 + x1) / 2) * scale), tenth(size / 2 - (y - (y0 + y1) / 2) * scale)];
}
