// Which columns of a table are taken: each becomes one row of the result. Columns without a series say why.

import { type ReactNode, useId } from "react";
import type { Prepared } from "../../../../domains/timeseries/upload/fromUpload";
import { countText } from "../../../numberText";

export type SeriesChoiceProps = {
  readonly columns: readonly Prepared[];
  /** Numbers of those taken. */
  readonly chosen: readonly number[];
  readonly most: number;
  readonly onToggle: (number: number) => void;
};

/** Checkboxes in the order of the file; at least one stays taken. */
export function SeriesChoice({ columns, chosen, most, onToggle }: SeriesChoiceProps): ReactNode {
  const id = useId();
  return (
    <fieldset className="try-columns">
      <legend>
        Series, {chosen.length} of {columns.length} taken
      </legend>
      <ul>
        {columns.map(({ read, made, why }) => {
          const { number, name } = read.column;
          const isChosen = chosen.includes(number);
          const isOff = (isChosen && chosen.length === 1) || (!isChosen && (made === null || chosen.length >= most));
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
                {made ? `${countText(read.values?.values.length ?? 0)} values` : "not usable"}
              </span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
