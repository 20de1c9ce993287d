// What was wrong or unusual in the link that was opened: named once, until dismissed.

import { unusualOptions } from "../router/labLink";
import { useLab } from "../stores/labStore";
import { IconButton } from "../ui/Button";

export function LinkProblems() {
  const problems = useLab((lab) => lab.problems);
  const table = useLab((lab) => lab.table);
  const options = useLab((lab) => lab.options);
  if (problems.length === 0) return null;
  const unusual = unusualOptions(table, options);
  return (
    <div className="link-problems" role="status">
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
        {unusual.length > 0 ? <li>Outside the usual range, and accepted: {unusual.join(", ")}.</li> : null}
      </ul>
      <IconButton icon="close" label="Dismiss" onClick={() => useLab.setState({ problems: [] })} />
    </div>
  );
}
