// The storage of this browser is full: the oldest runs that are not pinned are offered for deletion. Nothing goes by itself.

import { useEffect, useState } from "react";
import { countText } from "../../views/numberText";
import { say } from "../stores/noticeStore";
import { Button } from "../ui/Button";
import { Modal } from "../ui/Modal";
import { exportSavedRun } from "./runFiles";
import { enoughToFree, oldestUnpinned, type SavedCheckpoint, type SavedRun } from "./savedRun";
import { deleteSavedRuns, keepRun, listSavedRuns, useSaved } from "./savedRuns";
import { dateText, megabytesText, sizeText } from "./savedText";
import { noteKept } from "./saver";

/** Opens by itself when a checkpoint does not fit. */
export function StorageFullDialog() {
  const unsaved = useSaved((saved) => saved.unsaved);
  const close = () => useSaved.setState({ unsaved: null, isFullKnown: true });
  return (
    <Modal open={unsaved !== null} onClose={close} title="The storage of this browser is full">
      {unsaved ? <Choice unsaved={unsaved} onClose={close} /> : null}
    </Modal>
  );
}

function Choice({ unsaved, onClose }: { readonly unsaved: SavedCheckpoint; readonly onClose: () => void }) {
  const runs = useSaved((saved) => saved.runs);
  const needed = unsaved.checkpoint.byteLength;
  const offered = oldestUnpinned(runs ?? [], unsaved.run.id);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  useEffect(() => void listSavedRuns().catch((error: unknown) => console.info("Saved runs:", error)), []);
  const ids = chosen ?? new Set(enoughToFree(offered, needed).map((run) => run.id));
  const toggle = (id: string) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const makeRoom = async () => {
    await deleteSavedRuns([...ids]);
    useSaved.setState({ unsaved: null, isFullKnown: false });
    if (!(await keepRun(unsaved))) return;
    noteKept(unsaved.run.id, unsaved.run.step);
    say(`Saved at step ${countText(unsaved.run.step)}.`, true);
  };
  return (
    <>
      <p>
        “{unsaved.run.name}” at step {countText(unsaved.run.step)} takes {sizeText(needed)} and does not fit.{" "}
        {offered.length > 0
          ? "These are the oldest runs that are not pinned. Delete some to make room, or export the run as a file."
          : "No other run is here that could make room. Export the run as a file to keep it."}
      </p>
      <ul className="room-list">
        {offered.map((run) => (
          <Offered key={run.id} run={run} isChosen={ids.has(run.id)} onToggle={() => toggle(run.id)} />
        ))}
      </ul>
      <div className="dialog-buttons">
        <Button kind="quiet" onClick={onClose}>
          Go on without saving
        </Button>
        <Button onClick={() => void exportSavedRun(unsaved.run.id)}>Export run file</Button>
        {offered.length > 0 ? (
          <Button
            kind="primary"
            disabledReason={ids.size === 0 ? "No run is chosen." : null}
            onClick={() => void makeRoom()}
          >
            Delete {ids.size} and save
          </Button>
        ) : null}
      </div>
    </>
  );
}

type OfferedProps = { readonly run: SavedRun; readonly isChosen: boolean; readonly onToggle: () => void };

function Offered({ run, isChosen, onToggle }: OfferedProps) {
  return (
    <li>
      <label>
        <input type="checkbox" className="check" checked={isChosen} onChange={onToggle} />
        <span>{run.name}</span>
        <small className="number">
          step {countText(run.step)}, {megabytesText(run.bytes)} MB, {dateText(run.savedAt, Date.now())}
        </small>
      </label>
    </li>
  );
}
