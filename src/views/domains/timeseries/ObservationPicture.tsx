// A series as a small curve: dreams, samples, the observation of a step.

import { type ReactNode, useMemo } from "react";
import type { ObservationPictureProps } from "../../domainViews";
import { OBSERVED } from "./PlotLayers";
import { sparkPath } from "./sparkline";

/** Curve of an observation as describeObservation gives it; empty for anything else. */
export function ObservationPicture({ observation, label, size }: ObservationPictureProps): ReactNode {
  const values = useMemo(() => numbersOf(observation), [observation]);
  const height = Math.round(size * 0.58);
  return (
    <svg
      className="wsl-observation"
      width={size}
      height={height}
      viewBox={`0 0 ${size} ${height}`}
      role="img"
      aria-label={label}
      focusable="false"
    >
      <rect width={size} height={height} fill="var(--data-0)" />
      <path d={sparkPath(values, size, height)} fill="none" stroke={OBSERVED} strokeWidth={1.2} />
    </svg>
  );
}

/** Numbers of a described series, a list or a record with `values`; none for anything else. */
export function numbersOf(observation: unknown): readonly number[] {
  const list = isRecord(observation) ? observation["values"] : observation;
  // Float arrays may cross the worker as they are.
  const numbers: unknown[] = list instanceof Float32Array || Array.isArray(list) ? Array.from(list) : [];
  return numbers.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
}

function isRecord(observation: unknown): observation is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(observation) === "[object Object]";
}
