// A grid to draw on: mouse, touch and pen paint with a brush; arrow keys move a cell cursor and Space turns its cell.
// A first column can be grown by a rule, with noise, to make an example.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from "react";
import type { AutomataTools, Grid } from "../../../../domains/automata";
import { NumberBox } from "../../../frame/NumberBox";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { dataColours, paintCells, wholeScale } from "../cellCanvas";
import { type Cell, cellsBetween, emptyGrid, movedCursor, resized, withBrush } from "./drawing";
import { GrowForm } from "./GrowForm";
import type { GridSource } from "./tryItems";

const ROOM = 400;
const BRUSHES = [1, 2, 3, 5];

export type DrawGridProps = {
  readonly tools: AutomataTools;
  readonly source: GridSource;
  readonly onChange: (source: GridSource) => void;
};

type Stroke = { readonly grid: Grid; readonly value: number; readonly last: Cell };

/** The editor; a whole stroke is one change, so that undo takes it back at once. */
export function DrawGrid({ tools, source, onChange }: DrawGridProps): ReactNode {
  const [brush, setBrush] = useState(1);
  const keep = (grid: Grid) => onChange({ ...source, grid });
  return (
    <div className="try-draw">
      <Canvas grid={source.grid} brush={brush} onDrawn={keep} />
      <div className="wsl-control">
        <BrushChoice brush={brush} onBrush={setBrush} />
        <SizeField
          label="Rows"
          value={source.grid.height}
          onChange={(rows) => keep(resized(source.grid, rows, source.grid.width))}
        />
        <SizeField
          label="Columns"
          value={source.grid.width}
          onChange={(columns) => keep(resized(source.grid, source.grid.height, columns))}
        />
        <button
          type="button"
          className="wsl-quiet"
          onClick={() => keep(emptyGrid(source.grid.height, source.grid.width))}
        >
          Wipe
        </button>
      </div>
      <GrowForm tools={tools} source={source} onGrown={keep} />
    </div>
  );
}

type CanvasProps = { readonly grid: Grid; readonly brush: number; readonly onDrawn: (grid: Grid) => void };

function Canvas(props: CanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { grid, cursor, handlers } = useDrawing(props);
  const scale = wholeScale(Math.max(grid.width, grid.height), ROOM);
  useFrame(canvas, (target) => paintCells(target, grid.width, grid.height, grid.pixels, dataColours()), [grid, theme]);
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return (
    <>
      <div
        className="try-canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the grid is drawn on with the keyboard
        tabIndex={0}
        aria-label={`Grid of ${grid.height} rows and ${grid.width} columns. Arrow keys move, Space turns a cell.`}
        data-picture="try-preview"
        data-frame="0"
        style={{ width: grid.width * scale }}
        {...handlers}
      >
        <canvas
          ref={canvas}
          width={grid.width}
          height={grid.height}
          style={{ width: "100%", aspectRatio: `${grid.width} / ${grid.height}` }}
        />
        <i
          className="try-cursor"
          style={{
            left: percent(cursor.x, grid.width),
            top: percent(cursor.y, grid.height),
            width: percent(1, grid.width),
            height: percent(1, grid.height),
          }}
        />
      </div>
      <p className="try-cursor-text" role="status">
        Row {cursor.y + 1}, column {cursor.x + 1}: {valueAt(grid, cursor) === 1 ? "dark" : "light"}
      </p>
    </>
  );
}

/** Pointer strokes and keys; the grid under way is kept here until the stroke ends. */
function useDrawing({ grid: kept, brush, onDrawn }: CanvasProps) {
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const [at, setCursor] = useState<Cell>({ y: 0, x: 0 });
  const grid = stroke?.grid ?? kept;
  const cursor = { y: Math.min(at.y, grid.height - 1), x: Math.min(at.x, grid.width - 1) };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const cell = cellAt(event, grid);
    const value = 1 - valueAt(grid, cell);
    setCursor(cell);
    setStroke({ grid: withBrush(grid, cell, brush, value), value, last: cell });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!stroke) return;
    const cell = cellAt(event, grid);
    const way = cellsBetween(stroke.last, cell);
    const painted = way.reduce((all, step) => withBrush(all, step, brush, stroke.value), stroke.grid);
    setStroke({ ...stroke, grid: painted, last: cell });
  };
  const onPointerUp = () => {
    if (stroke) onDrawn(stroke.grid);
    setStroke(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedCursor(cursor, event.key, grid);
    if (!moved && event.key !== " ") return;
    event.preventDefault();
    if (moved) setCursor(moved);
    else onDrawn(withBrush(grid, cursor, brush, 1 - valueAt(grid, cursor)));
  };
  const onPointerCancel = () => setStroke(null);
  return { grid, cursor, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onKeyDown } };
}

function valueAt(grid: Grid, { y, x }: Cell): number {
  return grid.pixels[y * grid.width + x] ?? 0;
}

function cellAt(event: PointerEvent, grid: Grid): Cell {
  const box = event.currentTarget.getBoundingClientRect();
  const part = (at: number, from: number, size: number, cells: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor(((at - from) / size) * cells)));
  return {
    y: part(event.clientY, box.top, box.height, grid.height),
    x: part(event.clientX, box.left, box.width, grid.width),
  };
}

function BrushChoice(props: { readonly brush: number; readonly onBrush: (size: number) => void }): ReactNode {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Brush</label>
      <select id={id} value={props.brush} onChange={(event) => props.onBrush(Number(event.currentTarget.value))}>
        {BRUSHES.map((size) => (
          <option key={size} value={size}>
            {size} {size === 1 ? "cell" : "cells"}
          </option>
        ))}
      </select>
    </>
  );
}

function SizeField(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (size: number) => void;
}): ReactNode {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{props.label}</label>
      <NumberBox id={id} value={props.value} min={8} max={128} onChange={props.onChange} />
    </>
  );
}
