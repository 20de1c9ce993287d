// The list of saved runs, sortable by every column; on a narrow window each row stacks.

import { useState } from "react";
import { domains } from "../../domains/list";
import { countText } from "../../views/numberText";
import { useDomainViews } from "../lab/domainViews";
import { IconButton } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { NameDialog } from "./NameDialog";
import { exportSavedRun } from "./runFiles";
import { savedLink } from "./savedLinks";
import { type SavedRun, type SortBy, sortRuns } from "./savedRun";
import { changeSavedRun, duplicateSavedRun } from "./savedRuns";
import { dateText, megabytesText } from "./savedText";

export type RunTableProps = { readonly runs: readonly SavedRun[]; readonly onDelete: (id: string) => void };

const COLUMNS: readonly { readonly by: SortBy; readonly title: string; readonly isNumber: boolean }[] = [
  { by: "name", title: "Run", isNumber: false },
  { by: "domain", title: "Domain", isNumber: false },
  { by: "step", title: "Step", isNumber: true },
  { by: "size", title: "Size, MB", isNumber: true },
  { by: "date", title: "Saved", isNumber: false },
];

export function RunTable({ runs, onDelete }: RunTableProps) {
  const [by, setBy] = useState<SortBy>("date");
  const [isReversed, setReversed] = useState(false);
  const [renamed, setRenamed] = useState<string | null>(null);
  const choose = (next: SortBy) => {
    setReversed(next === by ? !isReversed : false);
    setBy(next);
  };
  return (
    <>
      <table className="runs-table" aria-label="Saved runs">
        <thead>
          <tr>
            <th scope="col" className="picture-column">
              <span className="visually-hidden">Picture</span>
            </th>
            {COLUMNS.map((column) => (
              <th
                key={column.by}
                scope="col"
                className={column.isNumber ? "number" : undefined}
                aria-sort={column.by === by ? (isAscending(by, isReversed) ? "ascending" : "descending") : "none"}
              >
                <button type="button" className="sort-button" onClick={() => choose(column.by)}>
                  {column.title}
                  <Icon name="down" size={12} />
                </button>
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sortRuns(runs, by, isReversed).map((run) => (
            <Row key={run.id} run={run} onName={() => setRenamed(run.id)} onDelete={() => onDelete(run.id)} />
          ))}
        </tbody>
      </table>
      <NameDialog run={runs.find((run) => run.id === renamed) ?? null} onClose={() => setRenamed(null)} />
    </>
  );
}

/** Texts start at A; dates, steps and sizes at the largest. */
function isAscending(by: SortBy, isReversed: boolean): boolean {
  return (by === "name" || by === "domain") !== isReversed;
}

type RowProps = { readonly run: SavedRun; readonly onName: () => void; readonly onDelete: () => void };

function Row({ run, onName, onDelete }: RowProps) {
  const domain = domains.find((spec) => spec.id === run.domain);
  const preset = domain?.presets.find((each) => each.id === run.preset);
  const pin = () => void changeSavedRun(run.id, { pinned: !run.pinned });
  return (
    <tr data-saved-run={run.id} data-pinned={run.pinned || undefined}>
      <td className="picture-column">
        <Picture run={run} />
      </td>
      <th scope="row">
        <a href={savedLink(run)}>{run.name}</a>
        {run.pinned ? <small className="pin-word">pinned</small> : null}
        {run.ownData ? <small>own data: {run.ownData}</small> : null}
        {run.note ? <small className="run-note">{run.note}</small> : null}
      </th>
      <td>
        {domain?.title ?? run.domain}
        <small>{preset?.title ?? ""}</small>
      </td>
      <td className="number" data-label="step">
        {countText(run.step)}
        <small>of {countText(run.iterations)}</small>
      </td>
      <td className="number" data-label="MB">
        {megabytesText(run.bytes)}
      </td>
      <td className="saved-date">{dateText(run.savedAt, Date.now())}</td>
      <td className="actions">
        <a className="button" href={savedLink(run)} aria-label={`Resume ${run.name}`}>
          Resume
        </a>
        <Menu label={run.name} trigger={<IconButton icon="more" label={`More for ${run.name}`} />}>
          <MenuItem onSelect={onName}>Rename or add a note</MenuItem>
          <MenuItem onSelect={pin}>{run.pinned ? "Unpin" : "Pin"}</MenuItem>
          <MenuItem onSelect={() => void duplicateSavedRun(run.id)}>Duplicate</MenuItem>
          <MenuItem onSelect={() => void exportSavedRun(run.id)}>Export run file</MenuItem>
          <MenuItem onSelect={() => openCompare(run)}>Compare</MenuItem>
          <MenuItem onSelect={onDelete}>Delete</MenuItem>
        </Menu>
      </td>
    </tr>
  );
}

/** The saved run beside others: Compare reads it by its id. */
function openCompare(run: SavedRun): void {
  window.location.hash = `#/compare?v=1&domain=${run.domain}&saved=${run.id}`;
}

function Picture({ run }: { readonly run: SavedRun }) {
  const views = useDomainViews(run.domain);
  if (run.picture) return <img className="run-picture" src={run.picture} width={34} height={34} alt="" />;
  return (
    <span className="run-picture preset-picture">{views ? <views.PresetPicture presetId={run.preset} /> : null}</span>
  );
}
