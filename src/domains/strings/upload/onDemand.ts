// The readers of own columns, fetched before the first use: most visits of the page never read a table.

import type { RawInput, UploadResult } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import type { UploadTools } from "./uploadTools";

type Readers = { readonly tools: UploadTools; readonly fromUpload: (input: RawInput) => UploadResult };
let readers: Readers | null = null;

/** Fetches the readers (DomainSpec.loadReaders). Everything below needs it once. */
export async function loadReaders(): Promise<void> {
  const [{ uploadTools }, { fromUpload }] = await Promise.all([import("./uploadTools"), import("./fromUpload")]);
  readers = { tools: uploadTools, fromUpload };
}

function loaded(): Readers {
  if (readers) return readers;
  const message = "the readers of tables were used before they were loaded";
  throw new LabError("unexpected", { message, help: "Reload the page." });
}

/** As in fromUpload.ts. @throws LabError("unexpected") before loadReaders */
export const fromUpload = (input: RawInput): UploadResult => loaded().fromUpload(input);

/** The tools of uploadTools.ts. @throws LabError("unexpected") before loadReaders */
export const readingTools = (): UploadTools => loaded().tools;
