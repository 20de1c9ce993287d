// One option: label and symbol, its control, the mark of a change with undo, and notes (waiting, unusual).

import { useId } from "react";
import { isUnusual, type OptionSpec, type OptionValue } from "../../../engine/options";
import { IconButton } from "../../ui/Button";
import { Dropdown, Segments } from "../../ui/Choose";
import { NumberField } from "./NumberField";

export type OptionRowProps = {
  readonly name: string;
  readonly spec: OptionSpec;
  readonly value: OptionValue;
  /** Differs from what the runs use, and counts only after Reset. */
  readonly waits: boolean;
  /** Choices of a text option (data sets), else empty. */
  readonly suggestions: readonly string[];
  /** What a 0 stands for: half of K; null where 0 is just 0 or another value is set. */
  readonly derived: number | null;
  /** Values outside the usual range are taken. */
  readonly isWide: boolean;
  readonly onChange: (value: OptionValue) => void;
  /** Focus or pointer is on the row: its help is shown below. */
  readonly onHelp: (name: string | null) => void;
};

/** 32 px high; the help sentence is also the control's description. */
export function OptionRow(props: OptionRowProps) {
  const { name, spec, value, waits, derived, onChange, onHelp } = props;
  const helpId = useId();
  const isChanged = value !== spec.default;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only shows the help that focus shows as well
    <div
      className="option"
      data-option={name}
      data-changed={isChanged || undefined}
      onMouseEnter={() => onHelp(name)}
      onMouseLeave={() => onHelp(null)}
      onFocus={() => onHelp(name)}
      onBlur={() => onHelp(null)}
    >
      <span className="option-label">
        {spec.label}
        {spec.symbol ? <i className="math">{spec.symbol}</i> : null}
      </span>
      <span className="option-value">
        {isChanged ? (
          <span
            className="changed"
            role="img"
            aria-label={`Changed: ${spec.label}`}
            title={`Default: ${spec.default}`}
          />
        ) : null}
        <Control {...props} helpId={helpId} />
        {spec.unit || derived !== null ? <span className="unit">{derived === null ? spec.unit : "auto"}</span> : null}
        {isChanged ? (
          <IconButton icon="undo" small label={`Undo: ${spec.label}`} onClick={() => onChange(spec.default)} />
        ) : null}
      </span>
      <span id={helpId} className="visually-hidden">
        {spec.help}
      </span>
      {waits ? <small className="option-note">applies after Reset</small> : null}
      {isUnusual(spec, value) ? <small className="option-note">outside usual range</small> : null}
    </div>
  );
}

function Control(controlProps: OptionRowProps & { readonly helpId: string }) {
  const { name, spec, value, derived, suggestions, isWide, onChange, helpId } = controlProps;
  if (spec.kind === "int" || spec.kind === "real") {
    const shared = { name, spec, derived, describedBy: helpId, isWide, onChange };
    return <NumberField {...shared} value={Number(value)} />;
  }
  if (spec.kind === "flag") {
    return (
      <label className="check-target">
        <input
          type="checkbox"
          className="check"
          aria-label={spec.label}
          aria-describedby={helpId}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      </label>
    );
  }
  const words = spec.kind === "choice" ? spec.choices : suggestions;
  const titles = spec.kind === "choice" ? (spec.titles ?? {}) : {};
  const choices = words.map((word) => ({ value: word || DEFAULT_WORD, label: titles[word] ?? (word || "default") }));
  const props = {
    label: spec.label,
    value: String(value) || DEFAULT_WORD,
    choices,
    onChange: (next: string) => onChange(next === DEFAULT_WORD ? "" : next),
    describedBy: helpId,
  };
  const shown = choices.map(({ label }) => label).join("");
  const isShort = words.length <= 3 && spec.label.length + words.join("").length <= 24 && shown.length <= 30;
  return isShort ? <Segments {...props} /> : <Dropdown {...props} />;
}

/** Radix selects cannot hold the empty string, which stands for the default. */
const DEFAULT_WORD = "(default)";
