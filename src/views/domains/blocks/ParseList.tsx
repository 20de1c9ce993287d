// The parses of the scene on show, best first: program, weight, score. Choosing one shows it in every picture and chooses
// it in the memory. There is room for as many as can come.

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { natsText, weightText } from "../../numberText";
import type { BlocksView } from "./blocksView";
import { ProgramText } from "./ProgramText";

export type ParseListProps = {
  readonly view: BlocksView;
  /** Printed form of the chosen program, null while the best is on show by itself. */
  readonly selectedProgram: string | null;
  readonly onSelectProgram: (printed: string | null) => void;
};

/** Most parses that a picture carries. */
const MOST = 5;

/** A list with one stop for the keyboard: arrow keys go from parse to parse. */
export function ParseList({ view, selectedProgram, onSelectProgram }: ParseListProps): ReactNode {
  const { parses, shown, tools } = view;
  const list = useRef<HTMLDivElement>(null);
  const at = parses.findIndex((parse) => parse.printed === shown?.printed);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -MOST, End: MOST }[event.key];
    if (step === undefined || parses.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(parses.length - 1, Math.max(0, at + step));
    onSelectProgram(parses[next]?.printed ?? null);
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div
      ref={list}
      className="wsl-parses"
      role="toolbar"
      aria-orientation="vertical"
      aria-label="Parses by weight"
      onKeyDown={onKeyDown}
    >
      {parses.map((parse, i) => (
        <button
          key={parse.printed}
          type="button"
          className="wsl-parse"
          tabIndex={i === Math.max(0, at) ? 0 : -1}
          aria-pressed={i === at}
          aria-current={parse.printed === selectedProgram ? "true" : undefined}
          aria-label={`${i === 0 ? "Best" : "Other"} parse: ${parse.printed}, weight ${weightText(parse.weight ?? 0)}`}
          onClick={() => onSelectProgram(parse.printed === selectedProgram ? null : parse.printed)}
        >
          <ProgramText printed={parse.printed} colors={view.picture?.types.colors ?? null} typeAt={tools.typeName} />
          <span className="wsl-parse-bar" aria-hidden="true">
            <i style={{ width: `${100 * (parse.weight ?? 0)}%` }} />
          </span>
          <span className="wsl-parse-weight" data-figure-text="">
            {weightText(parse.weight ?? 0)}
          </span>
          <span className="wsl-parse-score" data-figure-text="">
            {parse.score === null ? "" : `${natsText(parse.score)}`}
          </span>
        </button>
      ))}
      {parses.length === 0 ? <p className="wsl-parse-none">No parse is known for it yet.</p> : null}
    </div>
  );
}
