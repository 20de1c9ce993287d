// A number that is typed or stepped: arrow keys, minus and plus. What cannot be accepted is explained and not taken.

import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { isUnusual, type OptionSpec, parseOption } from "../../../engine/options";
import { IconButton } from "../../ui/Button";
import { stepValue, writeValue } from "./stepping";

export type NumberFieldProps = {
  readonly name: string;
  readonly spec: Extract<OptionSpec, { kind: "int" | "real" }>;
  readonly value: number;
  /** What a value of 0 stands for, shown in its place; null otherwise. */
  readonly derived: number | null;
  readonly describedBy: string;
  /** Values outside the usual range are taken; true by default. */
  readonly isWide?: boolean;
  readonly onChange: (value: number) => void;
};

/** Text entry with the role of a spin button; Enter or leaving the field accepts, Escape takes back. */
export function NumberField({ name, spec, value, derived, describedBy, isWide = true, onChange }: NumberFieldProps) {
  const problemId = useId();
  const shown = derived === null ? writeValue(value) : "";
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setText(shown);
    setProblem(null);
  }, [shown]);
  const accept = () => {
    if (derived !== null && text.trim() === "") return;
    const read = parseOption(spec.label, spec, text.trim().replace("\u2212", "-"));
    if (!read.ok) return setProblem(read.problem.message);
    if (!isWide && read.value !== value && isUnusual(spec, read.value)) return setProblem(unusualProblem(spec, text));
    setProblem(null);
    setText(read.value === value ? shown : writeValue(read.value));
    if (read.value !== value) onChange(Number(read.value));
  };
  const move = (direction: 1 | -1) =>
    onChange(stepValue(spec, derived ?? value, direction, isWide && isUnusual(spec, value)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") accept();
    if (event.key === "Escape") {
      setText(shown);
      setProblem(null);
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? 1 : -1);
  };
  return (
    <>
      <span className="steppers" aria-hidden="true">
        <IconButton icon="minus" small tabIndex={-1} label={`Less: ${spec.label}`} onClick={() => move(-1)} />
        <IconButton icon="plus" small tabIndex={-1} label={`More: ${spec.label}`} onClick={() => move(1)} />
      </span>
      <input
        className="number-field"
        type="text"
        inputMode="decimal"
        role="spinbutton"
        name={name}
        aria-label={spec.label}
        aria-valuenow={derived ?? value}
        aria-valuetext={derived === null ? undefined : `${derived}, half of K`}
        aria-valuemin={isWide ? spec.hardMin : Math.min(spec.min, value)}
        aria-valuemax={isWide ? spec.hardMax : Math.max(spec.max, value)}
        aria-invalid={problem !== null}
        aria-describedby={problem ? problemId : describedBy}
        size={Math.max(2, text.length)}
        placeholder={derived === null ? undefined : String(derived)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={accept}
        onKeyDown={onKeyDown}
      />
      {problem ? (
        <span id={problemId} className="option-problem" role="alert">
          {problem}
        </span>
      ) : null}
    </>
  );
}

function unusualProblem(spec: NumberFieldProps["spec"], text: string): string {
  const usual = `${spec.label} is usually ${writeValue(spec.min)} to ${writeValue(spec.max)}, not ${text.trim()}.`;
  return `${usual} “Allow unusual values” takes ${writeValue(spec.hardMin)} to ${writeValue(spec.hardMax)}.`;
}
