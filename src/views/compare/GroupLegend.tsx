// The key of a comparison: groups first, each with its line sample, what it is, n and an eye; its seeds as small switches.
// Colours stay with their group whatever is hidden.

import type { ReactNode } from "react";
import { RunSample } from "../charts/RunLegend";
import { Icon } from "../frame/icons";
import { palette } from "../palette";
import "./compareViews.css";

export type LegendGroup = {
  readonly id: string;
  readonly slot: number;
  readonly name: string;
  readonly detail: string;
  readonly hidden: boolean;
  readonly seeds: readonly { readonly id: string; readonly label: string; readonly hidden: boolean }[];
};

export type GroupLegendProps = {
  readonly groups: readonly LegendGroup[];
  /** True if a chart has a reference line of the exact answer. */
  readonly hasExact: boolean;
  readonly onToggle: (id: string) => void;
};

/** List of groups; hiding one takes its lines out of the drawing and changes nothing else. */
export function GroupLegend(props: GroupLegendProps): ReactNode {
  return (
    <div className="wsl-groups">
      <ul aria-label="Groups">
        {props.groups.map((group) => (
          <li key={group.id} data-group-slot={group.slot} data-hidden={group.hidden ? "" : undefined}>
            <RunSample slot={group.slot} />
            <span className="wsl-group-words">
              <b>{group.name}</b> <span className="wsl-group-n">n = {group.seeds.length};</span>{" "}
              <span className="wsl-legend-detail">{group.detail}</span>
            </span>
            {group.seeds.length > 1 ? <Seeds group={group} onToggle={props.onToggle} /> : null}
            <Eye label={`Show ${group.name}`} isHidden={group.hidden} onClick={() => props.onToggle(group.id)} />
          </li>
        ))}
      </ul>
      {props.hasExact ? (
        <span className="wsl-legend-exact">
          <svg width={28} height={10} viewBox="0 0 28 10" aria-hidden="true" focusable="false">
            <path d="M0 5H28" stroke={palette.exact} strokeWidth="1.6" strokeDasharray="1 3" strokeLinecap="round" />
          </svg>
          exact answer
        </span>
      ) : null}
    </div>
  );
}

function Seeds(props: { readonly group: LegendGroup; readonly onToggle: (id: string) => void }): ReactNode {
  const { group } = props;
  return (
    <fieldset className="wsl-seeds">
      <legend className="wsl-hidden">Seeds of {group.name}</legend>
      {group.seeds.map((seed) => (
        <button
          key={seed.id}
          type="button"
          aria-pressed={!seed.hidden}
          aria-label={`Show ${group.name}, seed ${seed.label}`}
          title={`Show seed ${seed.label}`}
          onClick={() => props.onToggle(seed.id)}
        >
          {seed.label}
        </button>
      ))}
    </fieldset>
  );
}

type EyeProps = { readonly label: string; readonly isHidden: boolean; readonly onClick: () => void };

function Eye({ label, isHidden, onClick }: EyeProps): ReactNode {
  return (
    <button
      type="button"
      className="wsl-quiet"
      aria-pressed={!isHidden}
      aria-label={label}
      title="Draws or hides these lines; no number changes"
      onClick={onClick}
    >
      <Icon name={isHidden ? "eyeOff" : "eye"} size={14} />
    </button>
  );
}
