// One scene as a small canvas: a dream, a sample, the observation of a step. Whole pixels.

import { type ReactNode, useMemo, useRef } from "react";
import type { ObservationPictureProps } from "../../domainViews";
import { useFrame } from "../../frame/useFrame";
import { paintColours } from "./colourCanvas";

/** Picture of an observation as describeObservation gives it; an empty square for anything else. */
export function ObservationPicture({ observation, label, size }: ObservationPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = useMemo(() => pixelsOf(observation), [observation]);
  const side = Math.max(1, Math.round(Math.sqrt(pixels.length / 3)));
  useFrame(canvas, (target) => paintColours(target, pixels, side), [pixels]);
  const shown = side * Math.max(1, Math.floor(size / side));
  return (
    <canvas
      ref={canvas}
      className="wsl-scene-observation"
      role="img"
      aria-label={label}
      width={side}
      height={side}
      style={{ width: Math.min(shown, Math.max(size, 32)), height: Math.min(shown, Math.max(size, 32)) }}
    />
  );
}

/** [side, side, 3] bytes of a described scene; none for a record of another shape. */
export function pixelsOf(observation: unknown): Uint8Array {
  if (typeof observation !== "object" || observation === null || !("pixels" in observation)) return new Uint8Array();
  const { pixels } = observation;
  if (typeof pixels !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(pixels) || pixels.length % 4 !== 0) {
    return new Uint8Array();
  }
  const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
  return Number.isInteger(Math.sqrt(bytes.length / 3)) ? bytes : new Uint8Array();
}
