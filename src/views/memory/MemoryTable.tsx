// The memory of one observation as a table: programs with their weights, the two parts of their score, where they come
// from and what just happened to them. Rejected proposals stand under the rule. The number of rows never changes.

import { type ComponentType, type ReactNode, useMemo, useRef, useState } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { OptionValues } from "../../engine/options";
import type { MemoryView } from "../../engine/run/records";
import type { MemoryExtras, ProgramCellProps } from "../domainViews";
import { FigureFrame, type FigureFrameProps } from "../frame/FigureFrame";
import { Icon } from "../frame/icons";
import { EntryRow, FillerRow, OutsideTableRow } from "./MemoryRow";
import "./memory.css";
import {
  isUnexplained,
  memoryLines,
  memorySentence,
  memoryTable,
  natsBelowBest,
  type OutsideRow,
  outsideRows,
  rankedMemory,
} from "./memoryRows";
import { drawnHeads, emptyText, listTitle, shownEntries, unitLine } from "./sourceWords";
import { useGridKeys } from "./useGridKeys";
import { useRowMoves } from "./useRowMoves";

export type MemoryTableProps = {
  readonly memory: MemoryView | null;
  /** M (or K for particles): rows kept free above the rule, so that nothing jumps. */
  readonly memorySize: number;
  /** Rows kept free under the rule, default 3; more proposals open on demand. */
  readonly numOutsideRows?: number;
  /** "picture 2". */
  readonly observationLabel: string;
  readonly spec: DomainSpec;
  readonly options: OptionValues;
  /** DomainViews.ProgramCell and .programColumn. */
  readonly ProgramCell: ComponentType<ProgramCellProps>;
  readonly programColumn: string | null;
  readonly selectedProgram: string | null;
  readonly onSelectProgram: (printed: string | null) => void;
  /** Columns and marks of the domain (exact weights); from DomainViews.memoryExtras. */
  readonly extras?: MemoryExtras | null;
  /** Right of the title: memory | recognition | prior. */
  readonly switches?: ReactNode;
  /** Replaces "Memory of picture 2" (for example "Recognition model, picture 2"). */
  readonly title?: string;
  /** Before the unit line: "recorded". */
  readonly mark?: string;
  /** Under the table: the history slider. */
  readonly footer?: ReactNode;
  readonly provenance?: readonly string[];
  readonly onExport?: FigureFrameProps["onExport"];
};

/** Table of remembered (or weighted) programs; rows are chosen with Enter, Space or a click. */
export function MemoryTable(given: MemoryTableProps): ReactNode {
  const memory = useMemo(() => rankedMemory(given.memory), [given.memory]);
  const numUnexplained = given.memory && isUnexplained(given.memory) ? given.memory.entries.length : 0;
  const props = { ...given, memory, numUnexplained };
  const [allOutside, setAllOutside] = useState(false);
  const outside = outsideRows(memory?.outside ?? []);
  const numOutside = props.numOutsideRows ?? 3;
  const numMore = outside.length - numOutside;
  return (
    <FigureFrame
      name="memory"
      kind="table"
      title={props.title ?? listTitle(memory, props.observationLabel)}
      unit={<UnitLine table={props} />}
      sentence={memorySentence(memory, props.observationLabel, props.spec.programName.many)}
      table={null}
      exportTable={() => memoryTable(memory)}
      lines={() => memoryLines(memory)}
      switches={
        <>
          <MoreButton count={numMore} isOpen={allOutside} onToggle={() => setAllOutside(!allOutside)} />
          {props.switches}
        </>
      }
      {...(props.provenance ? { provenance: props.provenance } : {})}
      {...(props.onExport ? { onExport: props.onExport } : {})}
    >
      <MemoryGrid table={props} outside={allOutside ? outside : outside.slice(0, numOutside)} total={outside.length} />
      {props.footer}
    </FigureFrame>
  );
}

function UnitLine({ table }: { readonly table: MemoryTableProps }): ReactNode {
  return (
    <>
      {table.mark ? <b className="wsl-recorded">{table.mark}</b> : null}
      {unitLine(table)}
    </>
  );
}

// Keeps its place while there is nothing more, so that the title line does not jump.
function MoreButton(props: {
  readonly count: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      className="wsl-quiet"
      style={{ visibility: props.count > 0 ? "visible" : "hidden" }}
      aria-expanded={props.isOpen}
      onClick={props.onToggle}
    >
      <Icon name="down" size={12} />
      {props.isOpen
        ? "fewer proposals"
        : `${Math.max(0, props.count)} more ${props.count === 1 ? "proposal" : "proposals"}`}
    </button>
  );
}

