// What became of every cell of a column: a sentence with the counts, and cell by cell on demand.

import { type ReactNode, useState } from "react";
import type { CleanColumn, CleanSettings, Verdict } from "../../../../domains/strings/upload/clean";
import type { UploadTools } from "../../../../domains/strings/upload/uploadTools";
import { countText } from "../../../numberText";

export type CellReportProps = {
  readonly tools: UploadTools;
  readonly column: CleanColumn;
  /** Number of the first cell's row in the file. */
  readonly firstRow: number;
  readonly settings: CleanSettings;
};

const DROPPED: readonly Verdict[] = ["empty", "duplicate", "long", "outside"];
const TOLD: readonly Verdict[] = ["changed", ...DROPPED];
/** Cells that are listed at once. */
const MOST = 200;

/** The list is made when it is opened. */
export function CellReport({ tools, column, firstRow, settings }: CellReportProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const { counts } = column;
  const told = TOLD.reduce((sum, verdict) => sum + counts[verdict], 0);
  const changed =
    counts.changed > 0 ? ` ${countText(counts.changed)} ${counts.changed === 1 ? "was" : "were"} cleaned.` : "";
  return (
    <>
      <p className="try-cell-count" data-usable={column.usable.length}>
        {tools.summaryOf(column)}
        {changed}
      </p>
      {told > 0 ? (
        <details className="try-reading" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
          <summary>
            Cell by cell: {countText(told)} {told === 1 ? "cell" : "cells"} cleaned or left out
          </summary>
          {isOpen ? <Cells {...{ tools, column, firstRow, settings }} /> : null}
          {isOpen && told > MOST ? <p className="try-unit">The first {MOST} of them.</p> : null}
        </details>
      ) : null}
    </>
  );
}

function Cells({ tools, column, firstRow, settings }: CellReportProps): ReactNode {
  const notes = tools.notesOf(column, firstRow, TOLD, MOST, settings);
  return (
    <div className="try-cells">
      <table data-table="try-cells">
        <thead>
          <tr>
            <th scope="col">row</th>
            <th scope="col">cell</th>
            <th scope="col">what became of it</th>
          </tr>
        </thead>
        <tbody>
          {notes.map((note) => (
            <tr key={note.row} data-verdict={note.verdict}>
              <td className="number">{note.row}</td>
              <td>
                <code>{note.value}</code>
              </td>
              <td>
                {DROPPED.includes(note.verdict) ? "left out: " : ""}
                {note.reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
