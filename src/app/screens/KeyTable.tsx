// The keys of the workbench and of presenter mode as tables.

import { KEY_LIST } from "../commands/keys";
import { PRESENTER_KEYS } from "../present/presenterKeys";

export type KeyTableProps = {
  /** Keys that the domain's own pictures add. */
  readonly more?: readonly KeyEntry[] | undefined;
};

/** Keys and what they do; also in the dialog that "?" opens. */
export function KeyTable({ more = [] }: KeyTableProps) {
  return <Keys entries={[...KEY_LIST, ...more]} />;
}

/** The keys while presenting. */
export function PresenterKeyTable() {
  return <Keys entries={PRESENTER_KEYS} />;
}

type KeyEntry = { readonly keys: string; readonly text: string };

function Keys({ entries }: { readonly entries: readonly KeyEntry[] }) {
  return (
    <table className="keys">
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.keys}>
            <th scope="row">
              <kbd>{entry.keys}</kbd>
            </th>
            <td>{entry.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
