// Which columns of a table are taken: each becomes one row of the result. Columns with too few usable cells say so.

import { type ReactNode, useId } from "react";
import type { Prepared } from "../../../../domains/strings/upload/fromUpload";
import { countText } from "../../../numberText";
import { MOST_COLUMNS } from "./tryColumns";

export type ColumnChoiceProps = {
  readonly columns: readonly Prepared[];
  /** Numbers of those taken. */
  readonly chosen: readonly number[];
  readonly onToggle: (number: number) => void;
};

/** Checkboxes in the order of the file; at least one stays taken. */
export function ColumnChoice({ columns, chosen, onToggle }: ColumnChoiceProps): ReactNode {
  const id = useId();
  const isFull = chosen.length >= MOST_COLUMNS;
  return (
    <fieldset className="try-columns">
      <legend>
        Columns, {chosen.length} of {columns.length} taken
      </legend>
      <ul>
        {columns.map(({ column, concept, why }) => {
          const { number, name, cells } = column.source;
          const isChosen = chosen.includes(number);
          const isOnly = isChosen && chosen.length === 1;
          const isOff = isOnly || (!isChosen && (concept === null || isFull));
          return (
            <li key={number}>
              <label className="try-check">
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={isOff}
                  aria-describedby={`${id}${number}`}
                  onChange={() => onToggle(number)}
                />
                {name}
              </label>
              <span className="try-unit" id={`${id}${number}`} title={why ?? undefined}>
                {countText(column.usable.length)} of {countText(cells.length)} usable
                {concept === null && column.usable.length >= 5 ? ", filtered" : ""}
              </span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
