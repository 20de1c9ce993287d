// A choice of a few values as one row of joined buttons: a radio group with arrow keys, one tab stop.

import { type ReactNode, useId } from "react";
import "./frame.css";

export type SegmentedProps<T extends string> = {
  /** Accessible name of the group: "Horizontal axis". */
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
};

/** Radio group drawn as joined buttons; the browser gives arrow keys and one tab stop. */
export function Segmented<T extends string>(props: SegmentedProps<T>): ReactNode {
  const name = useId();
  return (
    <fieldset className="wsl-seg">
      <legend className="wsl-hidden">{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} data-on={option.value === props.value ? "" : undefined}>
          <input
            type="radio"
            className="wsl-hidden"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            disabled={option.disabled ?? false}
            onChange={() => props.onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
