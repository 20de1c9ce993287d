// Name and note of a saved run.

import { useState } from "react";
import { Button } from "../ui/Button";
import { Modal } from "../ui/Modal";
import type { SavedRun } from "./savedRun";
import { changeSavedRun } from "./savedRuns";

const LONGEST_NAME = 80;
const LONGEST_NOTE = 400;

export type NameDialogProps = {
  /** Null: closed. */
  readonly run: SavedRun | null;
  readonly onClose: () => void;
};

export function NameDialog({ run, onClose }: NameDialogProps) {
  return (
    <Modal open={run !== null} onClose={onClose} title="Name and note">
      {run ? <Form key={run.id} run={run} onClose={onClose} /> : null}
    </Modal>
  );
}

function Form({ run, onClose }: { readonly run: SavedRun; readonly onClose: () => void }) {
  const [name, setName] = useState(run.name);
  const [note, setNote] = useState(run.note);
  const isEmpty = name.trim() === "";
  const save = async () => {
    if (isEmpty) return;
    const isNamed = run.isNamed || name.trim() !== run.name;
    await changeSavedRun(run.id, { name: name.trim(), isNamed, note: note.trim() });
    onClose();
  };
  return (
    <form
      className="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        Name
        <input type="text" value={name} maxLength={LONGEST_NAME} onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        Note
        <textarea rows={3} value={note} maxLength={LONGEST_NOTE} onChange={(event) => setNote(event.target.value)} />
      </label>
      <div className="dialog-buttons">
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button kind="primary" disabledReason={isEmpty ? "A run needs a name." : null} onClick={() => void save()}>
          Save
        </Button>
      </div>
    </form>
  );
}
