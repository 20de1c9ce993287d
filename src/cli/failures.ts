// A person's mistake on the command line is a LabError with one sentence that names the argument; it ends with code 2.
// Everything else that goes wrong in a run ends with code 1, and Ctrl-C, after saving, with 130.

import { LabError, type LabErrorCode, type LabErrorFields } from "../engine/errors";

export const EXIT = { good: 0, failed: 1, mistake: 2, interrupted: 130 } as const;

const MISTAKES: readonly LabErrorCode[] = [
  "option",
  "link",
  "file",
  "checkpoint",
  "unknown-name",
  "memory-limit",
  "backend",
];

/** A mistake in an argument. @param sentence names the argument, its value and what is allowed. */
export function mistake(sentence: string, fields: LabErrorFields = {}): LabError {
  return new LabError("option", { message: sentence, help: "Change the argument and start again." }, fields);
}

/** A file that cannot be used. @param sentence names the file and says why. */
export function badFile(sentence: string, fields: LabErrorFields = {}, cause?: unknown): LabError {
  return new LabError("file", { message: sentence, help: "Choose another file." }, fields, { cause });
}

/** The exit code that an error means. */
export function exitCodeOf(error: LabError): number {
  return MISTAKES.includes(error.code) ? EXIT.mistake : EXIT.failed;
}

/** The error as one line that starts with a capital and ends with a full stop; no code, no stack. */
export function sentenceOf(error: LabError): string {
  const line = error.message.replace(/\s+/g, " ").trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
