// The pad: mouse, finger and pen draw lines on it; arrow keys move over a grid of 28 by 28 cells and Space or Enter turns
// one, with Shift they draw along. A line under way is painted at once and becomes a mark when the pen lifts.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { PAD_SIDE, paintDrawing, paintSegment } from "./padCanvas";
import {
  CELLS,
  type Cell,
  isInked,
  type Mark,
  movedCell,
  type PadDrawing,
  withMark,
  withTurnedCell,
} from "./padDrawing";

export type DrawPadProps = {
  readonly drawing: PadDrawing;
  /** Width of the line, canvas sides. */
  readonly brush: number;
  readonly onChange: (drawing: PadDrawing) => void;
  /** Stands under the pad, before the place of the keyboard's cursor. */
  readonly children?: ReactNode;
};

/** One line is one change, so that Undo takes it back at once. */
export function DrawPad({ drawing, brush, onChange, children }: DrawPadProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const density = usePixelDensity();
  const pen = usePen(canvas, brush, (mark) => onChange(withMark(drawing, mark)));
  const keys = useCellKeys(drawing, onChange);
  useFrame(canvas, (target) => paintDrawing(target, drawing, density), [drawing, theme, density]);
  const { row, column } = keys.cursor;
  return (
    <>
      <div
        className="try-canvas wsl-pad"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the pad is drawn on with the keyboard
        tabIndex={0}
        aria-label={`Pad of ${CELLS} by ${CELLS} cells. Draw with the pointer; arrow keys move, Space or Enter turns a cell, Shift and an arrow draws.`}
        data-picture="try-pad"
        data-frame="0"
        data-marks={drawing.marks.length}
        onKeyDown={keys.onKeyDown}
        {...pen}
      >
        <canvas ref={canvas} width={PAD_SIDE} height={PAD_SIDE} />
        {drawing.marks.length === 0 ? <span className="wsl-pad-hint">Draw a character here</span> : null}
        <i className="try-cursor" style={{ left: share(column), top: share(row), width: share(1), height: share(1) }} />
      </div>
      <div className="wsl-pad-foot">
        {children}
        <p className="try-cursor-text" role="status">
          Row {row + 1}, column {column + 1}: {isInked(drawing, keys.cursor) ? "ink" : "paper"}
        </p>
      </div>
    </>
  );
}

const share = (cells: number) => `${(100 * cells) / CELLS}%`;

/** Device pixels of a CSS pixel; follows zooming. */
function usePixelDensity(): number {
  const [density, setDensity] = useState(() => window.devicePixelRatio || 1);
  useEffect(() => {
    const media = window.matchMedia(`(resolution: ${density}dppx)`);
    const follow = () => setDensity(window.devicePixelRatio || 1);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [density]);
  return density;
}

/** Points closer than this to the last one are left out, canvas sides. */
const CLOSEST = 0.003;
const MOST_POINTS = 4000;

type Line = { readonly pointer: number; readonly points: number[] };

/** Pointer events as lines. Only the first finger draws; a second one changes nothing. */
function usePen(
  canvas: { readonly current: HTMLCanvasElement | null },
  brush: number,
  onMark: (mark: Mark) => void,
): Pick<React.HTMLAttributes<HTMLElement>, "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel"> {
  const line = useRef<Line | null>(null);
  const extend = (points: number[], event: { readonly clientX: number; readonly clientY: number }) => {
    const target = canvas.current;
    if (!target) return;
    const [x, y] = placeOf(target, event);
    const [beforeX, beforeY] = [points.at(-2) ?? x, points.at(-1) ?? y];
    const isNear = points.length > 0 && Math.hypot(x - beforeX, y - beforeY) < CLOSEST;
    if (isNear || points.length > 2 * MOST_POINTS) return;
    points.push(x, y);
    paintSegment(target, [beforeX, beforeY, x, y], brush);
  };
  const finish = (event: PointerEvent) => {
    const drawn = line.current;
    if (drawn?.pointer !== event.pointerId) return;
    line.current = null;
    onMark({ kind: "line", points: drawn.points.map((value) => Math.round(1e4 * value) / 1e4), width: brush });
  };
  return {
    onPointerDown: (event) => {
      if (line.current || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      line.current = { pointer: event.pointerId, points: [] };
      extend(line.current.points, event);
    },
    onPointerMove: (event) => {
      const drawn = line.current;
      if (drawn?.pointer !== event.pointerId) return;
      const all = event.nativeEvent.getCoalescedEvents?.() ?? [];
      for (const one of all.length > 0 ? all : [event]) extend(drawn.points, one);
    },
    onPointerUp: finish,
    // A scroll or a system gesture took the pointer: what was drawn so far is kept, Undo takes it back.
    onPointerCancel: finish,
  };
}

function placeOf(target: Element, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }) {
  const box = target.getBoundingClientRect();
  return [(clientX - box.left) / box.width, (clientY - box.top) / box.height] as const;
}

function useCellKeys(drawing: PadDrawing, onChange: (drawing: PadDrawing) => void) {
  const [cursor, setCursor] = useState<Cell>({ row: CELLS / 2, column: CELLS / 2 });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = movedCell(cursor, event.key);
    const turns = event.key === " " || event.key === "Enter";
    if (!moved && !turns) return;
    event.preventDefault();
    if (moved) setCursor(moved);
    if (turns) onChange(withTurnedCell(drawing, cursor));
    else if (moved && event.shiftKey) onChange(withMark(drawing, { kind: "cell", ...moved, ink: 1 }));
  };
  return { cursor, onKeyDown };
}
