// A run file that cannot be opened: which, why, and what to do. A file of a newer lab gets a button that updates.

import { Button } from "../ui/Button";
import { Modal } from "../ui/Modal";
import { useRunFileProblem } from "./runFiles";

export function RunFileProblemDialog() {
  const problem = useRunFileProblem((state) => state.problem);
  const close = () => useRunFileProblem.setState({ problem: null });
  const isNewer = problem?.error.fields["problem"] === "version";
  const title = isNewer ? "This run was saved by a newer lab" : "This run file cannot be opened";
  return (
    <Modal open={problem !== null} onClose={close} title={title}>
      {problem ? (
        <>
          <p>
            “{problem.name}”: {problem.error.message}
          </p>
          <p>{problem.error.help}</p>
          <div className="dialog-buttons">
            <Button kind={isNewer ? "quiet" : "plain"} onClick={close}>
              Close
            </Button>
            {isNewer ? (
              <Button kind="primary" onClick={() => window.location.reload()}>
                Reload to update
              </Button>
            ) : null}
          </div>
        </>
      ) : null}
    </Modal>
  );
}
