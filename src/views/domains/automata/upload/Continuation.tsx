// How a picture would go on under a rule, without noise: its end, then predicted columns.

import { type ReactNode, useMemo, useRef } from "react";
import type { AutomataTools, Boundary, Grid } from "../../../../domains/automata";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { dataColours, paintCells, predictionColours, wholeScale } from "../cellCanvas";

export type ContinuationProps = {
  readonly tools: AutomataTools;
  /** Time runs to the right. */
  readonly grid: Grid;
  readonly growth: { readonly rule: number; readonly neighbours: 3 | 5; readonly boundary: Boundary };
  readonly printed: string;
  /** px */
  readonly room: number;
};

/** Columns of the picture's own end that are shown. */
const SEEN = 48;

/** The end of the picture and what comes next. */
export function Continuation({ tools, grid, growth, printed, room }: ContinuationProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { height } = grid;
  const scale = wholeScale(height, 64);
  const shown = Math.min(grid.width, SEEN);
  const columns = Math.max(8, Math.min(200, Math.floor(room / scale) - shown));
  const width = shown + columns;
  const { rule, neighbours, boundary } = growth;
  const codes = useMemo(() => {
    const next = tools.extrapolate(grid, columns, { rule, neighbours, boundary });
    const out = new Uint8Array(height * width);
    for (let y = 0; y < height; y++) {
      for (let j = 0; j < shown; j++) out[y * width + j] = grid.pixels[(y + 1) * grid.width - shown + j] ?? 0;
      for (let j = 0; j < columns; j++) out[y * width + shown + j] = 2 + (next.pixels[y * columns + j] ?? 0);
    }
    return out;
  }, [tools, grid, columns, rule, neighbours, boundary, height, width, shown]);
  const draw = (target: HTMLCanvasElement) =>
    paintCells(target, width, height, codes, [...dataColours().slice(0, 2), ...predictionColours(2)]);
  useFrame(canvas, draw, [codes, theme]);
  return (
    <div className="wsl-next" data-picture="upload-continuation" data-frame="0">
      <h3 className="wsl-dialog-h3">
        What comes next <span>{printed}, no noise</span>
      </h3>
      <div style={{ width: width * scale, maxWidth: "100%" }}>
        <canvas
          ref={canvas}
          width={width}
          height={height}
          role="img"
          aria-label={`The end of the picture and ${columns} predicted columns`}
          style={{ width: "100%", aspectRatio: `${width} / ${height}` }}
        />
        <div className="wsl-next-labels">
          <span style={{ width: `${(100 * shown) / width}%` }}>seen</span>
          <span>predicted</span>
        </div>
      </div>
    </div>
  );
}
