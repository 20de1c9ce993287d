// The rule table as buttons, highest neighbourhood first: k cells and the output cell. One tab stop, arrows move, Enter
// or Space flips. A bit that differs from the best rule has a thick red edge, and its name says so.

import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { palette } from "../../palette";
import { bitOf, certaintyOpacity, neighbourhoodCells } from "./stripGeometry";

export type RuleButtonsProps = {
  readonly rule: number;
  readonly best: number;
  readonly neighbours: 3 | 5;
  /** [2^k] P(bit = 1), or null. */
  readonly probability: ArrayLike<number> | null;
  readonly onToggle: (index: number) => void;
};

/** 2^k toggle buttons in rows of eight. */
export function RuleButtons(props: RuleButtonsProps): ReactNode {
  const bits = 2 ** props.neighbours;
  const indices = Array.from({ length: bits }, (_, place) => bits - 1 - place);
  const group = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const at = Math.min(current, bits - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (event.key === " " || event.key === "Enter") event.stopPropagation();
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(bits - 1, Math.max(0, at + step));
    setCurrent(next);
    group.current?.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields
    <div
      ref={group}
      className="wsl-rule-buttons"
      role="group"
      aria-label={`Rule table, ${bits} entries`}
      onKeyDown={onKeyDown}
    >
      {indices.map((index, place) => (
        <BitButton key={index} {...props} index={index} isTabStop={place === at} />
      ))}
    </div>
  );
}

function BitButton(props: RuleButtonsProps & { readonly index: number; readonly isTabStop: boolean }): ReactNode {
  const { index, neighbours } = props;
  const cells = neighbourhoodCells(index, neighbours);
  const output = bitOf(props.rule, index);
  const differs = output !== bitOf(props.best, index);
  const p = props.probability?.[index];
  const cell = neighbours === 3 ? 8 : 5;
  const height = neighbours * cell;
  const certainty = p === undefined ? "" : `, probability of dark ${p.toFixed(2)}`;
  return (
    <button
      type="button"
      tabIndex={props.isTabStop ? 0 : -1}
      aria-pressed={output === 1}
      aria-label={`${cells.join("")} gives ${output === 1 ? "dark" : "light"}${differs ? ", differs from the best rule" : ""}${certainty}`}
      onClick={() => props.onToggle(index)}
    >
      <svg width={2 * cell + 4} height={height + 2} shapeRendering="crispEdges" aria-hidden="true" focusable="false">
        {cells.map((value, r) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={r}
            x={1}
            y={1 + r * cell}
            width={cell}
            height={cell}
            fill={value === 1 ? palette.quiet : palette.dataGround}
            stroke="var(--line-2)"
            strokeWidth="0.5"
          />
        ))}
        <rect
          x={cell + 2}
          y={1 + Math.floor((height - cell) / 2)}
          width={cell}
          height={cell}
          fill={output === 1 ? palette.memory : "var(--surface-1)"}
          stroke={differs ? palette.mismatch : palette.memory}
          strokeWidth={differs ? 2.5 : 1}
          opacity={p === undefined ? undefined : certaintyOpacity(p)}
        />
      </svg>
    </button>
  );
}
