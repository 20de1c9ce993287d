// One picture of the wall: its cells, the best rule as a strip, the rule's name and how many cells disagree with it.

import { memo, type ReactNode, useRef } from "react";
import type { AutomataTools, Boundary, Grid } from "../../../domains/automata";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { countText } from "../../numberText";
import { ruleName } from "./automataView";
import { cellCodes, dataColours, paintCells, type WallMode } from "./cellCanvas";
import { RuleStrip } from "./RuleStrip";

export type WallTileProps = {
  readonly tools: AutomataTools;
  readonly row: number;
  readonly grid: Grid;
  readonly boundary: Boundary;
  readonly neighbours: 3 | 5;
  readonly scale: number;
  readonly mode: WallMode;
  /** Rule to compare with, or null before the first visit. */
  readonly rule: number | null;
  readonly mismatches: number;
  readonly probability: ArrayLike<number> | null;
  readonly isSelected: boolean;
  readonly isOwn: boolean;
  readonly onPick: (row: number) => void;
};

/** A tile of the wall; the selected one is the wall's single tab stop. */
export function WallTile(props: WallTileProps): ReactNode {
  const { tools, neighbours, rule, row } = props;
  const width = props.grid.width * props.scale;
  const name = rule === null ? "no rule yet" : `rule ${ruleName(tools, rule, neighbours)}`;
  const facts = rule === null ? name : `${name}, ${countText(props.mismatches)} cells disagree`;
  return (
    <button
      type="button"
      className={`wsl-tile${props.isSelected ? " wsl-tile-on" : ""}`}
      data-row={row}
      tabIndex={props.isSelected ? 0 : -1}
      aria-current={props.isSelected ? "true" : undefined}
      aria-label={`${props.isOwn ? "Your picture" : `Picture ${row + 1}`}, ${facts}`}
      onClick={() => props.onPick(row)}
    >
      <TileCanvas {...props} />
      <span className="wsl-tile-strip">
        {rule === null ? null : (
          <RuleStrip
            rule={rule}
            neighbours={neighbours}
            name={name}
            probability={props.probability}
            cell={neighbours === 3 ? 4 : 2}
            gap={3}
          />
        )}
      </span>
      <span className="wsl-tile-caption" style={{ minWidth: Math.max(width, 96) }}>
        <b data-figure-text="">{rule === null ? (props.isOwn ? "yours" : "–") : shortName(props)}</b>
        <span data-figure-text="">{rule === null ? "" : countText(props.mismatches)}</span>
      </span>
    </button>
  );
}

function shortName(props: WallTileProps): string {
  const name = ruleName(props.tools, props.rule ?? 0, props.neighbours);
  return props.neighbours === 3 ? `rule ${name}` : name.replace(/^0x/, "");
}

const TileCanvas = memo(function TileCanvas(props: WallTileProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { grid, boundary, neighbours, rule, mode, tools, scale } = props;
  const draw = (target: HTMLCanvasElement) => {
    const wrong = rule === null ? null : tools.disagreements(grid, { rule, neighbours, boundary });
    paintCells(target, grid.width, grid.height, cellCodes(grid.pixels, wrong, mode), dataColours());
  };
  useFrame(canvas, draw, [grid, boundary, neighbours, rule, mode, theme]);
  return (
    <canvas
      ref={canvas}
      width={grid.width}
      height={grid.height}
      style={{ width: grid.width * scale, height: grid.height * scale }}
    />
  );
}, sameDrawing);

function sameDrawing(a: WallTileProps, b: WallTileProps): boolean {
  return (
    a.grid === b.grid &&
    a.rule === b.rule &&
    a.mode === b.mode &&
    a.scale === b.scale &&
    a.boundary === b.boundary &&
    a.neighbours === b.neighbours
  );
}
