// Data sets of others: whose they are, under which licence, how large, and the two ways onto this device: a download from
// the owner's address, or files that the person has. Nothing is fetched before a press.

import { useEffect } from "react";
import type { ImportSource, SourcePart } from "../../engine/dataSetImports";
import { countText } from "../../views/numberText";
import { Button } from "../ui/Button";
import { Modal } from "../ui/Modal";
import { ChooseFiles } from "./ChooseFiles";
import "./datasets.css";
import {
  cancelDataSet,
  type DataSetJob,
  downloadDataSet,
  lookAtDataSets,
  removeDataSet,
  takeDataSetFiles,
  useDataSets,
} from "./dataSetStore";
import { bytesText, hostOf, jobText, partBytes } from "./dataSetText";
import type { SourceOnDevice } from "./importMessages";

export type DataSetsDialogProps = {
  readonly domain: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Runs are to use this set from now on. */
  readonly onUse: (name: string) => void;
};

export function DataSetsDialog({ domain, open, onClose, onUse }: DataSetsDialogProps) {
  const sources = useDataSets((sets) => sets.sources);
  useEffect(() => {
    if (open) lookAtDataSets(domain);
  }, [open, domain]);
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Data sets of others"
      text="They are not part of the lab. A press on Download asks the owner’s server for them and tells it nothing else; what comes stays on this device and works without a connection."
    >
      <div className="data-sets" aria-busy={sources === null || undefined}>
        {sources === null ? <p className="data-set-line">Looking at what is here.</p> : null}
        {sources?.map((one) => (
          <DataSet key={one.source.name} one={one} onUse={onUse} />
        ))}
      </div>
      <div className="dialog-buttons">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}

function DataSet({ one, onUse }: { readonly one: SourceOnDevice; readonly onUse: (name: string) => void }) {
  const { source, kept } = one;
  const job = useDataSets((sets) => sets.job);
  const said = useDataSets((sets) => sets.said[source.name]);
  const own = job?.name === source.name ? job : null;
  return (
    <section className="data-set" data-set={source.name} data-state={own ? own.stage : kept ? "kept" : "absent"}>
      <h3>
        {source.title} <span className="data-set-size">{kept ? keptText(kept) : "not on this device"}</span>
      </h3>
      <p className="data-set-line">{source.summary}</p>
      <p className="data-set-line">
        {source.owner}, <a href={source.licenceUrl}>{source.licence}</a>. <a href={source.homepage}>About it</a>
      </p>
      {own ? <Progress job={own} /> : <Ways one={one} isBusy={job !== null} onUse={onUse} />}
      {said && said.text !== "" ? (
        <p className={said.isProblem ? "data-set-problem" : "data-set-line"} role={said.isProblem ? "alert" : "status"}>
          {said.text}
        </p>
      ) : null}
      {said?.isProblem ? <ByHand source={source} /> : null}
    </section>
  );
}

function keptText({ bytes, count }: NonNullable<SourceOnDevice["kept"]>): string {
  return `on this device: ${countText(count)} pictures, ${bytesText(bytes)}`;
}

type WaysProps = { readonly one: SourceOnDevice; readonly isBusy: boolean; readonly onUse: (name: string) => void };

function Ways({ one, isBusy, onUse }: WaysProps) {
  const { source, kept, begun } = one;
  const waits = isBusy ? "Another data set is on its way; one at a time." : null;
  return (
    <div className="data-set-ways">
      {kept ? (
        <>
          <Button kind="primary" aria-label={`Use ${source.title}`} onClick={() => onUse(source.name)}>
            Use it
          </Button>
          <Button
            kind="quiet"
            disabledReason={waits}
            aria-label={`Remove ${source.title}`}
            onClick={() => removeDataSet(source.name)}
          >
            Remove
          </Button>
        </>
      ) : (
        source.parts.map((part) => (
          <Button
            key={part.id}
            disabledReason={waits}
            title={`From ${part.files[0] ? hostOf(part.files[0].url) : source.owner}`}
            onClick={() => downloadDataSet(source.name, part.id)}
          >
            {downloadText(source, part, begun[part.id] ?? 0)}
          </Button>
        ))
      )}
      <ChooseFiles
        label={`Choose files of ${source.title}`}
        accept={source.extensions.join(",")}
        disabledReason={waits}
        onFiles={(files) => takeDataSetFiles(source.name, files)}
      />
      {kept ? null : <p className="data-set-line">Files: {source.accepts}.</p>}
    </div>
  );
}

/** "Download from raw.githubusercontent.com: 50 alphabets, 32,460 drawings, 15.9 MB"; how much is here of a begun one. */
function downloadText(source: ImportSource, part: SourcePart, begun: number): string {
  const host = part.files[0] ? hostOf(part.files[0].url) : source.owner;
  const size = begun > 0 ? `${bytesText(begun)} of ${bytesText(partBytes(part))} here` : bytesText(partBytes(part));
  return `${begun > 0 ? "Go on" : "Download"} from ${host}: ${part.title}, ${size}`;
}

function Progress({ job }: { readonly job: DataSetJob }) {
  return (
    <div className="data-set-ways">
      <progress value={job.total ? job.done : undefined} max={job.total ?? undefined} aria-label={jobText(job)} />
      <span className="data-set-count">{jobText(job)}</span>
      {job.stage === "read" ? null : <Button onClick={cancelDataSet}>Stop</Button>}
    </div>
  );
}

/** The owner's addresses, for a browser that may not download them from here. */
function ByHand({ source }: { readonly source: ImportSource }) {
  return (
    <p className="data-set-line">
      By hand:{" "}
      {source.parts.flatMap(({ files }) =>
        files.map((file) => (
          <span key={file.url}>
            <a href={file.url} target="_blank" rel="noreferrer">
              {file.name}
            </a>{" "}
          </span>
        )),
      )}
      Save, then choose the files here.
    </p>
  );
}
