// What the page knows about data sets of others, one record a domain, and the one worker that brings them. A download goes
// on while the dialog is closed; leaving the page keeps what has come.

import { create } from "zustand";
import { newWorker } from "../trainingWorker";
import type { ImportEvent, ImportOrder, SourceOnDevice } from "./importMessages";

export type DataSetJob = {
  readonly name: string;
  readonly stage: "waiting" | "download" | "read";
  /** Bytes of a download, pictures read. */
  readonly done: number;
  readonly total: number | null;
};

export type DataSets = {
  /** Null before the first look. */
  readonly sources: readonly SourceOnDevice[] | null;
  readonly job: DataSetJob | null;
  /** What was said last about each set: a failure, notes, "". */
  readonly said: Readonly<Record<string, { readonly isProblem: boolean; readonly text: string }>>;
};

const NOTHING: DataSets = { sources: null, job: null, said: {} };

export const useDataSets = create<DataSets>()(() => NOTHING);

let worker: Worker | null = null;
let domain = "";

/** Reads what there is and what of it is on this device. */
export function lookAtDataSets(domainId: string): void {
  if (domainId !== domain) {
    worker?.terminate();
    worker = null;
    domain = domainId;
    useDataSets.setState(NOTHING);
  }
  if (!useDataSets.getState().job) order({ kind: "look" });
}

/** Downloads a part of a set from its owner's address: only ever called by a person's press of a button. */
export function downloadDataSet(name: string, part: string): void {
  begin(name, { kind: "download", name, part });
}

/** Reads files that the person chose. */
export function takeDataSetFiles(name: string, files: readonly File[]): void {
  if (files.length > 0) begin(name, { kind: "files", name, files });
}

/** Ends the download; what has come is kept. */
export function cancelDataSet(): void {
  order({ kind: "cancel" });
}

/** Deletes a set from this device. */
export function removeDataSet(name: string): void {
  if (useDataSets.getState().job) return;
  say(name, false, "");
  order({ kind: "remove", name });
}

function begin(name: string, job: ImportOrder): void {
  if (useDataSets.getState().job) return;
  say(name, false, "");
  useDataSets.setState({ job: { name, stage: "waiting", done: 0, total: null } });
  order(job);
}

function order(job: ImportOrder): void {
  if (!worker) {
    worker = newWorker();
    worker.onmessage = ({ data }: MessageEvent<{ readonly dataSets?: ImportEvent }>) => {
      if (data.dataSets) hear(data.dataSets);
    };
    worker.onerror = (event) => {
      const name = useDataSets.getState().job?.name;
      worker?.terminate();
      worker = null;
      useDataSets.setState({ job: null });
      if (name) say(name, true, `The import stopped: ${event.message || "its worker could not be loaded"}. Try again.`);
    };
  }
  worker.postMessage({ dataSets: { ...job, domain, base: document.baseURI } });
}

function hear(event: ImportEvent): void {
  if (event.kind === "sources") {
    useDataSets.setState({ sources: event.sources, job: null });
    return;
  }
  if (event.kind === "progress") {
    const { name, stage, done, total } = event;
    useDataSets.setState({ job: { name, stage, done, total } });
    return;
  }
  if (event.kind === "done") {
    say(event.name, false, event.notes.join(" "));
    return;
  }
  if (event.kind === "failed") say(event.name, true, event.message);
  if (event.kind === "cancelled") say(event.name, false, "Stopped; what has come is kept.");
  useDataSets.setState({ job: null });
  // A look that failed would fail again.
  if (event.name !== "") order({ kind: "look" });
}

function say(name: string, isProblem: boolean, text: string): void {
  useDataSets.setState(({ said }) => ({ said: { ...said, [name]: { isProblem, text } } }));
}
