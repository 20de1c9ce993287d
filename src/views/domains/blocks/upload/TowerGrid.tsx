// The towers as a plan, seen from the front: back row above front row. Each cell is a button that puts a block on its tower,
// with another beside it that takes the top one away; keys do the same. The way to build without a pointer, and the scene as
// text.

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { TrueTypes } from "../../../../domains/blocks/datasets";
import { colorText } from "../ProgramText";
import { blocksText, cellName } from "../towers";
import { type BuiltScene, CELLS, type Cell, GRID_SIDE, LEVELS, towerOf, withBlock, withoutBlock } from "./builtScene";

export type TowerGridProps = {
  readonly scene: BuiltScene;
  readonly types: TrueTypes;
  /** Type that is put down. */
  readonly type: number;
  readonly onType: (type: number) => void;
  readonly onChange: (scene: BuiltScene) => void;
  readonly onCell: (cell: Cell | null) => void;
};

/** px that a block of size 1 is wide. */
const UNIT = 34;
/** Step in the plan by arrow key: cells are in rows of two. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -GRID_SIDE,
  ArrowDown: GRID_SIDE,
};

export function TowerGrid(props: TowerGridProps): ReactNode {
  const { scene, types, type, onType, onChange } = props;
  const grid = useRef<HTMLFieldSetElement>(null);
  const onKey = (event: KeyboardEvent, index: number) => {
    const cell = CELLS[index]!;
    const digit = Number(event.key);
    if (digit >= 1 && digit <= types.names.length) onType(digit - 1);
    else if (event.key === "Delete" || event.key === "Backspace") onChange(withoutBlock(scene, cell));
    else {
      const next = index + (STEPS[event.key] ?? CELLS.length);
      const isSameRow = Math.floor(next / GRID_SIDE) === Math.floor(index / GRID_SIDE);
      if (next < 0 || next >= CELLS.length || (Math.abs(STEPS[event.key] ?? 0) === 1 && !isSameRow)) return;
      grid.current?.querySelectorAll<HTMLElement>("[data-cell] > button:first-child")[next]?.focus();
    }
    event.preventDefault();
  };
  return (
    <fieldset ref={grid} className="wsl-plan">
      <legend className="wsl-hidden">Plan of the towers, the front row below</legend>
      {CELLS.map((cell, i) => (
        <PlanCell
          key={`${cell.row} ${cell.column}`}
          {...props}
          cell={cell}
          name={capital(cellName(cell.row * GRID_SIDE + cell.column, GRID_SIDE))}
          onKey={(event) => onKey(event, i)}
          onAdd={() => onChange(withBlock(scene, cell, type))}
          onRemove={() => onChange(withoutBlock(scene, cell))}
        />
      ))}
    </fieldset>
  );
}

type PlanCellProps = TowerGridProps & {
  readonly cell: Cell;
  readonly name: string;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
};

function PlanCell({ scene, types, type, cell, name, onKey, onAdd, onRemove, onCell }: PlanCellProps): ReactNode {
  const tower = towerOf(scene, cell);
  const isFull = tower.length === LEVELS;
  const stands =
    tower.length === 0 ? "empty" : `${blocksText(tower.length)}: ${tower.map((one) => types.names[one]).join(", ")}`;
  const does = isFull ? "no more fits" : `add a ${types.names[type]}`;
  return (
    <div
      className="wsl-plan-cell"
      data-cell={name}
      data-tower={tower.map((one) => String.fromCharCode(65 + one)).join("")}
    >
      <button
        type="button"
        onMouseEnter={() => onCell(cell)}
        onMouseLeave={() => onCell(null)}
        aria-label={`${name}, ${stands}; ${does}`}
        aria-disabled={isFull}
        onClick={onAdd}
        onKeyDown={onKey}
        onFocus={() => onCell(cell)}
        onBlur={() => onCell(null)}
      >
        <span className="wsl-plan-tower" aria-hidden="true">
          {tower.map((one, level) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a block is its level
            <Block key={level} types={types} type={one} />
          ))}
        </span>
        <span className="wsl-plan-name">{name}</span>
      </button>
      <button
        type="button"
        className="wsl-plan-less"
        aria-label={`${name}: take the top block away`}
        disabled={tower.length === 0}
        onClick={onRemove}
      >
        −
      </button>
    </div>
  );
}

/** A block from the front, as large as it is. */
export function Block({ types, type }: { readonly types: TrueTypes; readonly type: number }): ReactNode {
  const width = Math.round(UNIT * types.sizes[3 * type]!);
  const height = Math.round(UNIT * types.sizes[3 * type + 1]!);
  return <i className="wsl-plan-block" style={{ width, height, background: colorText(types.colors, type) }} />;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
