// The dialog for a person's own character: draw it, drop it, paste it or choose a file, see the cells that the model will
// see, then train with it as one more character. Nothing leaves the page.

import { type ClipboardEvent, type DragEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { UserDataDialogProps } from "../../domainViews";
import { Icon } from "../../frame/icons";
import { acceptedFiles } from "../../try/decodePicture";
import type { NewItem, TryItem } from "../../try/tryOwn";
import { StrokesPreview } from "./upload/StrokesPreview";
import { drawnItem, prepareStrokes, readStrokesFile } from "./upload/tryItems";
import "./upload/upload.css";
import "./ownCharacter.css";

/** Modal dialog, opened at once; Escape closes it. */
export function OwnCharacter(props: UserDataDialogProps): ReactNode {
  const { spec, options, file, onClose, onUse } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [item, setItem] = useState<NewItem>(() => drawnItem(spec, "Your character"));
  const [problem, setProblem] = useState<string | null>(null);
  const whole: TryItem = useMemo(() => ({ ...item, id: 0 }), [item]);
  const prepared = useMemo(() => prepareStrokes([whole], spec, options), [whole, spec, options]);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  const read = async (given: File | null | undefined) => {
    if (!given) return;
    const { items, problems } = await readStrokesFile(given, spec);
    if (items[0]) setItem(items[0]);
    setProblem(problems[0] ?? null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is read once, when it arrives
  useEffect(() => void read(file), [file]);
  const sources = {
    onPaste: (event: ClipboardEvent) => void read(event.clipboardData.files[0]),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      void read(event.dataTransfer.files[0]);
    },
  };
  return (
    <dialog
      ref={dialog}
      className="wsl-own-dialog"
      aria-labelledby="wsl-own-title"
      onClose={onClose}
      onCancel={(event) => event.stopPropagation()}
      onDragOver={(event) => event.preventDefault()}
      onKeyDown={(event) => event.stopPropagation()}
      {...sources}
    >
      <header>
        <h2 id="wsl-own-title">Your own character</h2>
        <button type="button" className="wsl-quiet" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {problem ? (
        <p className="wsl-own-problem" role="alert">
          <Icon name="warn" size={14} /> {problem}
        </p>
      ) : null}
      <p className="wsl-own-lead">Draw it, drop or paste a picture of it, or choose a file. Nothing is uploaded.</p>
      <StrokesPreview
        spec={spec}
        item={whole}
        seen={prepared.ok ? prepared.seen[0] : null}
        onChange={(source) => setItem({ ...item, source })}
        items={[whole]}
        onItems={([first]) => (first ? setItem(first) : undefined)}
        own={options}
      />
      <footer>
        <span className="wsl-own-note">{prepared.ok ? prepared.note : prepared.message}</span>
        <FileButton onFile={read} />
        <button type="button" className="wsl-button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="wsl-button wsl-primary"
          disabled={!prepared.ok}
          onClick={() => (prepared.ok ? onUse(prepared.userData, options) : undefined)}
        >
          Train with it
        </button>
      </footer>
    </dialog>
  );
}

function FileButton({ onFile }: { readonly onFile: (file: File | null | undefined) => Promise<void> }): ReactNode {
  return (
    <label className="wsl-button">
      Choose a file
      <input
        type="file"
        className="wsl-hidden"
        accept={acceptedFiles}
        onChange={(event) => {
          void onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}
