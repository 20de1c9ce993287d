// The keys of the workbench as a table.

import { KEY_LIST } from "../commands/keys";

/** Keys and what they do; also in the dialog that "?" opens. */
export function KeyTable() {
  return (
    <table className="keys">
      <tbody>
        {KEY_LIST.map((entry) => (
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