type MemoryGridProps = {
  readonly table: MemoryTableProps & { readonly numUnexplained: number };
  readonly outside: readonly OutsideRow[];
  readonly total: number;
};

function MemoryGrid({ table, outside, total }: MemoryGridProps): ReactNode {
  const { memory } = table;
  const [inNats, setInNats] = useState(false);
  const grid = useGridKeys();
  const body = useRef<HTMLTableSectionElement>(null);
  useRowMoves(body, memory);
  const entries = shownEntries(table);
  const below = memory && entries.length > 0 ? natsBelowBest(memory) : [];
  const columns = (table.programColumn === null ? 6 : 7) + (table.extras?.columns.length ?? 0);
  const numOutside = table.numOutsideRows ?? 3;
  const name = table.title ?? listTitle(memory, table.observationLabel);
  const look = table.programColumn === null ? "wsl-memory wsl-memory-text" : "wsl-memory";
  return (
    <div className="wsl-memory-scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid adds cell keys to a table */}
      <table className={look} role="grid" aria-label={name} {...grid}>
        <MemoryHead {...table} memory={memory} inNats={inNats} onScale={() => setInNats(!inNats)} />
        <tbody ref={body}>
          {entries.map((entry, i) => (
            <EntryRow
              // By rank: rows keep their place and focus, and the page never shifts when programs trade places.
              // biome-ignore lint/suspicious/noArrayIndexKey: the rank is the row's identity
              key={`rank ${i}`}
              table={table}
              entry={entry}
              index={i}
              natsBelow={inNats ? (below[i] ?? 0) : null}
              isSelected={entry.printed === table.selectedProgram}
              onSelect={() => table.onSelectProgram(entry.printed === table.selectedProgram ? null : entry.printed)}
            />
          ))}
          {fillers(
            Math.max(0, table.memorySize - entries.length),
            columns,
            emptyText(table, total + table.numUnexplained),
          )}
        </tbody>
        <tbody className="wsl-outside">
          {outside.map((row) => (
            <OutsideTableRow key={`${row.event} ${row.printed}`} table={table} row={row} />
          ))}
          {fillers(Math.max(0, numOutside - outside.length), columns, null)}
        </tbody>
      </table>
    </div>
  );
}

function MemoryHead(props: MemoryTableProps & { readonly inNats: boolean; readonly onScale: () => void }): ReactNode {
  const name = props.spec.programName.one;
  const heads = drawnHeads(props.memory);
  return (
    <thead>
      <tr>
        <th scope="col">{name.charAt(0).toUpperCase() + name.slice(1)}</th>
        {props.programColumn === null ? null : (
          <th scope="col" className="wsl-memory-cell">
            {props.programColumn}
          </th>
        )}
        <th scope="col" className="wsl-memory-weight">
          <button
            type="button"
            className="wsl-scale"
            aria-label={props.inNats ? "Show weights" : "Show nats below the best"}
            title={props.inNats ? "Show weights" : "Show nats below the best"}
            onClick={props.onScale}
          >
            {props.inNats ? "Nats below best" : "Weight"}
            <Icon name="down" size={11} />
          </button>
        </th>
        {(props.extras?.columns ?? []).map((column) => (
          <th key={column.head} scope="col" className="wsl-number" title={column.help} style={{ width: column.width }}>
            {column.head}
          </th>
        ))}
        <th scope="col" className="wsl-number">
          log <i className="wsl-math">p</i>(<i className="wsl-math">z</i>)
          <span className="wsl-hidden">, log prior, nats</span>
        </th>
        <th scope="col" className="wsl-number">
          log <i className="wsl-math">p</i>(<i className="wsl-math">x</i> | <i className="wsl-math">z</i>)
          <span className="wsl-hidden">, log likelihood, nats</span>
        </th>
        <th scope="col" className="wsl-number wsl-memory-step">
          {heads.step}
        </th>
        <th scope="col" className="wsl-memory-mark">
          {heads.mark}
        </th>
      </tr>
    </thead>
  );
}

function fillers(count: number, columns: number, text: string | null): ReactNode[] {
  return Array.from({ length: count }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: empty rows are all alike
    <FillerRow key={`filler ${i}`} columns={columns} text={i === 0 ? text : null} />
  ));
}
