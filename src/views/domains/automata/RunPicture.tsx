// The chosen picture as one run explains it: cells that the best rule contradicts are marked.

import { type ReactNode, useMemo, useRef } from "react";
import type { RunPictureProps } from "../../domainViews";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { countText } from "../../numberText";
import { automataView, boundaryOf, gridOf, ruleName, toolsOf } from "./automataView";
import { cellCodes, dataColours, paintCells, wholeScale } from "./cellCanvas";

/** Canvas of the picture under the memory's best rule, with the number of disagreeing cells. */
export function RunPicture(props: RunPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const view = automataView(props);
  const best = props.memory?.entries[0]?.program[0] ?? null;
  const data = view?.data ?? null;
  const row = view?.row ?? 0;
  const grid = useMemo(() => (data ? gridOf(data, row) : null), [data, row]);
  const { spec } = props;
  const wrong = useMemo(() => {
    if (!data || !grid || best === null) return null;
    const how = { rule: best, neighbours: data.neighbours, boundary: boundaryOf(data, row) };
    return toolsOf(spec).disagreements(grid, how);
  }, [spec, data, row, grid, best]);
  useFrame(
    canvas,
    (target) => {
      if (grid) paintCells(target, grid.width, grid.height, cellCodes(grid.pixels, wrong, "marked"), dataColours());
    },
    [grid, wrong, theme],
  );
  if (!view || !grid) return null;
  const scale = wholeScale(Math.max(grid.width, grid.height), props.size);
  const count = wrong ? wrong.reduce((sum, cell) => sum + cell, 0) : null;
  const facts = best === null ? "no rule yet" : `rule ${ruleName(view.tools, best, view.data.neighbours)}`;
  return (
    <div className="wsl-run-picture">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Picture ${row + 1}, ${facts}${count === null ? "" : `, ${countText(count)} cells disagree`}`}
        width={grid.width}
        height={grid.height}
        style={{ width: grid.width * scale, height: grid.height * scale }}
      />
      <span className="wsl-run-picture-note">
        {count === null ? "no rule yet" : `${countText(count)} cells disagree`}
      </span>
    </div>
  );
}
