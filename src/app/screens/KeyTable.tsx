// The keys of the workbench and of presenter mode as tables.

import { KEY_LIST } from "../commands/keys";
import { PRESENTER_KEYS } from "../present/presenterKeys";

/** Keys and what they do; also in the dialog that "?" opens. */
export function KeyTable() {
  return <Keys entries={KEY_LIST} />;
}

/** The keys while presenting. */
export function PresenterKeyTable() {
  return <Keys entries={PRESENTER_KEYS} />;
}

function Keys({ entries }: { readonly entries: readonly { readonly keys: string; readonly text: string }[] }) {
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
