// Rows of the memory table: an entry with its weight bar and explained numbers, a rejected proposal, an empty row that
// keeps the place.

import { type ReactNode, useState } from "react";
import type { MemoryEntry } from "../../engine/run/records";
import { MemoryMark } from "../frame/marks";
import { Tip, type TipLines } from "../frame/Tip";
import { countText, natsText, weightText } from "../numberText";
import type { MemoryTableProps } from "./MemoryTable";
import { jointTip, type OutsideRow, weightTip } from "./memoryRows";
import { drawnHeads } from "./sourceWords";

export type EntryRowProps = {
  readonly table: MemoryTableProps;
  readonly entry: MemoryEntry;
  readonly index: number;
  /** Distance to the best when that scale is on, else null. */
  readonly natsBelow: number | null;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
};

/** One remembered program. */
export function EntryRow(props: EntryRowProps): ReactNode {
  const { table, entry, index } = props;
  const best = table.memory?.entries[0];
  return (
    <tr
      className={props.isSelected ? "wsl-selected" : undefined}
      aria-selected={props.isSelected}
      aria-current={props.isSelected ? "true" : undefined}
      data-program={entry.printed}
      data-event={entry.event}
      onClick={props.onSelect}
    >
      <ProgramCells
        table={table}
        printed={entry.printed}
        program={entry.program}
        best={best && best !== entry ? best.program : null}
        isTabStop={index === 0}
      />
      <Explained lines={() => weightTip(table.memory ?? emptyView, index)}>
        <WeightBar
          share={props.natsBelow === null ? entry.weight : Math.max(0, 1 - props.natsBelow / 20)}
          tick={props.natsBelow === null ? (table.extras?.tick?.(entry) ?? null) : null}
        />
        <span className="wsl-weight">
          {props.natsBelow === null ? weightText(entry.weight) : natsText(props.natsBelow)}
        </span>
      </Explained>
      {(table.extras?.columns ?? []).map((column) => (
        <td key={column.head} className="wsl-number" tabIndex={-1}>
          {column.text(entry)}
        </td>
      ))}
      <Explained className="wsl-number" lines={() => table.extras?.explain?.(entry, "prior") ?? jointTip(entry)}>
        {natsText(entry.logPrior)}
      </Explained>
      <Explained className="wsl-number" lines={() => table.extras?.explain?.(entry, "likelihood") ?? jointTip(entry)}>
        {natsText(entry.logLikelihood)}
      </Explained>
      <td className="wsl-number wsl-memory-step" tabIndex={-1}>
        {entry.bornAt < 0 ? "start" : countText(entry.bornAt)}
      </td>
      <td className="wsl-memory-mark" tabIndex={-1}>
        {drawnHeads(table.memory).word ?? <MemoryMark event={entry.event} />}
      </td>
    </tr>
  );
}

/** A proposal that did not enter, or a member that left, struck out. */
export function OutsideTableRow(props: { readonly table: MemoryTableProps; readonly row: OutsideRow }): ReactNode {
  const { table, row } = props;
  const best = table.memory?.entries[0];
  return (
    <tr className="wsl-rejected" data-program={row.printed} data-event={row.event}>
      <ProgramCells table={table} printed={row.printed} program={row.program} best={best?.program ?? null} isOut />
      <td className="wsl-note">{row.event === "evicted" ? "left the memory" : "proposed, not kept"}</td>
      {(table.extras?.columns ?? []).map((column) => (
        <td key={column.head} />
      ))}
      <td className="wsl-number" tabIndex={-1}>
        {natsText(row.logPrior)}
      </td>
      <td className="wsl-number" tabIndex={-1}>
        {natsText(row.logLikelihood)}
      </td>
      <td className="wsl-number wsl-memory-step">
        {table.memory && table.memory.visitedAt >= 0 ? countText(table.memory.visitedAt) : ""}
      </td>
      <td className="wsl-memory-mark" tabIndex={-1}>
        <MemoryMark event={row.event} count={row.count} />
      </td>
    </tr>
  );
}

type ProgramCellsProps = {
  readonly table: MemoryTableProps;
  readonly printed: string;
  readonly program: readonly number[];
  readonly best: readonly number[] | null;
  readonly isTabStop?: boolean;
  readonly isOut?: boolean;
};

/** Printed form and picture of a program; one cell where its picture is a line of text. */
function ProgramCells({ table, printed, program, best, isTabStop, isOut }: ProgramCellsProps): ReactNode {
  const isText = table.programColumn === null;
  const cell = <table.ProgramCell spec={table.spec} options={table.options} program={program} best={best} />;
  const name = isText ? cell : printed;
  return (
    <>
      <td tabIndex={isTabStop ? 0 : -1} className="wsl-program">
        {isOut ? <s>{name}</s> : name}
      </td>
      {isText ? null : <td className="wsl-memory-cell">{cell}</td>}
    </>
  );
}

/** A row that only keeps its place; its text, where given, is the table's empty state. */
export function FillerRow(props: { readonly columns: number; readonly text: string | null }): ReactNode {
  return (
    <tr className="wsl-filler" aria-hidden={props.text === null ? "true" : undefined}>
      <td colSpan={props.columns}>{props.text}</td>
    </tr>
  );
}

function WeightBar(props: { readonly share: number; readonly tick: number | null }): ReactNode {
  const width = props.share > 0 ? Math.max(1, Math.round(props.share * 84)) : 0;
  return (
    <span className="wsl-weight-bar" aria-hidden="true">
      <i style={{ width }} />
      {props.tick === null ? null : <b style={{ left: Math.min(82, Math.round(props.tick * 84)) }} />}
    </span>
  );
}

// A cell whose numbers explain themselves while it has the focus or the pointer.
function Explained(props: {
  readonly className?: string;
  readonly lines: () => TipLines;
  readonly children: ReactNode;
}): ReactNode {
  const [isFocused, setFocused] = useState(false);
  return (
    <td className={props.className} tabIndex={-1} onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}>
      <Tip lines={props.lines} isFocused={isFocused}>
        {props.children}
      </Tip>
    </td>
  );
}

const emptyView = { observation: 0, source: "memory", entries: [], outside: [], visitedAt: -1 } as const;
