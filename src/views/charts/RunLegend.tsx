// The key of several runs: a line sample with dash and marker, the name, the number of seeds, the last value, an eye to
// hide and a cross to remove. Colours stay with their run whatever is hidden.

import type { ReactNode } from "react";
import { Icon } from "../frame/icons";
import { valueText } from "../numberText";
import { markerPath, runStyle } from "../palette";
import "./charts.css";

export type LegendRun = {
  readonly id: string;
  readonly slot: number;
  /** "MWS". */
  readonly name: string;
  /** "mixed sleep, K = 10, M = R = 5; seeds 1, 2, 3". */
  readonly detail?: string;
  /** Number of seeds behind a mean; left out for a single run. */
  readonly n?: number;
  readonly lastValue?: number;
  readonly hidden?: boolean;
  /** "running", "paused": a word after the name. */
  readonly status?: string;
  /** Seeds of a group stand indented under it. */
  readonly indented?: boolean;
};

export type RunLegendProps = {
  readonly runs: readonly LegendRun[];
  /** Name and unit of the last value: "bound, nats". */
  readonly valueName?: string;
  readonly onToggle?: (id: string) => void;
  readonly onRemove?: (id: string) => void;
};

/** Sample of a run's line, 28 px wide, with its dash and marker. */
export function RunSample({ slot }: { readonly slot: number }): ReactNode {
  const style = runStyle(slot);
  const marker = markerPath(style.marker, 3.6);
  return (
    <svg width={28} height={10} viewBox="0 0 28 10" aria-hidden="true" focusable="false">
      <path
        d="M0 5H28"
        stroke={style.colour}
        strokeWidth="2.5"
        strokeDasharray={style.dash === "none" ? undefined : style.dash}
      />
      <path
        d={marker.d}
        transform="translate(14 5)"
        fill={marker.filled ? style.colour : "var(--surface-0)"}
        stroke={style.colour}
        strokeWidth={marker.filled ? 0 : 1.8}
      />
    </svg>
  );
}

/** List of runs in the order given; buttons appear where their handlers are given. */
export function RunLegend(props: RunLegendProps): ReactNode {
  return (
    <ul className="wsl-legend" aria-label="Runs">
      {props.runs.map((run) => (
        <li key={run.id} data-hidden={run.hidden ? "" : undefined} data-indented={run.indented ? "" : undefined}>
          <RunSample slot={run.slot} />
          <b>{run.name}</b>
          {run.detail ? <span className="wsl-legend-detail">{run.detail}</span> : null}
          {run.n === undefined ? null : <span className="wsl-legend-detail">n = {run.n}</span>}
          {run.status ? <span className="wsl-legend-detail">{run.status}</span> : null}
          {run.lastValue === undefined ? null : (
            <span className="wsl-number" title={props.valueName}>
              {valueText(run.lastValue)}
            </span>
          )}
          {props.onToggle ? (
            <button
              type="button"
              className="wsl-quiet"
              aria-pressed={!run.hidden}
              aria-label={`Show ${run.name}`}
              onClick={() => props.onToggle?.(run.id)}
            >
              <Icon name={run.hidden ? "eyeOff" : "eye"} size={14} />
            </button>
          ) : null}
          {props.onRemove ? (
            <button
              type="button"
              className="wsl-quiet"
              aria-label={`Remove ${run.name}`}
              onClick={() => props.onRemove?.(run.id)}
            >
              <Icon name="close" size={14} />
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
