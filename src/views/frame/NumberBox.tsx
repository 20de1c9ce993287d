// A number field that can be typed into: what is not (yet) a value in range stays as text until it is one, or until the
// field is left.

import { type ReactNode, useState } from "react";

export type NumberBoxProps = {
  readonly id?: string;
  /** Accessible name where no label element points at `id`. */
  readonly label?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Called with values in range only. */
  readonly onChange: (value: number) => void;
};

/** Shows `value` unless the person is in the middle of typing another. */
export function NumberBox(props: NumberBoxProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const isWhole = (props.step ?? 1) === 1;
  const type = (text: string) => {
    setDraft(text);
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value >= props.min && value <= props.max && !(isWhole && !Number.isInteger(value))) props.onChange(value);
  };
  return (
    <input
      id={props.id}
      type="text"
      inputMode={props.min < 0 ? "text" : "decimal"}
      className="wsl-number-box"
      aria-label={props.label}
      aria-invalid={draft !== null && Number(draft) !== props.value ? true : undefined}
      value={draft ?? String(props.value)}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={(event) => {
        const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
        if (by === 0) return;
        event.preventDefault();
        const next = Math.min(props.max, Math.max(props.min, props.value + by * (props.step ?? 1)));
        setDraft(null);
        props.onChange(Number(next.toFixed(6)));
      }}
    />
  );
}
