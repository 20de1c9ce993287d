// The past of a memory: a slider over the steps with a tick at every change, and a button back to now. Arrow keys go
// from change to change.

import type { KeyboardEvent, ReactNode } from "react";
import { countText } from "../numberText";

export type HistorySliderProps = {
  /** "picture 2". */
  readonly label: string;
  /** Steps at which the memory changed, ascending. */
  readonly steps: readonly number[];
  /** Step on show; null for now. */
  readonly value: number | null;
  /** The run's present step. */
  readonly now: number;
  /** What the history leaves out and which scores it shows. */
  readonly note: string;
  readonly onChange: (step: number | null) => void;
};

/** Slider in steps; its height never changes. */
export function HistorySlider(props: HistorySliderProps): ReactNode {
  const { steps, value, now } = props;
  const end = Math.max(1, now);
  const at = Math.min(value ?? now, now);
  const where = value === null ? `now, step ${countText(now)}` : `step ${countText(at)} of ${countText(now)}`;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const next = stepTo(event.key, steps, value, now);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    props.onChange(next);
  };
  return (
    <div className="wsl-history" data-part="history" title={props.note}>
      <span className="wsl-history-name">History</span>
      <span className="wsl-history-track">
        <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <path
            d={steps.map((step) => `M${Math.round((1000 * step) / end)} 0V8`).join("")}
            stroke="var(--memory)"
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <input
          type="range"
          min={0}
          max={end}
          step={1}
          value={at}
          disabled={steps.length === 0}
          aria-label={`History of ${props.label}`}
          aria-valuetext={`${where}; ${steps.length} changes kept`}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            const step = Number(event.target.value);
            props.onChange(step >= now ? null : step);
          }}
        />
      </span>
      <output className="wsl-history-where">{where}</output>
      <button
        type="button"
        className="wsl-quiet wsl-history-now"
        disabled={value === null}
        onClick={() => props.onChange(null)}
      >
        Now
      </button>
    </div>
  );
}

/** Where a key leads: a step, null for now, undefined if the key is not one of the slider's. */
export function stepTo(
  key: string,
  steps: readonly number[],
  value: number | null,
  now: number,
): number | null | undefined {
  const at = value ?? now + 1;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return steps.findLast((step) => step < at) ?? value;
    case "ArrowRight":
    case "ArrowUp":
      return value === null ? null : (steps.find((step) => step > at) ?? null);
    case "Home":
      return steps[0] ?? null;
    case "End":
      return null;
    default:
      return undefined;
  }
}
