// The error catalogue: every failure the lab can name, each with three sentences.
// message: for developers and logs; title: what happened; help: what to do. Errors cross the worker as LabErrorData.

export type LabErrorCode =
  | "option" // an option is out of range or malformed
  | "link" // a link cannot be read
  | "file" // an uploaded or named file cannot be used
  | "download" // a file could not be fetched, or not all of it
  | "checkpoint" // a checkpoint is malformed or from a newer version
  | "non-finite" // a score, loss or gradient is NaN or infinite
  | "shape" // arrays whose shapes disagree (programmer's error)
  | "backend" // a backend is not available on this machine
  | "device-lost" // the graphics device went away
  | "memory-limit" // the run would not fit
  | "worker" // the worker did not load, crashed, or did not answer
  | "unknown-name" // no such domain, algorithm, dataset, preset
  | "unexpected";

export type LabErrorFields = Readonly<Record<string, string | number>>;

/** A LabError as plain data, as it crosses the worker boundary. */
export type LabErrorData = {
  readonly code: LabErrorCode;
  readonly message: string;
  readonly title: string;
  readonly help: string;
  readonly fields: LabErrorFields;
  readonly stack?: string;
};

type Sentences = { readonly message: string; readonly title: string; readonly help: string };

const TITLES: Readonly<Record<LabErrorCode, string>> = {
  option: "A setting is outside its range",
  link: "This link cannot be read",
  file: "This file cannot be used",
  download: "The download did not finish",
  checkpoint: "This checkpoint cannot be opened",
  "non-finite": "Training stopped: a value is not a number",
  shape: "Two arrays do not fit together",
  backend: "This device cannot run the chosen backend",
  "device-lost": "The graphics device was lost",
  "memory-limit": "This run would not fit into memory",
  worker: "The training worker stopped answering",
  "unknown-name": "There is no such name",
  unexpected: "Something unexpected happened",
};

/** The lab's only error class. `message` names the argument and shows the value; `title` and `help` are for people. */
export class LabError extends Error {
  readonly code: LabErrorCode;
  readonly title: string;
  readonly help: string;
  readonly fields: LabErrorFields;

  /**
   * @param code one of the catalogue
   * @param sentences message: lower case, names the argument and the value; help: what to do; title: overrides the catalogue's
   * @param fields the values named in the message, for tests and for the details panel
   */
  constructor(
    code: LabErrorCode,
    sentences: { message: string; help: string; title?: string },
    fields: LabErrorFields = {},
    options?: { cause?: unknown },
  ) {
    super(sentences.message, options);
    this.name = "LabError";
    this.code = code;
    this.title = sentences.title ?? TITLES[code];
    this.help = sentences.help;
    this.fields = fields;
  }

  /** The error as plain data, ready for postMessage. */
  toData(): LabErrorData {
    const base = { code: this.code, message: this.message, title: this.title, help: this.help, fields: this.fields };
    return this.stack === undefined ? base : { ...base, stack: this.stack };
  }
}

/** Rebuilds a LabError from the data that crossed the worker boundary. */
export function fromErrorData(data: LabErrorData): LabError {
  const sentences: Sentences = { message: data.message, title: data.title, help: data.help };
  const error = new LabError(data.code, sentences, data.fields);
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}

/** Any thrown value as a LabError; a foreign error becomes "unexpected" and is kept as the cause. */
export function asLabError(thrown: unknown): LabError {
  if (thrown instanceof LabError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new LabError(
    "unexpected",
    { message: detail, help: "Go back to the last good state, or reload the page. Nothing that was saved is lost." },
    {},
    { cause: thrown },
  );
}
