// How a text is read and resampled: which part is learned from, the separator, the heading, the column of times, the
// decimal sign. What was decided stands above each switch.

import { type ReactNode, useId } from "react";
import type { Decimal } from "../../../../domains/timeseries/upload/numberCells";
import type { Use } from "../../../../domains/timeseries/upload/resample";
import type { Layout, ReadSettings } from "../../../../domains/timeseries/upload/table";
import type { ReadInput } from "./trySeries";

type Change = (settings: Partial<ReadSettings>) => void;
type Choices<Value extends string> = readonly { readonly value: Value; readonly label: string }[];

const USES: Choices<Use> = [
  { value: "auto", label: "the part that suits" },
  { value: "whole", label: "all values" },
  { value: "most", label: "the first 4 in 5" },
  { value: "first", label: "the first 128" },
  { value: "half", label: "the first half" },
];
const LAYOUTS: Choices<Layout> = [
  { value: "auto", label: "as it looks" },
  { value: "lines", label: "line ends" },
  { value: "comma", label: "commas" },
  { value: "semicolon", label: "semicolons" },
  { value: "tab", label: "tabs" },
  { value: "spaces", label: "spaces" },
];
const DECIMALS: Choices<Decimal> = [
  { value: "auto", label: "as it looks" },
  { value: "point", label: "a point" },
  { value: "comma", label: "a comma" },
];

export type SeriesReadingProps = {
  readonly read: ReadInput;
  readonly settings: ReadSettings;
  readonly onChange: Change;
};

/** The part to learn from is always there; the reading is folded away unless the text could not be read. */
export function SeriesReading({ read, settings, onChange }: SeriesReadingProps): ReactNode {
  return (
    <>
      <Choice label="Learn from" value={settings.use} choices={USES} onChange={(use) => onChange({ use })} />
      <details className="try-reading" open={read.ok && read.columns.some(({ made }) => made) ? undefined : true}>
        <summary>How it was read</summary>
        {read.ok
          ? [...read.table.decisions, read.why].map((sentence) => (
              <p key={sentence} className="try-cursor-text">
                {sentence}
              </p>
            ))
          : null}
        {read.ok && read.table.layout === "json" ? null : (
          <Choice
            label="Values are separated by"
            value={settings.layout}
            choices={LAYOUTS}
            onChange={(layout) => onChange({ layout })}
          />
        )}
        <Choice
          label="Decimals have"
          value={settings.decimal}
          choices={DECIMALS}
          onChange={(decimal) => onChange({ decimal })}
        />
        {read.ok ? <TimeChoice read={read} settings={settings} onChange={onChange} /> : null}
        {read.ok && read.table.layout !== "json" ? (
          <label className="try-check">
            <input
              type="checkbox"
              checked={read.table.hasHeader}
              onChange={(event) => onChange({ header: event.currentTarget.checked ? "yes" : "no" })}
            />
            {read.table.isAcross ? "The first cell of a line is its name" : "The first row names the columns"}
          </label>
        ) : null}
      </details>
    </>
  );
}

function TimeChoice({ read, settings, onChange }: SeriesReadingProps & { readonly read: ReadInput & { ok: true } }) {
  if (read.table.columns.length < 2) return null;
  const columns = read.table.columns.map(({ name, number }) => ({ value: String(number), label: name }));
  return (
    <Choice
      label="Times stand in"
      value={settings.time === "auto" ? "auto" : String(settings.time)}
      choices={[{ value: "auto", label: "as it looks" }, { value: "0", label: "no column" }, ...columns]}
      onChange={(time) => onChange({ time: time === "auto" ? "auto" : Number(time) })}
    />
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly choices: Choices<Value>;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  const id = useId();
  return (
    <p className="try-setting">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        // The cast: the options below are the choices.
        onChange={(event) => props.onChange(event.currentTarget.value as Value)}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </p>
  );
}
