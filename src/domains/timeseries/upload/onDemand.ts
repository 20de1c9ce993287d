// The readers of own series, fetched before the first use: most visits of the page never read a table.

import type { RawInput, UploadResult } from "../../../engine/domain";
import { LabError } from "../../../engine/errors";
import type { OwnTools } from "./ownTools";

type Readers = { readonly tools: OwnTools; readonly fromUpload: (input: RawInput) => UploadResult };
let readers: Readers | null = null;

/** Fetches the readers (DomainSpec.loadReaders). Everything below needs it once. */
export async function loadReaders(): Promise<void> {
  const [{ ownTools }, { fromUpload }] = await Promise.all([import("./ownTools"), import("./fromUpload")]);
  readers = { tools: ownTools, fromUpload };
}

function loaded(): Readers {
  if (readers) return readers;
  const message = "the readers of tables were used before they were loaded";
  throw new LabError("unexpected", { message, help: "Reload the page." });
}

/** As in fromUpload.ts. @throws LabError("unexpected") before loadReaders */
export const fromUpload = (input: RawInput): UploadResult => loaded().fromUpload(input);

/** The tools of ownTools.ts. @throws LabError("unexpected") before loadReaders */
export const readingTools = (): OwnTools => loaded().tools;
