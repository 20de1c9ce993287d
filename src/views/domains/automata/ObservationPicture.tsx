// One picture as a small canvas: a dream, a sample, a thumbnail. Cells are whole pixels.

import { type ReactNode, useMemo, useRef } from "react";
import type { ObservationPictureProps } from "../../domainViews";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { toolsOf } from "./automataView";
import { dataColours, paintCells, wholeScale } from "./cellCanvas";

/** Cells of an observation as describeObservation gives it; an empty square for anything else. */
export function ObservationPicture({ spec, observation, label, size }: ObservationPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const grid = useMemo(() => toolsOf(spec).gridFromRows(rowsOf(observation)), [spec, observation]);
  const scale = wholeScale(Math.max(grid.width, grid.height), size);
  const draw = (target: HTMLCanvasElement) =>
    paintCells(target, Math.max(1, grid.width), Math.max(1, grid.height), grid.pixels, dataColours());
  useFrame(canvas, draw, [grid, theme]);
  return (
    <canvas
      ref={canvas}
      className="wsl-observation"
      role="img"
      aria-label={label}
      width={Math.max(1, grid.width)}
      height={Math.max(1, grid.height)}
      style={{ width: Math.max(1, grid.width) * scale, height: Math.max(1, grid.height) * scale }}
    />
  );
}

/** The rows of "0" and "1" of a described picture; none for a record of another shape. */
export function rowsOf(observation: unknown): readonly string[] {
  if (typeof observation !== "object" || observation === null || !("rows" in observation)) return [];
  const { rows } = observation;
  if (!Array.isArray(rows)) return [];
  const texts = rows.filter((row): row is string => typeof row === "string" && /^[01]+$/.test(row));
  return texts.length === rows.length && texts.every((row) => row.length === texts[0]?.length) ? texts : [];
}
