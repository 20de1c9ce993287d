// One option of a plan: its values as switches where there are few choices, else as a list in one line, "4, 10, 20".

import { useId, useState } from "react";
import type { OptionSpec, OptionTable, OptionValue } from "../../engine/options";
import { parseList } from "./plan";

export type ListFieldProps = {
  readonly name: string;
  readonly table: OptionTable;
  readonly values: readonly OptionValue[];
  readonly onChange: (values: readonly OptionValue[], isValid: boolean) => void;
};

/** A row of the builder with the option's help under it. */
export function ListField({ name, table, values, onChange }: ListFieldProps) {
  const spec = table[name];
  if (!spec) return null;
  if (spec.kind === "choice" || spec.kind === "flag") {
    return <Switches spec={spec} values={values} onChange={(next) => onChange(next, next.length > 0)} />;
  }
  return <TextList name={name} table={table} spec={spec} values={values} onChange={onChange} />;
}

type SwitchesProps = {
  readonly spec: OptionSpec;
  readonly values: readonly OptionValue[];
  readonly onChange: (values: readonly OptionValue[]) => void;
};

function Switches({ spec, values, onChange }: SwitchesProps) {
  const choices: readonly OptionValue[] = spec.kind === "choice" ? spec.choices : [true, false];
  const titleOf = (value: OptionValue) =>
    spec.kind === "choice" ? (spec.titles?.[String(value)] ?? String(value)) : value ? "on" : "off";
  const toggle = (value: OptionValue, isOn: boolean) =>
    onChange(choices.filter((choice) => (choice === value ? isOn : values.includes(choice))));
  return (
    <fieldset className="plan-row">
      <legend>{spec.label}</legend>
      <span className="plan-switches">
        {choices.map((choice) => (
          <label key={String(choice)}>
            <input
              type="checkbox"
              className="check"
              checked={values.includes(choice)}
              onChange={(event) => toggle(choice, event.target.checked)}
            />
            {titleOf(choice)}
          </label>
        ))}
      </span>
      <small>{values.length === 0 ? "Choose at least one." : spec.help}</small>
    </fieldset>
  );
}

function TextList({ name, table, spec, values, onChange }: ListFieldProps & { readonly spec: OptionSpec }) {
  const id = useId();
  const [text, setText] = useState(values.map(String).join(", "));
  const read = parseList(table, name, text);
  const problem = read.problem ?? (read.values.length === 0 ? "Give at least one value." : null);
  const change = (next: string) => {
    setText(next);
    const now = parseList(table, name, next);
    onChange(now.values, now.problem === null && now.values.length > 0);
  };
  return (
    <div className="plan-row">
      <label htmlFor={id}>
        {spec.label}
        {spec.symbol ? <i className="math"> {spec.symbol}</i> : null}
      </label>
      <input
        id={id}
        type="text"
        className="plan-list"
        inputMode={spec.kind === "text" ? "text" : "decimal"}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={`${id}h`}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      <small id={`${id}h`} data-problem={problem ? "" : undefined}>
        {problem ?? `${spec.help} Several values: with commas.`}
      </small>
    </div>
  );
}
