// How a text is read (separator, heading) and cleaned (trimming, typographic marks, the paper's filters).

import { type ReactNode, useId } from "react";
import type { UploadSettings } from "../../../../domains/strings/upload/fromUpload";
import type { Layout, Table } from "../../../../domains/strings/upload/table";

type Change = (settings: Partial<UploadSettings>) => void;

const LAYOUTS: readonly { readonly value: Layout; readonly label: string }[] = [
  { value: "auto", label: "as it looks" },
  { value: "lines", label: "every line is a cell" },
  { value: "comma", label: "commas" },
  { value: "semicolon", label: "semicolons" },
  { value: "tab", label: "tabs" },
];

export type ReadingControlsProps = {
  readonly table: Table;
  readonly settings: UploadSettings;
  readonly onChange: Change;
};

/** What was decided, why, and the switches to decide otherwise. JSON needs none. */
export function ReadingControls({ table, settings, onChange }: ReadingControlsProps): ReactNode {
  const id = useId();
  return (
    <details className="try-reading">
      <summary>How it was read</summary>
      {table.decisions.map((sentence) => (
        <p key={sentence} className="try-cursor-text">
          {sentence}
        </p>
      ))}
      {table.layout === "json" ? null : (
        <>
          <p className="try-setting">
            <label htmlFor={id}>Cells are separated by</label>
            <select
              id={id}
              value={settings.layout}
              // The cast: the options below are the layouts.
              onChange={(event) => onChange({ layout: event.currentTarget.value as Layout })}
            >
              {LAYOUTS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </p>
          <label className="try-check">
            <input
              type="checkbox"
              checked={table.hasHeader}
              onChange={(event) => onChange({ header: event.currentTarget.checked ? "yes" : "no" })}
            />
            The first row names the columns
          </label>
        </>
      )}
    </details>
  );
}

const SWITCHES = [
  { name: "trims", label: "Take away spaces around a cell" },
  { name: "plainMarks", label: "Make typographic quotes, dashes and spaces plain" },
  { name: "paperFilters", label: "Leave out numbers, long words and names, as the paper did" },
] as const;

/** Three switches; every cell that they change is reported. */
export function CleaningSwitches({
  settings,
  onChange,
}: {
  readonly settings: UploadSettings;
  readonly onChange: Change;
}): ReactNode {
  return (
    <details className="try-reading">
      <summary>Cleaning</summary>
      {SWITCHES.map(({ name, label }) => (
        <label key={name} className="try-check">
          <input
            type="checkbox"
            checked={settings[name]}
            onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
          />
          {label}
        </label>
      ))}
    </details>
  );
}
