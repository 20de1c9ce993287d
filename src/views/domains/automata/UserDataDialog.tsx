// A person's own picture: choose, drop or paste a file, cut it, see exactly what the model will see and whether it is an
// automaton, then train with it as one more picture. Nothing leaves the page.

import { type ClipboardEvent, type DragEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { OptionValues } from "../../../engine/options";
import type { UserDataDialogProps } from "../../domainViews";
import { Icon } from "../../frame/icons";
import { toolsOf } from "./automataView";
import "./upload/upload.css";
import { acceptedFiles } from "../../try/decodePicture";
import { CropBox } from "./upload/CropBox";
import { type Explanation, optionsForGrid, userDataFor } from "./upload/ownPicture";
import { Check, PictureControls } from "./upload/PictureControls";
import { ExplanationTable, ScaleTable } from "./upload/ReadingTables";
import { SeenByModel } from "./upload/SeenByModel";
import { type OwnPicture, useOwnPicture } from "./upload/useOwnPicture";

/** Modal dialog from file to one more training picture; Escape closes it. */
export function UserDataDialog(props: UserDataDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const tools = useMemo(() => toolsOf(props.spec), [props.spec]);
  const own = useOwnPicture(props.spec, tools, props.options);
  const { read, reset } = own;
  useEffect(() => {
    const element = dialog.current;
    if (props.open && element && !element.open) element.showModal();
    if (!props.open && element?.open) element.close();
    if (!props.open) reset();
  }, [props.open, reset]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is read once, when it arrives
  useEffect(() => {
    if (props.open && props.file) read(props.file);
  }, [props.open, props.file]);
  const take = (files: FileList | undefined) => {
    const file = files?.[0];
    if (file) read(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files);
  };
  const onPaste = (event: ClipboardEvent) => take(event.clipboardData.files);
  return (
    <dialog
      ref={dialog}
      className="wsl-dialog"
      aria-labelledby="wsl-upload-title"
      onClose={props.onClose}
      onCancel={(event) => event.stopPropagation()}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onPaste={onPaste}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header>
        <h2 id="wsl-upload-title">Your own picture</h2>
        <button type="button" className="wsl-quiet" aria-label="Close" onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </header>
      {own.problem ? (
        <p className="wsl-problem" role="alert">
          <Icon name="warn" size={14} /> {own.problem}
        </p>
      ) : null}
      {props.open ? <DialogBody {...props} own={own} onFiles={take} /> : null}
    </dialog>
  );
}

type BodyProps = UserDataDialogProps & {
  readonly own: OwnPicture;
  readonly onFiles: (files: FileList | undefined) => void;
};

function DialogBody(props: BodyProps): ReactNode {
  const { own } = props;
  if (own.fromText) {
    const { userData, count } = own.fromText;
    return (
      <>
        <p>
          {userData.name} holds {count} {count === 1 ? "picture" : "pictures"} of 0 and 1 that fit this run.
        </p>
        <Actions problem={null} onClose={props.onClose} onUse={() => props.onUse(userData, props.options)} />
      </>
    );
  }
  return own.picture && own.seen ? <Workplace {...props} /> : <FilePlace {...props} />;
}

function FilePlace(props: BodyProps): ReactNode {
  return (
    <div className="wsl-drop">
      <p>
        {props.own.isReading
          ? "Reading the picture."
          : "Drop a picture here, paste one, or choose a file: PNG, JPEG, WebP, GIF or SVG, at most 20 MB and 8192 pixels on a side."}
      </p>
      <FileButton label="Choose a file" onFiles={props.onFiles} />
      <p className="wsl-private">Runs on your device. Nothing is uploaded.</p>
    </div>
  );
}

function FileButton(props: {
  readonly label: string;
  readonly onFiles: (files: FileList | undefined) => void;
}): ReactNode {
  return (
    <label className="wsl-button">
      {props.label}
      <input
        type="file"
        className="wsl-hidden"
        accept={acceptedFiles}
        onChange={(event) => {
          props.onFiles(event.currentTarget.files ?? undefined);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

function Workplace(props: BodyProps): ReactNode {
  const { own, options } = props;
  const tools = toolsOf(props.spec);
  const [chosen, setChosen] = useState<Explanation | null>(null);
  const [matchSize, setMatchSize] = useState(false);
  const [useNeighbours, setUseNeighbours] = useState(true);
  const { picture, seen } = own;
  if (!picture || !seen) return null;
  const explanation = seen.analysis.explanations.find((one) => one === chosen) ?? seen.analysis.best;
  const neighbours = useNeighbours ? explanation.neighbours : null;
  const runOptions = optionsForGrid(tools, options, seen.grid, matchSize, neighbours);
  const result = userDataFor(tools, picture.name, seen, own.settings.boundary, runOptions);
  return (
    <>
      <div className="wsl-upload">
        <div>
          <CropBox picture={picture} crop={own.settings.crop} onChange={(crop) => own.change({ crop })} />
          <PictureControls settings={own.settings} threshold={seen.threshold} onChange={own.change} />
          <FileButton label="Choose another file" onFiles={props.onFiles} />
        </div>
        <div>
          <SeenByModel tools={tools} seen={seen} explanation={explanation} room={360} />
          <ExplanationTable analysis={seen.analysis} chosen={explanation} onChoose={setChosen} />
          <ScaleTable scales={own.scales} settings={own.settings} onUse={own.change} />
        </div>
      </div>
      <RunChoices
        sentence={runSentence(tools.settingsOf(runOptions), seen.grid)}
        neighbours={explanation.neighbours}
        matchSize={matchSize}
        useNeighbours={useNeighbours}
        onMatchSize={setMatchSize}
        onUseNeighbours={setUseNeighbours}
      />
      <Actions
        problem={result.ok ? null : result.message}
        onClose={props.onClose}
        onUse={() => (result.ok ? props.onUse(result.userData, changedOptions(options, runOptions)) : undefined)}
      />
    </>
  );
}

function RunChoices(props: {
  readonly sentence: string;
  readonly neighbours: number;
  readonly matchSize: boolean;
  readonly useNeighbours: boolean;
  readonly onMatchSize: (on: boolean) => void;
  readonly onUseNeighbours: (on: boolean) => void;
}): ReactNode {
  return (
    <div className="wsl-run-choices">
      <Check label="Draw the other pictures at this size too" checked={props.matchSize} onChange={props.onMatchSize} />
      <Check
        label={`Learn rules with ${props.neighbours} neighbours`}
        checked={props.useNeighbours}
        onChange={props.onUseNeighbours}
      />
      <span>{props.sentence}</span>
    </div>
  );
}

function Actions(props: {
  readonly problem: string | null;
  readonly onClose: () => void;
  readonly onUse: () => void;
}): ReactNode {
  return (
    <footer>
      {props.problem ? <span className="wsl-problem-note">{props.problem}</span> : null}
      <button type="button" className="wsl-button" onClick={props.onClose}>
        Cancel
      </button>
      <button type="button" className="wsl-button wsl-primary" disabled={props.problem !== null} onClick={props.onUse}>
        Train with this picture
      </button>
    </footer>
  );
}

function runSentence(
  run: { readonly height: number; readonly width: number; readonly images: number },
  grid: { readonly height: number; readonly width: number },
): string {
  const cut =
    grid.height > run.height || grid.width > run.width
      ? `; the first ${run.height} rows and ${run.width} columns of yours are used`
      : "";
  return `It trains beside ${run.images} generated pictures of ${run.height} by ${run.width} cells${cut}.`;
}

// Only what differs goes into the link; sizes that follow from the data set stay as they are.
function changedOptions(before: OptionValues, after: OptionValues): OptionValues {
  return { ...before, ...after };
}
