// What every reader of run files shares: the version and its migrations, the sentences of refusal, and the part that
// the page shows before an engine is there (name, domain, options, step, whose data). Every field that goes into an
// engine is validated once more by checkpoint.ts.

import type { UserData } from "../domain";
import { LabError } from "../errors";
import type { OptionValue, OptionValues } from "../options";
import { packContainer, peekContainer, unpackContainer } from "./container";

/** Version that this lab writes; it reads this one and all older ones. */
export const CHECKPOINT_VERSION = 2;

/** What people call a run and where it came from. Times are milliseconds since 1970. */
export type RunAbout = {
  readonly name: string;
  readonly note: string;
  /** The workbench's address, "#/lab/clusters?v=1&seed=3". */
  readonly link: string;
  readonly appVersion: string;
  readonly savedAt: number;
};

/** A run file as people see it in a list. */
export type RunFileHead = {
  readonly domain: string;
  readonly options: OptionValues;
  readonly step: number;
  readonly userData: UserData | null;
  /** Null where nobody has named it: checkpoints of the command line and of older labs. */
  readonly about: RunAbout | null;
};

type Content = Record<string, unknown>;

/** Migration at index i brings a content from version i + 1 to i + 2. Kept for ever; fixtures in test/fixtures/runs. */
const MIGRATIONS: readonly ((content: Content) => Content)[] = [
  // 2: run files have a name, a note and a link.
  (content) => ({ ...content, about: null }),
];

/**
 * The content of a run file at the present version, not yet validated.
 * @throws LabError("checkpoint") with one sentence for a file that is damaged, of another kind or from a newer lab
 */
export function openContent(file: Uint8Array): Content {
  const unpacked = unpackContainer(file, CHECKPOINT_VERSION);
  if (!unpacked.ok) {
    if (unpacked.kind === "version") throw wrongVersion(unpacked.version);
    throw unreadable(unpacked.kind);
  }
  if (!isRecord(unpacked.value)) throw malformed("content");
  return MIGRATIONS.slice(unpacked.version - 1).reduce((content, migrate) => migrate(content), unpacked.value);
}

/** Reads what a list shows of a run file. @throws LabError("checkpoint") as openContent, or for a malformed field */
export function readRunHead(file: Uint8Array): RunFileHead {
  const { domain, options, step, userData, about } = openContent(file);
  if (typeof domain !== "string") throw malformed("domain");
  if (!isRecord(options) || !Object.values(options).every(isOptionValue)) throw malformed("options");
  if (typeof step !== "number" || !Number.isInteger(step) || step < 0) throw malformed("step");
  if (userData !== null && !isUserData(userData)) throw malformed("userData");
  if (about !== null && !isAbout(about)) throw malformed("about");
  // The cast: every value of the record has just been checked.
  return { domain, options: options as OptionValues, step, userData, about };
}

/** The step that a checkpoint holds, read without its arrays and unchecked; null if the bytes are none. */
export function readRunStep(file: Uint8Array): number | null {
  const content = peekContainer(file, CHECKPOINT_VERSION);
  const step = isRecord(content) ? content["step"] : null;
  return typeof step === "number" && Number.isInteger(step) && step >= 0 ? step : null;
}

/** The same run under another name. @throws LabError("checkpoint") as openContent */
export function labelRunFile(file: Uint8Array, about: RunAbout): Uint8Array {
  return packContainer({ ...openContent(file), about }, CHECKPOINT_VERSION);
}

function isRecord(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptionValue(value: unknown): value is OptionValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}

function isUserData(value: unknown): value is UserData {
  return isRecord(value) && typeof value["name"] === "string" && "payload" in value;
}

function isAbout(value: unknown): value is RunAbout {
  if (!isRecord(value) || typeof value["savedAt"] !== "number") return false;
  return ["name", "note", "link", "appVersion"].every((field) => typeof value[field] === "string");
}

const SENTENCES = {
  magic: "this is not a Wake-Sleep Lab checkpoint: its first bytes are others.",
  truncated: "the checkpoint is cut off: the file is shorter than its header says.",
  damaged: "the checkpoint is damaged: its checksum does not fit its content.",
} as const;

const ANOTHER_COPY = "Choose a file that was saved by Wake-Sleep Lab, or another copy of this one.";

function unreadable(kind: keyof typeof SENTENCES): LabError {
  return new LabError("checkpoint", { message: SENTENCES[kind], help: ANOTHER_COPY }, { problem: kind });
}

function wrongVersion(version: number): LabError {
  return new LabError(
    "checkpoint",
    {
      message: `the checkpoint has format ${version}; this lab reads formats 1 to ${CHECKPOINT_VERSION}.`,
      help: "Reload the page to get the newest lab, then open the file again.",
    },
    { problem: "version", version, newest: CHECKPOINT_VERSION },
  );
}

/** A field that is missing or not of its kind. */
export function malformed(field: string): LabError {
  const message = `the checkpoint's ${field} is missing or malformed.`;
  return new LabError("checkpoint", { message, help: ANOTHER_COPY }, { problem: "malformed", field });
}
