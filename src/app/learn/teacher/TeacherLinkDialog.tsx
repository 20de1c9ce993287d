// A teacher's own exercise: choose what to leave out, write a note, copy the link that opens exactly this (UX-76).

import { useState } from "react";
import { useLabLink } from "../../lab/useLabLink";
import { HIDEABLE, type HideablePart, MAX_NOTE } from "../../router/labLink";
import { useLayout } from "../../stores/layoutStore";
import { Button } from "../../ui/Button";
import { Modal } from "../../ui/Modal";
import "./teacher.css";

export type TeacherLinkDialogProps = { readonly open: boolean; readonly onClose: () => void };

/** Opens over the workbench as it stands; the link keeps preset, options, seed, runs and layout. */
export function TeacherLinkDialog({ open, onClose }: TeacherLinkDialogProps) {
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Teacher link"
      text="A link to this workbench as it stands now: preset, options, seed, runs. What you leave out is not on the page at all; a small “Show all” stays."
    >
      {open ? <Form onClose={onClose} /> : null}
    </Modal>
  );
}

// The cast restores the key type that Object.keys widens.
const PARTS = Object.keys(HIDEABLE) as readonly HideablePart[];

function Form({ onClose }: { readonly onClose: () => void }) {
  const [hidden, setHidden] = useState<readonly HideablePart[]>(useLayout.getState().hidden);
  const [note, setNote] = useState(useLayout.getState().note);
  const [said, setSaid] = useState("");
  const link = useLabLink({ hidden, note });
  const toggle = (part: HideablePart) => setHidden(PARTS.filter((name) => hidden.includes(name) !== (name === part)));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid("Link copied.");
    } catch (error) {
      console.info("Clipboard:", error);
      setSaid("The clipboard is closed to this page. Select the link and copy it.");
    }
  };
  return (
    <>
      <fieldset className="teacher-parts">
        <legend>Leave out</legend>
        {PARTS.map((part) => (
          <label key={part}>
            <input type="checkbox" className="check" checked={hidden.includes(part)} onChange={() => toggle(part)} />
            {HIDEABLE[part]}
          </label>
        ))}
      </fieldset>
      <label className="teacher-field">
        Note to the class
        <textarea rows={3} maxLength={MAX_NOTE} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <label className="teacher-field">
        Link
        <input type="text" readOnly value={link} onFocus={(event) => event.target.select()} />
      </label>
      <p role="status" className="teacher-said">
        {said}
      </p>
      <div className="dialog-buttons">
        <Button onClick={onClose}>Close</Button>
        <Button kind="primary" icon="link" onClick={() => void copy()}>
          Copy link
        </Button>
      </div>
    </>
  );
}
