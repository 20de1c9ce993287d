// One character as a small canvas: a dream, a sample, a thumbnail. Cells are whole pixels.

import { type ReactNode, useMemo, useRef } from "react";
import type { ObservationPictureProps } from "../../domainViews";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { inks, paintShades } from "./inkCanvas";

/** Cells of an observation as describeObservation gives it; an empty square for anything else. */
export function ObservationPicture({ observation, label, size }: ObservationPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const cells = useMemo(() => cellsOf(observation), [observation]);
  const side = Math.max(1, Math.round(Math.sqrt(cells.length)));
  const scale = Math.max(1, Math.floor(size / side));
  const draw = (target: HTMLCanvasElement) => {
    const { dataGround, data } = inks();
    paintShades(target, cells, side, dataGround, data);
  };
  useFrame(canvas, draw, [cells, theme]);
  return (
    <canvas
      ref={canvas}
      className="wsl-character"
      role="img"
      aria-label={label}
      width={side}
      height={side}
      style={{ width: side * scale, height: side * scale }}
    />
  );
}

/** [side * side] cells of a described character; none for a record of another shape. */
export function cellsOf(observation: unknown): Uint8Array {
  if (typeof observation !== "object" || observation === null || !("rows" in observation)) return new Uint8Array();
  const { rows } = observation;
  if (!Array.isArray(rows)) return new Uint8Array();
  const texts = rows.filter((row): row is string => typeof row === "string" && /^[01]+$/.test(row));
  const isSquare = texts.length === rows.length && texts.every((row) => row.length === rows.length);
  return isSquare ? Uint8Array.from(texts.join(""), Number) : new Uint8Array();
}
