// Only what differs between the groups, one row an option (UX-101).

import type { CompareGroup, DiffRow } from "./groups";

/** Nothing where one sentence in the head says it all: a single option with its values in the names. */
export function OptionsDiff(props: { readonly rows: readonly DiffRow[]; readonly groups: readonly CompareGroup[] }) {
  const { rows, groups } = props;
  if (rows.length === 0 || groups.length < 2) return null;
  return (
    <dl className="options-diff" aria-label="What differs">
      {rows.map((row) => (
        <div key={row.name} data-differs={row.name}>
          <dt>{row.label}</dt>
          {groups.map((group, i) => (
            <dd key={group.id}>{row.values[i]}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
