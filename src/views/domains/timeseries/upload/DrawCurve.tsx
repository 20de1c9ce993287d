// The pad for a curve: mouse, finger and pen draw it; with the keyboard, left and right move along, up and down lift the
// curve there. A stroke under way is shown at once and becomes one change when the pointer leaves.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { fixedText } from "../../../numberText";
import { type Curve, KEY_PLACES, KEY_STEP, PLACES, REACH, withLift, withStroke } from "./drawnCurve";

const WIDTH = 512;
const HEIGHT = 208;

export type DrawCurveProps = { readonly curve: Curve; readonly onChange: (curve: Curve) => void };

type Pen = { readonly pointer: number; readonly last: readonly [number, number]; readonly curve: Curve };

/** One stroke is one change, so that Undo takes it back at once. */
export function DrawCurve({ curve, onChange }: DrawCurveProps): ReactNode {
  const [pen, setPen] = useState<Pen | null>(null);
  const [place, setPlace] = useState(0);
  const shown = pen?.curve ?? curve;
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (pen || event.button > 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointAt(event);
    setPen({ pointer: event.pointerId, last: at, curve: withStroke(curve, at, at) });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerId !== pen?.pointer) return;
    const at = pointAt(event);
    setPen({ ...pen, last: at, curve: withStroke(pen.curve, pen.last, at) });
  };
  const onPointerEnd = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerId !== pen?.pointer) return;
    setPen(null);
    onChange(pen.curve);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const moved = movedPlace(event.key, place);
    if (moved !== null) setPlace(moved);
    else if (event.key === "ArrowUp") onChange(withLift(curve, place, KEY_STEP));
    else if (event.key === "ArrowDown") onChange(withLift(curve, place, -KEY_STEP));
    else return;
    event.preventDefault();
  };
  const value = shown[place];
  const isEmpty = shown.every((each) => each === null);
  return (
    <>
      <div
        className="try-canvas wsl-curve-pad"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the pad is drawn on with the keyboard
        tabIndex={0}
        aria-label="Pad for a curve. Draw with the pointer; left and right arrow keys move along it, up and down lift or lower the curve there."
        data-picture="try-pad"
        data-drawn={shown.filter((each) => each !== null).length}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onKeyDown={onKeyDown}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false" preserveAspectRatio="none">
          <path className="try-axis" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
          <path d={pathOf(shown)} fill="none" stroke="var(--data)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
          <path className="wsl-curve-cursor" d={`M${toX(place)} 0V${HEIGHT}`} vectorEffect="non-scaling-stroke" />
        </svg>
        {isEmpty ? <span className="wsl-curve-hint">Draw a curve from left to right</span> : null}
      </div>
      <p className="try-cursor-text" role="status">
        Place {place + 1} of {PLACES}: {value === null || value === undefined ? "nothing yet" : fixedText(value, 2)}
      </p>
    </>
  );
}

function movedPlace(key: string, place: number): number | null {
  if (key === "ArrowRight") return Math.min(PLACES - 1, place + KEY_PLACES);
  if (key === "ArrowLeft") return Math.max(0, place - KEY_PLACES);
  if (key === "Home") return 0;
  return key === "End" ? PLACES - 1 : null;
}

function pointAt(event: PointerEvent<HTMLElement>): readonly [number, number] {
  const box = event.currentTarget.getBoundingClientRect();
  const place = Math.round(((event.clientX - box.left) / box.width) * (PLACES - 1));
  const value = REACH - ((event.clientY - box.top) / box.height) * 2 * REACH;
  return [Math.max(0, Math.min(PLACES - 1, place)), Math.max(-REACH, Math.min(REACH, value))];
}

function toX(place: number): number {
  return (place / (PLACES - 1)) * WIDTH;
}

/** Lines through drawn places, broken where nothing is drawn. */
function pathOf(curve: Curve): string {
  let path = "";
  let isDown = false;
  for (const [i, value] of curve.entries()) {
    if (value !== null) {
      const y = HEIGHT / 2 - (value / REACH) * (HEIGHT / 2 - 2);
      path += `${isDown ? "L" : "M"}${toX(i).toFixed(1)} ${y.toFixed(1)}`;
      if (!isDown) path += "h0.01";
    }
    isDown = value !== null;
  }
  return path;
}
